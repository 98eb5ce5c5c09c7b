"""Slack's times: ``seconds.6digits`` as exact microseconds, never through float."""

import re
from collections.abc import Sequence

import msgspec

from twin_tui.importers.base import LAST_MICROS

_SECONDS, _DIGITS, _LENGTH = 10, 16, 17
"""Digits of the seconds and of the whole of a moment from 2001 to 2286, and how long it is written."""
_LEAST = 10 ** (_DIGITS - 1)
_WRITTEN = msgspec.json.Encoder()
_NUMBERS = msgspec.json.Decoder(list[int])
_TS = re.compile(r"(\d{1,12})(?:\.(\d{1,9}))?\Z", re.ASCII)


def parse_ts(value: object) -> int | None:
    """Return a ``ts`` or whole seconds as microseconds since 1970, None for anything that is no such time.

    >>> parse_ts("1700000000.000100"), parse_ts("1700000000.1"), parse_ts("x"), parse_ts(True)
    (1700000000000100, 1700000000100000, None, None)
    """
    if type(value) is str and len(value) == 17 and value.isascii():  # as Slack writes nearly all of them
        seconds, point, rest = value[:10], value[10], value[11:]
        if point == "." and seconds.isdigit() and rest.isdigit():
            return int(seconds) * 1_000_000 + int(rest) or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        value = str(value)
    match = _TS.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    micros = int(match[1]) * 1_000_000 + int((match[2] or "").ljust(6, "0")[:6])
    return micros if 0 < micros <= LAST_MICROS else None


def ts_text(micros: int) -> str:
    """Return microseconds as Slack writes them.

    >>> ts_text(1700000000000100), ts_text(100)
    ('1700000000.000100', '0.000100')
    """
    digits = str(micros).zfill(7)
    return f"{digits[:-6]}.{digits[-6:]}"


def micros_of(stamps: Sequence[str]) -> list[int] | None:
    """Return many moments, each written as Slack does (`parse_ts`), in microseconds; None where one is not.

    >>> micros_of(["1700000000.000100", "1700000000.100000"]), micros_of(["1700000000.0001"])
    ([1700000000000100, 1700000000100000], None)
    >>> micros_of(["0700000000.000100"]), micros_of(["1,2"]), micros_of([])
    (None, None, [])
    """
    joined, count, step = ",".join(stamps), len(stamps), _LENGTH + 1
    if len(joined) != max(0, step * count - 1) or not joined.isascii() or "0" in joined[::step]:
        return None
    if joined[_SECONDS::step] != "." * count or joined[_LENGTH::step] != "," * (count - 1):
        return None
    numbers = joined.replace(".", "")
    digits = numbers.replace(",", "")
    if len(digits) != _DIGITS * count or not (digits.isdigit() or not count):
        return None
    return _NUMBERS.decode(f"[{numbers}]")


def ts_bytes(moments: Sequence[int]) -> list[bytes]:
    """Return many moments in microseconds as Slack writes them, as bytes.

    >>> ts_bytes([1700000000000100, 1700000001000000]), ts_bytes([100])
    ([b'1700000000.000100', b'1700000001.000000'], [b'0.000100'])
    """
    if not moments or not _LEAST <= min(moments) <= max(moments) < 10 * _LEAST:
        return [ts_text(micros).encode() for micros in moments]
    written = bytearray(_WRITTEN.encode(moments)[1:])  # Each with a comma behind it, as long as its point.
    for place in range(_DIGITS, _SECONDS, -1):  # Each digit behind the point of all moments at once.
        written[place::_LENGTH] = written[place - 1 :: _LENGTH]
    written[_SECONDS::_LENGTH] = b"." * len(moments)
    whole = bytes(written)
    return [whole[at : at + _LENGTH] for at in range(0, len(whole), _LENGTH)]

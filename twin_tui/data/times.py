"""Stored times: what other systems write becomes one spelling, and that becomes an aware instant."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import repeat
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_DATE_FIRST = re.compile(r"\d{4}-?\d\d-?\d\d(?:$|[T ])", re.ASCII)
_ZONE_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_WHOLE, _WITH_FRACTION = 19, 26
"""Characters of ``YYYY-MM-DD HH:MM:SS``, and with ``.ffffff``."""
_UNITS = ((1e11, 1), (1e14, 10**3), (1e17, 10**6), (math.inf, 10**9))
"""Below these sizes an epoch number counts seconds, milliseconds, microseconds, nanoseconds."""
_COMPACT_DAYS = range(1900_01_01, 2200_00_00)
"""Numbers that are days written YYYYMMDD: as seconds they would be some day in 1970."""


@cache
def _clock() -> tuple[str, ...]:
    """Return minutes and seconds, by the second of the hour."""
    return tuple(f"{second // 60:02}:{second % 60:02}" for second in range(3600))


@cache
def _thousand() -> tuple[str, ...]:
    return tuple(f"{number:03}" for number in range(1000))


class _Hours(dict[int, str]):
    """The front of each hour's times, by the hour since 1970."""

    def __missing__(self, hour: int) -> str:
        self[hour] = text = (_EPOCH + timedelta(hours=hour)).isoformat(" ")[:14]
        return text


def time_texts(moments: Sequence[int]) -> list[str]:
    """Return microseconds since 1970 as every database of ours reads them, in UTC; fast for many.

    >>> time_texts([1_790_816_400_000_000, 1_790_816_400_500_000])
    ['2026-10-01 01:00:00', '2026-10-01 01:00:00.500000']
    """
    hours, clock, thousand = _Hours(), _clock(), _thousand()
    return [
        f"{hours[at // 3600]}{clock[at % 3600]}.{thousand[fraction // 1000]}{thousand[fraction % 1000]}"
        if fraction
        else hours[at // 3600] + clock[at % 3600]
        for at, fraction in map(divmod, moments, repeat(1_000_000))
    ]


def parse_time(value: Any) -> datetime | None:
    """Return a stored time as an aware UTC instant; ``None`` for NULL and for what is no time.

    Text without an offset is UTC; numbers are seconds since 1970, or milli-, micro- or nanoseconds by size.

    >>> parse_time("2026-10-01T03:00:00+02:00").isoformat()
    '2026-10-01T01:00:00+00:00'
    >>> parse_time(1_790_816_400_500).isoformat()
    '2026-10-01T01:00:00.500000+00:00'
    """
    try:
        if isinstance(value, datetime):
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        if isinstance(value, bytes):
            value = value.decode("utf-8")
        if isinstance(value, str):
            return _parse_text(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _parse_number(value)
    except (ValueError, OverflowError):
        pass
    return None


def _parse_text(text: str) -> datetime | None:
    if _is_ours(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    if _NUMBER.fullmatch(text):
        return _parse_number(float(text) if "." in text else int(text))
    if not _DATE_FIRST.match(text):
        return None
    moment = datetime.fromisoformat(_ZONE_NAME.sub("+00:00", text) if len(text) > 10 else text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _is_ours(text: str) -> bool:
    """Return whether a text has the form that we write, so that nothing else has to be tried."""
    size = len(text)
    return (
        (size == _WHOLE or (size == _WITH_FRACTION and text[19] == "." and text[20:].isdecimal()))
        and text[4] == text[7] == "-"
        and text[13] == text[16] == ":"
        and text[10] in " T"
    )


def _parse_number(number: float) -> datetime:
    if isinstance(number, int) and number in _COMPACT_DAYS:
        return datetime.strptime(str(number), "%Y%m%d").replace(tzinfo=UTC)
    per_second = next(unit for limit, unit in _UNITS if abs(number) < limit)
    if isinstance(number, int):
        micros = number * 10**6 // per_second
    else:
        micros = round(number * (10**6 / per_second))
    return _EPOCH + timedelta(microseconds=micros)


def canonical_time(value: Any) -> str | None:
    """Return a stored time as the text we write: UTC, ``YYYY-MM-DD HH:MM:SS`` with ``.ffffff`` if not whole.

    >>> canonical_time("2026-10-01T03:00:00.5Z")
    '2026-10-01 03:00:00.500000'
    """
    moment = parse_time(value)
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ")


def naive_utc(when: datetime) -> datetime:
    """Return an instant as the naive UTC value the columns hold; a naive one is taken as UTC."""
    if when.tzinfo is None:
        return when
    return (when if when.tzinfo is UTC else when.astimezone(UTC)).replace(tzinfo=None)

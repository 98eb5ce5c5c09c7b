"""How a day's facts are stored: a short form for a small day, which most are, and one for all others.

Both begin with a byte that tells which it is. Equal facts have equal bytes.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_SHORT = 1
_SUMS = struct.Struct("<BBBBBIBBH")
"""The nine sums of a small day; what does not fit makes it a large one."""
_LENGTH_BYTES = 4
_NAMED = 4
"""Kinds of counts by name."""
_KNOWN = (
    "", "general", "query", "document", "document,query", "email", "proposal", "report", "summary",
    "document_search", "email_search", "slack", "teams", "web", "api",
)  # fmt: skip
"""Names that take one byte in the short form: they may change with `tables.VERSION` alone."""
_CODES = {name: code for code, name in enumerate(_KNOWN)}

Counts = Mapping[Any, int]


class Stored(NamedTuple):
    """What is stored, in the order of the fields of `twin_tui.rollups.day_facts`."""

    sums: Sequence[int]
    named: Sequence[Iterable[tuple[str, int]]]
    """Counts by name."""
    hours: Iterable[tuple[int, int]]
    """Counts by hour of the week."""
    sections: list[bytes]


def encode(sums: Sequence[int], named: Sequence[Counts], hours: Counts, sections: list[bytes]) -> bytes:
    """Return sums, counts by name, counts by hour and packed sections as bytes.

    >>> decode(encode([0] * 8 + [70_000], [{"general": 2}] * 4, {9: 1}, [b"x"])).sections
    [b'x']
    """
    try:
        return _short(sums, named, hours, sections)
    except (struct.error, ValueError, TypeError):
        return _long(sums, named, hours, sections)


def decode(stored: bytes) -> Stored:
    """Return what `encode` stored; raises `ValueError`, `LookupError`, `TypeError` or `struct.error`."""
    if stored[0] == _SHORT:
        return _from_short(stored)
    place = 1 + _LENGTH_BYTES + int.from_bytes(stored[1 : 1 + _LENGTH_BYTES], "little")
    sums, named, hours, lengths = json.loads(stored[1 + _LENGTH_BYTES : place])
    return Stored(sums, named, hours, _cut(stored, place, lengths))


def _short(sums: Sequence[int], named: Sequence[Counts], hours: Counts, sections: list[bytes]) -> bytes:
    parts = [b"\x01", _SUMS.pack(*sums)]
    for counts in named:
        if len(counts) <= 1:
            parts.append(_counted_once(*counts.items()))
            continue
        parts.append(bytes((len(counts),)))
        parts += [_counted(name, counts[name]) for name in sorted(counts)]
    numbers = [len(hours)]
    if numbers[0] == 1:
        numbers += next(iter(hours.items()))
    else:
        for hour in sorted(hours):
            numbers += hour, hours[hour]
    parts.append(bytes((*numbers, len(sections), *map(len, sections))))
    return b"".join((*parts, *sections))


@lru_cache(maxsize=4096)
def _counted_once(*one: tuple[str, int]) -> bytes:
    """Return what is stored of one name with its count, or of none."""
    return bytes((len(one),)) + b"".join(_counted(*each) for each in one)


def _counted(name: str, count: int) -> bytes:
    code = _CODES.get(name)
    if code is not None:
        return bytes((code, count))
    text = name.encode("utf-8")
    return bytes((len(_KNOWN) + len(text),)) + text + bytes((count,))


def _from_short(stored: bytes) -> Stored:
    place = 1 + _SUMS.size
    named: list[list[tuple[str, int]]] = []
    for _ in range(_NAMED):
        counts = []
        left, place = stored[place], place + 1
        for _ in range(left):
            code, place = stored[place], place + 1
            if code < len(_KNOWN):
                name = _KNOWN[code]
            else:
                stop = place + code - len(_KNOWN)
                name, place = stored[place:stop].decode("utf-8"), stop
            counts.append((name, stored[place]))
            place += 1
        named.append(counts)
    stop = place + 1 + 2 * stored[place]
    hours = list(zip(stored[place + 1 : stop : 2], stored[place + 2 : stop : 2], strict=True))
    place = stop + 1 + stored[stop]
    return Stored(_SUMS.unpack_from(stored, 1), named, hours, _cut(stored, place, stored[stop + 1 : place]))


def _long(sums: Sequence[int], named: Sequence[Counts], hours: Counts, sections: list[bytes]) -> bytes:
    header = (
        sums, [sorted(counts.items()) for counts in named], sorted(hours.items()), list(map(len, sections)),
    )  # fmt: skip
    written = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    return b"".join((b"\x00", len(written).to_bytes(_LENGTH_BYTES, "little"), written, *sections))


def _cut(stored: bytes, place: int, lengths: Iterable[int]) -> list[bytes]:
    sections = []
    for length in lengths:
        sections.append(stored[place : place + length])
        place += length
    return sections

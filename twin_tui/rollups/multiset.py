"""Whole numbers in ascending order, repeats kept: exact medians and percentiles over any number of days."""

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain

_WIDTHS = (("B", 1 << 8), ("H", 1 << 16), ("I", 1 << 32), ("q", 1 << 63))
"""Codes of `array` and the number below which a value fits."""
_HEADER = struct.Struct("<BQIIII")
"""The unit, the sum, how many values take one, two, four and eight bytes."""
_SMALL_HEADER = struct.Struct("<BIBBBB")
"""The same for a small sum of few values in whole units; its first byte says that it is this one."""
_SMALL = 2
_SECOND = 1_000_000
_NO_PARTS: list["array[int]"] = [array(code) for code, _ in _WIDTHS]
_NO_STARTS: tuple[int, ...] = (0,) * (len(_WIDTHS) + 1)


class Multiset:
    """Whole numbers, none negative, each as often as it was given."""

    __slots__ = ("_parts", "_starts", "_unit", "total")

    total: int
    """Their sum."""

    def __init__(self, values: Iterable[int] = ()) -> None:
        ordered = sorted(values)
        self.total = sum(ordered)
        self._unit = 1
        if not ordered:
            self._parts, self._starts = _NO_PARTS, _NO_STARTS
            return
        if ordered[-1] >= _SECOND and ordered[0] % _SECOND == 0 and not any(v % _SECOND for v in ordered):
            self._unit = _SECOND
            ordered = [value // _SECOND for value in ordered]
        largest = ordered[-1]
        if largest < _WIDTHS[0][1]:
            self._take([array(_WIDTHS[0][0], ordered), *_NO_PARTS[1:]])
            return
        parts, done = [*_NO_PARTS], 0
        for place, (code, limit) in enumerate(_WIDTHS):
            stop = len(ordered) if largest < limit else bisect_left(ordered, limit, lo=done)
            if stop > done:
                parts[place] = array(code, ordered[done:stop])
            if largest < limit:
                break
            done = stop
        self._take(parts)

    def _take(self, parts: list["array[int]"]) -> None:
        self._parts = parts
        self._starts = (0, *accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[int]:
        values = chain.from_iterable(self._parts)
        return values if self._unit == 1 else (value * self._unit for value in values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Multiset) and self.encode() == other.encode()

    def __hash__(self) -> int:
        return hash(self.encode())

    def __repr__(self) -> str:
        return f"Multiset({list(self)})"

    def at(self, rank: int) -> int:
        """Return the value at a rank, the smallest at 0; raises `IndexError`.

        >>> Multiset([70_000, 3, 3]).at(2)
        70000
        """
        if not 0 <= rank < len(self):
            raise IndexError(rank)
        which = bisect_right(self._starts, rank) - 1
        return self._parts[which][rank - self._starts[which]] * self._unit

    def count_to(self, value: int) -> int:
        """Return how many values are at most ``value``.

        >>> Multiset([70_000, 3, 3]).count_to(3)
        2
        """
        value //= self._unit
        if value < 0:
            return 0
        for which, (_, limit) in enumerate(_WIDTHS):
            if value < limit:
                return self._starts[which] + bisect_right(self._parts[which], value)
        return len(self)

    def runs(self) -> list[tuple[Sequence[int], int]]:
        """Return its values as ascending rows, none empty, each with the number its values are multiples of.

        >>> [(list(run), unit) for run, unit in Multiset([70_000, 3]).runs()]
        [([3], 1), ([70000], 1)]
        """
        return [(part, self._unit) for part in self._parts if part]

    def changed(self, gone: Iterable[int], new: Iterable[int]) -> "Multiset":
        """Return it without some of its values and with others; raises `ValueError` for one it has not.

        >>> Multiset([1, 2, 2]).changed([2], [5])
        Multiset([1, 2, 5])
        """
        gone, new = list(gone), list(new)
        if not gone and not new:
            return self
        values = list(self)
        for value in gone:
            place = bisect_left(values, value)
            if place == len(values) or values[place] != value:
                raise ValueError("a value to take away is not there")
            del values[place]
        values.extend(new)
        return Multiset(values)

    def encode(self) -> bytes:
        """Return it as bytes, each value in one to eight of them; empty for an empty one."""
        if not self._starts[-1]:
            return b""
        lengths = [len(part) for part in self._parts]
        in_seconds, total = self._unit == _SECOND, self.total // self._unit
        if total < 1 << 32 and self._starts[-1] < 1 << 8:
            header = _SMALL_HEADER.pack(_SMALL + in_seconds, total, *lengths)
        else:
            header = _HEADER.pack(in_seconds, self.total, *lengths)
        return b"".join([header, *map(_swapped, self._parts)])

    @classmethod
    def decode(cls, stored: bytes) -> "Multiset":
        """Return what `encode` stored; nothing is computed on the way."""
        if not stored:
            return cls()
        made = cls.__new__(cls)
        form = _HEADER if stored[0] < _SMALL else _SMALL_HEADER
        tag, total, *lengths = form.unpack_from(stored)
        made._unit = _SECOND if tag & 1 else 1
        made.total = total if form is _HEADER else total * made._unit
        parts, place = [*_NO_PARTS], form.size
        for which, length in enumerate(lengths):
            if length:
                part = array(_WIDTHS[which][0])
                stop = place + length * part.itemsize
                part.frombytes(stored[place:stop])
                parts[which], place = _swapped(part), stop
        made._take(parts)
        return made

    @classmethod
    def merged(cls, sets: Iterable["Multiset"]) -> "Multiset":
        """Return all values of several together."""
        held = [each for each in sets if each._starts[-1]]
        if len(held) == 1:
            return held[0]
        if len({each._unit for each in held}) != 1:
            return cls(chain.from_iterable(held))
        made = cls.__new__(cls)
        made._unit, made.total = held[0]._unit, sum(each.total for each in held)
        parts = [*_NO_PARTS]
        for place, (code, _) in enumerate(_WIDTHS):
            filled = [each._parts[place] for each in held if each._parts[place]]
            if len(filled) == 1:
                parts[place] = filled[0]
            elif filled:
                parts[place] = array(code, sorted(chain.from_iterable(filled)))
        made._take(parts)
        return made


def encoded(values: Collection[int], unit: int = 1) -> bytes:
    """Return what `Multiset.encode` stores of values that are multiples of ``unit``, given as such.

    >>> encoded([300, 5], 1_000_000) == Multiset([5_000_000, 300_000_000]).encode()
    True
    """
    if not values:
        return b""
    ordered = sorted(values)
    largest, count = ordered[-1], len(ordered)
    if largest < _WIDTHS[0][1] > count and unit in {1, _SECOND}:
        in_seconds = unit == _SECOND and largest > 0
        return _SMALL_HEADER.pack(_SMALL + in_seconds, sum(ordered), count, 0, 0, 0) + bytes(ordered)
    if largest >= _WIDTHS[1][1] or (unit not in {1, _SECOND}):
        return Multiset([value * unit for value in ordered]).encode()
    in_seconds, total = unit == _SECOND and largest > 0, sum(ordered)
    small = count if largest < _WIDTHS[0][1] else bisect_left(ordered, _WIDTHS[0][1])
    if total < 1 << 32 and count < 1 << 8:
        header = _SMALL_HEADER.pack(_SMALL + in_seconds, total, small, count - small, 0, 0)
    else:
        header = _HEADER.pack(
            in_seconds, total * _SECOND if in_seconds else total, small, count - small, 0, 0
        )
    if small == count:
        return header + bytes(ordered)
    return b"".join((header, bytes(ordered[:small]), _swapped(array("H", ordered[small:]))))


def rank_of_many(sets: Sequence[Multiset], rank: int) -> int:
    """Return the value at a rank of several multisets taken together, without merging them.

    Raises `IndexError`.

    >>> rank_of_many([Multiset([1, 9]), Multiset([2, 3, 3])], 3)
    3
    """
    held = [each for each in sets if len(each)]
    if not 0 <= rank < sum(map(len, held)):
        raise IndexError(rank)
    low, high = min(each.at(0) for each in held), max(each.at(len(each) - 1) for each in held)
    while low < high:
        middle = (low + high) // 2
        if sum(each.count_to(middle) for each in held) > rank:
            high = middle
        else:
            low = middle + 1
    return low


def _swapped(part: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        part = part[:]
        part.byteswap()
    return part

"""Medians and percentiles of numbers that lie in several ascending rows, found without sorting them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from math import isqrt

from twin_tui.rollups.multiset import Multiset

Row = tuple[Sequence[int], int]
"""Ascending numbers, and what each of them is to be multiplied by."""
_FEW = 1_200
"""So many numbers are sorted rather than told apart."""
_SAMPLED = 400
"""About so many numbers tell where among all of them a place lies; of very many rows a few of each."""
_CLOSE = 16
"""Bounds so near each other, or with half of the numbers between them, are brought together by halving."""


def ratio(numerator: float, denominator: float) -> float | None:
    """Return the quotient, unknown when the denominator is zero.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, None)
    """
    return numerator / denominator if denominator else None


class Ordered:
    """The numbers of several multisets, asked by their place in ascending order."""

    def __init__(self, sets: Iterable[Multiset]) -> None:
        self._sets = [each for each in sets if len(each)]
        self._count = sum(map(len, self._sets))

    def __len__(self) -> int:
        return self._count

    @property
    def sum(self) -> int:
        """The sum of all of them."""
        return sum(each.total for each in self._sets)

    @property
    def mean(self) -> float | None:
        """Their mean."""
        return ratio(self.sum, self._count)

    @property
    def p90(self) -> int | None:
        """The 90th percentile by nearest rank.

        >>> Ordered([Multiset([1, 2, 3, 4, 5]), Multiset([6, 7, 8, 9, 10])]).p90, Ordered([]).p90
        (9, None)
        """
        return self.at(-(-9 * self._count // 10) - 1) if self._count else None

    def median(self, zeros: int = 0) -> float | None:
        """Return the middle value, or the mean of the middle two, with so many zeros put before them.

        >>> numbers = Ordered([Multiset([1, 9]), Multiset([2, 4])])
        >>> numbers.median(), numbers.median(zeros=1), Ordered([]).median()
        (3.0, 2, None)
        """
        count = self._count + zeros
        if not count:
            return None
        middle, is_odd = divmod(count, 2)
        if is_odd:
            return self._after(zeros, middle)
        if middle <= zeros:
            return self._after(zeros, middle) / 2
        low = self.at(middle - 1 - zeros)
        return (low + self._next(low, middle - zeros)) / 2

    def at(self, rank: int) -> int:
        """Return the value at a place, the smallest at 0.

        >>> Ordered([Multiset([1, 9]), Multiset([2, 3, 3])]).at(3)
        3
        """
        if len(self._sets) == 1:
            return self._sets[0].at(rank)
        rows, count = self._rows, self._count
        least, most = min(row[0] * times for row, times in rows), max(row[-1] * times for row, times in rows)
        while count > _FEW:
            low, high = _bounds(rows, rank, count)
            starts = [bisect_left(row, -(-low // times)) for row, times in rows]
            stops = [bisect_right(row, high // times) for row, times in rows]
            before, until = sum(starts), sum(stops)
            if rank < before:
                starts, stops, before, until = [0] * len(rows), starts, 0, before
                low, high = least, low - 1
            elif rank >= until:
                starts, stops, before, until = stops, [len(row) for row, _ in rows], until, count
                low, high = high + 1, most
            if high - low <= _CLOSE or until - before > count // 2:
                return _halved(rows, rank, low, high) * self._unit
            cuts = zip(rows, starts, stops, strict=True)
            rows = [(row[start:stop], times) for (row, times), start, stop in cuts if start < stop]
            rank, count, least, most = rank - before, until - before, low, high
        return sorted(_each(rows))[rank] * self._unit

    def below(self, value: int) -> int:
        """Return how many of them are less than a whole number.

        >>> Ordered([Multiset([1, 9]), Multiset([2, 3, 3])]).below(3)
        2
        """
        return sum(each.count_to(value - 1) for each in self._sets)

    @cached_property
    def _rows(self) -> list[Row]:
        """All of them, as multiples of `_unit`."""
        runs = [run for each in self._sets for run in each.runs()]
        return [(run, unit // self._unit) for run, unit in runs]

    @cached_property
    def _unit(self) -> int:
        return min(unit for each in self._sets for _, unit in each.runs())

    def _after(self, zeros: int, rank: int) -> int:
        return 0 if rank < zeros else self.at(rank - zeros)

    def _next(self, value: int, rank: int) -> int:
        """Return the value at a rank just after one at which ``value`` is."""
        if len(self._sets) == 1:
            return self._sets[0].at(rank)
        value //= self._unit
        cuts = [(row, times, bisect_right(row, value // times)) for row, times in self._rows]
        if sum([cut for _, _, cut in cuts]) > rank:
            return value * self._unit
        return min(row[cut] * times for row, times, cut in cuts if cut < len(row)) * self._unit


def _bounds(rows: Sequence[Row], rank: int, count: int) -> tuple[int, int]:
    """Return two numbers, out of every so many of each row, that the one at a rank most likely lies between.

    Of a row the place is wrong by less than one in the sample, so of many rows by about the root of them.
    """
    sample = sorted(_each(rows, count // max(_SAMPLED, 4 * len(rows))))
    near, margin = rank * len(sample) // count, isqrt(len(rows)) + 1
    return sample[max(0, near - margin)], sample[min(len(sample) - 1, near + margin)]


def _halved(rows: Sequence[Row], rank: int, low: int, high: int) -> int:
    """Return the number at a rank, which lies between two, by halving what is between them."""
    while low < high:
        middle = (low + high) // 2
        if sum([bisect_right(row, middle // times) for row, times in rows]) > rank:
            high = middle
        else:
            low = middle + 1
    return low


def _each(rows: Iterable[Row], step: int = 1) -> Iterable[int]:
    """Return every so many of the numbers of each row, from the middle of the first so many on."""
    picked = ((row[step >> 1 :: step] if step > 1 else row, times) for row, times in rows)
    return chain.from_iterable(
        row if times == 1 else [number * times for number in row] for row, times in picked
    )

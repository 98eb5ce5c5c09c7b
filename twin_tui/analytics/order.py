"""Medians and percentiles of numbers that lie in several ascending rows, found without sorting them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import sqrt

from twin_tui.rollups.multiset import Multiset

_FEW = 200
"""So many numbers are sorted rather than told apart."""


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
        held = [(run, unit, 0, len(run)) for run, unit in self._runs]
        low, high, count = self._sets[0].at(0), 0, self._count
        for run, unit, _, _ in held:
            low, high = min(low, run[0] * unit), max(high, run[-1] * unit)
        rounds = 0
        while low < high and count > _FEW:
            rounds += 1
            middle = low + int((high - low) * self._aim(rank, count, rounds))
            cuts = [bisect_right(run, middle // unit, first, stop) for run, unit, first, stop in held]
            below = sum(cuts) - sum([first for _, _, first, _ in held])
            parts = zip(held, cuts, strict=True)
            if below > rank:
                high, count = middle, below
                held = [(run, unit, first, cut) for (run, unit, first, _), cut in parts if first < cut]
            else:
                low, count, rank = middle + 1, count - below, rank - below
                held = [(run, unit, cut, stop) for (run, unit, _, stop), cut in parts if cut < stop]
        if low >= high:
            return high
        return sorted([value * unit for run, unit, first, stop in held for value in run[first:stop]])[rank]

    def below(self, value: int) -> int:
        """Return how many of them are less than a whole number.

        >>> Ordered([Multiset([1, 9]), Multiset([2, 3, 3])]).below(3)
        2
        """
        return sum(each.count_to(value - 1) for each in self._sets)

    @cached_property
    def _runs(self) -> list[tuple[Sequence[int], int]]:
        return [run for each in self._sets for run in each.runs()]

    def _aim(self, rank: int, count: int, rounds: int) -> float:
        """Return where to look next between the bounds: a little below the place, a little above it in turn.

        So both bounds come near it. Every fourth round takes the middle: no distribution takes long.
        """
        if rounds % 4 == 0:
            return 0.5
        margin = 2 / sqrt(count)
        aim = rank / count + (margin if rounds % 2 else -margin)
        return min(max(aim, 0.0), 0.999_999)

    def _after(self, zeros: int, rank: int) -> int:
        return 0 if rank < zeros else self.at(rank - zeros)

    def _next(self, value: int, rank: int) -> int:
        """Return the value at a rank just after one at which ``value`` is."""
        if len(self._sets) == 1:
            return self._sets[0].at(rank)
        cuts = [(run, unit, bisect_right(run, value // unit)) for run, unit in self._runs]
        if sum([cut for _, _, cut in cuts]) > rank:
            return value
        return min(run[cut] * unit for run, unit, cut in cuts if cut < len(run))

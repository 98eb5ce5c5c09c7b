"""Who was active on which local day, from the first day on: what retention and lifecycle are made of."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from twin_tui.rollups.bitset import bitset


class History:
    """Sets of active people by local day, the oldest first; nobody was active on days that are not there."""

    def __init__(self, days: Sequence[date], active: Sequence[int]) -> None:
        self.days, self.active = days, active
        self._until = (0, 0)
        self._from: list[int] = []

    def on(self, day: date) -> int:
        """Return the set of people active on a local day."""
        place = bisect_left(self.days, day)
        return self.active[place] if place < len(self.days) and self.days[place] == day else 0

    def between(self, start: date, end: date) -> int:
        """Return the set of people active on any of the local days ``[start, end)``."""
        return self._union(bisect_left(self.days, start), bisect_left(self.days, end))

    def before(self, end: date) -> int:
        """Return the set of people active on any local day before ``end``; cheap for later and later days."""
        place = bisect_left(self.days, end)
        known, everyone = self._until if self._until[0] <= place else (0, 0)
        everyone |= self._union(known, place)
        self._until = (place, everyone)
        return everyone

    def since(self, start: date) -> int:
        """Return the set of people active on ``start`` or any local day after it."""
        if not self._from:
            for active in reversed(self.active):
                self._from.append((self._from[-1] if self._from else 0) | active)
        after = len(self.days) - bisect_left(self.days, start)
        return self._from[after - 1] if after else 0

    def firsts(self) -> Iterator[tuple[date, int]]:
        """Yield every local day with the set of people whose first active day it is, the oldest first."""
        seen = 0
        for day, active in zip(self.days, self.active, strict=True):
            yield day, active ^ (active & seen)
            seen |= active

    def _union(self, first: int, stop: int) -> int:
        everyone = 0
        for active in self.active[first:stop]:
            everyone |= active
        return everyone


class Accounts:
    """Who has an account from when on; people are numbered as in the history."""

    def __init__(self, before: int, made: Sequence[tuple[int, int | None]], without: int) -> None:
        """Know ``before`` accounts made earlier than ``made``, which holds the others, the oldest first.

        Each of these is (microseconds since 1970, person), ``None`` for one who was never active; ``without``
        is the set of people who were active and have no account at all.
        """
        self._before, self._made, self._without = before, made, without

    def at(self, moments: Sequence[int]) -> list[tuple[int, int]]:
        """Return for each instant, earlier ones first, how many accounts there are and who has none by then.

        Instants are microseconds since 1970, none earlier than the accounts are known from.
        """
        times = [made for made, _ in self._made]
        places = [bisect_left(times, moment) for moment in moments]
        late, stop = self._without, len(times)
        found = []
        for place in reversed(places):
            late |= bitset(who for _, who in self._made[place:stop] if who is not None)
            found.append((self._before + place, late))
            stop = place
        return found[::-1]

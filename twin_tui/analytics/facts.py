"""Per-bucket values of the six tables: all that figures, series and breakdowns are made of.

People are numbered, and a set of people is a whole number with one bit each (see
`twin_tui.analytics.people_sets`). Where the values were read from makes no difference here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Literal, TypeVar

from twin_tui.analytics.frame import ROLLING_DAYS, Frame, Slice
from twin_tui.analytics.order import Ordered
from twin_tui.analytics.people_sets import added_up, rolling_unions, union
from twin_tui.analytics.windows import days_before
from twin_tui.rollups.day_facts import DayFacts
from twin_tui.rollups.multiset import Multiset

Name = TypeVar("Name", int, str)
Row = Literal["lengths", "counts", "replies"]
"""Fields of `DayFacts` that medians are taken of."""

COUNTS: dict[str, Callable[[DayFacts], int]] = {
    "conversations": lambda day: day.conversations,
    "shared": lambda day: day.shared,
    "messages": lambda day: day.types.total(),
    "by_user": lambda day: day.by_user,
    "by_twin": lambda day: day.by_twin,
    "documents": lambda day: day.documents.total(),
    "words_known": lambda day: day.words_known,
    "words": lambda day: day.words,
    "queries": lambda day: day.queries.total(),
    "results_known": lambda day: day.results_known,
    "empty": lambda day: day.empty,
    "found": lambda day: day.found,
}
"""What is added up over the buckets of a slice."""


@dataclass(frozen=True)
class Created:
    """Users and twins by the bucket they were created in, and those there before."""

    users: Sequence[int]
    twins: Sequence[int]
    twins_before: int
    company_users: Sequence[int]
    """As ``users``, obeying company and department only."""
    company_users_before: int
    """Also those whose creation is not known."""


class Facts:
    """Everything per bucket that one overview needs; what is asked twice is worked out once."""

    def __init__(
        self,
        frame: Frame,
        buckets: Sequence[DayFacts],
        created: Created,
        in_company: Sequence[int] | None = None,
    ) -> None:
        """``in_company``: the active people by bucket, obeying company and department only, if others."""
        self.frame, self.buckets, self.in_company, self.created = frame, buckets, in_company, created
        self._sums: dict[str, list[int]] = {}
        self._active: dict[tuple[int, int], int] = {}
        self._sizes: dict[tuple[int, int], int] = {}
        self._rolling: dict[int, list[int]] = {}
        self._reached: dict[tuple[int, int], int] = {}
        self._ordered: dict[tuple[Row, int, int], Ordered] = {}

    def total(self, count: str, part: Slice) -> int:
        """Return the sum over a slice's buckets of one of `COUNTS`."""
        sums = self._sums.get(count)
        if sums is None:
            number = COUNTS[count]
            sums = self._sums[count] = _sums(map(number, self.buckets))
        return sums[part.stop] - sums[part.first]

    def users_created(self, part: Slice) -> int:
        """Return the users created in a slice."""
        return sum(self.created.users[part.first : part.stop])

    def twins_created(self, part: Slice) -> int:
        """Return the twins created in a slice."""
        return self._twin_sums[part.stop] - self._twin_sums[part.first]

    def twins_until(self, part: Slice) -> int:
        """Return the twins there at a slice's end."""
        return self.created.twins_before + self._twin_sums[part.stop]

    def accounts_until(self, part: Slice) -> int:
        """Return the users there at a slice's end, obeying company and department only."""
        return self.created.company_users_before + self._account_sums[part.stop]

    def active(self, part: Slice) -> int:
        """Return the set of people active in a slice."""
        place = part.first, part.stop
        if place not in self._active:
            self._active[place] = union(day.active for day in self.buckets[part.first : part.stop])
        return self._active[place]

    def active_users(self, part: Slice) -> int:
        """Return the number of people active in a slice."""
        place = part.first, part.stop
        if place not in self._sizes:
            self._sizes[place] = self.active(part).bit_count()
        return self._sizes[place]

    def active_until(self, day: date, days: int) -> int:
        """Return the number of people active in ``days`` local days ending on ``day``."""
        place = self._place(day)
        if place is None or place - days + 1 < 0:
            first, _ = self.frame.range_of(days_before(day, days - 1))
            _, stop = self.frame.range_of(day)
            return self.active_users(Slice(first, stop, None))
        if days == 1:
            return self.active_users(self._days[place])
        if days not in self._rolling:
            self._rolling[days] = rolling_unions([self.active(part) for part in self._days], days)
        if (days, place) not in self._reached:
            self._reached[days, place] = self._rolling[days][place].bit_count()
        return self._reached[days, place]

    def daily_active(self, day: date, days: int) -> int:
        """Return the numbers of people active on each of ``days`` local days ending on ``day``, added up."""
        place = self._place(day)
        if place is None or place - days + 1 < 0:
            return sum(self.active_until(days_before(day, back), 1) for back in range(days))
        return self._daily_sums[place + 1] - self._daily_sums[place - days + 1]

    def starters(self, part: Slice) -> int:
        """Return the number of people who started a session in a slice."""
        return union(day.starters for day in self.buckets[part.first : part.stop]).bit_count()

    def active_in_company(self, part: Slice) -> int:
        """Return the number of active people, obeying company and department only."""
        if self.in_company is None:
            return self.active_users(part)
        return union(self.in_company[part.first : part.stop]).bit_count()

    def begun(self, part: Slice) -> tuple[int, ...]:
        """Return the sessions that each person started in a slice, as bit planes."""
        return added_up([day.begun for day in self.buckets[part.first : part.stop]])

    def types(self, kind: Callable[[DayFacts], Counter[Name]], part: Slice) -> Counter[Name]:
        """Return the counts by type over a slice's buckets."""
        counts: Counter[Name] = Counter()
        for day in self.buckets[part.first : part.stop]:
            for name, count in kind(day).items():
                counts[name] += count
        return counts

    def ordered(self, kind: Row, part: Slice) -> Ordered:
        """Return the values of a slice's buckets as if in one ascending row."""
        place = kind, part.first, part.stop
        if place not in self._ordered:
            sets: Iterable[Multiset] = map(attrgetter(kind), self.buckets[part.first : part.stop])
            self._ordered[place] = Ordered(sets)
        return self._ordered[place]

    @cached_property
    def _days(self) -> list[Slice]:
        """The slices of consecutive local days: those of the series, and as many before as figures reach."""
        slices: list[Slice] = []
        for place in range(self._reach, len(self.frame.buckets)):
            if slices and self.frame.buckets[place].day == self.frame.buckets[place - 1].day:
                slices[-1] = Slice(slices[-1].first, place + 1, None)
            else:
                slices.append(Slice(place, place + 1, None))
        return slices

    @cached_property
    def _reach(self) -> int:
        days = self.frame.days
        return self.frame.range_of(days_before(days[0], ROLLING_DAYS))[0] if days else 0

    def _place(self, day: date) -> int | None:
        place = day.toordinal() - self._origin
        return place if 0 <= place < len(self._days) else None

    @cached_property
    def _origin(self) -> int:
        buckets = self.frame.buckets
        return buckets[min(self._reach, len(buckets) - 1)].day.toordinal()

    @cached_property
    def _daily_sums(self) -> list[int]:
        return _sums(map(self.active_users, self._days))

    @cached_property
    def _twin_sums(self) -> list[int]:
        return _sums(self.created.twins)

    @cached_property
    def _account_sums(self) -> list[int]:
        return _sums(self.created.company_users)


def _sums(values: Iterable[int]) -> list[int]:
    """Return the sums of the first 0, 1, 2 … values."""
    return list(accumulate(values, initial=0))

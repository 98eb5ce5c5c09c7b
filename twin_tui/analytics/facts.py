"""Per-bucket values of the six tables: all that figures, series and breakdowns are made of.

People are numbered, and a set of people is a whole number with one bit each: union is ``|``, its size
``bit_count``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from twin_tui.analytics.frame import Frame, Slice
from twin_tui.analytics.windows import days_before


@dataclass(frozen=True)
class People:
    """Who did what, by bucket."""

    active: tuple[int, ...]
    """Sets of people who started a session or wrote a message."""
    starters: tuple[int, ...]
    """Sets of people who started a session."""
    active_in_company: tuple[int, ...]
    """As ``active``, obeying company and department only."""
    begun: tuple[Counter[int], ...]
    """Sessions started, by person."""
    shared: tuple[int, ...]
    """Sessions started with someone else's twin."""

    @cached_property
    def conversations(self) -> tuple[int, ...]:
        """Sessions started."""
        return tuple(counts.total() for counts in self.begun)


@dataclass(frozen=True)
class Messages:
    """Messages by bucket."""

    by_user: tuple[int, ...]
    by_twin: tuple[int, ...]
    types: tuple[Counter[str], ...]
    """By ``message_type`` as stored, "" for none."""

    @cached_property
    def total(self) -> tuple[int, ...]:
        """Messages of any sender."""
        return tuple(counts.total() for counts in self.types)


@dataclass(frozen=True)
class Documents:
    """Documents by bucket."""

    types: tuple[Counter[str], ...]
    known: tuple[int, ...]
    """Those with a known number of words."""
    words: tuple[int, ...]

    @cached_property
    def total(self) -> tuple[int, ...]:
        """Documents of any type."""
        return tuple(counts.total() for counts in self.types)


@dataclass(frozen=True)
class Queries:
    """Queries by bucket."""

    types: tuple[Counter[str], ...]
    known: tuple[int, ...]
    """Those with a known number of results."""
    empty: tuple[int, ...]
    """Those with zero results."""
    results: tuple[int, ...]

    @cached_property
    def total(self) -> tuple[int, ...]:
        """Queries of any type."""
        return tuple(counts.total() for counts in self.types)


@dataclass(frozen=True)
class Created:
    """Users and twins by the bucket they were created in, and those there before."""

    users: tuple[int, ...]
    twins: tuple[int, ...]
    twins_before: int
    company_users: tuple[int, ...]
    """As ``users``, obeying company and department only."""
    company_users_before: int
    """Also those whose creation is not known."""


@dataclass(frozen=True)
class Pace:
    """Sessions by the bucket they start in, user messages by their own; all in microseconds."""

    lengths: tuple[tuple[int, ...], ...]
    """Session lengths, of sessions with at least two messages."""
    messages: tuple[tuple[int, ...], ...]
    """Numbers of messages, of sessions with at least one."""
    replies: tuple[tuple[int, ...], ...]
    """Times from a user message to the twin's reply."""


@dataclass(frozen=True)
class Facts:
    """Everything per bucket that one overview needs."""

    frame: Frame
    people: People
    messages: Messages
    documents: Documents
    queries: Queries
    created: Created
    pace: Pace

    def active(self, part: Slice) -> int:
        """Return the set of people active in a slice."""
        return union(self.people.active, part)

    def active_until(self, day: date, days: int) -> int:
        """Return the set of people active in ``days`` local days ending on ``day``."""
        first, _ = self.frame.range_of(days_before(day, days - 1))
        _, stop = self.frame.range_of(day)
        return union(self.people.active, Slice(first, stop, None))


def union(sets: tuple[int, ...], part: Slice) -> int:
    """Return everyone in any of a slice's buckets."""
    everyone = 0
    for members in sets[part.first : part.stop]:
        everyone |= members
    return everyone


def total(values: tuple[int, ...], part: Slice) -> int:
    """Return the sum over a slice's buckets."""
    return sum(values[part.first : part.stop])


def merged(counters: tuple[Counter[str], ...], part: Slice) -> Counter[str]:
    """Return the counts over a slice's buckets."""
    counts: Counter[str] = Counter()
    for counter in counters[part.first : part.stop]:
        counts.update(counter)
    return counts


def gathered(lists: tuple[tuple[int, ...], ...], part: Slice) -> list[int]:
    """Return the values of a slice's buckets in ascending order."""
    return sorted(value for values in lists[part.first : part.stop] for value in values)


def ratio(numerator: float, denominator: float) -> float | None:
    """Return the quotient, unknown when the denominator is zero.

    >>> ratio(1, 4), ratio(1, 0)
    (0.25, None)
    """
    return numerator / denominator if denominator else None


def median(ascending: list[int]) -> float | None:
    """Return the middle value, or the mean of the middle two.

    >>> median([1, 2, 9]), median([1, 2, 4, 9]), median([])
    (2, 3.0, None)
    """
    if not ascending:
        return None
    middle, is_odd = divmod(len(ascending), 2)
    return ascending[middle] if is_odd else (ascending[middle - 1] + ascending[middle]) / 2


def p90(ascending: list[int]) -> int | None:
    """Return the 90th percentile by nearest rank.

    >>> p90([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), p90([7]), p90([])
    (9, 7, None)
    """
    return ascending[-(-9 * len(ascending) // 10) - 1] if ascending else None


def mean(values: Iterable[int], count: int) -> float | None:
    """Return the sum of ``values`` shared by ``count``."""
    return ratio(sum(values), count)

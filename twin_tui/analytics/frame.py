"""The time frame of one answer: buckets of a local day or less, so cut that every window is a run of them.

The bounds of days come from the timezone database alone. A select finds a row's bucket by whole-number
arithmetic on its instant; only days of unusual length and cut days need a branch of their own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from peewee import Case

from twin_tui.analytics.answers import Window
from twin_tui.analytics.filters import Period
from twin_tui.analytics.scope import bound
from twin_tui.analytics.windows import ONE_DAY, day_start, days_before, local_day, previous_window, window
from twin_tui.data.dialect import Dialect

BEFORE = -1
"""Key of rows before the first bucket, or without a timestamp."""
ROLLING_DAYS = 30
"""Days of the longest rolling window."""
AVERAGE_DAYS = 7
"""Days of a moving average."""
LONG_DAYS = 3_660
"""The day series of a longer period begins with the first day that has data."""
MOST_DAYS = 36_600
"""A day series reaches back at most this far from its end; windows are not shortened."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """Instants ``[start, end)`` of one local day, all of it unless something cuts it."""

    start: datetime
    end: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Slice:
    """Consecutive buckets ``[first, stop)`` that one value is made of."""

    first: int
    stop: int
    complete_day: date | None
    """The last complete local day at its end, for figures of 1, 7 and 30 days; ``None``: there is none."""

    @property
    def buckets(self) -> range:
        """The keys of its buckets."""
        return range(self.first, self.stop)


class Frame:
    """Windows, buckets and days of a period at one instant, given from when to when there is data."""

    def __init__(
        self,
        period: Period,
        now: datetime,
        zone: ZoneInfo,
        first: datetime | None,
        last: datetime | None,
        *,
        shift: timedelta | None = None,
    ) -> None:
        """Compare with what was ``shift`` earlier, whole days; ``None``: with as many days just before."""
        self.zone, self.now = zone, now
        self.today = local_day(now, zone)
        self.first_day = None if first is None else local_day(first, zone)
        if period.is_all and self.first_day is not None and last is not None:
            shown = Period(self.first_day, local_day(last, zone) + ONE_DAY)
        else:
            shown = period
        self.start = shown.start
        self.end = shown.end or self.today + ONE_DAY
        self.window = window(shown, now, zone)
        self.shift = shift or (timedelta() if self.start is None else self.end - self.start)
        self.previous_window = None if period.is_all else self._comparable(period)
        has_begun = self.start is not None and self.start <= self.today
        self._anchor = min(self.end, self.today) - ONE_DAY if has_begun else None
        self.days = self._listed()
        self.buckets = self._cut()
        self._slices: dict[date, Slice] = {}
        self._ranges: dict[date, tuple[int, int]] = {}
        for index, bucket in enumerate(self.buckets):
            first_index, _ = self._ranges.get(bucket.day, (index, index))
            self._ranges[bucket.day] = (first_index, index + 1)

    @property
    def lower(self) -> datetime:
        """Start of the first bucket."""
        return self.buckets[0].start

    @property
    def upper(self) -> datetime:
        """End of the last bucket: the window's, at most now."""
        return self.buckets[-1].end

    @property
    def compared_from(self) -> datetime:
        """Start of what the window and the one before it need."""
        return max(self.lower, self._near(0))

    @property
    def averaged_from(self) -> datetime:
        """The same with the six days that a moving average reaches back."""
        return max(self.lower, self._near(AVERAGE_DAYS - 1))

    @cached_property
    def current(self) -> Slice:
        """The buckets of the window."""
        return self._slice(self.window, self._anchor)

    @cached_property
    def previous(self) -> Slice | None:
        """The buckets of the previous window; ``None`` when nothing is compared."""
        if self.previous_window is None or self._anchor is None or self.start is None:
            return None
        return self._slice(self.previous_window, days_before(self._anchor, self.shift.days))

    @cached_property
    def day_slices(self) -> tuple[Slice, ...]:
        """The buckets of each of `days`."""
        return tuple(map(self.slice_of, self.days))

    @property
    def day_count(self) -> int:
        """Number of local days of the period that have begun."""
        return 0 if self.start is None else max(0, (min(self.end, self.today + ONE_DAY) - self.start).days)

    def slice_of(self, day: date) -> Slice:
        """Return the buckets of one local day."""
        part = self._slices.get(day)
        if part is None:
            first, stop = self.range_of(day)
            part = self._slices[day] = Slice(first, stop, day if self.is_complete(day) else None)
        return part

    def range_of(self, day: date) -> tuple[int, int]:
        """Return first and stop of a day's buckets; nothing happened on a day before the first of them."""
        at_edge = 0 if day < self.buckets[0].day else len(self.buckets)
        return self._ranges.get(day, (at_edge, at_edge))

    def is_complete(self, day: date) -> bool:
        """Whether a local day is over."""
        return day < self.today

    def key(self, dialect: Dialect, moment: Any) -> Any:
        """Return the expression of the bucket a time expression falls into; `BEFORE` when in none."""
        branches = []
        for start, index, count in reversed(self._runs()):
            within = (dialect.micros(moment) - _micros(start)) / _DAY_US
            branches.append((moment >= bound(dialect, start), index if count == 1 else within + index))
        return Case(None, branches, BEFORE)

    def _runs(self) -> list[tuple[datetime, int, int]]:
        """Return (start, first key, number) of runs of whole 24-hour buckets, oldest first; others alone."""
        runs: list[tuple[datetime, int, int]] = []
        whole = [bucket.end - bucket.start == ONE_DAY for bucket in self.buckets]
        for is_whole, group in groupby(range(len(self.buckets)), key=whole.__getitem__):
            members = list(group)
            if is_whole:
                runs.append((self.buckets[members[0]].start, members[0], len(members)))
            else:
                runs += [(self.buckets[index].start, index, 1) for index in members]
        return runs

    def _comparable(self, period: Period) -> Window | None:
        before = previous_window(period, self.now, self.zone, self.shift)
        if before is None or self.first_day is None or period.start is None or period.end is None:
            return None
        return before if self.first_day <= period.start - self.shift else None

    def _listed(self) -> tuple[date, ...]:
        stop, count = min(self.end, self.today + ONE_DAY), self.day_count
        if count > LONG_DAYS and self.first_day is not None:
            count = max(0, min(count, (stop - self.first_day).days))
        return tuple(stop - timedelta(days=left) for left in range(min(count, MOST_DAYS), 0, -1))

    def _near(self, margin: int) -> datetime:
        if self.start is None:
            return self.lower
        near = day_start(days_before(self.start, margin), self.zone)
        before = None if self.previous_window is None else self.previous_window.start
        return near if before is None else min(near, before)

    def _cut(self) -> tuple[Bucket, ...]:
        """Return the buckets from the earliest day that any figure reaches back to, to the window's end."""
        end = min(self.window.end, self.now)
        if self.start is None or self._anchor is None or self.first_day is None:
            return (Bucket(end, end, self.today),)
        reach = days_before(min(self.start, self._anchor), ROLLING_DAYS - 1)
        if self.previous_window is not None:
            reach = days_before(reach, self.shift.days)
        day, eldest = max(reach, self.first_day), days_before(min(self.end, self.today), 2 * MOST_DAYS)
        cut = None if self.previous_window is None else self.previous_window.end
        buckets = []
        if day < eldest:
            buckets.append(Bucket(day_start(day, self.zone), day_start(eldest, self.zone), eldest - ONE_DAY))
            day = eldest
        while day < self.end and day <= self.today:
            start, stop = day_start(day, self.zone), min(day_start(day + ONE_DAY, self.zone), end)
            if cut is not None and start < cut < stop:
                buckets.append(Bucket(start, cut, day))
                start = cut
            buckets.append(Bucket(start, stop, day))
            day += ONE_DAY
        return tuple(buckets) or (Bucket(end, end, self.today),)

    def _slice(self, part: Window, anchor: date | None) -> Slice:
        first = sum(1 for bucket in self.buckets if part.start is not None and bucket.start < part.start)
        stop = sum(1 for bucket in self.buckets if bucket.end <= part.end)
        return Slice(min(first, stop), stop, anchor)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)

"""From instants to local days and hours of the week, quickly and for millions of rows."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from twin_tui.rollups.local_days import ONE_DAY, day_start, local_day

WEEK = 168
"""Hours of a week."""
HOUR_US = 3_600_000_000
_DAY_US = 24 * HOUR_US
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONDAY_US = -3 * _DAY_US
"""Midnight of a Monday: hours of the week are numbered from there."""


class Stretch(NamedTuple):
    """Instants ``[start_us, end_us)`` of one local day at one offset from UTC, on one side of the cut."""

    start_us: int
    end_us: int
    day: int
    """Proleptic ordinal."""
    shift_us: int
    """Added to an instant, then divided by `HOUR_US`, gives an hour that is one of the week modulo `WEEK`."""
    is_cut_off: bool
    """Whether it lies at or after the cut."""


class Calendar:
    """Local days of one timezone; a cut divides the day it falls into."""

    def __init__(self, zone: ZoneInfo, cut_us: int | None = None) -> None:
        self.zone = zone
        self._cut_us = cut_us
        self._stretches: dict[int, tuple[Stretch, ...]] = {}

    def stretch(self, us: int) -> Stretch:
        """Return the stretch an instant lies in.

        >>> change = micros(datetime(2026, 3, 29, 1, tzinfo=UTC))
        >>> stretch = Calendar(ZoneInfo("Europe/Berlin")).stretch(change - 1)
        >>> date.fromordinal(stretch.day).isoformat(), stretch.end_us == change
        ('2026-03-29', True)
        """
        number = us // _DAY_US
        found = self._stretches.get(number)
        if found is None:
            found = self._stretches[number] = tuple(self._of_utc_day(number * _DAY_US))
        for stretch in found:
            if us < stretch.end_us:
                return stretch
        return found[-1]

    def day(self, us: int) -> int:
        """Return the ordinal of an instant's local day."""
        return self.stretch(us).day

    def _of_utc_day(self, begin: int) -> list[Stretch]:
        """Return the stretches of a UTC day; the first begins and the last ends with it."""
        stop, found = begin + _DAY_US, []
        while begin < stop:
            day, offset = local_day(instant(begin), self.zone), self._offset(begin)
            end = min(stop, micros(day_start(day + ONE_DAY, self.zone)) if day.toordinal() < _LAST else stop)
            end = self._change(begin, end, offset)
            is_cut_off = self._cut_us is not None and begin >= self._cut_us
            if self._cut_us is not None and begin < self._cut_us < end:
                end = self._cut_us
            found.append(Stretch(begin, end, day.toordinal(), offset - _MONDAY_US, is_cut_off))
            begin = end
        return found

    def _offset(self, us: int) -> int:
        try:
            return (instant(us).astimezone(self.zone).utcoffset() or timedelta(0)) // _MICROSECOND
        except OverflowError:
            return 0

    def _change(self, begin: int, end: int, offset: int) -> int:
        """Return the first instant in ``[begin, end)`` at another offset, else ``end``; to the second."""
        before, after = begin, None
        for step in range(begin + HOUR_US, end + HOUR_US, HOUR_US):
            reached = min(step, end - 1)
            if self._offset(reached) != offset:
                after = reached
                break
            before = reached
        if after is None:
            return end
        second = 1_000_000
        while after - before > second:
            middle = (before + after) // 2 // second * second
            if middle <= before:
                break
            before, after = (middle, after) if self._offset(middle) == offset else (before, middle)
        return after // second * second


_LAST = date.max.toordinal()
_FIRST = date(1970, 1, 1).toordinal()
_HOURS = 24


def hour_of(day: int, us: int) -> int:
    """Return the whole hours from UTC's midnight of a local day's date to an instant of that day.

    They are other ones for every hour of a local day, of any length in any timezone.

    >>> hour_of(_FIRST + 1, 24 * HOUR_US), hour_of(_FIRST + 1, 24 * HOUR_US - 1)
    (0, -1)
    """
    return us // HOUR_US - (day - _FIRST) * _HOURS


def hour_end(day: int, hour: int) -> int:
    """Return when an hour counted by `hour_of` ends, microseconds since 1970.

    >>> hour_of(_FIRST + 1, hour_end(_FIRST + 1, 7) - 1)
    7
    """
    return (hour + 1 + (day - _FIRST) * _HOURS) * HOUR_US


def micros(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(us: int) -> datetime:
    """Return microseconds since 1970 as an aware instant."""
    return _EPOCH + timedelta(microseconds=us)

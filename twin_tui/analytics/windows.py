"""Local days of the report timezone and the exact instants between which a figure counts.

A local day runs from the first instant its date is reached to the first instant of the next one: 23, 24 or
25 hours, and none at all for a date that a timezone skipped.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import Window
from twin_tui.analytics.filters import Period

EARLIEST = datetime.min.replace(tzinfo=UTC)
"""Stands for every instant that the calendar cannot hold, before its beginning."""
LATEST = datetime.max.replace(tzinfo=UTC)
"""The same past its end."""
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=65_536)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant, aware UTC, at which ``zone`` reaches ``day``.

    >>> day_start(date(2026, 11, 23), ZoneInfo("Asia/Kathmandu")).isoformat()
    '2026-11-22T18:15:00+00:00'

    Midnight may be skipped by a change of the clock; the day then begins with the change:

    >>> day_start(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")).isoformat()
    '2018-11-04T03:00:00+00:00'
    >>> skipped, next_day = date(2011, 12, 30), date(2011, 12, 31)
    >>> apia = ZoneInfo("Pacific/Apia")
    >>> day_start(skipped, apia) == day_start(next_day, apia)
    True
    """
    midnight = datetime.combine(day, time.min)
    try:
        late = midnight.replace(tzinfo=zone).astimezone(UTC)
        if _wall(late, zone) == midnight:
            return late
        early = midnight.replace(tzinfo=zone, fold=1).astimezone(UTC)
        while late - early > timedelta(seconds=1):
            middle = (early + (late - early) / 2).replace(microsecond=0)
            early, late = (early, middle) if _wall(middle, zone) >= midnight else (middle, late)
        return early if _wall(early, zone) >= midnight else late
    except OverflowError:
        return EARLIEST if day.year < 5000 else LATEST


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local day that ``instant`` (aware) belongs to.

    >>> local_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    datetime.date(2026, 11, 24)
    """
    try:
        day = instant.astimezone(zone).date()
        while day_start(day, zone) > instant:
            day -= ONE_DAY
        while day_start(day + ONE_DAY, zone) <= instant:
            day += ONE_DAY
    except OverflowError:
        return date.min if instant.year < 5000 else date.max
    return day


def days_before(day: date, days: int) -> date:
    """Return the day so many days earlier, or the calendar's first.

    >>> days_before(date(2026, 11, 23), 30), days_before(date(1, 1, 5), 30)
    (datetime.date(2026, 10, 24), datetime.date(1, 1, 1))
    """
    return date.fromordinal(max(1, day.toordinal() - days))


def window(period: Period, now: datetime, zone: ZoneInfo) -> Window:
    """Return the instants of ``period`` cut at ``now``; all days begin at ``None`` here.

    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> week = window(Period.of_preset("7d", date(2026, 11, 23)), noon, ZoneInfo("UTC"))
    >>> week.start.isoformat(), week.end.isoformat()
    ('2026-11-17T00:00:00+00:00', '2026-11-23T12:00:00+00:00')
    """
    if period.start is None or period.end is None:
        return Window(None, now, zone.key)
    start = day_start(period.start, zone)
    return Window(start, max(start, min(day_start(period.end, zone), now)), zone.key)


def previous_window(period: Period, now: datetime, zone: ZoneInfo) -> Window | None:
    """Return the window that ``period`` is compared with, whether or not it holds data.

    The same number of days just before; while the period is unfinished the comparison stops at the same
    local clock time that many days earlier. ``None``: all days, a period that has not begun, or one
    whose predecessor is outside the calendar.

    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> before = previous_window(Period.of_preset("7d", date(2026, 11, 23)), noon, ZoneInfo("UTC"))
    >>> before.start.isoformat(), before.end.isoformat()
    ('2026-11-10T00:00:00+00:00', '2026-11-16T12:00:00+00:00')
    """
    if period.start is None or period.end is None or day_start(period.start, zone) > now:
        return None
    length = period.end - period.start
    try:
        first = period.start - length
    except OverflowError:
        return None
    start, end = day_start(first, zone), day_start(period.start, zone)
    if day_start(period.end, zone) > now:
        end = same_clock_time(now, length, zone)
    return Window(start, end, zone.key)


def same_clock_time(now: datetime, earlier: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant whole days ``earlier`` at which local clocks showed the time of ``now``.

    It stays within that local day also where the day has no such time.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> same_clock_time(datetime(2026, 4, 1, 10, tzinfo=UTC), timedelta(days=7), berlin).isoformat()
    '2026-03-25T11:00:00+00:00'
    """
    today = local_day(now, zone)
    day = today - earlier
    first, last = day_start(day, zone), day_start(day + ONE_DAY, zone)
    clock = now.astimezone(zone).time()
    return min(max(datetime.combine(day, clock, zone).astimezone(UTC), first), last)


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)

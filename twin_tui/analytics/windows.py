"""The exact instants between which a figure counts, in local days of the report timezone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import Window
from twin_tui.analytics.filters import Period
from twin_tui.rollups.local_days import ONE_DAY, day_start, local_day

__all__ = ["ONE_DAY", "day_start", "days_before", "local_day", "previous_window", "same_clock_time", "window"]


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


def previous_window(
    period: Period, now: datetime, zone: ZoneInfo, shift: timedelta | None = None
) -> Window | None:
    """Return the window that ``period`` is compared with, whether or not it holds data.

    The same number of days just before, or ``shift`` earlier; while the period is unfinished the comparison
    stops at the same local clock time that many days earlier. ``None``: all days, a period that has not
    begun, or one whose predecessor is outside the calendar.

    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> before = previous_window(Period.of_preset("7d", date(2026, 11, 23)), noon, ZoneInfo("UTC"))
    >>> before.start.isoformat(), before.end.isoformat()
    ('2026-11-10T00:00:00+00:00', '2026-11-16T12:00:00+00:00')
    """
    if period.start is None or period.end is None or day_start(period.start, zone) > now:
        return None
    back = shift or period.end - period.start
    try:
        first, after = period.start - back, period.end - back
    except OverflowError:
        return None
    start, end = day_start(first, zone), day_start(after, zone)
    if day_start(period.end, zone) > now:
        end = same_clock_time(now, back, zone)
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

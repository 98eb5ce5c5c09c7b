"""Local days of the report timezone: when each begins, and which one an instant belongs to.

A local day runs from the first instant its date is reached to the first instant of the next one: 23, 24 or
25 hours, and none at all for a date that a timezone skipped.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

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


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)

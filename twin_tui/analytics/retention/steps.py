"""The steps in which a period is told: days, weeks from Monday, or months."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from twin_tui.analytics.windows import ONE_DAY, days_before

Span = tuple[date, date]
"""Local days ``[start, end)``."""
WEEK = timedelta(days=7)
MOST_DAYS, MOST_WEEK_DAYS = 31, 400
"""Days of a period that is told by days, by weeks at most."""


def steps_of(span: Span) -> list[Span]:
    """Return the days, weeks (from Monday) or months that hold a day of a span, cut to nothing."""
    start, end = span
    days = (end - start).days
    if days <= MOST_DAYS:
        return list(_stretches(start, end, _next_day))
    if days <= MOST_WEEK_DAYS:
        return list(_stretches(monday(start), end, _next_week))
    return list(_stretches(start.replace(day=1), end, _next_month))


def monday(day: date) -> date:
    """Return the Monday of a day's week.

    >>> monday(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return days_before(day, day.weekday())


def _next_day(day: date) -> date:
    return day + ONE_DAY


def _next_week(day: date) -> date:
    return day + WEEK


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _stretches(first: date, end: date, following: Callable[[date], date]) -> Iterator[Span]:
    while first < end:
        after = following(first)
        yield first, after
        first = after

"""User messages by local weekday and hour, as means per such hour in the window."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from peewee import SQL, Case, Value, fn

from twin_tui.analytics.answers import Hourly
from twin_tui.analytics.context import Context
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.order import ratio
from twin_tui.analytics.scope import Scope, bound
from twin_tui.data.models import Message

Stretch = tuple[datetime, datetime, timedelta]
"""Start, end and offset from UTC of a time without a change of the clock."""
HOURS, WEEK = 24, 168
_HOUR = timedelta(hours=1)
_HOUR_US = 3_600_000_000
_MONDAY = datetime(1969, 12, 29, tzinfo=UTC)
"""Hours are numbered from here, so that the number modulo 168 is weekday × 24 + hour."""
_MONDAY_US = -259_200_000_000
_SHIFT = 200_000 * WEEK
"""Whole weeks added so that division never meets a negative number."""


def hourly(frame: Frame, counts: Mapping[int, int]) -> Hourly:
    """Return counts and means over the frame's window, given its user messages by hour of the week."""
    stretches = _stretches(frame.window.start or frame.upper, frame.upper, frame.zone)
    return _answer([counts.get(hour, 0) for hour in range(WEEK)], _existing(stretches))


def hour_counts(context: Context, scope: Scope, frame: Frame) -> Counter[int]:
    """Read the user messages of the frame's window by local hour of the week, Monday 0:00 first."""
    number, within = local_hours(context, scope, frame)
    rows = context.rows(
        scope.messages(number.alias("local_hour"), fn.COUNT(SQL("*")))
        .where(within)
        .group_by(SQL("local_hour"))
    )
    counts: Counter[int] = Counter()
    for hour, count in rows:
        counts[hour % WEEK] += count
    return counts


def local_hours(context: Context, scope: Scope, frame: Frame) -> tuple[Any, Any]:
    """Return of messages the number of their local hour, and which of them are people's in the window.

    The number modulo 168 is the hour of the week, modulo 24 that of the day.
    """
    start, end = max(frame.lower, frame.window.start or frame.lower), frame.upper
    stretches = _stretches(frame.window.start or end, end, frame.zone)
    sent = scope.column(Message.created_at)
    dialect = context.source.dialect
    branches = [
        (sent >= bound(dialect, begin), (dialect.micros(sent) + _shift_us(offset)) / _HOUR_US)
        for begin, stop, offset in reversed(stretches)
        if stop > start
    ]
    number = Case(None, branches, 0) if branches else Value(0)
    is_meant = scope.within(Message.created_at, start, end) & (scope.column(Message.sender_type) == "user")
    return number, is_meant


def _answer(counts: list[int], slots: list[int]) -> Hourly:
    profile = tuple(ratio(sum(counts[hour::HOURS]), sum(slots[hour::HOURS])) for hour in range(HOURS))
    known = [mean for mean in profile if mean is not None]
    busiest = sorted((-mean, hour) for hour, mean in enumerate(profile) if mean)
    days = [slice(day * HOURS, (day + 1) * HOURS) for day in range(7)]
    return Hourly(
        means=tuple(tuple(map(ratio, counts[day], slots[day])) for day in days),
        counts=tuple(tuple(counts[day]) for day in days),
        profile=profile,
        mean=ratio(sum(known), len(known)),
        peaks=tuple(hour for _, hour in busiest[:2]),
    )


@lru_cache(maxsize=64)
def _stretches(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Stretch, ...]:
    """Return (start, end, offset) of the stretches of ``[start, end)`` between changes of the clock."""
    found: list[Stretch] = []
    begin = start
    while begin < end:
        offset, reached, begin_of_step = _offset(begin, zone), begin, begin
        while reached < end and _offset(reached, zone) == offset:
            begin_of_step, reached = reached, min(reached + timedelta(days=1), end)
        stop = end
        if _offset(reached, zone) != offset:
            stop = _change(begin_of_step, reached, offset, zone)
        found.append((begin, stop, offset))
        begin = stop
    return tuple(found)


def _change(before: datetime, after: datetime, offset: timedelta, zone: ZoneInfo) -> datetime:
    """Return the first instant between two whose offset is another; changes fall on whole seconds."""
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        before, after = (middle, after) if _offset(middle, zone) == offset else (before, middle)
    return after.replace(microsecond=0)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)


def _existing(stretches: tuple[Stretch, ...]) -> list[int]:
    """Return how often each hour of the week occurs; an hour the clock repeats is one hour of its day."""
    spans: list[list[int]] = []
    for begin, end, offset in stretches:
        first = (begin - _MONDAY + offset) // _HOUR
        stop = -((_MONDAY - offset - end) // _HOUR)
        if spans and first <= spans[-1][1]:
            spans[-1] = [min(first, spans[-1][0]), max(stop, spans[-1][1])]
        else:
            spans.append([first, stop])
    slots = [0] * WEEK
    for first, stop in spans:
        for hour in range(WEEK):
            slots[hour] += (stop - 1 - hour) // WEEK - (first - 1 - hour) // WEEK
    return slots


def _shift_us(offset: timedelta) -> int:
    return offset // timedelta(microseconds=1) - _MONDAY_US + _SHIFT * _HOUR_US

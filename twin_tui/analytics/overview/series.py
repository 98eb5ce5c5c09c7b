"""The daily series: one row per local day of the period, with moving averages that reach back before it."""

from datetime import date

from twin_tui.analytics.answers import DayRow
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.frame import AVERAGE_DAYS, Frame, Slice
from twin_tui.analytics.windows import days_before


def day_rows(facts: Facts) -> tuple[DayRow, ...]:
    """Return the days of the period up to today, oldest first."""
    return tuple(_row(facts, day) for day in facts.frame.days)


def _row(facts: Facts, day: date) -> DayRow:
    part = facts.frame.slice_of(day)
    is_averaged = _is_averaged(facts.frame, day)
    week = Slice(facts.frame.range_of(days_before(day, AVERAGE_DAYS - 1))[0], part.stop, None)
    return DayRow(
        day=day,
        active_users=facts.active_users(part),
        new_users=facts.users_created(part),
        conversations=facts.total("conversations", part),
        messages=facts.total("messages", part),
        documents=facts.total("documents", part),
        queries=facts.total("queries", part),
        shared_conversations=facts.total("shared", part),
        active_users_average=facts.daily_active(day, AVERAGE_DAYS) / AVERAGE_DAYS if is_averaged else None,
        conversations_average=facts.total("conversations", week) / AVERAGE_DAYS if is_averaged else None,
        messages_average=facts.total("messages", week) / AVERAGE_DAYS if is_averaged else None,
        is_complete=facts.frame.is_complete(day),
    )


def _is_averaged(frame: Frame, day: date) -> bool:
    """Return whether seven complete days end on ``day``, all of them with data behind them."""
    return (
        frame.is_complete(day)
        and frame.first_day is not None
        and (day - frame.first_day).days >= AVERAGE_DAYS - 1
    )

"""The daily series: one row per local day of the period, with moving averages that reach back before it."""

from collections.abc import Callable
from datetime import date

from twin_tui.analytics.answers import DayRow
from twin_tui.analytics.facts import Facts, total
from twin_tui.analytics.frame import AVERAGE_DAYS, Slice
from twin_tui.analytics.windows import days_before


def day_rows(facts: Facts) -> tuple[DayRow, ...]:
    """Return the days of the period up to today, oldest first."""
    return tuple(_row(facts, day) for day in facts.frame.days)


def _row(facts: Facts, day: date) -> DayRow:
    part = facts.frame.slice_of(day)
    return DayRow(
        day=day,
        active_users=facts.active(part).bit_count(),
        new_users=total(facts.created.users, part),
        conversations=total(facts.people.conversations, part),
        messages=total(facts.messages.total, part),
        documents=total(facts.documents.total, part),
        queries=total(facts.queries.total, part),
        shared_conversations=total(facts.people.shared, part),
        active_users_average=_average(facts, day, lambda part: facts.active(part).bit_count()),
        conversations_average=_average(facts, day, lambda part: total(facts.people.conversations, part)),
        messages_average=_average(facts, day, lambda part: total(facts.messages.total, part)),
        is_complete=facts.frame.is_complete(day),
    )


def _average(facts: Facts, day: date, count: Callable[[Slice], int]) -> float | None:
    """Return the mean of the seven complete days ending on ``day``, if there are so many with data."""
    frame = facts.frame
    if (
        not frame.is_complete(day)
        or frame.first_day is None
        or (day - frame.first_day).days < AVERAGE_DAYS - 1
    ):
        return None
    days = (days_before(day, back) for back in range(AVERAGE_DAYS))
    return sum(count(frame.slice_of(each)) for each in days) / AVERAGE_DAYS

"""The people behind daily, weekly and monthly active users, behind adoption and new users."""

from dataclasses import replace
from datetime import UTC, date, datetime

from twin_tui.analytics.answers import RetentionCell
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.retention.history_reading import HistoryReader
from twin_tui.analytics.windows import ONE_DAY, days_before

ACTIVITY = ("active", "adopted", "created")
"""Kinds of numbers that are about no first time."""
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def active_people(context: Context, filters: Filters, frame: Frame, cell: RetentionCell) -> list[str]:
    """Return the ids of the people that a number of activity counts, in no order; raises `BadFilterError`."""
    match cell.kind:
        case "active" if cell.number > 0:
            return _active(context, filters, frame, cell)
        case "adopted":
            return _adopted(context, filters, frame)
        case "created":
            return _created(context, filters, frame)
    raise BadFilterError(f"There is no such number of the kind {cell.kind!r}.")


def _active(context: Context, filters: Filters, frame: Frame, cell: RetentionCell) -> list[str]:
    last = cell.start or frame.current.complete_day
    if last is None or not frame.is_complete(last):
        return []
    reader = HistoryReader(context, filters, is_of_all=True)
    return reader.ids(reader.history.between(days_before(last, cell.number - 1), last + ONE_DAY))


def _adopted(context: Context, filters: Filters, frame: Frame) -> list[str]:
    asked = Filters(company=filters.company, department=filters.department)
    reader = HistoryReader(context, asked)
    return reader.ids(reader.history.between(frame.start or date.min, frame.end))


def _created(context: Context, filters: Filters, frame: Frame) -> list[str]:
    reader = HistoryReader(context, replace(filters, twin=None, platform=None, shared=None))
    earlier = set(reader.account_ids(frame.window.start or _BEGINNING))
    return [key for key in reader.account_ids(frame.window.end) if key not in earlier]

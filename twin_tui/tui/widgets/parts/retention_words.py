"""What a list of people behind a number of retention is called."""

from datetime import date, timedelta

from twin_tui.analytics.answers import LifecycleState, RetentionCell
from twin_tui.analytics.filters import Period
from twin_tui.text.formatting import span
from twin_tui.tui.widgets.chart.course import Span

STATES: dict[LifecycleState, str] = {
    "new": "New",
    "returning": "Returning",
    "resurrected": "Resurrected",
    "dormant": "Dormant",
    "never": "Never active",
}


def title_of(cell: RetentionCell, period: Period, days: Span | None = None, *, is_unbounded: bool) -> str:
    """Return in words what a number of ``period`` counts; ``days`` are those of a single step.

    >>> title_of(RetentionCell("day", 7), Period(), is_unbounded=True)
    'Back on day 7 or later, first active in all time'
    >>> title_of(RetentionCell("active", 7, start=date(2026, 11, 9)), Period(), is_unbounded=False)
    'Active in the 7 days 3–9 Nov 2026'
    """
    when = period_words(period) if days is None else _days(days[0], days[1])
    match cell.kind:
        case "day":
            which = f"on day {cell.number}" + (" or later" if is_unbounded else "")
            return f"{'Back' if cell.is_retained else 'Not back'} {which}, first active in {when}"
        case "week" if cell.week is not None:
            begun = _days(cell.week, cell.week + timedelta(days=7))
            how = "active" if cell.is_retained else "not active"
            return f"First active {begun}, {how} in week {cell.number} after"
        case "lifecycle" if cell.state is not None:
            return f"{STATES[cell.state]}, {when}"
        case "active_days":
            return f"Active on {cell.number} day{'' if cell.number == 1 else 's'}, {when}"
        case "active":
            return _active(cell)
        case "created":
            return f"New users, {when}"
        case _:
            return f"Active users, {when}"


def period_words(period: Period) -> str:
    """Return the days of a period."""
    return "all time" if period.start is None else span(period.start, period.last_day)


def _active(cell: RetentionCell) -> str:
    if cell.start is None:
        if cell.number == 1:
            return "Active on the last complete day"
        return f"Active in the {cell.number} days to the last complete one"
    if cell.number == 1:
        return f"Active on {span(cell.start, cell.start)}"
    return (
        f"Active in the {cell.number} days {span(cell.start - timedelta(days=cell.number - 1), cell.start)}"
    )


def _days(start: date, end: date) -> str:
    return span(start, end - timedelta(days=1))

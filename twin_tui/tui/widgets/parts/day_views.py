"""What the overview's chart measures: the service's daily series."""

from collections.abc import Sequence

from twin_tui.analytics.answers import DayRow
from twin_tui.tui.widgets.chart.course import Course, View

VIEWS = (
    View(
        "Active users per day",
        (
            ("active users", "active_users", "points", "series-1", True),
            ("7-day average", "active_users_average", "line", "series-2", False),
        ),
    ),
    View(
        "Conversations and messages per day",
        (
            ("messages", "messages", "line", "series-1", True),
            ("conversations", "conversations", "dotted", "series-2", True),
        ),
    ),
    View(
        "Features per day",
        (
            ("conversations", "conversations", "bars", "series-1", False),
            ("queries", "queries", "bars", "series-2", False),
            ("documents", "documents", "bars", "series-3", False),
        ),
    ),
)
NOTE = (
    "The chart: this figure for each local day. The mean is over the complete days shown; the 7-day "
    "average over the 7 complete days ending there, also days before the period. Today counts in neither."
)
_KEYS = tuple(dict.fromkeys(key for view in VIEWS for _, key, *_ in view.series))


def course_of(days: Sequence[DayRow]) -> Course:
    """Return the values of the days that are drawn."""
    return Course(
        tuple(day.day for day in days),
        tuple((key, tuple(getattr(day, key) for day in days)) for key in _KEYS),
        is_open=bool(days) and not days[-1].is_complete,
    )

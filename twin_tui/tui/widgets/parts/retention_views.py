"""What the charts of the retention tab draw."""

from twin_tui.analytics.answers import LIFECYCLE, LifecycleState, Retention
from twin_tui.tui.frames import Mark
from twin_tui.tui.widgets.chart.course import Course, Line, View

ACTIVE = (
    View(
        "Active users: per day, in 7 and in 30 days",
        (
            ("30 days", "mau", "line", "series-3", False),
            ("7 days", "wau", "line", "series-2", False),
            ("day", "dau", "points", "series-1", False),
        ),
    ),
    View(
        "DAU/MAU: mean daily ÷ monthly users", (("DAU/MAU", "dau_mau", "dotted", "series-1", True),), "ratio"
    ),
    View(
        "Back, by first active day",
        (
            ("D1", "d1", "points", "series-1", False),
            ("D7", "d7", "dotted", "series-2", False),
            ("D30", "d30", "line", "series-3", False),
        ),
        "ratio",
    ),
)
ACTIVE_NOTE = (
    "The chart: each day's people, and those of the 7 and of the 30 days that end on it, each counted once; "
    "only complete days. Coming back stands at the first active day of those who could have."
)
ROLLING = {"dau": 1, "wau": 7, "mau": 30, "dau_mau": 30}
"""Over how many days a figure counts people."""
COLORS: dict[LifecycleState, str] = {
    "returning": "series-1",
    "new": "series-2",
    "resurrected": "series-3",
    "dormant": "muted",
    "never": "rule",
}
"""In the order of the stack, the lowest first."""


def _layer(state: LifecycleState) -> Line:
    mark: Mark = "bars"
    return (state, state, mark, COLORS[state], False)


LIFECYCLES = (
    View("Lifecycle: everybody by state", tuple(_layer(state) for state in COLORS)),
    View("Lifecycle: who is active", tuple(_layer(state) for state in tuple(COLORS)[:3])),
)
LIFECYCLE_NOTE = (
    "Each bar: everybody in exactly one state, of its own days (a day, a week from Monday, or a month) "
    "against as many days just before them."
)


def active_course(answer: Retention) -> Course:
    """Return the daily series of activity and of coming back."""
    figures = {figure.key: figure.series for figure in (*answer.figures, *answer.returned)}
    keys = {key for view in ACTIVE for _, key, *_ in view.series}
    return Course(answer.series_days, tuple((key, figures[key]) for key in figures if key in keys))


def lifecycle_course(answer: Retention) -> Course:
    """Return how many people are in each state, by step."""
    steps = answer.steps
    if not steps:
        return Course((), ())
    return Course(
        tuple(step.start for step in steps),
        tuple((state, tuple(step.of(state) for step in steps)) for state in LIFECYCLE),
        after=steps[-1].end,
        is_open=not steps[-1].is_complete,
        is_daily=all((step.end - step.start).days == 1 for step in steps),
    )

"""Coming back and the states of a lifecycle as figures, to be compared and explained like any other."""

from collections.abc import Sequence

from twin_tui.analytics.answers import LIFECYCLE, DayRetention, Direction, Figure, Lifecycle, LifecycleState
from twin_tui.analytics.figures import change
from twin_tui.analytics.frame import Frame

_STATES: dict[LifecycleState, tuple[str, Direction, str]] = {
    "new": ("New", "up", "People whose first active day lies in the window."),
    "returning": ("Returning", "up", "People active in the window and in as many days just before it."),
    "resurrected": (
        "Resurrected",
        "up",
        "People active in the window and at some earlier time, but not in as many days just before it.",
    ),
    "dormant": ("Dormant", "down", "People active before the window, not in it."),
    "never": (
        "Never active",
        "down",
        "People with an account by the window's end and no activity before it.",
    ),
}
_WHOLE = " Every eligible person is in exactly one state. Whole local days, today included."


def returned_figures(
    frame: Frame,
    days: Sequence[DayRetention],
    before: Sequence[DayRetention] | None,
    series: Sequence[tuple[float | None, ...]],
    *,
    is_unbounded: bool,
) -> tuple[Figure, ...]:
    """Return a figure for each of ``days``; ``before`` is the same of the cohorts of the days before."""
    figures = []
    for at, day in enumerate(days):
        previous = None if before is None else before[at].retained.rate
        which = f"on day {day.day} or later" if is_unbounded else f"on day {day.day}"
        figures.append(
            Figure(
                key=f"d{day.day}",
                label=f"D{day.day}: back {which}",
                unit="ratio",
                value=day.retained.rate,
                previous=previous,
                change=change(day.retained.rate, previous, "ratio"),
                numerator=day.retained.retained,
                denominator=day.retained.eligible,
                n=day.retained.eligible,
                window=frame.window,
                previous_window=None if before is None else frame.previous_window,
                series=series[at],
                definition=f"Of the people whose first active day lies in the window and whose day {day.day} "
                f"after it is over: those active {which}. Local calendar days; day 0 never counts. All time: "
                "first days of the last 90 days.",
                parts=(("back", day.retained.retained, "users"), ("of", day.retained.eligible, "users")),
            )
        )
    return tuple(figures)


def state_figures(frame: Frame, now: Lifecycle, before: Lifecycle | None) -> tuple[Figure, ...]:
    """Return a figure for each state of a window, compared with those of the window before."""
    figures = []
    for state in LIFECYCLE:
        label, good, definition = _STATES[state]
        previous = None if before is None else before.of(state)
        figures.append(
            Figure(
                key=f"lifecycle_{state}",
                label=label,
                unit="users",
                value=now.of(state),
                previous=previous,
                change=change(now.of(state), previous, "users"),
                numerator=None,
                denominator=None,
                n=now.everyone,
                window=frame.window,
                previous_window=None if before is None else frame.previous_window,
                good=good,
                definition=definition + _WHOLE,
            )
        )
    return tuple(figures)

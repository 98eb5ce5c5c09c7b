"""Coming back and the states of a lifecycle as figures, to be compared and explained like any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from twin_tui.analytics.answers import (
    LIFECYCLE,
    DayRetention,
    Direction,
    Figure,
    Lifecycle,
    LifecycleState,
    Window,
)
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


@dataclass(frozen=True, slots=True)
class Compared:
    """What coming back and the states are compared with: other days, or the same of another company."""

    said: str
    """It in words."""
    window: Window | None = None
    """``None``: there is nothing to compare with, and nothing below."""
    days: Sequence[DayRetention] = ()
    """In the order of those compared."""
    states: Lifecycle | None = None
    rates: tuple[tuple[float | None, ...], ...] = ()
    """Of each of ``days`` by the cohort's day, where a second line is wanted."""


def returned_figures(
    frame: Frame,
    days: Sequence[DayRetention],
    compared: Compared,
    series: Sequence[tuple[float | None, ...]],
    *,
    is_unbounded: bool,
) -> tuple[Figure, ...]:
    """Return a figure for each of ``days``, ``series`` by the cohort's day."""
    figures = []
    for at, day in enumerate(days):
        previous = compared.days[at].retained.rate if compared.days else None
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
                previous_window=compared.window,
                series=series[at],
                compared_with=compared.said,
                compared_series=compared.rates[at] if compared.rates else (),
                definition=f"Of the people whose first active day lies in the window and whose day {day.day} "
                f"after it is over: those active {which}. Local calendar days; day 0 never counts. All time: "
                "first days of the last 90 days.",
                parts=(("back", day.retained.retained, "users"), ("of", day.retained.eligible, "users")),
            )
        )
    return tuple(figures)


def state_figures(frame: Frame, now: Lifecycle, compared: Compared) -> tuple[Figure, ...]:
    """Return a figure for each state of a window, beside those compared with."""
    figures = []
    for state in LIFECYCLE:
        label, good, definition = _STATES[state]
        previous = None if compared.states is None else compared.states.of(state)
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
                previous_window=compared.window,
                good=good,
                compared_with=compared.said,
                definition=definition + _WHOLE,
            )
        )
    return tuple(figures)

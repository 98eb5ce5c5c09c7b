"""A KPI's declaration and the facts become the figure that screens and reports show."""

from collections.abc import Collection

from twin_tui.analytics.answers import Figure, Unit, Window
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame, Slice
from twin_tui.analytics.kpis import KPIS, Kpi
from twin_tui.analytics.windows import ONE_DAY, day_start, days_before
from twin_tui.text.formatting import group_name


def figures(facts: Facts, filters: Filters, keys: Collection[str] | None = None) -> tuple[Figure, ...]:
    """Return every KPI over the frame's window, or those of ``keys``."""
    return tuple(figure(kpi, facts, filters) for kpi in KPIS if keys is None or kpi.key in keys)


def figure(kpi: Kpi, facts: Facts, filters: Filters) -> Figure:
    """Return one KPI over the frame's window, compared with the previous one where there is one."""
    frame = facts.frame
    now, before = frame.current, frame.previous
    amount = kpi.measure(facts, now)
    previous = None if before is None else kpi.measure(facts, before).value
    return Figure(
        key=kpi.key,
        label=kpi.label,
        unit=kpi.unit,
        value=amount.value,
        previous=previous,
        change=change(amount.value, previous, kpi.unit),
        numerator=amount.numerator,
        denominator=amount.denominator,
        n=amount.n,
        window=_window(kpi, frame, now, frame.window),
        previous_window=None
        if before is None or frame.previous_window is None
        else _window(kpi, frame, before, frame.previous_window),
        series=tuple(kpi.measure(facts, day).value for day in frame.day_slices),
        good=kpi.good,
        definition=kpi.definition,
        parts=() if kpi.beside is None else kpi.beside(facts, now),
        compared_with=compared_words(filters),
        compared_series=_compared_series(kpi, facts, filters),
        unfiltered=any(getattr(filters, name) is not None for name in kpi.ignores),
    )


def compared_words(filters: Filters) -> str:
    """Return what figures are compared with, in words."""
    if filters.against is None or filters.against.kind == "previous":
        return "before"
    return "last year" if filters.against.kind == "year" else group_name(filters.against.company)


def _compared_series(kpi: Kpi, facts: Facts, filters: Filters) -> tuple[float | None, ...]:
    """Return the values of the days compared with, where more than a number is wanted."""
    frame = facts.frame
    if filters.against is None or frame.previous is None:
        return ()
    return tuple(kpi.measure(facts, frame.slice_of(day - frame.shift)).value for day in frame.days)


def change(value: float | None, previous: float | None, unit: Unit) -> float | None:
    """Return the fraction gained or lost; for ratios the difference.

    ``None`` (a dash) when either is unknown or the previous value is zero.

    >>> change(6, 4, "users"), change(3, 0, "users")
    (0.5, None)
    >>> change(0.75, 0.5, "ratio")
    0.25
    """
    if value is None or not previous:
        return None
    return value - previous if unit == "ratio" else (value - previous) / previous


def _window(kpi: Kpi, frame: Frame, part: Slice, period: Window) -> Window:
    if kpi.days is None or part.complete_day is None:
        return period
    last = part.complete_day
    first = days_before(last, kpi.days - 1)
    return Window(day_start(first, frame.zone), day_start(last + ONE_DAY, frame.zone), frame.zone.key)

"""Retention as tables and as plain text."""

from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from twin_tui.analytics.answers import (
    LIFECYCLE,
    Cohort,
    Figure,
    Lifecycle,
    LifecycleState,
    Retained,
    Retention,
)
from twin_tui.reports.about import About
from twin_tui.reports.figure_fields import CHANGE, KEY, LABEL, PREVIOUS, VALUE
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_overview import compared_head, compared_lines, heading
from twin_tui.reports.sections import Field, Section
from twin_tui.text.formatting import DASH, change, number, percent, short_day, span, value
from twin_tui.text.safe_text import safe_line


def retention_sections(found: Retention) -> list[Section]:
    """Return figures, day retention, cohorts, lifecycle and active days as tables."""
    back = "Back on day N or later" if found.is_unbounded else "Back on day N"
    days = list(zip(found.days, found.returned, strict=True))
    weeks = len(found.cohorts[0].cells) if found.cohorts else 0
    by_week = (Field(f"week_{place}", f"W{place}", "ratio", partial(_week, place)) for place in range(weeks))
    return [
        Section.of("figures", "Active users", _FIGURES, found.figures),
        Section.of("days", back, _DAYS, days),
        Section.of("cohorts", "Weekly cohorts", (*_COHORT, *by_week), found.cohorts),
        Section.of("states", "Everybody by state", _FIGURES, found.states),
        Section.of("lifecycle", "Lifecycle", _LIFECYCLE, (found.lifecycle, *found.steps)),
        Section.of("active_days", "Active days", _ACTIVE_DAYS, found.active_days),
    ]


def _week(place: int, cohort: Cohort) -> float | None:
    cell = cohort.cells[place]
    return None if cell is None else cell.rate


def _in_state(state: LifecycleState, step: Lifecycle) -> int:
    return step.of(state)


def _of_figure(field: Field) -> Field:
    """Return a figure's field as one of a pair that ends with the figure."""
    return Field(
        field.key,
        field.title,
        lambda pair: field.cell(pair[-1]).unit,
        lambda pair: field.cell(pair[-1]).value,
    )


_FIGURES = (KEY, LABEL, VALUE, PREVIOUS, CHANGE)
_DAYS = (
    Field("day", "Day", "count", lambda pair: pair[0].day),
    Field("retained", "Back", "users", lambda pair: pair[0].retained.retained),
    Field("eligible", "Of", "users", lambda pair: pair[0].retained.eligible),
    Field("rate", "Rate", "ratio", lambda pair: pair[0].retained.rate),
    _of_figure(PREVIOUS),
    _of_figure(CHANGE),
)
_COHORT = (Field("week", "Week of", "day"), Field("size", "People", "users"))
_LIFECYCLE = (
    Field("start", "From", "day"),
    Field("end", unit="day", brief=False),
    *(Field(state, state.capitalize(), "users", partial(_in_state, state)) for state in LIFECYCLE),
)
_ACTIVE_DAYS = (Field("days", "Days", "count"), Field("users", "People", "users", attrgetter("people")))


def retention_plain(found: Retention, about: About, width: int = WIDTH) -> str:
    """Return everything for a terminal or a mail."""
    lines = [
        *heading(f"Retention · {safe_line(about.database)}", about, width),
        *compared_lines(found.filters, found.previous_window, width),
        "",
    ]
    if found.unfiltered:
        lines += [f"First times are not filtered by {', '.join(found.unfiltered)}.", ""]
    heads = ("", "now", "change", compared_head(found.figures))
    rows = [(each.label, value(each.value, each.unit), *_beside(each)) for each in found.figures]
    lines += table(heads, rows, right=frozenset({1, 3}), flexible=0, width=width)
    lines += ["", rule(_days_title(found), width)]
    rows = [
        (f"D{each.day}", _rate(each.retained), *_beside(figure))
        for each, figure in zip(found.days, found.returned, strict=True)
    ]
    lines += table(heads, rows, right=frozenset({3}), flexible=1, width=width)
    lines += [
        "",
        rule("Weekly cohorts: percent active in week 0, 1, 2 … (· not over yet)", width),
        *_grid(found, width),
    ]
    lines += ["", rule("Lifecycle", width), *_states(found)]
    lines += ["", rule("People by active days", width), *_spread(found)]
    return "\n".join(lines) + "\n"


def _beside(figure: Figure) -> tuple[str, str]:
    """Return how a figure changed, and what it is compared with."""
    moved = change(figure.change, is_points=figure.unit == "ratio")
    return moved, value(figure.previous, figure.unit)


def _days_title(found: Retention) -> str:
    last = found.cohort_end.fromordinal(found.cohort_end.toordinal() - 1)
    how = "on day N or later" if found.is_unbounded else "on day N"
    return f"Back {how} after the first active day, {span(found.cohort_start, last)}"


def _rate(retained: Retained) -> str:
    if retained.rate is None:
        return f"{DASH} (nobody could be back yet)"
    return f"{percent(retained.rate)} ({number(retained.retained)} of {number(retained.eligible)})"


def _grid(found: Retention, width: int) -> Iterator[str]:
    """Yield one line per cohort, as many weeks as fit; a dot stands where a week is not over."""
    if not found.cohorts:
        yield "Nobody was active for the first time in these days."
        return
    weeks = min(len(found.cohorts[0].cells), max(1, (width - 20) // 5))
    yield f"{'week of':<12}{'people':>7} " + "".join(f"{f'W{place}':>5}" for place in range(weeks))
    for cohort in found.cohorts:
        cells = ("·" if cell is None else number(100 * (cell.rate or 0)) for cell in cohort.cells[:weeks])
        row = "".join(f"{cell:>5}" for cell in cells)
        yield f"{cohort.week.isoformat():<12}{number(cohort.size):>7} {row}".rstrip()


def _states(found: Retention) -> list[str]:
    rows = [(_span(step), *(number(step.of(state)) for state in LIFECYCLE)) for step in found.steps]
    whole = ("all of it", *(number(found.lifecycle.of(state)) for state in LIFECYCLE))
    rows.append(whole)
    if found.previous_window is not None:
        rows.append((compared_head(found.states), *(number(each.previous) for each in found.states)))
    heads = ("days", *LIFECYCLE)
    return table(heads, rows, right=frozenset(range(1, 6)), flexible=0, width=10_000)


def _span(step: Lifecycle) -> str:
    last = step.end.fromordinal(step.end.toordinal() - 1)
    shown = short_day(step.start) if step.start == last else f"{short_day(step.start)} – {short_day(last)}"
    return shown if step.is_complete else f"{shown}, so far"


def _spread(found: Retention) -> Iterator[str]:
    if not found.active_days:
        yield "Nobody was active."
    most = max((each.people for each in found.active_days), default=1)
    for each in found.active_days:
        bar = "█" * max(1, round(30 * each.people / most))
        yield f"{each.days:>4} {'day ' if each.days == 1 else 'days'} {number(each.people):>8}  {bar}"

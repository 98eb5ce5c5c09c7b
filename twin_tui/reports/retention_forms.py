"""Retention as tables and as plain text."""

from collections.abc import Iterator

from twin_tui.analytics.answers import LIFECYCLE, Cohort, Figure, Lifecycle, Retained, Retention
from twin_tui.reports.about import About
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_overview import compared_head, compared_lines, heading
from twin_tui.reports.sections import Cell, Column, Section
from twin_tui.text.formatting import DASH, change, number, percent, short_day, span, value
from twin_tui.text.safe_text import safe_line


def retention_sections(found: Retention) -> list[Section]:
    """Return figures, day retention, cohorts, lifecycle and active days as tables."""
    days = Section(
        "days",
        "Back on day N" if not found.is_unbounded else "Back on day N or later",
        (
            Column("day", "Day"),
            Column("retained", "Back"),
            Column("eligible", "Of"),
            Column("rate", "Rate"),
            *_COMPARED,
        ),
        tuple(
            (
                Cell(each.day, "count"),
                Cell(each.retained.retained, "users"),
                Cell(each.retained.eligible, "users"),
                Cell(each.retained.rate, "ratio"),
                *_compared(figure),
            )
            for each, figure in zip(found.days, found.returned, strict=True)
        ),
    )
    return [
        _figures("figures", "Active users", found.figures),
        days,
        _cohorts(found.cohorts),
        _figures("states", "Everybody by state", found.states),
        _lifecycles(found),
        _active_days(found),
    ]


_COMPARED = (Column("previous", "Before"), Column("change", "Change"))


def _compared(figure: Figure) -> tuple[Cell, Cell]:
    moved = Cell(figure.change, "points" if figure.unit == "ratio" else "change")
    return (Cell(figure.previous, figure.unit), moved)


def _figures(key: str, title: str, figures: tuple[Figure, ...]) -> Section:
    return Section(
        key,
        title,
        (Column("key", brief=False), Column("label", "Figure"), Column("value", "Value"), *_COMPARED),
        tuple(
            (Cell(each.key), Cell(each.label), Cell(each.value, each.unit), *_compared(each))
            for each in figures
        ),
    )


def _cohorts(cohorts: tuple[Cohort, ...]) -> Section:
    weeks = len(cohorts[0].cells) if cohorts else 0
    columns = (Column("week", "Week of"), Column("size", "People"))
    return Section(
        "cohorts",
        "Weekly cohorts",
        (*columns, *(Column(f"week_{place}", f"W{place}") for place in range(weeks))),
        tuple(
            (
                Cell(cohort.week, "day"),
                Cell(cohort.size, "users"),
                *(Cell(None if cell is None else cell.rate, "ratio") for cell in cohort.cells),
            )
            for cohort in cohorts
        ),
    )


def _lifecycles(found: Retention) -> Section:
    columns = (Column("start", "From"), Column("end", brief=False))
    return Section(
        "lifecycle",
        "Lifecycle",
        (*columns, *(Column(state, state.capitalize()) for state in LIFECYCLE)),
        tuple(
            (
                Cell(step.start, "day"),
                Cell(step.end, "day"),
                *(Cell(step.of(state), "users") for state in LIFECYCLE),
            )
            for step in (found.lifecycle, *found.steps)
        ),
    )


def _active_days(found: Retention) -> Section:
    return Section(
        "active_days",
        "Active days",
        (Column("days", "Days"), Column("users", "People")),
        tuple((Cell(each.days, "count"), Cell(each.people, "users")) for each in found.active_days),
    )


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

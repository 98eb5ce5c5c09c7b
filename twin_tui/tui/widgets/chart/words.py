"""The line over a chart: what its series are, or what they say of the days under the cursor."""

from collections.abc import Sequence
from datetime import date, timedelta

from textual.content import Content

from twin_tui.text.formatting import WEEKDAYS, number, short_day, span
from twin_tui.text.safe_text import safe_line
from twin_tui.tui import plots
from twin_tui.tui.frames import Picture, Series, told
from twin_tui.tui.widgets.chart.course import Chosen, Course, mean_between
from twin_tui.tui.widgets.chart.marks import NOTED

Note = tuple[date, str]
"""What happened on a day."""
DAY, SPAN, AMOUNT = 15, 24, 4
"""Cells of a day, of several, of an amount at least: what follows stays where it is when the cursor moves."""
_SIGNS = {"points": "●", "line": "⠒⠒", "dotted": "●⠒"}


def legend(
    picture: Picture, days_each: int, width: int, notes: Sequence[Note] = (), *, is_daily: bool = True
) -> Content:
    """Return the series' signs and names, their means, and what the bars and the last point stand for."""
    parts: list[tuple[str, str]] = [(" ", "")]
    for series, sign in _signs(picture):
        parts += [(f" {sign} ", f"${series.color}"), (f"{series.label} ", "$ink")]
        if series.mean is not None:
            parts.append((f"{plots.MEAN}{plots.MEAN} mean {told(series.mean, picture.scale)} ", "$muted"))
    if days_each > 1:
        parts.append((f" a bar: mean of {days_each} d ", "$muted"))
    if picture.is_open:
        parts.append((f" {plots.OPEN_POINT} {'today so far' if is_daily else 'not over yet'}", "$muted"))
    for day, text in reversed(notes):
        parts.append((f"  {NOTED} {short_day(day)} {safe_line(text)}", "$series-2"))
    return _cut(Content.assemble(*parts), width)


def reading(
    picture: Picture,
    course: Course,
    chosen: Chosen,
    width: int,
    notes: Sequence[Note] = (),
    *,
    marked: int | None = None,
) -> Content:
    """Return the chosen days and every series' value there, of several days its mean, a marked one first."""
    start, after = course.stretch(chosen.first, chosen.last)
    last = after - timedelta(days=1)
    is_one = chosen.first == chosen.last
    days = span(start, last)
    if is_one and course.is_daily:
        days = f"{WEEKDAYS[start.weekday()]} {days}"
    elif not is_one:
        days += f", {number((after - start).days)} days"
    parts: list[tuple[str, str]] = [(f" {days.ljust(DAY if is_one else SPAN)} ", "bold $accent")]
    signs = list(enumerate(_signs(picture)))
    for at, (series, sign) in signs[marked or 0 :] + signs[: marked or 0]:
        amount = mean_between(series.values, chosen.first, chosen.last)
        words = told(amount, picture.scale)
        parts += [
            ("▸" if at == marked else " ", "bold $accent"),
            (f"{sign} ", f"${series.color}"),
            (f"{series.label} ", "bold $accent" if at == marked else "$ink"),
            ((words if is_one or amount is None else f"mean {words}").ljust(AMOUNT), "bold $ink"),
        ]
    if picture.is_open and chosen.last == len(course.days) - 1:
        parts.append((f" {plots.OPEN_POINT} so far", "$muted"))
    for day, text in notes:
        if start <= day < after:
            when = "" if is_one else f"{short_day(day)} "
            parts.append((f"  {NOTED} {when}{safe_line(text)}", "$series-2"))
    return _cut(Content.assemble(*parts), width)


def _signs(picture: Picture) -> list[tuple[Series, str]]:
    return [
        (series, glyph if series.mark == "bars" else _SIGNS[series.mark])
        for series, glyph in zip(picture.series, plots.BAR_GLYPHS, strict=False)
    ]


def _cut(line: Content, width: int) -> Content:
    return line if line.cell_length <= width else line.truncate(width, ellipsis=True)

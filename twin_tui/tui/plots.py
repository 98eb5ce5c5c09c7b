"""Values over days drawn as lines, points or stacked bars: the only place that knows plotext."""

from functools import lru_cache
from typing import Any

from rich.color import Color
from rich.text import Text

from twin_tui.tui.axes import day_line
from twin_tui.tui.frames import Frame, Mark, Picture, Series, bucket_days, bucketed, frame_of

__all__ = ["Mark", "Picture", "Series", "bucket_days"]

Palette = tuple[tuple[str, str], ...]
"""Colours by the words of the themes, as CSS: ``("series-1", "#5aa9ff")``."""
BAR_GLYPHS = "█▒░▚·"
"""Of stacked series, lowest first: told apart without colour."""
SEPARATE = 3
"""Columns from which on bars stand apart."""
POINT, OPEN_POINT, MEAN = "●", "○", "┄"


def warm_up() -> None:
    """Import plotext; done in a thread after the first paint, because it takes a while."""
    import plotext._figure  # noqa: F401, PLC0415


def _canvas(width: int, height: int) -> Any:
    """Return an empty figure of our own, without axes, of this size whatever the process's terminal is.

    The private class, because the public functions act on one figure for the whole process.
    """
    from plotext._figure import _figure_class  # noqa: PLC0415

    make: Any = _figure_class
    figure = make()
    figure._limit_size(False, False)
    figure.plot_size(width, height)
    figure.theme("clear")
    figure.frame(False)
    figure.xticks([])
    figure.yticks([])
    figure.xlim(0, width - 1)
    figure.ylim(0, height - 1)
    return figure


def _color(name: str) -> tuple[int, int, int] | int:
    """Return a CSS colour as plotext takes it: a triple, or the number of a terminal colour (-1: its own)."""
    if name.startswith("ansi_"):
        word = name.removeprefix("ansi_")
        number = Color.parse(word).number
        return -1 if number is None else number
    triplet = Color.parse(name[:7]).get_truecolor()
    return (triplet.red, triplet.green, triplet.blue)


@lru_cache(maxsize=64)
def draw(picture: Picture, width: int, height: int, palette: Palette) -> Text:
    """Return the picture with its axes, exactly ``height`` lines of at most ``width`` cells.

    Cached by all of its arguments. Too little room, or no day at all, gives empty lines.
    """
    frame = frame_of(picture, width, height)
    if frame is None:
        return Text("\n" * max(0, height - 1))
    colors, room, rows = dict(palette), frame.room, frame.rows
    shown = bucketed(picture, frame.days_each)
    means = {row: (label, color) for row, label, color in frame.means}
    figure = _canvas(room, rows)
    for row, (_, color) in means.items():
        figure.scatter(list(range(room)), [row] * room, marker=MEAN, color=_color(colors[color]))
    (_draw_bars if picture.is_bars else _draw_lines)(figure, shown, frame, colors)
    canvas = Text.from_ansi(figure.build().rstrip("\n"), no_wrap=True, end="")
    out = Text(no_wrap=True, end="")
    at_row = {frame.row(value): label for value, label in zip(frame.scale, frame.labels, strict=True)}
    rule, words = rich_style(colors["rule"]), rich_style(colors["muted"])
    for line, row in zip(canvas.split("\n", allow_blank=True), range(rows - 1, -1, -1), strict=True):
        label = at_row.get(row)
        out.append((label or "").rjust(frame.gutter - 1), words)
        out.append("│" if label is None else "┤", rule)
        out.append_text(line)
        value, color = means.get(row, ("", "muted"))
        out.append(value + "\n", rich_style(colors[color]))
    names, named = day_line(shown.days, frame.centres, room)
    foot = "".join("┬" if column in named else "─" for column in range(room))
    out.append(" " * (frame.gutter - 1) + "└" + foot + "\n", rule)
    out.append(" " * frame.gutter + names, words)
    return out


def _draw_lines(figure: Any, picture: Picture, frame: Frame, colors: dict[str, str]) -> None:
    last = len(picture.days) - 1
    sparse = len(picture.days) <= frame.room
    for series in picture.series:
        if series.mark != "points":
            for run in _runs(series.values, last if picture.is_open else None):
                xs = [frame.columns[at] for at, _ in run]
                ys = [frame.height(value) for _, value in run]
                figure.plot(xs, ys, marker="braille", color=_color(colors[series.color]))
    for series in picture.series:
        for at, value in enumerate(series.values):
            is_open = picture.is_open and at == last
            if value is None or (series.mark == "line" and not is_open):
                continue
            glyph = OPEN_POINT if is_open else POINT if sparse else "braille"
            y = frame.height(value) if glyph == "braille" else frame.row(value)
            figure.scatter([frame.columns[at]], [y], marker=glyph, color=_color(colors[series.color]))


def _runs(values: tuple[float | None, ...], stop: int | None) -> list[list[tuple[int, float]]]:
    """Return the unbroken runs of known values before ``stop``, as (index, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if value is None or at == stop:
            runs.append([])
        else:
            runs[-1].append((at, value))
    return [run for run in runs if run]


def _draw_bars(figure: Any, picture: Picture, frame: Frame, colors: dict[str, str]) -> None:
    sums: list[list[float]] = []
    running = [0.0] * len(picture.days)
    for series in picture.series:
        running = [total + (value or 0.0) for total, value in zip(running, series.values, strict=True)]
        sums.append(running)
    layers = list(zip(picture.series, BAR_GLYPHS, sums, strict=False))
    for series, glyph, totals in reversed(layers):
        for at, total in enumerate(totals):
            if total > 0:
                bar, cells = _bar(frame, at), range(frame.row(total) + 1)
                xs = [column for column in bar for _ in cells]
                ys = [*cells] * len(bar)
                figure.scatter(xs, ys, marker=glyph, color=_color(colors[series.color]))
    if picture.is_open and running[-1] > 0:
        row = min(frame.rows - 1, frame.row(running[-1]) + 1)
        figure.scatter([frame.centres[-1]], [row], marker=OPEN_POINT, color=_color(colors["muted"]))


def _bar(frame: Frame, at: int) -> range:
    """Return the columns of a bar; thin ones reach to the next, as gaps would be of unequal width."""
    begin = frame.columns[at]
    end = begin + frame.thickness
    if frame.thickness < SEPARATE and at + 1 < len(frame.columns):
        end = frame.columns[at + 1]
    return range(begin, end)


def rich_style(color: str) -> str:
    """Return a CSS colour as a Rich style."""
    return color.removeprefix("ansi_") if color.startswith("ansi_") else color[:7]

"""Values over days drawn as lines, points or stacked bars: the only place that knows plotext."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Any, Literal

from rich.color import Color
from rich.text import Text

from twin_tui.text.formatting import compact, mean
from twin_tui.tui.axes import columns_of, day_line, row_of, ticks

Mark = Literal["points", "line", "dotted", "bars"]
"""Points at each day, a line, a line with its points, bars stacked on those of the series before."""
Palette = tuple[tuple[str, str], ...]
"""Colours by the words of the themes, as CSS: ``("series-1", "#5aa9ff")``."""
BAR_GLYPHS = "█▒░"
"""Of stacked series, lowest first: told apart without colour."""
POINT, OPEN_POINT, MEAN = "●", "○", "┄"
MIN_WIDTH, MIN_HEIGHT = 16, 4
"""Cells below which no chart is drawn."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line, row of points or layer of bars."""

    label: str
    values: tuple[float | None, ...]
    """One per day; ``None`` leaves a gap."""
    mark: Mark
    color: str
    """Word of the theme."""
    mean: float | None = None
    """Drawn as a flat line with its value, where there is one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart shows, without size and colour."""

    days: tuple[date, ...]
    series: tuple[Series, ...]
    is_open: bool = False
    """Whether the last day is unfinished and must look different."""


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


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand inside the axes."""

    room: int
    """Columns of the canvas."""
    rows: int
    """Rows of the canvas."""
    top: float
    """Value of the highest row."""
    columns: tuple[int, ...]
    """First column of each day."""
    thickness: int
    """Columns of a bar; 1 for lines."""

    def row(self, value: float) -> int:
        """Return the row a value falls into."""
        return row_of(value, self.top, self.rows)

    def height(self, value: float) -> float:
        """Return a value in rows, for braille."""
        return value / self.top * (self.rows - 1)

    @property
    def centres(self) -> tuple[int, ...]:
        """Middle column of each day."""
        return tuple(column + (self.thickness - 1) // 2 for column in self.columns)


@lru_cache(maxsize=64)
def draw(picture: Picture, width: int, height: int, palette: Palette) -> Text:
    """Return the picture with its axes, exactly ``height`` lines of at most ``width`` cells.

    Cached by all of its arguments. Too little room, or no day at all, gives empty lines.
    """
    if width < MIN_WIDTH or height < MIN_HEIGHT or not picture.days:
        return Text("\n" * max(0, height - 1))
    colors = dict(palette)
    rows = height - 2
    scale = ticks(_largest(picture), rows)
    labels = [compact(value) for value in scale]
    means = _mean_labels(picture, scale[-1], rows)
    gutter = max(map(len, labels)) + 1
    room = width - gutter - max((len(label) for label, _ in means.values()), default=0)
    is_bars = bool(picture.series) and picture.series[0].mark == "bars"
    shown = _bucketed(picture, room) if is_bars else picture
    thickness = max(1, min(8, room // len(shown.days) - 1)) if is_bars else 1
    frame = _Frame(room, rows, scale[-1], columns_of(len(shown.days), room - thickness + 1), thickness)
    figure = _canvas(room, rows)
    for row, (_, color) in means.items():
        figure.scatter(list(range(room)), [row] * room, marker=MEAN, color=_color(colors[color]))
    (_draw_bars if is_bars else _draw_lines)(figure, shown, frame, colors)
    canvas = Text.from_ansi(figure.build().rstrip("\n"), no_wrap=True, end="")
    out = Text(no_wrap=True, end="")
    at_row = {frame.row(value): label for value, label in zip(scale, labels, strict=True)}
    rule, words = rich_style(colors["rule"]), rich_style(colors["muted"])
    for line, row in zip(canvas.split("\n", allow_blank=True), range(rows - 1, -1, -1), strict=True):
        label = at_row.get(row)
        out.append((label or "").rjust(gutter - 1), words)
        out.append("│" if label is None else "┤", rule)
        out.append_text(line)
        value, color = means.get(row, ("", "muted"))
        out.append(value + "\n", rich_style(colors[color]))
    names, named = day_line(shown.days, frame.centres, room)
    foot = "".join("┬" if column in named else "─" for column in range(room))
    out.append(" " * (gutter - 1) + "└" + foot + "\n", rule)
    out.append(" " * gutter + names, words)
    return out


def _largest(picture: Picture) -> float:
    values = [[value or 0.0 for value in series.values] for series in picture.series]
    if picture.series and picture.series[0].mark == "bars":
        return max((sum(stack) for stack in zip(*values, strict=True)), default=0.0)
    return max((value for series in values for value in series), default=0.0)


def _bucketed(picture: Picture, room: int) -> Picture:
    """Return the picture with neighbouring days averaged until every bar has a column."""
    size = bucket_days(len(picture.days), room)
    if size == 1:
        return picture
    starts = range(0, len(picture.days), size)
    return Picture(
        tuple(picture.days[at] for at in starts),
        tuple(
            Series(
                series.label,
                tuple(_average(series.values[at : at + size]) for at in starts),
                series.mark,
                series.color,
                series.mean,
            )
            for series in picture.series
        ),
        picture.is_open and len(picture.days) % size == 1,
    )


def bucket_days(days: int, room: int) -> int:
    """Return how many days one bar stands for."""
    return max(1, ceil(days / max(1, room)))


def _average(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _mean_labels(picture: Picture, top: float, rows: int) -> dict[int, tuple[str, str]]:
    """Return, per row, the value written at the right end of a flat line, and its colour's word."""
    found: dict[int, tuple[str, str]] = {}
    for series in picture.series:
        if series.mean is not None:
            found.setdefault(row_of(series.mean, top, rows), (" " + mean(series.mean), series.color))
    return found


def _draw_lines(figure: Any, picture: Picture, frame: _Frame, colors: dict[str, str]) -> None:
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


def _draw_bars(figure: Any, picture: Picture, frame: _Frame, colors: dict[str, str]) -> None:
    sums: list[list[float]] = []
    running = [0.0] * len(picture.days)
    for series in picture.series:
        running = [total + (value or 0.0) for total, value in zip(running, series.values, strict=True)]
        sums.append(running)
    layers = list(zip(picture.series, BAR_GLYPHS, sums, strict=False))
    for series, glyph, totals in reversed(layers):
        for at, total in enumerate(totals):
            if total > 0:
                cells = range(frame.row(total) + 1)
                xs = [column for column in _bar(frame, at) for _ in cells]
                ys = [*cells] * frame.thickness
                figure.scatter(xs, ys, marker=glyph, color=_color(colors[series.color]))
    if picture.is_open and running[-1] > 0:
        row = min(frame.rows - 1, frame.row(running[-1]) + 1)
        figure.scatter([frame.centres[-1]], [row], marker=OPEN_POINT, color=_color(colors["muted"]))


def _bar(frame: _Frame, at: int) -> range:
    return range(frame.columns[at], frame.columns[at] + frame.thickness)


def rich_style(color: str) -> str:
    """Return a CSS colour as a Rich style."""
    return color.removeprefix("ansi_") if color.startswith("ansi_") else color[:7]

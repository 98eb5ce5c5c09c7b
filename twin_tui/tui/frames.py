"""What a chart shows, and where its days and values stand in a picture of some size."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Literal

from twin_tui.text.formatting import compact, duration, mean, percent
from twin_tui.tui.axes import columns_of, row_of, ticks

Mark = Literal["points", "line", "dotted", "bars"]
"""Points at each day, a line, a line with its points, bars stacked on those of the series before."""
Scale = Literal["count", "ratio", "seconds"]
"""What the height counts."""
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
    """First day of each value: of the same day, or of a week or month."""
    series: tuple[Series, ...]
    is_open: bool = False
    """Whether the last day is unfinished and must look different."""
    scale: Scale = "count"

    @property
    def is_bars(self) -> bool:
        """Whether bars are drawn."""
        return bool(self.series) and self.series[0].mark == "bars"


def told(value: float | None, scale: Scale) -> str:
    """Return a value, or a mean of them, as it is read.

    >>> told(7.43, "count"), told(0.125, "ratio"), told(90.0, "seconds"), told(None, "ratio")
    ('7.4', '12.5 %', '1 min 30 s', '–')
    """
    if scale == "count":
        return mean(value)
    return percent(value) if scale == "ratio" else duration(value)


def tick_label(value: float, scale: Scale) -> str:
    """Return what stands beside a height.

    >>> tick_label(2000, "count"), tick_label(0.2, "ratio"), tick_label(0.005, "ratio")
    ('2,000', '20 %', '0.5 %')
    """
    if scale == "ratio":
        return percent(value, 0 if round(value * 100, 6).is_integer() else 1)
    return compact(value) if scale == "count" else duration(value)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand inside the axes, and where these stand in the picture."""

    room: int
    """Columns of the canvas."""
    rows: int
    """Rows of the canvas."""
    scale: tuple[float, ...]
    """Values that are named at the left, 0 first."""
    labels: tuple[str, ...]
    """Their names."""
    means: tuple[tuple[int, str, str], ...]
    """Rows of flat lines, what is written at their right ends, and the word of their colour."""
    columns: tuple[int, ...]
    """First column of each bar or point."""
    thickness: int
    """Columns of a bar; 1 for lines."""
    days_each: int
    """Days that one bar stands for; 1 for lines."""

    @property
    def top(self) -> float:
        """Value of the highest row."""
        return self.scale[-1]

    @property
    def gutter(self) -> int:
        """Columns left of the canvas, the axis among them."""
        return max(map(len, self.labels)) + 1

    def row(self, value: float) -> int:
        """Return the row a value falls into."""
        return row_of(value, self.top, self.rows)

    def height(self, value: float) -> float:
        """Return a value in rows, for braille."""
        return value / self.top * (self.rows - 1)

    @property
    def centres(self) -> tuple[int, ...]:
        """Middle column of each bar or point."""
        return tuple(column + (self.thickness - 1) // 2 for column in self.columns)

    def column_of(self, day: int) -> int:
        """Return the column of the whole picture under which the so-manieth day stands."""
        return self.gutter + self.columns[day // self.days_each] + (self.thickness - 1) // 2

    def day_at(self, column: int) -> int:
        """Return the day that stands nearest to a column of the whole picture, the first where several do."""
        wanted = column - self.gutter
        nearest = min(enumerate(self.centres), key=lambda found: abs(found[1] - wanted))[0]
        return nearest * self.days_each


@lru_cache(maxsize=64)
def frame_of(picture: Picture, width: int, height: int) -> Frame | None:
    """Return where things stand in a picture of that size; ``None``: too little room, or no day at all."""
    if width < MIN_WIDTH or height < MIN_HEIGHT or not picture.days:
        return None
    rows = height - 2
    scale = ticks(_largest(picture), rows, whole=picture.scale != "ratio")
    labels = tuple(tick_label(value, picture.scale) for value in scale)
    means = _mean_labels(picture, scale[-1], rows)
    gutter = max(map(len, labels)) + 1
    room = width - gutter - max((len(label) for _, label, _ in means), default=0)
    size = bucket_days(len(picture.days), room) if picture.is_bars else 1
    count = ceil(len(picture.days) / size)
    thickness = max(1, min(8, room // count - 1)) if picture.is_bars else 1
    columns = columns_of(count, room - thickness + 1)
    return Frame(room, rows, scale, labels, means, columns, thickness, size)


def _largest(picture: Picture) -> float:
    values = [[value or 0.0 for value in series.values] for series in picture.series]
    if picture.is_bars:
        return max((sum(stack) for stack in zip(*values, strict=True)), default=0.0)
    return max((value for series in values for value in series), default=0.0)


def _mean_labels(picture: Picture, top: float, rows: int) -> tuple[tuple[int, str, str], ...]:
    """Return, per row of a flat line, the value written at its right end, and its colour's word."""
    found: dict[int, tuple[int, str, str]] = {}
    for series in picture.series:
        if series.mean is not None:
            row = row_of(series.mean, top, rows)
            found.setdefault(row, (row, " " + told(series.mean, picture.scale), series.color))
    return tuple(found.values())


def bucket_days(days: int, room: int) -> int:
    """Return how many days one bar stands for."""
    return max(1, ceil(days / max(1, room)))


def bucketed(picture: Picture, size: int) -> Picture:
    """Return the picture with so many neighbouring days averaged into each value."""
    if size == 1:
        return picture
    starts = range(0, len(picture.days), size)
    return replace(
        picture,
        days=tuple(picture.days[at] for at in starts),
        series=tuple(
            replace(series, values=tuple(_average(series.values[at : at + size]) for at in starts))
            for series in picture.series
        ),
        is_open=picture.is_open and len(picture.days) % size == 1,
    )


def _average(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None

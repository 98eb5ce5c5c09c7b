"""What charts draw: named values of the same days, and the ways of looking at them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from twin_tui.text.safe_text import safe_line
from twin_tui.tui.frames import Mark, Picture, Scale, Series

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Figure

COMPARED = "~"
"""Ends the key of what a value is compared with."""
Span = tuple[date, date]
"""Local days ``[first, after the last)``."""
Line = tuple[str, str, Mark, str, bool]
"""Label, key of the values, mark, word of the colour, whether its mean is drawn."""


@dataclass(frozen=True, slots=True)
class View:
    """One thing a chart can show."""

    title: str
    series: tuple[Line, ...]
    scale: Scale = "count"

    @property
    def keys(self) -> tuple[str, ...]:
        """What is measured; an average is no figure of its own."""
        return tuple(key for _, key, *_ in self.series if not key.endswith("_average"))


@dataclass(frozen=True, slots=True)
class Course:
    """Values over stretches of days that follow one another: days, mostly; weeks or months where many."""

    days: tuple[date, ...]
    """First local day of each stretch, oldest first."""
    values: tuple[tuple[str, tuple[float | None, ...]], ...]
    """By key, one value per stretch."""
    after: date | None = None
    """The day after the last stretch; ``None``: that is one day long."""
    is_open: bool = False
    """Whether the last stretch is unfinished."""
    is_daily: bool = True
    """Whether every stretch is one day."""
    compared: str = ""
    """What the second line of a view is of, where there is one."""

    def of(self, key: str) -> tuple[float | None, ...]:
        """Return the values of a key, unknown ones where there is no such key."""
        return dict(self.values).get(key, (None,) * len(self.days))

    def stretch(self, first: int, last: int) -> Span:
        """Return the local days from one stretch to another, both included."""
        if last + 1 < len(self.days):
            return self.days[first], self.days[last + 1]
        return self.days[first], self.after or self.days[-1] + timedelta(days=1)

    def places(self, span: Span) -> tuple[int, int] | None:
        """Return the first and the last stretch that hold a day of a span, ``None`` where none does.

        >>> week = Course(tuple(date(2026, 11, day) for day in range(2, 9)), ())
        >>> week.places((date(2026, 11, 3), date(2026, 11, 5))), week.places((date(2026, 12, 1),) * 2)
        ((1, 2), None)
        """
        stretches = ((at, self.stretch(at, at)) for at in range(len(self.days)))
        held = [at for at, (start, end) in stretches if start < span[1] and end > span[0]]
        return (held[0], held[-1]) if held else None


def beside(course: Course, figures: "Iterable[Figure]") -> Course:
    """Return a course with what its values are compared with, from the figures of the same names and days."""
    keys, days = {key for key, _ in course.values}, len(course.days)
    found = [each for each in figures if each.key in keys and len(each.compared_series) == days > 0]
    if not found:
        return course
    more = tuple((figure.key + COMPARED, figure.compared_series) for figure in found)
    return replace(course, values=course.values + more, compared=safe_line(found[0].compared_with, 24))


def picture_of(view: View, course: Course) -> Picture:
    """Return what the chart draws of these days; means are over complete days."""
    series = []
    for label, key, mark, color, with_mean in view.series:
        values = course.of(key)
        known = _known(values[:-1] if course.is_open else values)
        average = sum(known) / len(known) if with_mean and len(known) > 1 else None
        series.append(Series(label, values, mark, color, average))
    name, first, mark, *_ = view.series[0]
    if course.compared and mark != "bars" and any(course.of(first + COMPARED)):
        said = course.compared if len(view.keys) == 1 else f"{course.compared}: {name}"
        series.append(Series(said, course.of(first + COMPARED), "dotted", "muted", None))
    return Picture(course.days, tuple(series), course.is_open, view.scale)


def mean_between(values: tuple[float | None, ...], first: int, last: int) -> float | None:
    """Return the mean of what is known from one place to another, both included.

    >>> mean_between((1, None, 5, 9), 0, 2), mean_between((None,), 0, 0)
    (3.0, None)
    """
    known = _known(values[first : last + 1])
    return sum(known) / len(known) if known else None


def _known(values: Iterable[float | None]) -> list[float]:
    return [float(value) for value in values if value is not None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the cursor of a chart is, and how far what is chosen reaches."""

    cursor: int
    """Place of the cursor."""
    anchor: int
    """The other end; the same for a single day."""
    is_held: bool = False
    """Whether moving the cursor leaves the other end where it is."""

    @property
    def first(self) -> int:
        """The earlier end."""
        return min(self.cursor, self.anchor)

    @property
    def last(self) -> int:
        """The later end."""
        return max(self.cursor, self.anchor)

    def moved(self, by: int, count: int, *, holding: bool) -> "Chosen":
        """Return the choice with the cursor moved within ``count`` places, the other end with it or held.

        >>> Chosen(5, 5).moved(-1, 10, holding=False), Chosen(5, 5).moved(9, 10, holding=True)
        (Chosen(cursor=4, anchor=4, is_held=False), Chosen(cursor=9, anchor=5, is_held=False))
        """
        cursor = max(0, min(self.cursor + by, count - 1))
        return Chosen(cursor, self.anchor if holding or self.is_held else cursor, self.is_held)

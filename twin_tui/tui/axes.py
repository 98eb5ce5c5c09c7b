"""Axes of a day chart: round numbers for the height, uncut day names for the width."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from twin_tui.text.formatting import short_day, short_month

_STEPS = (1, 2, 2.5, 5, 10)
_GAP = 2
"""Cells between two day names at least."""
_DAYS_APART = (1, 2, 7, 14, 28, 91, 182, 365, 730, 1_461, 3_652)
_LONG = 300
"""Days from which on an axis names months with their years: the same day of a month would come again."""


def ticks(largest: float, rows: int, *, whole: bool = True) -> tuple[float, ...]:
    """Return round values from 0 up to at least ``largest``, few enough for ``rows``; ``whole``: counts only.

    >>> ticks(10, 10), ticks(0, 10), ticks(1234, 6), ticks(0.3, 10, whole=False)
    ((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), (0.0, 1.0), (0.0, 500.0, 1000.0, 1500.0), (0.0, 0.1, 0.2, 0.3))
    """
    if largest < 1e-6:
        return (0.0, 1.0)
    parts = max(1, min(5, rows // 2))
    power = 10.0 ** floor(log10(largest / parts))
    if whole:
        power = max(1.0, power)
    step = power
    for factor in _STEPS:
        step = power * factor
        if whole and not step.is_integer():
            continue
        if ceil(round(largest / step, 9)) <= parts:
            break
    return tuple(round(step * at, 9) for at in range(ceil(round(largest / step, 9)) + 1))


def row_of(value: float, top: float, rows: int) -> int:
    """Return the row (0 is the lowest) a value falls into when each row holds four braille dots."""
    return floor(0.5 + (4 * rows - 1) * max(0.0, min(1.0, value / top))) // 4


def columns_of(count: int, width: int) -> tuple[int, ...]:
    """Return the column of each of ``count`` points spread over ``width``; one alone stands in the middle.

    >>> columns_of(3, 11), columns_of(1, 11)
    ((0, 5, 10), (5,))
    """
    if count <= 1:
        return (width // 2,) * count
    return tuple(floor(0.5 + at * (width - 1) / (count - 1)) for at in range(count))


def day_line(days: Sequence[date], columns: Sequence[int], width: int) -> tuple[str, tuple[int, ...]]:
    """Return a line of uncut names of days under their columns, and the columns that are named.

    Of days that span about a year or more, their months and years.
    The first and the last day come first; between them every so-manieth day, as dense as fits.
    """
    if not days or width <= 0:
        return " " * max(0, width), ()
    last = len(days) - 1
    step = next((step for step in _DAYS_APART if last // step <= max(1, width // 10)), last or 1)
    wanted = [last, 0, *range(last - step, 0, -step)]
    named_as = short_month if (days[-1] - days[0]).days >= _LONG else short_day
    taken: list[tuple[int, int]] = []
    cells, named = [" "] * width, []
    for at in wanted:
        name = named_as(days[at])
        start = min(max(0, columns[at] - len(name) // 2), width - len(name))
        end = start + len(name)
        if start < 0 or any(start < stop + _GAP and begin < end + _GAP for begin, stop in taken):
            continue
        taken.append((start, end))
        cells[start:end] = name
        named.append(columns[at])
    return "".join(cells), tuple(sorted(set(named)))

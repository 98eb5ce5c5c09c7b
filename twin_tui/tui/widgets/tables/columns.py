"""Columns of any table: a head, a width, and what a line says there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Moment:
    """What times are told against."""

    now: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """One column: its head, how wide it is, and what a line says in it (safe, uncut)."""

    title: str
    width: int
    """Cells; 0 for the one column that takes what the others leave."""
    text: Callable[[Item, Moment], str]
    is_number: bool = False
    style: str = "text"
    key: str = ""
    """Its name, where columns can be chosen."""


Forms = Mapping[str, tuple[Column[Item], ...]]
"""By name, a column's forms, the widest first."""
AMPLE, LEAST = 30, 12
"""Cells that the column of width 0 is left: before others take their narrower forms, and at least."""


def filling(columns: tuple[Column[Item], ...], width: int) -> tuple[Column[Item], ...]:
    """Return the columns with the one of width 0 so wide that all, one cell between them, fill ``width``.

    >>> said = lambda item, moment: str(item)
    >>> [column.width for column in filling((Column("a", 6, said), Column("b", 0, said)), 20)]
    [6, 13]
    """
    rest = width - sum(column.width + 1 for column in columns) + 1
    return tuple(column if column.width else replace(column, width=max(4, rest)) for column in columns)


def named(forms: Mapping[str, tuple[Column[Item], ...]]) -> Forms[Item]:
    """Return forms that know the names of their columns."""
    return {key: tuple(replace(column, key=key) for column in each) for key, each in forms.items()}


def fitted(chosen: Sequence[str], forms: Forms[Item], width: int) -> tuple[Column[Item], ...]:
    """Return the chosen columns, in their order and in the widest forms that fit, filling ``width`` cells.

    One of them has the width 0. Where not even the narrowest forms fit, those at the end are left out.

    >>> said = lambda item, moment: str(item)
    >>> forms = {"a": (Column("a", 9, said), Column("a", 3, said)), "b": (Column("b", 0, said),)}
    >>> [[column.width for column in fitted(("a", "b"), forms, width)] for width in (40, 30, 14)]
    [[9, 30], [3, 26], [14]]
    """
    keys = [key for key in chosen if key in forms]
    deepest = max((len(forms[key]) for key in keys), default=1) - 1
    while True:
        for level in range(deepest + 1):
            columns = tuple(forms[key][min(level, len(forms[key]) - 1)] for key in keys)
            left = width - sum(column.width + 1 for column in columns) + 1
            if left >= (LEAST if level == deepest else AMPLE):
                return filling(columns, width)
        dropped = [at for at, key in enumerate(keys) if forms[key][0].width]
        if not dropped:
            return filling(columns, width)
        del keys[dropped[-1]]

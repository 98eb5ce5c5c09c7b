"""Columns of any table: a head, a width, and what a line says there."""

from collections.abc import Callable
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


def filling(columns: tuple[Column[Item], ...], width: int) -> tuple[Column[Item], ...]:
    """Return the columns with the one of width 0 so wide that all, one cell between them, fill ``width``.

    >>> said = lambda item, moment: str(item)
    >>> [column.width for column in filling((Column("a", 6, said), Column("b", 0, said)), 20)]
    [6, 13]
    """
    rest = width - sum(column.width + 1 for column in columns) + 1
    return tuple(column if column.width else replace(column, width=max(4, rest)) for column in columns)

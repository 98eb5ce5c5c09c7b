"""Plain tables of typed cells: what CSV, Markdown and text each write in their own way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

Value = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and how it is read: a `Unit`, or text, time, day, change, points, mean, flag, places."""

    value: Value
    unit: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's key (as in JSON) and heading; ``brief`` columns are shown to people too."""

    key: str
    title: str = ""
    brief: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A column, and how a line of it is made from what it tells of; ``brief`` as in `Column`."""

    key: str
    title: str = ""
    unit: str | Callable[[Any], str] = "text"
    """That of every cell, or of the one that tells of something."""
    value: Callable[[Any], Value] | None = None
    """Returns the value; ``None``: it is the attribute named as the key."""
    brief: bool = True

    @property
    def column(self) -> Column:
        """The column."""
        return Column(self.key, self.title, self.brief)

    def cell(self, told: Any) -> Cell:
        """Return the cell that tells of something."""
        value = getattr(told, self.key) if self.value is None else self.value(told)
        return Cell(value, self.unit if isinstance(self.unit, str) else self.unit(told))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, key: str, title: str, fields: Iterable[Field], told: Iterable[Any]) -> Self:
        """Return the table with a line for everything that is told of."""
        kept = tuple(fields)
        return cls(
            key,
            title,
            tuple(field.column for field in kept),
            tuple(tuple(field.cell(each) for field in kept) for each in told),
        )

    def only(self, keys: Sequence[str]) -> "Section":
        """Return the section with these columns, in this order, shown to people too.

        >>> table = Section("t", "T", (Column("a"), Column("b", "B", False)), ((Cell(1), Cell(2)),))
        >>> [(column.key, column.title, column.brief) for column in table.only(["b"]).columns]
        [('b', 'B', True)]
        """
        places = {column.key: at for at, column in enumerate(self.columns)}
        kept = [places[key] for key in keys]
        columns = (self.columns[at] for at in kept)
        return Section(
            self.key,
            self.title,
            tuple(Column(column.key, column.title or column.key.replace("_", " ")) for column in columns),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
        )

    @property
    def brief(self) -> "Section":
        """The section with the columns that people read."""
        kept = [at for at, column in enumerate(self.columns) if column.brief]
        return Section(
            self.key,
            self.title,
            tuple(self.columns[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
        )

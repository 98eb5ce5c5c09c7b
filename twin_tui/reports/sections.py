"""Plain tables of typed cells: what CSV, Markdown and text each write in their own way."""

from dataclasses import dataclass
from datetime import date, datetime

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
class Section:
    """A titled table."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

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

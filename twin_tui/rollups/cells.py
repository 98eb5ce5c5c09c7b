"""Cells: the groups of sessions that days are kept for, and which of them a session or person is in."""

from typing import NamedTuple

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import hour_of
from twin_tui.rollups.later import Now


class Cell(NamedTuple):
    """A group: its kind and the texts it goes by, as stored and "" for NULL.

    Kinds: ``all`` · ``company`` (company) · ``department`` (company, department) · ``nobody``, of users
    without a row · ``platform`` (platform) · ``use`` ("1" for shared use, else "0") ·
    ``platform_use`` (both) · ``hour`` (that of the last thing on its day, as `hour_of` counts), for the day
    that a comparison cuts.
    """

    kind: str
    first: str = ""
    second: str = ""


EVERYTHING, NOBODY = Cell("all"), Cell("nobody")


def hour_cell(hour: int) -> Cell:
    """Return the cell of what ends in an hour of its day."""
    return Cell("hour", str(hour))


class Cells:
    """The numbers of cells; new ones are written as they are asked for, inside a write transaction."""

    def __init__(self, source: Source, changes: Now | None = None) -> None:
        self.source = source
        self._changes = changes or Now(source)
        rows = source.run(f"SELECT no, kind, first, second FROM {tables.CELL}")
        self._numbers = {Cell(*names): no for no, *names in rows}
        self._cells = {no: cell for cell, no in self._numbers.items()}
        self._of_session: dict[tuple[int, str, int, int], tuple[int, ...]] = {}

    def no(self, cell: Cell) -> int:
        """Return the number of a cell."""
        found = self._numbers.get(cell)
        if found is None:
            found = self._numbers[cell] = max(self._cells, default=-1) + 1
            self._cells[found] = cell
            self._changes.fill(tables.CELL, ("no", "kind", "first", "second"), [(found, *cell)])
        return found

    @property
    def numbers(self) -> list[int]:
        """The numbers of all cells."""
        return list(self._cells)

    def find(self, cell: Cell) -> int | None:
        """Return the number of a cell if it has one; writes nothing."""
        return self._numbers.get(cell)

    def cell(self, no: int) -> Cell:
        """Return the cell of a number."""
        return self._cells[no]

    def of_person(self, department_cell: int) -> tuple[int, ...]:
        """Return the cells of people that a person is in, given their department's or nobody's."""
        cell = self._cells[department_cell]
        if cell == NOBODY:
            return self.no(EVERYTHING), department_cell
        return self.no(EVERYTHING), self.no(Cell("company", cell.first)), department_cell

    def of_session(
        self, department_cell: int, platform: str, shared: int, day: int, last_us: int
    ) -> tuple[int, ...]:
        """Return all cells that a session is in on a day, given the last instant of it there."""
        hour = hour_of(day, last_us)
        key = (department_cell, platform, shared, hour)
        found = self._of_session.get(key)
        if found is None:
            found = self._of_session[key] = (
                *self.of_person(department_cell),
                self.no(Cell("platform", platform)),
                self.no(Cell("use", str(shared))),
                self.no(Cell("platform_use", platform, str(shared))),
                self.no(hour_cell(hour)),
            )
        return found

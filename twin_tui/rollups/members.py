"""Who belongs to which company and department, as sets of people: groups are counted without their days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from twin_tui.data.source import Source
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.statements import delete_by, select_by

COLUMNS = ("cell", "people")


class Place(NamedTuple):
    """A person's number, and the cell of the department they belong to."""

    no: int
    department_cell: int


def of_all(source: Source, cells: Cells) -> dict[int, int]:
    """Return the people of every cell that has any, by its number, as the rows of people say."""
    return _sets(
        cells, [Place(*row) for row in source.run(f"SELECT no, department_cell FROM {tables.PERSON}")]
    )


def stored(source: Source) -> dict[int, bytes]:
    """Return the same as it is kept."""
    rows = source.run(f"SELECT {', '.join(COLUMNS)} FROM {tables.MEMBER}")
    return {cell: bytes(people) for cell, people in rows}


def make(source: Source, people: Mapping[int, int]) -> None:
    """Keep what `of_all` told and nothing else, inside a write transaction."""
    source.run(f"DELETE FROM {tables.MEMBER}")
    _fill(source, people)


def move(source: Source, cells: Cells, gone: Iterable[Place], new: Iterable[Place]) -> None:
    """Take people out of where they were and put them where they are, inside a write transaction."""
    minus, plus = _sets(cells, gone), _sets(cells, new)
    touched = minus.keys() | plus.keys()
    held = {
        cell: bitset.decode(bytes(people))
        for cell, people in select_by(source, tables.MEMBER, COLUMNS, "cell", touched)
    }
    delete_by(source, tables.MEMBER, "cell", held)
    _fill(
        source,
        {cell: held.get(cell, 0) & ~minus.get(cell, 0) | plus.get(cell, 0) for cell in touched},
    )


def _sets(cells: Cells, people: Iterable[Place]) -> dict[int, int]:
    by_department: defaultdict[int, list[int]] = defaultdict(list)
    for no, department_cell in people:
        by_department[department_cell].append(no)
    sets: defaultdict[int, int] = defaultdict(int)
    for department_cell, numbers in by_department.items():
        of_department = bitset.bitset(numbers)
        for cell in cells.of_person(department_cell)[1:]:
            sets[cell] |= of_department
    return dict(sets)


def _fill(source: Source, sets: Mapping[int, int]) -> None:
    rows = [(cell, bitset.encode(people)) for cell, people in sets.items() if people]
    source.fill(tables.MEMBER, COLUMNS, rows)

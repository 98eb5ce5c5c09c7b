"""Who belongs to which department, as sets of people: groups are counted without a row for every day."""

from functools import lru_cache

from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import bitset, union

_PER_ROW = 16
"""So many people are read at the price of one row of a day."""


def is_cheaper(layer: Layer, rows: int) -> bool:
    """Return whether everyone's department is sooner read than so many rows of days."""
    ((newest,),) = layer.run(f"SELECT MAX(no) FROM {tables.PERSON}")
    return newest is not None and newest < _PER_ROW * rows


def members(layer: Layer) -> dict[int, int]:
    """Return the people of each department by its cell's number; raises `DatabaseError`."""
    joined = "group_concat(no)" if layer.source.is_sqlite else "string_agg(CAST(no AS TEXT), ',')"
    return _members(
        tuple(layer.run(f"SELECT department_cell, {joined} FROM {tables.PERSON} GROUP BY department_cell"))
    )


def active(layer: Layer, chosen: Selection, days: tuple[int, int]) -> int:
    """Return everyone active on days taken whole, from the first to the last, in the cells of a choice."""
    held: dict[int, int] | None = layer.held.get(("active", chosen.cells))
    if held is not None:
        everyone = 0
        for day, people in held.items():
            if days[0] <= day <= days[1]:
                everyone |= people
        return everyone
    condition = f"cell {numbers(chosen.cells or ())} AND day BETWEEN ? AND ?"
    rows = layer.run(f"SELECT active FROM {tables.DAY} WHERE {condition}", days)
    return union(bytes(stored) for (stored,) in rows)


@lru_cache(maxsize=1)
def _members(listed: tuple[tuple[int, str], ...]) -> dict[int, int]:
    """Return the same from lists of numbers; by their texts, so that no old ones are ever told."""
    return {cell: bitset(map(int, people.split(","))) for cell, people in listed}

"""Who belongs to which company or department, and who of all was active: groups without a row a day."""

from collections.abc import Collection
from functools import lru_cache

from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.rollups import bitset, tables

_KEPT = 256
"""Groups whose people are kept as sets: they seldom change."""


def members(layer: Layer, cells: Collection[int]) -> dict[int, int]:
    """Return the people of companies or departments by their cells' numbers; raises `DatabaseError`."""
    rows = layer.run(f"SELECT cell, people FROM {tables.MEMBER} WHERE cell {numbers(tuple(cells))}")
    return {cell: _decoded(bytes(people)) for cell, people in rows}


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
    return bitset.union(bytes(stored) for (stored,) in rows)


_decoded = lru_cache(maxsize=_KEPT)(bitset.decode)


def forget_members() -> None:
    """Keep nobody's group: those of 100,000 people are some MiB."""
    _decoded.cache_clear()

"""What filters choose in the derived tables: cells, where there are such, and a condition on sessions."""

from dataclasses import dataclass, replace
from typing import Any

from twin_tui.analytics.columns import is_storable
from twin_tui.analytics.derived.layer import CellRow, Layer
from twin_tui.analytics.filters import Filters, Period

_NOTHING = "1 = 0"


@dataclass(frozen=True, slots=True)
class Selection:
    """The sessions that filters let through; the period is not part of it."""

    cells: tuple[int, ...] | None
    """Cells that hold them and nothing else, none of them twice; ``None``: no cells are so cut."""
    conditions: tuple[str, ...]
    """SQL on the columns that sessions and their days have in common."""
    params: tuple[Any, ...]
    departments: tuple[int, ...] | None
    """The departments asked for, ``None`` for everyone."""

    @property
    def where(self) -> str:
        """The conditions behind others, as text that begins with AND, or empty."""
        return "".join(f" AND {condition}" for condition in self.conditions)


def selection(layer: Layer, filters: Filters) -> Selection:
    """Return what filters choose, worked out once; texts are compared casefolded, "" is no text."""
    key = "selection", replace(filters, period=Period())
    if key not in layer.held:
        layer.held[key] = _selection(layer, filters)
    chosen: Selection = layer.held[key]
    return chosen


def _selection(layer: Layer, filters: Filters) -> Selection:
    conditions: list[str] = []
    params: list[Any] = []
    departments = _departments(layer, filters)
    if departments is not None:
        conditions.append(f"department_cell {numbers(departments)}")
    for column, number in _chosen(layer, filters):
        conditions.append(_NOTHING if number is None else f"{column} = {number:d}")
    if filters.platform is not None:
        stored = [cell.first for cell in layer.cells("platform") if same(cell.first, filters.platform)]
        conditions.append(f"platform IN ({', '.join('?' * len(stored))})" if stored else _NOTHING)
        params += stored
    if filters.shared is not None:
        conditions.append(f"shared = {filters.shared:d}")
    return Selection(_cells(layer, filters), tuple(conditions), tuple(params), departments)


def of_people(filters: Filters) -> Filters:
    """Return the same filters with company and department only."""
    return replace(filters, user=None, twin=None, platform=None, shared=None)


def same(stored: str, asked: str) -> bool:
    """Return whether a filter means a stored text.

    >>> same("Straße", "STRASSE"), same("", "x"), same("x", "")
    (True, False, False)
    """
    return stored.casefold() == asked.casefold() if asked else not stored


def numbers(chosen: tuple[int, ...]) -> str:
    """Return the condition that a column holds one of some whole numbers, to stand behind its name."""
    if len(chosen) == 1:
        return f"= {chosen[0]:d}"
    return f"IN ({', '.join(f'{number:d}' for number in chosen)})" if chosen else "IN (NULL)"


def _chosen(layer: Layer, filters: Filters) -> list[tuple[str, int | None]]:
    chosen: list[tuple[str, int | None]] = []
    if filters.user is not None:
        chosen.append(("user_no", layer.person(filters.user) if is_storable(filters.user) else None))
    if filters.twin is not None:
        chosen.append(("twin_no", layer.twin(filters.twin) if is_storable(filters.twin) else None))
    return chosen


def _departments(layer: Layer, filters: Filters) -> tuple[int, ...] | None:
    if filters.company is None and filters.department is None:
        return None
    return tuple(cell.no for cell in layer.cells("department") if _is_in(cell, filters))


def _is_in(cell: CellRow, filters: Filters) -> bool:
    return (filters.company is None or same(cell.first, filters.company)) and (
        filters.department is None or same(cell.second, filters.department)
    )


def _cells(layer: Layer, filters: Filters) -> tuple[int, ...] | None:
    of_people = filters.company is not None or filters.department is not None
    of_session = filters.platform is not None or filters.shared is not None
    if filters.user is not None or filters.twin is not None or (of_people and of_session):
        return None
    if filters.department is not None:
        return _departments(layer, filters)
    if filters.company is not None:
        return tuple(cell.no for cell in layer.cells("company") if same(cell.first, filters.company))
    if not of_session:
        return tuple(cell.no for cell in layer.cells("all"))
    use = None if filters.shared is None else str(int(filters.shared))
    if filters.platform is None:
        return tuple(cell.no for cell in layer.cells("use") if cell.first == use)
    return tuple(
        cell.no
        for cell in layer.cells("platform" if use is None else "platform_use")
        if same(cell.first, filters.platform) and (use is None or cell.second == use)
    )

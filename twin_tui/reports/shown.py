"""One cell as people read it: numbers with separators, times in the report timezone, text made safe."""

from datetime import date, datetime, tzinfo

from twin_tui.reports.sections import Cell
from twin_tui.text.formatting import DASH, change, mean, moment, number
from twin_tui.text.formatting import value as figure_value
from twin_tui.text.safe_text import safe_line


def shown(cell: Cell, zone: tzinfo) -> str:
    """Return a cell's value in one safe line."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return safe_line(value)
    match cell.unit:
        case "text":
            return "" if value is None else str(value)
        case "change" | "points":
            return change(value, is_points=cell.unit == "points")
        case "mean":
            return mean(value)
        case "places":
            return places(None if value is None else int(value))
        case _:
            return figure_value(value, cell.unit)


def places(gained: int | None) -> str:
    """Return a change of rank.

    >>> places(2), places(-1), places(0), places(None)
    ('▲2', '▼1', '=', '–')
    """
    if gained is None:
        return DASH
    return "=" if gained == 0 else f"{'▲' if gained > 0 else '▼'}{abs(gained)}"


def counted(amount: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "query", "queries"), counted(1200, "query", "queries")
    ('1 query', '1,200 queries')
    """
    return f"{number(amount)} {one if amount == 1 else many}"


def is_number(cell: Cell) -> bool:
    """Return whether the cell stands at the right of its column."""
    return cell.unit not in ("text", "time", "day", "flag")

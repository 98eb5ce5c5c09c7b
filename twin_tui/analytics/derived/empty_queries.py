"""Queries that found nothing, from a row for each of them; for tables that hold nothing at or after now."""

from collections.abc import Iterator
from typing import NamedTuple

from twin_tui.analytics.answers import Window
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros

_FIRST = -(1 << 62)


class Sought(NamedTuple):
    """All queries of one text that found nothing."""

    key: str
    queries: int
    people: int
    us: int
    """When it was asked the last time, microseconds since 1970."""
    query_id: str
    """The one that asked it then."""


def sought(layer: Layer, chosen: Selection, window: Window) -> list[Sought]:
    """Return what was looked for in a window, most often first, then the last asked."""
    sql = f"SELECT us, query_id, user_no, text FROM {tables.EMPTY_QUERY}{_within(chosen)}"
    rows = layer.run(sql, (*_bounds(window), *chosen.params))
    rows.sort(reverse=True)
    last: dict[str, tuple[int, str]] = {}
    people: dict[str, list[int]] = {}
    for us, query_id, user_no, text in rows:
        if text not in last:
            last[text] = us, query_id
            people[text] = []
        people[text].append(user_no)
    found = [Sought(key, len(people[key]), len(set(people[key])), *last[key]) for key in last]
    found.sort(key=lambda text: -text.queries)
    return found


def by_twin(layer: Layer, chosen: Selection, window: Window) -> Iterator[tuple[int, int]]:
    """Yield how many there are in a window by the number of the twin."""
    sql = f"SELECT twin_no, COUNT(*) FROM {tables.EMPTY_QUERY}{_within(chosen)} GROUP BY twin_no"
    yield from layer.run(sql, (*_bounds(window), *chosen.params))


def _within(chosen: Selection) -> str:
    return f" WHERE us >= ? AND us < ?{chosen.where}"


def _bounds(window: Window) -> tuple[int, int]:
    return _FIRST if window.start is None else micros(window.start), micros(window.end)

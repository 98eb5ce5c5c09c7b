"""Takes the derived tables, the search index and the capture of changes away, keeping no writer waiting."""

import time
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.portions import Portion, Rests
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.state import note

FEWEST, MOST = 100, 2_000
"""Rows one transaction takes away at least, and at most."""


def remove(source: Source, pause: Callable[[float], object] = time.sleep) -> None:
    """Take everything away that is not the six tables; interrupted, it is as if a build had just begun.

    Raises `DatabaseError`.
    """
    if tables.are_there(source):
        with source.writing():
            capture.hold(source)
            note(source, {"status": "building", "step": None, "cursor": None, "build": token_hex(8)})
        search_index.give_up(source)
        if source.is_sqlite:
            _empty(source, Rests(pause))
    with source.writing():
        search_index.remove(source)
        capture.remove(source)
        tables.drop(source)


def _empty(source: Source, rests: Rests) -> None:
    portion, store = Portion(FEWEST, MOST), search_index.store_of(source)

    def done(work: Callable[..., Any], *given: Any) -> Any:
        rests.rest()
        with source.writing():
            begun = time.monotonic()
            found = work(*given)
        rests.ended()
        portion.took(time.monotonic() - begun)
        return found

    for name in tables.late_indexes(source):
        done(tables.drop_index, source, name)
    for table in tables.TABLES:
        while table != tables.ROLLUP and done(tables.take_rows, source, table, portion.size):
            """Some are left."""
    while done(store.take_away, portion.size):
        """Some were there."""

"""Derived tables of a database of ours, left current by whatever wrote to it."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twin_tui.data.source import Source

Progress = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and of what."""


def leave_current(source: "Source", timezone: str, progress: Progress | None = None) -> None:
    """Make the derived tables and the search index, or take in what changed; raises `DatabaseError`.

    They are made for the local days of ``timezone``, an IANA name; those that are there keep their own. Where
    another program refreshes them already, that one does it.
    """
    from twin_tui.rollups.capture.lock import BeingRefreshedError, alone  # noqa: PLC0415 - not needed for --help
    from twin_tui.rollups.refresh import bring_up_to_date  # noqa: PLC0415
    from twin_tui.rollups.search import index as search_index  # noqa: PLC0415 - not needed for --help

    with contextlib.suppress(BeingRefreshedError), alone(source):
        bring_up_to_date(source, timezone, progress)
        search_index.sync(source, pause=lambda _: None)


def forget_without_rows(source: "Source") -> None:
    """Take the derived tables away where the tables they are made from are gone; raises `DatabaseError`."""
    from twin_tui.data.columns import TABLES  # noqa: PLC0415
    from twin_tui.rollups import tables  # noqa: PLC0415
    from twin_tui.rollups.capture import changes as capture  # noqa: PLC0415
    from twin_tui.rollups.search import index as search_index  # noqa: PLC0415

    with source.writing():
        if tables.are_there(source) and not set(TABLES) & set(source.db.get_tables()):
            search_index.remove(source)
            capture.remove(source)
            tables.drop(source)

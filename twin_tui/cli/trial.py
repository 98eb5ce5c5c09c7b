"""The database that a trial run compares with: opened for reading, or none where none is there yet."""

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from twin_tui.settings import is_path

if TYPE_CHECKING:
    from twin_tui.data.source import Source


@contextmanager
def trial_source(place: str | None) -> "Generator[Source | None]":
    """Give the database at ``place``, None where nothing is there yet; raises `DatabaseError`."""
    if place is None or _is_new(place):
        yield None
        return
    from twin_tui.data.database import open_database  # noqa: PLC0415 - peewee is not needed for --help

    # A server's empty database can be looked at only by who may fill it; nothing is written all the same.
    with closing(open_database(place, "read" if is_path(place) else "write")) as source:
        is_empty_server = not is_path(place) and not source.is_ours
        yield None if is_empty_server else source


def _is_new(place: str) -> bool:
    try:
        return is_path(place) and (not os.path.lexists(place) or os.path.getsize(place) == 0)
    except OSError:
        return False

"""Filling a database that holds nothing yet: its indexes are made after the rows."""

from collections.abc import Generator
from contextlib import contextmanager

from twin_tui.data.bulk import is_alone, loading, without_log
from twin_tui.data.late_keys import make_up, put_off
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source

BULK_ROWS = 2_000_000
"""As many rows of an empty database as are written before there are indexes."""
_MANY = ("sessions", "messages", "documents", "queries")
"""Tables whose rows come once, and in such numbers that sorting their ids at the end is faster."""


def is_empty(source: Source) -> bool:
    """Say whether there is not one row."""
    return not any(source.rows(model.select(source.column(model.id)).limit(1)) for model in MODELS)


def may_fill(source: Source) -> bool:
    """Say whether a database may be filled at once: it is empty, and on a server nobody else is there."""
    return is_empty(source) and (source.is_sqlite or is_alone(source))


@contextmanager
def bulk(source: Source, *, may_look_up: bool = False) -> Generator[bool]:
    """Hold one transaction at whose end the indexes are made; False: it is not empty any more, they stay.

    ``may_look_up``: rows are looked up by id meanwhile, so that ids are indexed all along.
    """
    if source.is_sqlite:
        with _in_file(source, may_look_up=may_look_up):
            yield True
        return
    with source.writing():
        source.wait_for_turn()
        if not is_empty(source):
            yield False
            return
        with loading(source, may_look_up=may_look_up):
            yield True


@contextmanager
def _in_file(source: Source, *, may_look_up: bool) -> Generator[None]:
    """Sort on disk, not in memory."""
    with source.failures():
        source.db.execute_sql("PRAGMA temp_store = FILE")
    try:
        with without_log(source), loading(source):
            keys = put_off(source, () if may_look_up else _MANY)
            yield
            make_up(source, keys)
    finally:
        with source.failures():
            source.db.execute_sql("PRAGMA temp_store = MEMORY")

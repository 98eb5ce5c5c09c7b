"""Filling a database that holds nothing yet: its indexes are made after the rows."""

from collections.abc import Generator
from contextlib import contextmanager

from twin_tui.data.bulk import loading, without_log
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


@contextmanager
def bulk(source: Source, *, may_look_up: bool = False) -> Generator[None]:
    """Hold one transaction at whose end the indexes are made; they are sorted on disk, not in memory.

    ``may_look_up``: rows are looked up by id meanwhile, so that ids are indexed all along.
    """
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

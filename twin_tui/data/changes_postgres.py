"""Noticing that somebody wrote to a PostgreSQL database, without a trigger and without reading a table."""

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

import psycopg

from twin_tui.data.changes import Changes, Finding
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source

if TYPE_CHECKING:
    from twin_tui.data.postgres import PostgresSource

MAYBE_SECONDS = 5.0
"""How often at most a commit that may have touched our tables, or not, counts as a change."""

_SNAPSHOT = "SELECT pg_current_snapshot()::text"
_TABLES = """SELECT c.oid::bigint, c.relnatts::int, c.relfilenode::bigint, pg_stat_get_tuples_inserted(c.oid),
 pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid)
 FROM unnest(%s::text[]) AS t(name) LEFT JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.name))
 ORDER BY t.name"""


class PostgresChanges(Changes):
    """Compares the snapshot of running transactions, which every commit on the server moves.

    Only when it moved, the tables' counters of rows written are read. Where they moved too, our tables were
    written to. Where they did not, the commit was in other tables, or its counts are still on their way
    (a server passes them on within seconds, and a standby not at all): that counts as a change now and then.
    So every insert, update, delete and truncation is noticed, no table is read, nothing has to be installed,
    and a server busy with other things causes few reloads.
    """

    interval: ClassVar[float] = 0.8

    def __init__(self, source: Source, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = cast("PostgresSource", source)
        self._clock = clock
        self._conn: Any = None
        self._snapshot: str | None = None
        self._identity: Any = None
        self._counts: Any = None
        self._told = -MAYBE_SECONDS
        self._owed = False

    def look(self) -> Finding:
        """Compare snapshot and counters with those of the look before; a lost connection is renewed once."""
        is_new = self._conn is None
        try:
            return self._look()
        except psycopg.Error as error:
            self.close()
            if is_new:
                raise self._source.failure(error) from error
        with self._source.failures():
            try:
                return self._look()
            except psycopg.Error:
                self.close()
                raise

    def _look(self) -> Finding:
        if self._conn is None:
            self._conn = self._source.connect_alone()
        snapshot = self._rows(_SNAPSHOT)[0][0]
        is_first, is_moved = self._snapshot is None, snapshot != self._snapshot
        self._snapshot = snapshot
        if is_moved:
            tables = self._rows(_TABLES, [[model._meta.table_name for model in MODELS]])
            identity, counts = [row[:2] for row in tables], [row[2:] for row in tables]
            is_other, is_counted = identity != self._identity, counts != self._counts
            self._identity, self._counts = identity, counts
            if is_first:
                return "same"
            if is_other:
                return "replaced"
            if is_counted:
                return self._tell()
            self._owed = True
        if self._owed and self._clock() - self._told >= MAYBE_SECONDS:
            return self._tell()
        return "same"

    def _tell(self) -> Finding:
        self._told, self._owed = self._clock(), False
        return "changed"

    def _rows(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._conn.execute(statement, values).fetchall()
        return found

    def close(self) -> None:
        """Close the connection; what was seen through it stays comparable."""
        conn, self._conn = self._conn, None
        if conn is not None:
            with contextlib.suppress(psycopg.Error):
                conn.close()

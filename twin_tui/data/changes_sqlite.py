"""Noticing that another program wrote to a SQLite file, or put another file in its place."""

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Any, ClassVar, cast

from twin_tui.data import sqlite_file
from twin_tui.data.changes import Changes, Finding
from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source

if TYPE_CHECKING:
    from twin_tui.data.sqlite import SqliteSource

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class SqliteChanges(Changes):
    """Asks ``PRAGMA data_version`` (3 µs), which another connection's commit moves, and which file it is."""

    interval: ClassVar[float] = 0.5

    def __init__(self, source: Source) -> None:
        self._source = cast("SqliteSource", source)
        self._path = os.fspath(self._source.path)
        self._conn: sqlite3.Connection | None = None
        self._seen: Any = None
        self._schema: Any = None
        self._was_away = False

    def look(self) -> Finding:
        """Compare file, schema and version with those of the look before."""
        source = self._source
        try:
            found = os.stat(self._path)
        except FileNotFoundError as error:
            self._was_away = True
            raise DatabaseError(f"{source.name} is gone: there is no such file any more.") from error
        except OSError as error:
            raise DatabaseError(f"{source.name} cannot be read: {error.strerror}.") from error
        if self._was_away or source.is_replaced(found):
            # Even where the same file came back: its log was left behind, connections kept open fail.
            return "replaced"
        if source.is_immutable:
            return self._look_at_rest(found)
        try:
            return self._look_inside()
        except sqlite3.Error as error:
            if sqlite_file.code_of(error) in _BUSY:
                return "locked"
            self.close()
            raise sqlite_file.failure(error, source.name) from error

    def _look_at_rest(self, found: os.stat_result) -> Finding:
        """A file opened as unchanging has to be opened anew after any change: versions are not read there."""
        log = self._source.path.with_name(self._source.path.name + "-wal")
        seen = (found.st_size, found.st_mtime_ns, log.exists() and log.stat().st_size > 0)
        before, self._seen = self._seen, seen
        return "same" if before in (None, seen) else "replaced"

    def _look_inside(self) -> Finding:
        if self._conn is None:
            # A look never waits for a lock: the next one is near.
            uri = sqlite_file.uri_of(self._source.path, "read")
            self._conn = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
        version = self._asked("data_version")
        if version == self._seen:
            return "same"
        schema = self._asked("schema_version")
        is_first, is_other = self._schema is None, schema != self._schema
        self._seen, self._schema = version, schema
        if is_first:
            return "same"
        return "replaced" if is_other else "changed"

    def _asked(self, pragma: str) -> Any:
        assert self._conn is not None
        # All rows are taken: a statement left open would hold back checkpoints.
        return self._conn.execute(f"PRAGMA {pragma}").fetchall()[0][0]

    def close(self) -> None:
        """Close the connection; another's versions cannot be compared with those seen."""
        conn, self._conn = self._conn, None
        if conn is not None:
            self._seen = None
            with contextlib.suppress(sqlite3.Error):
                conn.close()

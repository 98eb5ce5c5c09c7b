"""SQLite files: how they are opened, read, written and closed."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from peewee import PeeweeException, SqliteDatabase

from twin_tui.data import sqlite_file
from twin_tui.data.columns import missing_columns
from twin_tui.data.dialect_sqlite import FUNCTIONS, SqliteDialect
from twin_tui.data.errors import DatabaseError, shown
from twin_tui.data.models import Row
from twin_tui.data.ours import APPLICATION_ID, applied_migrations, check_known
from twin_tui.data.source import Mode, Source
from twin_tui.data.sqlite_columns import forms_of, read_layout
from twin_tui.data.sqlite_file import code_of
from twin_tui.data.sqlite_insert import insert
from twin_tui.data.transfer import end_transaction, quoted, stored_rows

BUSY_SECONDS = 5
"""How long a connection waits for another program's lock."""
IDS = 500
"""Ids asked for in one statement; SQLite has a limit on parameters."""

_READ_PRAGMAS = (("query_only", 1), ("temp_store", "MEMORY"), ("cache_size", -8192), ("mmap_size", 0))
_WRITE_PRAGMAS = (
    ("synchronous", "NORMAL"),
    ("foreign_keys", 1),
    ("recursive_triggers", 1),
    ("temp_store", "MEMORY"),
    ("cache_size", -65536),
)


class _File(SqliteDatabase):
    """Connections that decode text leniently and are known, so that all of them can be closed."""

    def __init__(self, uri: str, pragmas: Sequence[tuple[str, Any]]) -> None:
        self.connections: list[sqlite3.Connection] = []
        super().__init__(uri, pragmas=list(pragmas), timeout=BUSY_SECONDS, uri=True, check_same_thread=False)
        for name, function in FUNCTIONS.items():
            self.register_function(function, name, 1, deterministic=True)

    def _connect(self) -> Any:
        conn = super()._connect()  # type: ignore[misc]
        conn.text_factory = lambda stored: stored.decode("utf-8", "replace")
        self.connections.append(conn)
        return conn


class SqliteSource(Source):
    """A SQLite file; each thread keeps its connection until the source is closed."""

    is_sqlite = True
    dialect: SqliteDialect
    _driver_errors = (PeeweeException, sqlite3.Error)

    def __init__(self, path: Path, url: str, mode: Mode, *, immutable: bool = False) -> None:
        pragmas = _READ_PRAGMAS if mode == "read" else _WRITE_PRAGMAS
        db = _File(sqlite_file.uri_of(path, mode, immutable=immutable), pragmas)
        super().__init__(db, SqliteDialect(), url, shown(path.name), mode)
        self.path = path.absolute()
        self.is_immutable = immutable
        """Opened as a file that nobody writes to: its changes cannot be read through it."""
        self._identity: tuple[int, int] | None = None
        self._tidy_log = mode == "read" and not immutable and not self._log.exists()

    @property
    def _log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def connect(self) -> None:
        """Open this thread's connection and remember which file it is."""
        with self.failures():
            self.db.connect(reuse_if_open=True)
        found = self.path.stat()
        if self._identity is None:
            self._identity = (found.st_dev, found.st_ino)
            sqlite_file.OPENED[self._identity] += 1

    def look(self) -> None:
        """Look up whose file it is and how its columns are read."""
        with self.failures(), self.reading():
            layout = read_layout(self.db)
            self.dialect = SqliteDialect(layout.with_rowid, layout.encoding)
            (application,) = self.db.execute_sql("PRAGMA application_id").fetchone()
            is_ours = layout.has_history and application in (0, APPLICATION_ID)
            if is_ours:
                (stamped,) = self.db.execute_sql("PRAGMA user_version").fetchone()
                check_known(self.name, applied_migrations(self.db), stamped)
            if self._may_be_unfinished and (layout.is_empty or (is_ours and not layout.is_complete)):
                self.describe(is_ours=is_ours, missing=frozenset(), forms={})
                return
            if layout.is_empty:
                raise DatabaseError(f"{self.name} is an empty database: it has no tables.")
            missing = missing_columns(self.name, layout.columns, is_ours=is_ours)
            if not (self.is_read_only or self.is_adopting or is_ours):
                raise DatabaseError(
                    f"{self.name} was made by another system: twin-tui reads it and never writes to it."
                )
            forms = forms_of(self.db, layout, self.dialect, is_ours=is_ours)
            self.describe(is_ours=is_ours, missing=missing, forms=forms)

    def is_replaced(self, found: os.stat_result | None = None) -> bool:
        """Return whether another file (or none) bears the path by now; ``found`` tells what does."""
        try:
            found = found or self.path.stat()
        except OSError:
            return True
        return self._identity != (found.st_dev, found.st_ino)

    def is_spoilt(self) -> bool:
        """Return whether the file still bears the path: SQLite shares its log among all its connections."""
        return not self.is_replaced()

    def failure(self, error: Exception) -> DatabaseError:
        """Return SQLite's exception as a sentence."""
        if self._closed.is_set():
            return DatabaseError(f"{self.name} is closed.")
        return sqlite_file.failure(error, self.name)

    def is_lost(self, error: DatabaseError) -> bool:  # noqa: ARG002
        """Return False: a file does not hang up."""
        return False

    def running_connection(self) -> Any:
        """Return this thread's `sqlite3.Connection`."""
        with self.failures():
            return self.db.connection()

    def interrupt(self, conn: Any) -> None:
        """Stop what runs on that connection."""
        with contextlib.suppress(sqlite3.Error):
            conn.interrupt()

    def wait_for_turn(self) -> None:
        """Do nothing: only one transaction writes at a time."""

    def close(self) -> None:
        """Interrupt what runs, wait for it to end, close every connection."""
        self._stop_others()
        running = [conn for ident, conn in self._busy.items() if ident != threading.get_ident()]
        while self.db.connections:
            conn = self.db.connections.pop()
            if conn in running:
                continue
            with contextlib.suppress(sqlite3.Error):
                # An interrupt with nothing to stop would stop the log from being put away.
                conn.execute("SELECT 1").fetchall()
            with contextlib.suppress(sqlite3.Error):
                conn.close()
        if self._identity is not None:
            sqlite_file.OPENED[self._identity] -= 1
            self._identity = None
        self._remove_empty_log()

    def _remove_empty_log(self) -> None:
        """Take away the empty -wal and -shm files that looking at a WAL database leaves behind.

        Only SQLite can do that safely: the last connection that may write does it when it closes.
        """
        if not self._tidy_log:
            return
        self._tidy_log = False
        with contextlib.suppress(sqlite3.Error, OSError):
            if self._log.stat().st_size == 0 and os.access(self.path, os.W_OK):
                conn = sqlite3.connect(sqlite_file.uri_of(self.path, "write"), uri=True, timeout=0)
                try:
                    conn.execute("PRAGMA schema_version").fetchone()
                finally:
                    conn.close()

    def _enter(self) -> None:
        self._check_open()
        self._occupy(self.db.connection())

    def _begin_read(self) -> None:
        self._enter()
        try:
            self.db.begin()
        except BaseException:
            self._release()
            raise

    def _end_read(self) -> None:
        try:
            with contextlib.suppress(PeeweeException, sqlite3.Error):
                self.db.rollback()
        finally:
            self._release()

    def _begin_write(self) -> None:
        if self.is_replaced():
            raise DatabaseError(f"{self.name} was moved or replaced while it was open; open it again.")
        self._enter()
        try:
            transaction = self.db.transaction("IMMEDIATE")
            transaction.__enter__()
        except BaseException:
            self._release()
            raise
        self._here.transaction = transaction

    def _end_write(self, *, is_good: bool) -> None:
        try:
            end_transaction(self._here.transaction, is_good=is_good)
        finally:
            self._here.transaction = None
            self._release()

    def _rows_by_id(self, model: type[Row], columns: Sequence[str], ids: list[str]) -> list[tuple[Any, ...]]:
        conn = cast("sqlite3.Connection", self.db.connection())
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), IDS):
            part = ids[start : start + IDS]
            marks = ", ".join("?" * len(part))
            table = model._meta.table_name
            found += conn.execute(
                f'SELECT {quoted(columns)} FROM "{table}" WHERE id IN ({marks})', part
            ).fetchall()
        return found

    def _insert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        return self._write_many(model, columns, rows, "")

    def _upsert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        table = model._meta.table_name
        others = [column for column in columns if column != "id"]
        if not others:
            return self._write_many(model, columns, rows, " ON CONFLICT (id) DO NOTHING")
        changes = ", ".join(f'"{column}" = excluded."{column}"' for column in others)
        differs = " OR ".join(f'"{table}"."{column}" IS NOT excluded."{column}"' for column in others)
        return self._write_many(
            model, columns, rows, f" ON CONFLICT (id) DO UPDATE SET {changes} WHERE {differs}"
        )

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str) -> None:
        insert = f'INSERT INTO "{table}" ({quoted(columns)}) VALUES ({", ".join("?" * len(columns))})'
        self.db.connection().executemany(f"{insert} {conflict}", rows)

    def _marked(self, sql: str) -> str:
        return sql

    def _write_many(
        self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], conflict: str
    ) -> int:
        into = f'INSERT INTO "{model._meta.table_name}" ({quoted(columns)})'
        stored = stored_rows(columns, rows, self.dialect.instant)
        return insert(self.db.connection(), into, len(columns), stored, conflict)


def open_sqlite(url: str, mode: Mode) -> SqliteSource:
    """Return the opened file, its columns looked up; raises `DatabaseError`.

    A missing or zero-byte file in mode ``create`` comes back empty, for `twin_tui.data.schema.upgrade`.
    """
    path = sqlite_file.path_of(url)
    is_new = not sqlite_file.check_file(path, mode)
    source = SqliteSource(path, url, mode)
    try:
        source.connect()
        if not is_new:
            source.look()
        if mode in ("write", "create"):
            # Another system's file is refused by now, and keeps its journal as it is.
            with source.failures():
                source.db.execute_sql("PRAGMA journal_mode = WAL").fetchall()
    except DatabaseError as error:
        source.close()
        if mode == "read" and sqlite_file.is_undone(path, error.__cause__ or error):
            return open_sqlite(url, mode)
        if (
            mode == "read"
            and code_of(error.__cause__ or error) in sqlite_file.NO_LOG
            and sqlite_file.is_wal_at_rest(path)
        ):
            return _open_at_rest(path, url)
        raise
    return source


def _open_at_rest(path: Path, url: str) -> SqliteSource:
    """Open a WAL file whose folder may not be written: safe, as no log means that nobody is writing."""
    source = SqliteSource(path, url, "read", immutable=True)
    try:
        source.connect()
        source.look()
    except DatabaseError:
        source.close()
        raise
    return source

"""The SQLite file of one database's state: its tables, its transactions."""

import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twin_tui.store.errors import StoreError
from twin_tui.store.places import make_private

VERSION = 2
"""``PRAGMA user_version``; a file of a newer version is refused."""
APPLICATION_ID = 0x54575354
"""The letters TWST."""
BUSY_SECONDS = 5

_TABLES = """
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, os_user TEXT NOT NULL, db_user TEXT NOT NULL,
    role TEXT NOT NULL, action TEXT NOT NULL, session_id TEXT, subject TEXT, ticket TEXT,
    detail TEXT NOT NULL, mac TEXT NOT NULL
);
CREATE INDEX audit_session ON audit (session_id, seq);
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX note_session ON note (session_id, id);
CREATE TABLE mark (
    session_id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
    PRIMARY KEY (session_id, kind)
) WITHOUT ROWID;
CREATE TABLE import_state (unit TEXT PRIMARY KEY, newest TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
"""
_ADDED = {
    2: """
CREATE TABLE annotation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX annotation_day ON annotation (day, id);
"""
}
"""What each later version brought."""


class StoreFile:
    """One state file, opened at its first use; a connection per thread. Every failure is a `StoreError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._here = threading.local()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a select; none where there is no file yet, and none is made."""
        if not self.path.exists():
            return []
        with self._sentences():
            return self._connection().execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """Hold the only write transaction; rolled back on an exception. Makes the file if there is none."""
        with self._sentences():
            conn = self._connection()
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield conn
            except BaseException:
                conn.rollback()
                raise
            conn.commit()

    @contextmanager
    def _sentences(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be used: {error}.") from error

    def _connection(self) -> sqlite3.Connection:
        conn: sqlite3.Connection | None = getattr(self._here, "conn", None)
        if conn is None:
            make_private(self.path)
            conn = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self._prepare(conn)
            except BaseException:
                conn.close()
                raise
            self._here.conn = conn
        return conn

    def _prepare(self, conn: sqlite3.Connection) -> None:
        conn.execute("PRAGMA secure_delete = 1")
        # In one transaction: another process may be making the tables between two of these.
        conn.execute("BEGIN")
        (tables,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        conn.execute("ROLLBACK")
        if tables and application != APPLICATION_ID:
            raise StoreError(f"{self.path} belongs to another program.")
        if version > VERSION:
            raise StoreError(f"{self.path} was written by a newer twin-tui.")
        if version == VERSION:
            return
        conn.execute("BEGIN IMMEDIATE")
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _statements(_TABLES):
                conn.execute(statement)
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for later in range(max(version, 1) + 1, VERSION + 1):
            for statement in _statements(_ADDED[later]):
                conn.execute(statement)
        conn.execute(f"PRAGMA user_version = {VERSION}")
        conn.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection."""
        conn: sqlite3.Connection | None = getattr(self._here, "conn", None)
        if conn is not None:
            conn.close()
            self._here.conn = None


def _statements(script: str) -> list[str]:
    """Return the statements of a script; a trigger's body is one with it."""
    found, part = [], ""
    for line in script.strip().splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return found

"""Other programs that write to the databases of tests, with plain drivers and settings of their own."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any


class Writer:
    """A program with one connection, each statement its own transaction; ``?`` stands for values."""

    def __init__(self, url: str, *, foreign_keys: bool = True) -> None:
        self.is_sqlite = not url.startswith("postgresql")
        self._conn: Any
        if self.is_sqlite:
            self._conn = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=10)
            self._conn.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
            self._conn.execute("PRAGMA synchronous = OFF")
        else:
            import psycopg

            self._conn = psycopg.connect(
                url, autocommit=True, cursor_factory=psycopg.ClientCursor, prepare_threshold=None
            )
            if not foreign_keys:
                self._conn.execute("SET session_replication_role = replica")

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        if not self.is_sqlite:
            statement = statement.replace("?", "%s")
        cursor = self._conn.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        self.run("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._conn.close()

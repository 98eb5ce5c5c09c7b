"""How and where an opened database is stored, for people who look after it."""

import os
import sqlite3
from dataclasses import dataclass

from twin_tui.data import schema
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source
from twin_tui.data.sqlite import SqliteSource


@dataclass(frozen=True, slots=True)
class Storage:
    """What is known of one database beside its rows."""

    kind: str
    """Program and version: "SQLite 3.45.1"."""
    size: int | None
    """Bytes, with the write-ahead log; ``None`` if the role may not ask."""
    journal: str | None
    """SQLite's journal mode; ``None`` elsewhere."""
    is_writable: bool
    """Whether this user or role may write there at all; twin-tui's viewers do not."""
    version: int
    """Number of the newest applied migration, 0 for none."""
    pending: tuple[str, ...]
    """Migrations this twin-tui would apply to a database of ours."""
    rows: tuple[tuple[str, int], ...]
    """Rows by table, tables in their order."""


def storage_of(source: Source) -> Storage:
    """Return how an opened database is stored; raises `DatabaseError`. Reads only."""
    state = schema.status(source)
    with source.reading(), source.failures():
        found = _file(source) if isinstance(source, SqliteSource) else _server(source)
        counts = tuple(
            (
                model._meta.table_name,
                int(source.db.execute_sql(f"SELECT count(*) FROM {model._meta.table_name}").fetchone()[0]),
            )
            for model in MODELS
        )
    kind, size, journal, is_writable = found
    return Storage(
        kind, size, journal, is_writable, state.version, state.pending if source.is_ours else (), counts
    )


def _file(source: SqliteSource) -> tuple[str, int | None, str | None, bool]:
    path, size = source.path, 0
    for each in (path, path.with_name(path.name + "-wal")):
        if each.exists():
            size += each.stat().st_size
    (journal,) = source.db.execute_sql("PRAGMA journal_mode").fetchone()
    is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return f"SQLite {sqlite3.sqlite_version}", size, str(journal), is_writable


def _server(source: Source) -> tuple[str, int | None, str | None, bool]:
    version, size, is_writable = source.db.execute_sql(
        "SELECT current_setting('server_version'),"
        " CASE WHEN has_database_privilege(current_database(), 'CONNECT')"
        " THEN pg_database_size(current_database()) END,"
        " NOT pg_is_in_recovery() AND coalesce(has_table_privilege(to_regclass('sessions'), 'INSERT'), false)"
    ).fetchone()
    return f"PostgreSQL {str(version).partition(' ')[0]}", size, None, bool(is_writable)

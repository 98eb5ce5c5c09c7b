"""Databases that another system wrote, made with plain drivers."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from twin_tui.data.database import Mode, open_database
from twin_tui.data.errors import DatabaseError

PLAIN = {
    "users": "id TEXT PRIMARY KEY, email TEXT, full_name TEXT",
    "twins": "id TEXT PRIMARY KEY, user_id TEXT, name TEXT",
    "sessions": "id TEXT PRIMARY KEY, user_id TEXT, twin_id TEXT, started_at TIMESTAMP",
    "messages": "id TEXT PRIMARY KEY, session_id TEXT, sender_type TEXT, content TEXT, created_at TIMESTAMP",
    "documents": "id TEXT PRIMARY KEY, session_id TEXT, created_at TIMESTAMP",
    "queries": "id TEXT PRIMARY KEY, session_id TEXT, query_text TEXT, created_at TIMESTAMP",
}
"""The least that opens: every optional column is missing."""
MISSING = frozenset(
    {
        *("users.company", "users.department", "users.created_at", "users.last_login_at"),
        *("twins.description", "twins.is_shared", "twins.created_at"),
        *("sessions.platform", "sessions.title", "sessions.topic", "sessions.is_shared_twin"),
        "messages.message_type",
        *("documents.message_id", "documents.document_type", "documents.title", "documents.content"),
        "documents.word_count",
        *("queries.message_id", "queries.query_type", "queries.results_count"),
    }
)


def make_sqlite(path: Path, tables: dict[str, str] = PLAIN, *statements: str) -> str:
    """Make a file with these tables, run the statements, return its path."""
    conn = sqlite3.connect(path)
    for table, columns in tables.items():
        conn.execute(f"CREATE TABLE {table} ({columns})")
    for statement in statements:
        conn.execute(statement)
    conn.commit()
    conn.close()
    return str(path)


def state_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextlib.contextmanager
def as_nobody() -> Iterator[Path]:
    """Act as a user without rights; yields a folder everybody may use. Root may read anything otherwise."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, 65534, -1)
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            for path in folder.rglob("*"):
                path.chmod(0o777 if path.is_dir() else 0o666)


def refusal(url: object, mode: Mode = "read") -> str:
    """Return the one sentence with which a database is not opened."""
    with pytest.raises(DatabaseError) as caught:
        open_database(str(url), mode)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence

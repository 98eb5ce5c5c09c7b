"""Which rows other rows may refer to: those of the database, and in a trial those that would be written."""

import sqlite3
from collections.abc import Collection, Iterable

from twin_tui.data.models import MODELS
from twin_tui.data.source import Source

_PARENTS = {
    ("twins", "user_id"): "users",
    ("sessions", "user_id"): "users",
    ("sessions", "twin_id"): "twins",
    ("messages", "session_id"): "sessions",
    ("documents", "session_id"): "sessions",
    ("documents", "message_id"): "messages",
    ("queries", "session_id"): "sessions",
    ("queries", "message_id"): "messages",
}
_MODELS = {model._meta.table_name: model for model in MODELS}


def parent_of(table: str, column: str) -> str | None:
    """Return the table that a column refers to, None for a column that refers to nothing.

    >>> parent_of("queries", "message_id"), parent_of("queries", "id")
    ('messages', None)
    """
    return _PARENTS.get((table, column))


class Known:
    """Answers which ids exist; ids of a trial are kept in a temporary file, not in memory."""

    def __init__(self, source: Source | None, *, dry_run: bool) -> None:
        self._source = source
        self._trial: sqlite3.Connection | None = None
        if dry_run:
            self._trial = sqlite3.connect("")
            self._trial.execute(
                "CREATE TABLE seen (place TEXT, id TEXT, PRIMARY KEY (place, id)) WITHOUT ROWID"
            )

    def add(self, table: str, ids: Iterable[str]) -> None:
        """Take note of rows that are about to be written."""
        if self._trial is not None:
            rows = ((table, ref) for ref in ids)
            self._trial.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)

    def among(self, table: str, ids: Collection[str]) -> set[str]:
        """Return those of the ids that exist."""
        found: set[str] = set()
        if self._source is not None and ids:
            rows = self._source.rows_by_id(_MODELS[table], ("id",), ids)
            found.update(str(row[0]) for row in rows)
        if self._trial is not None:
            one = "SELECT 1 FROM seen WHERE place = ? AND id = ?"
            found.update(ref for ref in ids if self._trial.execute(one, (table, ref)).fetchone())
        return found

    def close(self) -> None:
        """Forget everything."""
        if self._trial is not None:
            self._trial.close()

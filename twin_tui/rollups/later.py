"""Changes of derived tables that are worked out before a write transaction begins, and made inside it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups.statements import delete_by


class Now:
    """Makes changes at once, inside the caller's write transaction; raises `DatabaseError`."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows."""
        self._source.fill(table, columns, rows)

    def delete(self, table: str, key: str, keys: Collection[Any]) -> None:
        """Take away the rows whose ``key`` is one of ``keys``."""
        delete_by(self._source, table, key, keys)


class Later(Now):
    """Remembers changes until `make`; whoever asks for them reads nothing of what they change before."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._changes: list[Callable[[], None]] = []

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Remember rows to add."""
        if listed := list(rows):
            self._changes.append(partial(super().fill, table, columns, listed))

    def delete(self, table: str, key: str, keys: Collection[Any]) -> None:
        """Remember rows to take away."""
        if keys:
            self._changes.append(partial(super().delete, table, key, keys))

    def make(self) -> None:
        """Make the changes in their order, inside the caller's write transaction, and forget them."""
        changes, self._changes = self._changes, []
        for change in changes:
            change()

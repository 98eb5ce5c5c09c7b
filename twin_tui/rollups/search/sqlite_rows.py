"""New rows of a SQLite file for the search index, read before the write transaction they are taken in."""

from collections.abc import Sequence
from typing import Any

from peewee import Value

from twin_tui.data.source import Source
from twin_tui.rollups.search.items import Item, Key, key_of, read_items, words_of
from twin_tui.rollups.search.store import Ahead
from twin_tui.rollups.search.tables import KIND_MODELS

BYTES = 200_000
"""Text that one transaction takes in, about: writing it takes 10 ms of processor, merging up to 15 more."""
TABLES = {kind: model._meta.table_name for kind, model in enumerate(KIND_MODELS)}
"""The table of each kind."""
Mark = tuple[int, int, str | None]
"""A kind, the number of its last row that is in, and that row's id."""


class NewRows:
    """Reads the rows above the marks; everything raises `DatabaseError`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._fitting: dict[int, int] = {}
        """By kind: rows that hold about `BYTES`, as the last ones did; twice as many where those were few."""

    def ahead(self, marks: Sequence[Mark], limit: int) -> Ahead | None:
        """Return the next rows, a table at a time, as many as one transaction takes in; ``None`` for none."""
        for kind, at, _ in marks:
            items, keys = self.above(kind, at, min(limit, self._fitting.get(kind, limit)))
            if keys:
                words = tuple(map(words_of, items))
                self._fitting[kind] = max(1, len(keys) * BYTES // max(BYTES // 2, sum(map(len, words))))
                if (fit := _fitting(words)) < len(items):
                    keys = keys[: keys.index(items[fit].key)]
                last_id = self.id_of(kind, keys[-1])
                return Ahead(kind, tuple(keys), last_id, marks, tuple(items[:fit]), words[:fit])
        return None

    def above(self, kind: int, at: int, limit: int) -> tuple[list[Item], list[Key]]:
        """Return the items of a kind's rows with numbers above one, and the numbers of all rows read."""
        model: Any = KIND_MODELS[kind]
        above = key_of(self._source, model) > Value(at, converter=False)
        return read_items(self._source, kind, above, limit)

    def id_of(self, kind: int, key: Key) -> str:
        """Return the id of a row by its number, "" where there is none."""
        found = self._source.run(f"SELECT CAST(id AS TEXT) FROM {TABLES[kind]} WHERE rowid = ?", (key,))
        return str(found[0][0]) if found else ""


def _fitting(words: Sequence[str]) -> int:
    """Return how many of these texts fit into one transaction, at least one."""
    size = 0
    for place, text in enumerate(words):
        size += len(text)
        if size > BYTES and place:
            return place
    return len(words)

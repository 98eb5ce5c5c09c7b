"""Ids that begin as somebody typed, by the search index of PostgreSQL.

There the keys of the tables stand in the server's own order of text, which no beginning follows; those of the
index stand by code point. Rows without a time are in no index of words: the one by time tells which they are.
"""

from collections.abc import Sequence
from typing import NamedTuple

from twin_tui.data.source import Source
from twin_tui.rollups.search.index import store_of
from twin_tui.rollups.search.tables import (
    DOCUMENT,
    IN_CODE_POINTS,
    ITEM,
    KIND_MODELS,
    MESSAGE,
    QUERY,
    is_whole,
    notes,
)

_KINDS = (MESSAGE, DOCUMENT, QUERY)
_LAST = "\U0010ffff"
_MOST = 200
"""Ids of a kind and a beginning that are told."""
_MOST_MISSING = 1_000
_BEGINS = 'id COLLATE "C" >= ? AND id COLLATE "C" < ? ORDER BY id COLLATE "C" LIMIT ?'


class Begun(NamedTuple):
    """What there may be: rows that are gone by now, or not to be seen yet, are among them."""

    ids: list[str]
    are_all: bool
    """Whether no other row can begin so."""


def events_begun(source: Source, beginnings: Sequence[str]) -> Begun | None:
    """Return the ids of messages, documents and queries that begin so, the first of each kind.

    ``None`` where no index tells. Raises `DatabaseError`.
    """
    if source.is_sqlite or not source.is_ours:
        return None
    noted = notes(source)
    if not is_whole(noted) or noted.get(IN_CODE_POINTS) != "1":
        return None
    missing = store_of(source).missing(_MOST_MISSING)
    if len(missing) >= _MOST_MISSING:
        return None
    found = []
    for start in beginnings:
        span = (start, start + _LAST, _MOST)
        for kind in _KINDS:
            table = KIND_MODELS[kind]._meta.table_name
            found.append(source.run(f"SELECT id FROM {ITEM} WHERE kind = ? AND {_BEGINS}", (kind, *span)))
            found.append(source.run(f"SELECT id FROM {table} WHERE created_at IS NULL AND {_BEGINS}", span))
    ids = {str(key) for kind, key in missing if kind in _KINDS and str(key).startswith(tuple(beginnings))}
    ids.update(key for rows in found for (key,) in rows)
    return Begun(sorted(ids), all(len(rows) < _MOST for rows in found))

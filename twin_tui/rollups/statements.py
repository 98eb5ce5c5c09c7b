"""Statements on derived tables by lists of keys, said for both databases."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from twin_tui.data.source import Source


def select_by(
    source: Source, table: str, columns: Sequence[str], key: str, keys: Iterable[Any]
) -> list[tuple[Any, ...]]:
    """Return these columns of the rows whose ``key`` is one of ``keys``, however many."""
    condition, listed = listed_in(source, key, keys)
    return source.run(f"SELECT {', '.join(columns)} FROM {table} WHERE {condition}", (listed,))


def delete_by(source: Source, table: str, key: str, keys: Iterable[Any]) -> None:
    """Delete the rows whose ``key`` is one of ``keys``."""
    condition, listed = listed_in(source, key, keys)
    source.run(f"DELETE FROM {table} WHERE {condition}", (listed,))


def listed_in(source: Source, key: str, keys: Iterable[Any]) -> tuple[str, Any]:
    """Return the condition that ``key`` is one of ``keys``, and its one parameter."""
    if source.is_sqlite:
        return f"{key} IN (SELECT value FROM json_each(?))", json.dumps(list(keys))
    return f"{key} = ANY(?)", list(keys)

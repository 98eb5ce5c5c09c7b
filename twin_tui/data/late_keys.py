"""Filling new SQLite tables without the index behind their primary key, which is sorted once at the end.

SQLite has no statement for that. The schema's own table is edited instead, as its documentation describes for
changes that leave what is stored as it is (https://www.sqlite.org/lang_altertable.html#otheralter): the
declaration loses its key while the index is away, and has it back, word for word, before the index is made.
"""

from collections.abc import Iterable
from typing import NamedTuple

from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source

_KEY = " PRIMARY KEY"


class LateKey(NamedTuple):
    """A table, how it is declared, and the name of its key's index."""

    table: str
    declared: str
    sorted_by: str
    page: int
    """Where the index begins in the file; the page stays taken."""


def put_off(source: Source, tables: Iterable[str]) -> list[LateKey]:
    """Take the keys of empty tables away, inside `writing`; return what `make_up` needs.

    A table with another unique column keeps its key, and all do where this SQLite guards its schema.
    """
    found = [key for table in tables for key in _key_of(source, table)]
    try:
        source.run("PRAGMA writable_schema = ON")
        for key in found:
            _declare(source, key.table, key.declared.replace(_KEY, "", 1))
            source.run("DELETE FROM sqlite_schema WHERE type = 'index' AND name = ?", (key.sorted_by,))
    except DatabaseError:
        source.run("PRAGMA writable_schema = RESET")
        return []
    source.run("PRAGMA writable_schema = RESET")
    return found


def make_up(source: Source, keys: Iterable[LateKey]) -> None:
    """Give tables their keys back and sort them, inside the same transaction; two of one id are an error."""
    source.run("PRAGMA writable_schema = ON")
    for key in keys:
        _declare(source, key.table, key.declared)
        source.run(
            "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('index', ?, ?, ?, NULL)",
            (key.sorted_by, key.table, key.page),
        )
    source.run("PRAGMA writable_schema = RESET")
    for key in keys:
        source.run(f'REINDEX "{key.sorted_by}"')


def _declare(source: Source, table: str, declared: str) -> None:
    source.run("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (declared, table))


def _key_of(source: Source, table: str) -> list[LateKey]:
    ((declared,),) = source.run("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    implied = source.run(
        "SELECT name, rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NULL",
        (table,),
    )
    if len(implied) != 1 or declared.count(_KEY) != 1:
        return []
    return [LateKey(table, declared, *implied[0])]

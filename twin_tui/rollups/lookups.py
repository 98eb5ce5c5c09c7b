"""Indexes by session on other systems' tables, without which every chunk would read all their rows.

They stand on what `Source.column` makes of an id, so that they serve ids of any type.
"""

from types import SimpleNamespace
from typing import Any

from peewee import Entity

from twin_tui.data.columns import COLUMNS
from twin_tui.data.source import Source

PLACES = (
    ("sessions", "id"),
    ("messages", "session_id"),
    ("documents", "session_id"),
    ("queries", "session_id"),
)
"""What rows are looked up by."""


def create(source: Source) -> None:
    """Make the indexes that are not there, inside the caller's write transaction; raises `DatabaseError`.

    A database of ours has them by its migrations.
    """
    if source.is_ours:
        return
    for table, column in PLACES:
        with source.failures():
            found = source.db.get_indexes(table)
        place = _place(source, table, column)
        is_plain = place == f'"{column}"'
        if not (is_plain and any(index.columns and index.columns[0] == column for index in found)):
            source.run(f'CREATE INDEX IF NOT EXISTS {_name(table)} ON "{table}" (({place}))')


def drop(source: Source) -> None:
    """Take the indexes away, inside the caller's write transaction; raises `DatabaseError`."""
    for table, _ in PLACES:
        source.run(f"DROP INDEX IF EXISTS {_name(table)}")


def _name(table: str) -> str:
    return f"twin_tui_{table}_lookup"


def _place(source: Source, table: str, column: str) -> str:
    """Return the SQL of an id column as it is read, the column named without its table."""
    field = COLUMNS[table, column]
    bare: Any = SimpleNamespace(**{field.name: Entity(field.column_name)})
    sql, values = source.db.get_sql_context().sql(source.column(field, bare)).query()
    assert not values
    return str(sql)

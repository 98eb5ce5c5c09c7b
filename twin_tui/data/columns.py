"""Which columns the six tables have, which of them a database may lack, and what each holds."""

from collections.abc import Callable, Mapping
from typing import Any

from peewee import BooleanField, DateTimeField, Field, ForeignKeyField, IntegerField

from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import MODELS

Form = Callable[[Any], Any]
"""How a column must be read: column node → expression of the kind the analytics expect."""

TIMES_NEEDED = frozenset(
    {("sessions", "started_at")} | {(t, "created_at") for t in ("messages", "documents", "queries")}
)
"""Nullable in the schema, yet no figure can do without them."""
DISPENSABLE = frozenset({("documents", "content")})
"""NOT NULL in the schema, yet every figure can do without it."""


def kind_of(field: Field) -> str:
    """Return what a column holds: id, text, time, flag or count."""
    if field.primary_key or isinstance(field, ForeignKeyField):
        return "id"
    for kind, fields in (("time", DateTimeField), ("flag", BooleanField), ("count", IntegerField)):
        if isinstance(field, fields):
            return kind
    return "text"


COLUMNS: Mapping[tuple[str, str], Field] = {
    (model._meta.table_name, field.column_name): field
    for model in MODELS
    for field in model._meta.sorted_fields
}
"""Every column of the six tables by table and column name, tables in their order."""
TABLES: tuple[str, ...] = tuple(model._meta.table_name for model in MODELS)


def is_required(table: str, column: str) -> bool:
    """Return whether a database without that column cannot be opened.

    Needed are the columns the schema declares NOT NULL, except ``documents.content``, and the times of
    sessions, messages, documents and queries. Any other column may be missing and reads as NULL.
    """
    place = (table, column)
    return place in TIMES_NEEDED or (not COLUMNS[place].null and place not in DISPENSABLE)


def missing_columns(name: str, found: Mapping[str, Mapping[str, Any]], *, is_ours: bool) -> frozenset[str]:
    """Return the optional columns a database lacks, as ``table.column``; ``found`` is by table and column.

    Raises `DatabaseError` naming the tables or required columns that are not there.
    """
    absent = [table for table in TABLES if table not in found]
    if absent and is_ours:
        raise DatabaseError(f"{name} is not set up: run twin-tui migrate on it.")
    if len(absent) == len(TABLES):
        raise DatabaseError(
            f"{name} belongs to another application: it has none of the tables {', '.join(TABLES)}."
        )
    if absent:
        one = len(absent) == 1
        raise DatabaseError(
            f"{name} cannot be read: the table{'' if one else 's'} {', '.join(absent)}"
            f" {'is' if one else 'are'} missing."
        )
    lacking = [place for place in COLUMNS if place[1] not in found[place[0]]]
    if needed := [f"{table}.{column}" for table, column in lacking if is_required(table, column)]:
        one = len(needed) == 1
        raise DatabaseError(
            f"{name} cannot be read: the column{'' if one else 's'} {', '.join(needed)}"
            f" {'is' if one else 'are'} missing."
        )
    return frozenset(f"{table}.{column}" for table, column in lacking)

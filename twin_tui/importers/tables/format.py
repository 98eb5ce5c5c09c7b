r"""How a value of the six tables is written in CSV and JSON Lines, and read back as exactly that value.

CSV writes NULL as ``\N`` and a text that is itself ``\N`` with one backslash more; nothing else is escaped
beyond what CSV quotes. Times are UTC, ``2026-10-01T03:00:00.000001Z``; flags are true and false.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin_tui.data.columns import COLUMNS, TABLES, kind_of
from twin_tui.data.times import parse_time

NULL = r"\N"
MOST, LEAST = 2**31 - 1, -(2**31)
"""Bounds of a count in both databases."""
_ESCAPED_NULL = re.compile(r"\\+N\Z")
_WHOLE = re.compile(r"[+-]?\d{1,12}\Z", re.ASCII)
_TRUE, _FALSE = frozenset(("true", "t", "yes", "1")), frozenset(("false", "f", "no", "0"))
Plain = str | int | bool | datetime | None
"""A value as a column holds it; times are aware UTC."""


class BadValueError(Exception):
    """A value that its column cannot hold; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one of the six tables."""

    name: str
    kind: str
    """id, text, time, flag or count."""
    may_be_null: bool


def columns_of(table: str) -> tuple[Column, ...]:
    """Return a table's columns in the schema's order.

    >>> [column.name for column in columns_of("twins")]
    ['id', 'user_id', 'name', 'description', 'is_shared', 'created_at']
    """
    return tuple(
        Column(name, kind_of(field), field.null) for (owner, name), field in COLUMNS.items() if owner == table
    )


EVERY: Mapping[str, tuple[Column, ...]] = {table: columns_of(table) for table in TABLES}
"""The columns of each table, parents before children."""


def csv_text(value: Plain) -> str:
    r"""Return a value as a field of CSV, before it is quoted.

    >>> csv_text(None), csv_text(""), csv_text(r"\N"), csv_text(True)
    ('\\N', '', '\\\\N', 'true')
    """
    if isinstance(value, str):
        return f"\\{value}" if _ESCAPED_NULL.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return NULL if value is None else str(_json_value(value))


def csv_value(text: str) -> str | None:
    r"""Return what a field of CSV says: a text, or None for ``\N``.

    >>> csv_value(r"\N"), csv_value(r"\\N"), csv_value("")
    (None, '\\N', '')
    """
    if text == NULL:
        return None
    return text[1:] if _ESCAPED_NULL.match(text) else text


def csv_values(texts: Sequence[str]) -> Sequence[str | None]:
    """Return what many fields of CSV say, as `csv_value` does."""
    if "\\" not in "".join(texts):
        return texts
    return [csv_value(text) if text[:1] == "\\" else text for text in texts]


def json_line(columns: Sequence[Column], row: Sequence[Plain]) -> str:
    """Return a row as one line of JSON."""
    values = {column.name: _json_value(value) for column, value in zip(columns, row, strict=True)}
    return json.dumps(values, ensure_ascii=False) + "\n"


def _json_value(value: Plain) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value


def read_value(column: Column, value: object) -> Plain:
    """Return a value as its column holds it; raises `BadValueError`.

    >>> read_value(Column("word_count", "count", may_be_null=True), "12")
    12
    """
    if value is None:
        if not column.may_be_null:
            raise BadValueError(f"no {column.name}")
        return None
    match column.kind:
        case "time":
            return _time(column.name, value)
        case "flag":
            return _flag(column.name, value)
        case "count":
            return _count(column.name, value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValueError(f"{column.name} is no text")
    text = str(value)
    if column.kind == "id" and not text:
        raise BadValueError(f"no {column.name}")
    return text


def _time(name: str, value: object) -> datetime:
    found = None if isinstance(value, bool) else parse_time(value)
    if found is None:
        raise BadValueError(f"{name} is no time")
    return found


def _flag(name: str, value: object) -> bool:
    text = str(value).casefold() if isinstance(value, bool | int | str) else ""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise BadValueError(f"{name} is neither true nor false")


def _count(name: str, value: object) -> int:
    if isinstance(value, str) and _WHOLE.match(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValueError(f"{name} is no whole number")
    if not LEAST <= value <= MOST:
        raise BadValueError(f"{name} is too large a number")
    return value


def stored_value(column: Column, value: Any) -> Plain:
    """Return a value as a database gave it, in its column's kind; None for a time that is none.

    A text that must be there and is not, in another system's database, is empty.
    """
    if value is None:
        return None if column.may_be_null or column.kind != "text" else ""
    match column.kind:
        case "time":
            return parse_time(value)
        case "flag":
            return bool(value)
        case "count":
            return int(value)
    return str(value)

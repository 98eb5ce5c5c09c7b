"""SQLite's way of saying it: times and booleans are text and numbers, Unicode needs a Python function."""

from collections.abc import Container
from datetime import UTC, datetime
from sqlite3 import sqlite_version_info
from typing import Any

from peewee import SQL, Column, Node, Value

from twin_tui.data.dialect import Dialect, expression
from twin_tui.data.times import canonical_time, naive_utc

_CANONICAL = """(typeof({0}) = 'text' AND substr({0}, 1, 19) IS datetime(substr({0}, 1, 19), '+0 days')
 AND (length({0}) = 19 OR (length({0}) = 26
 AND substr({0}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]')))"""

_EPOCH = "unixepoch({0})" if sqlite_version_info >= (3, 38) else "CAST(strftime('%s', {0}) AS INTEGER)"
_MICROS = f"""(CASE length({{0}}) WHEN 19 THEN {_EPOCH} * 1000000
 ELSE {_EPOCH.format("substr({0}, 1, 19)")} * 1000000 + CAST(substr({{0}}, 21, 6) AS INTEGER) END)"""


def casefold(value: Any) -> str | None:
    """Return a value's casefolded text, NULL for NULL: the function ``twin_casefold`` in SQL.

    It gets bytes, because the driver refuses to hand over text that is not valid UTF-8.
    """
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").casefold()
    return None if value is None else str(value).casefold()


def is_utf8(value: Any) -> bool | None:
    r"""Return whether a text's bytes are UTF-8, NULL for NULL: the function ``twin_is_utf8`` in SQL.

    >>> is_utf8(b"caf\xc3\xa9"), is_utf8(b"caf\xe9"), is_utf8(None)
    (True, False, None)
    """
    if isinstance(value, bytes):
        try:
            value.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return None if value is None else True


FUNCTIONS = {"twin_casefold": casefold, "twin_time": canonical_time, "twin_is_utf8": is_utf8}
"""Python functions every connection registers, all deterministic, one argument each."""


class SqliteDialect(Dialect):
    """SQLite; ``with_rowid`` names the tables that number their rows."""

    def __init__(self, with_rowid: Container[str] = (), encoding: str = "UTF-8") -> None:
        self._with_rowid = with_rowid
        self._as_bytes = "CAST({0} AS BLOB)" if encoding == "UTF-8" else "{0}"

    def instant(self, when: datetime) -> str:
        """Return ``YYYY-MM-DD HH:MM:SS``, with ``.ffffff`` when not whole: it sorts as stored text does."""
        return when.isoformat(" ")[:-6] if when.tzinfo is UTC else naive_utc(when).isoformat(" ")

    def micros(self, expr: Any) -> Any:
        """Return whole microseconds since 1970; the fraction is taken from the text, where there is one."""
        return expression(_MICROS, expr)

    def joined(self, expr: Any, separator: str) -> Any:
        """Return ``group_concat``."""
        return expression(f"group_concat({{0}}, '{separator}')", expr)

    def listed(self, expr: Any) -> Any:
        """Return ``json_group_array``."""
        return expression("json_group_array({0})", expr)

    def utc_hour(self, expr: Any) -> Any:
        """Return the first 13 characters."""
        return expression("substr({0}, 1, 13)", expr)

    def utc_minute(self, expr: Any) -> Any:
        """Return the first 16 characters."""
        return expression("substr({0}, 1, 16)", expr)

    def casefold(self, expr: Any) -> Any:
        """Return a call of the registered Python function."""
        return expression(f"twin_casefold({self._as_bytes})", expr)

    def is_utf8(self, expr: Any) -> Any:
        """Return a call of the registered Python function; other encodings SQLite itself keeps right."""
        return expression(f"twin_is_utf8({self._as_bytes})", expr)

    def _position(self, folded: Any, text: str) -> Any:
        return expression("(instr({0}, {1}) > 0)", folded, Value(text, converter=False))

    def insertion_order(self, model: Any) -> Node | None:
        """Return the rowid, for a model or an alias of one."""
        table = getattr(model, "model", model)._meta.table_name
        return Column(model, "rowid") if table in self._with_rowid else None

    def ordered_text(self, expr: Any) -> Any:
        """Return the text compared byte by byte, whatever the column was declared with."""
        return expression("{0} COLLATE BINARY", expr)

    def null(self, kind: str) -> Any:  # noqa: ARG002
        """Return NULL."""
        return SQL("NULL")

    def is_canonical(self, expr: Any) -> Any:
        """Return the condition that a time is spelled as we spell it."""
        return expression(_CANONICAL, expr)

    def normalised(self, expr: Any) -> Any:
        """Return a time of any spelling in ours, NULL when it is none."""
        return expression("twin_time({0})", expr)

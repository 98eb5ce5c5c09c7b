"""The few expressions that differ between databases, said once per database."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import CTE, SQL, Node, NodeList

from twin_tui.data.times import naive_utc, parse_time

_PLACE = re.compile(r"\{(\d)\}")


def expression(template: str, *nodes: Any) -> NodeList:
    """Return SQL text with ``{0}``, ``{1}`` … replaced by expressions; the text holds no user input."""
    parts = _PLACE.split(template)
    return NodeList(
        tuple(nodes[int(part)] if index % 2 else SQL(part) for index, part in enumerate(parts)), glue=""
    )


class Dialect(ABC):
    """How one database says what the others say differently.

    Expressions take and return Peewee nodes; time expressions are those of `Source.column`.
    """

    @abstractmethod
    def instant(self, when: datetime) -> Any:
        """Return an aware instant as the parameter to compare a time column with."""

    def parse_time(self, value: Any) -> datetime | None:
        """Return a selected time column's value as an aware UTC instant."""
        return parse_time(value)

    @abstractmethod
    def micros(self, expr: Any) -> Any:
        """Return a time as whole microseconds since 1970, exact."""

    @abstractmethod
    def joined(self, expr: Any, separator: str) -> Any:
        """Return the values of a group, none of them NULL, as one text.

        All that one select joins or lists of a group is in the same order, whichever.
        """

    @abstractmethod
    def listed(self, expr: Any) -> Any:
        """Return the values of a group, texts or numbers, as the text of a JSON list; see `joined`."""

    @abstractmethod
    def utc_hour(self, expr: Any) -> Any:
        """Return a time's UTC hour as text ``YYYY-MM-DD HH``."""

    @abstractmethod
    def utc_minute(self, expr: Any) -> Any:
        """Return a time's UTC minute as text ``YYYY-MM-DD HH:MM``."""

    @abstractmethod
    def casefold(self, expr: Any) -> Any:
        """Return a text as `str.casefold` gives it, for all of Unicode."""

    def is_utf8(self, expr: Any) -> Any | None:  # noqa: ARG002
        """Return the condition that a stored text is valid UTF-8; ``None`` where nothing else gets in."""
        return None

    @abstractmethod
    def _position(self, folded: Any, text: str) -> Any:
        """Return the condition that ``folded`` holds ``text``, taken literally."""

    def contains(self, expr: Any, text: str) -> Any:
        """Return the condition that a text holds ``text``, in any case; no character is a wildcard."""
        wanted = text.casefold()
        if not _is_storable(wanted):
            return SQL("1 = 0")
        return self._position(self.casefold(expr), wanted)

    def spans(self, name: str, spans: Sequence[tuple[int, datetime, datetime]]) -> CTE:
        """Return a table ``name`` with the columns key, lo and hi: one half-open span of time per row.

        Give it to ``with_cte`` and join rows ON ``t >= lo AND t < hi``; thousands of spans are no burden,
        and no parameter is spent on them.
        """
        rows = ", ".join(
            f"({key:d}, {self._time_literal(start)}, {self._time_literal(end)})" for key, start, end in spans
        )
        none = f"SELECT 0, {self._time_literal(datetime.min)}, {self._time_literal(datetime.min)} WHERE 1 = 0"  # noqa: DTZ901
        body: Any = SQL(f"VALUES {rows}" if rows else none)
        return CTE(name, body, columns=("key", "lo", "hi"))

    def _time_literal(self, when: datetime) -> str:
        return f"'{naive_utc(when).isoformat(' ')}'"

    @abstractmethod
    def insertion_order(self, model: Any) -> Node | None:
        """Return what orders rows as they were inserted; ``None`` where the database does not know it."""

    @abstractmethod
    def ordered_text(self, expr: Any) -> Any:
        """Return a text so that ORDER BY compares code points."""

    @abstractmethod
    def null(self, kind: str) -> Any:
        """Return NULL in place of a missing column of that kind (text, time, flag, count)."""


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text

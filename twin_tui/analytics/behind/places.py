"""Where conversations behind a number stand: enough to cut a page from them and to fetch what it shows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from peewee import SQL, Select, fn

from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context


class Place(NamedTuple):
    """One conversation."""

    session_id: str
    moment: Any
    """What dates it, as the database gives it: a time column's value, or an aware instant."""
    event_id: str | None = None
    """What to open it at; ``None``: its beginning."""
    reason: str = ""


class Places(ABC):
    """The conversations of a number, newest first, each once."""

    total: int

    @abstractmethod
    def part(self, first: int, count: int) -> list[Place]:
        """Return up to ``count`` of them from position ``first``."""


class Listed(Places):
    """Those at hand; what is costly to know of each is asked of one page only."""

    def __init__(
        self, places: Sequence[Place], complete: Callable[[list[Place]], list[Place]] = lambda part: part
    ) -> None:
        """``complete`` returns the places of a page with their events and reasons."""
        self._places, self._complete = places, complete
        self.total = len(places)

    def part(self, first: int, count: int) -> list[Place]:
        """Return a page of them, completed."""
        return self._complete(list(self._places[first : first + count]))


class Selected(Places):
    """Those of a select of (session's id, its moment), counted and cut by the database."""

    def __init__(self, context: Context, select: Select, reason: str = "") -> None:
        """``select`` names its columns ``thread`` and ``moment`` and holds a conversation once."""
        self._context, self._reason = context, reason
        self._table = select.alias("behind")
        ((count,),) = context.rows(Select([self._table], [fn.COUNT(SQL("*"))]))
        self.total = int(count)

    def part(self, first: int, count: int) -> list[Place]:
        """Return a page of them."""
        table, dialect = self._table, self._context.source.dialect
        order = (table.c.moment.desc(), dialect.ordered_text(table.c.thread).desc())
        select = Select([table], [table.c.thread, table.c.moment]).order_by(*order)
        rows = self._context.rows(select.limit(count).offset(first))
        return [Place(words(thread), moment, None, self._reason) for thread, moment in rows]

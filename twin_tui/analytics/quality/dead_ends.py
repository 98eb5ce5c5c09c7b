"""Dead ends: conversations that end without a reply, or on a query that found nothing, or that ask twice.

A conversation belongs to the window it starts in, whole, also past the window's end; rows at or after now
are not there yet. Of one instant, messages are in the conversation's order.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from peewee import SQL, Case, Select, Value, fn
from peewee import Window as Over

from twin_tui.analytics.answers import Window
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.scope import Scope
from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.dead_ends import EMPTY, REPEATED, UNANSWERED
from twin_tui.rollups.empty_queries import BLANKS

_FAR = 1 << 62


class DeadEnd(NamedTuple):
    """A conversation that led nowhere."""

    session_id: str
    started_us: int
    """Microseconds since 1970."""
    twin_id: str
    reasons: int
    """Which of the reasons' bits hold."""


def dead_ends(context: Context, filters: Filters, window: Window) -> list[DeadEnd]:
    """Return the dead ends among the conversations started in a window, in no order; six statements."""
    reader = _Reader(context, context.scope(filters), window)
    return reader.read()


class _Reader:
    def __init__(self, context: Context, scope: Scope, window: Window) -> None:
        self.context, self.scope, self.window = context, scope, window
        self.column, self.dialect = context.source.column, context.source.dialect
        self.reasons: Counter[tuple[str, int, str]] = Counter()

    def read(self) -> list[DeadEnd]:
        """Return every conversation with a reason."""
        for reason, found in (
            (UNANSWERED, self._unanswered()),
            (EMPTY, self._empty()),
            (REPEATED, self._repeated()),
        ):
            for key in found:
                self.reasons[key] += reason
        return [DeadEnd(*key, reasons) for key, reasons in self.reasons.items()]

    def _unanswered(self) -> Iterable[tuple[str, int, str]]:
        """Yield the conversations whose last message, of person and twin, is the person's."""
        sender = self.column(Message.sender_type)
        order = in_order(self.context)
        turns = (
            self._begun(
                self.scope.messages(
                    *self._who(), sender.alias("sender"), fn.LEAD(sender).over(order).alias("next_sender")
                ),
                Message,
            )
            .where(sender.in_(["user", "twin"]))
            .window(order)
            .alias("turns")
        )
        last = (turns.c.sender == "user") & turns.c.next_sender.is_null()
        return self._keys(Select([turns], [turns.c.thread, turns.c.started, turns.c.with_twin]).where(last))

    def _empty(self) -> Iterable[tuple[str, int, str]]:
        """Yield those whose last query found nothing, with nothing after it but the twin's words."""
        results = self.column(Query.results_count)
        moment = self.dialect.micros(self.column(Query.created_at))
        is_empty = fn.COALESCE(results, Value(1)) == 0
        rows = self.context.rows(
            self._begun(
                self.scope.queries(
                    *self._who(),
                    fn.MAX(Case(None, [(is_empty, moment)])),
                    fn.MAX(Case(None, [(is_empty, None)], moment)),
                ),
                Query,
            )
            .group_by(SQL("thread"), SQL("started"), SQL("with_twin"))
            .having(fn.MAX(Case(None, [(is_empty, moment)])).is_null(False))
        )
        last = {
            (words(thread), int(started), words(twin)): int(empty)
            for thread, started, twin, empty, other in rows
            if other is None or other < empty
        }
        after = self._latest({thread for thread, _, _ in last})
        return [key for key, empty in last.items() if after.get(key[0], -_FAR) <= empty]

    def _latest(self, threads: Collection[str]) -> dict[str, int]:
        """Return when the person last wrote, or a document was last made, in some conversations."""
        latest: dict[str, int] = {}
        if not threads:
            return latest
        these = BaseRows(self.context.source).these(threads)
        written = self.column(Message.sender_type) == "user"
        for model, made, more in (
            (Message, Message.created_at, (written,)),
            (Document, Document.created_at, ()),
        ):
            thread = self.column(getattr(model, "session"))  # noqa: B009 - as the models declare it
            moment = fn.MAX(self.dialect.micros(self.column(made)))
            select = model.select(thread, moment).where(
                these(thread), self.scope.within(made, None, self.context.now), *more
            )
            for key, us in self.context.rows(select.group_by(thread)):
                latest[words(key)] = max(latest.get(words(key), -_FAR), int(us))
        return latest

    def _repeated(self) -> Iterable[tuple[str, int, str]]:
        """Yield those in which the person sent one text twice."""
        text = asked(self.context)
        twice = (
            self._begun(self.scope.messages(*self._who()), Message)
            .where((self.column(Message.sender_type) == "user") & is_said(text))
            .group_by(SQL("thread"), SQL("started"), SQL("with_twin"), text)
            .having(fn.COUNT(SQL("*")) > 1)
        )
        return set(self._keys(twice))

    def _who(self) -> tuple[Any, ...]:
        return (
            self.column(Session.id).alias("thread"),
            self.dialect.micros(self.column(Session.started_at)).alias("started"),
            self.column(Session.twin).alias("with_twin"),
        )

    def _begun(self, select: Any, model: Any) -> Any:
        """Return the select of what is there by now in the conversations that the window began."""
        return select.where(
            self.scope.in_window(Session.started_at, self.window),
            self.scope.within(model.created_at, None, self.context.now),
        )

    def _keys(self, select: Any) -> list[tuple[str, int, str]]:
        rows = self.context.rows(select)
        return [(words(thread), int(started), words(twin)) for thread, started, twin in rows]


def conversation_order(context: Context) -> list[Any]:
    """Return what orders messages as in their conversation."""
    place = context.source.dialect.insertion_order(Message)
    if place is None:
        place = context.source.dialect.ordered_text(context.source.column(Message.id))
    return [context.source.column(Message.created_at), place]


def in_order(context: Context) -> Over:
    """Return the window over messages in the order of their conversation."""
    return Over(partition_by=[Message.session], order_by=conversation_order(context), alias="in_order")


def asked(context: Context) -> Any:
    """Return the expression of a message's text as one is told from another: casefolded, without blanks."""
    return context.source.dialect.casefold(
        fn.TRIM(fn.COALESCE(context.source.column(Message.content), ""), BLANKS)
    )


def is_said(text: Any) -> Any:
    """Return the condition that `asked` is more than blanks."""
    return text != Value("", converter=False)

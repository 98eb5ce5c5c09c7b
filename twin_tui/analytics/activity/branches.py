"""The selects that the feed's lines come from: one branch per kind, filtered, searched and dated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any

from peewee import SQL, Expression, ModelSelect, Tuple, Value, fn

from twin_tui.analytics.activity.search import sought
from twin_tui.analytics.answers import ActivityKind, ActivityRequest, Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.rollups.search.items import is_one_of

KINDS: tuple[ActivityKind, ...] = ("conversation", "document", "query")
"""By place: of two lines of one instant the one further right here is shown first."""
COLUMNS = ("moment", "place", "event", "thread")
"""What every branch selects: time, place of its kind, the event's id, its session's id."""

KINDS_OF: dict[str, tuple[ActivityKind, ...]] = {
    "conversation": ("conversation",),
    "shared": ("conversation",),
    "document": ("document",),
    "query": ("query",),
    "all": KINDS,
}
"""The kinds of lines of a feed's type."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The lines of one kind: a select of `COLUMNS`, and what orders it."""

    select: ModelSelect
    moment: Any
    place: Any
    event: Any
    """Ordered by code point."""
    is_grouped: bool = False
    """Whether ``moment`` is an aggregate."""

    def newest_first(self) -> ModelSelect:
        """Return the select in the feed's order."""
        return self.select.order_by(self.moment.desc(), self.event.desc())

    def beyond(self, here: Any, *, newer: bool) -> ModelSelect:
        """Return the lines newer, or older, than a place in the order: a row of time, place and id."""
        mine = Tuple(self.moment, self.place, self.event)
        condition = mine > here if newer else mine < here
        return self.select.having(condition) if self.is_grouped else self.select.where(condition)


def check(request: ActivityRequest) -> None:
    """Raise `BadFilterError` for a type or dating that does not exist."""
    if request.type not in KINDS_OF or request.dated not in ("started", "active"):
        raise BadFilterError(f"There is no feed of type {request.type!r} dated {request.dated!r}.")


class Branches:
    """What one type, its switches, the search and the filters let through."""

    def __init__(
        self, context: Context, filters: Filters, request: ActivityRequest, left_out: Sequence[str] = ()
    ) -> None:
        """Without the sessions ``left_out``; raises `BadFilterError` for a type or dating there is not."""
        check(request)
        self.kinds = KINDS_OF[request.type]
        self.window = context.window(filters.period)
        self._context, self._request, self._left_out = context, request, left_out
        self._scope = context.scope(filters)
        self._dialect = context.source.dialect

    def within(self, span: Window, narrowed: Expression | None = None) -> list[Branch]:
        """Return the branches of a stretch of time inside the window; ``narrowed`` asks more of it."""
        makers = {"conversation": self._conversations, "document": self._documents, "query": self._queries}
        return [makers[kind](span, narrowed) for kind in self.kinds]

    def _conversations(self, span: Window, narrowed: Expression | None) -> Branch:
        column, scope = self._context.source.column, self._scope
        event, begun = column(Session.id), column(Session.started_at)
        if self._request.dated == "active":
            return self._active(span, narrowed)
        select = scope.sessions(*self._named(begun, "conversation", event, event))
        select = self._asked(select, Session.started_at, span, narrowed)
        return self._branch(select, "conversation", begun, event)

    def _active(self, span: Window, narrowed: Expression | None) -> Branch:
        """Sessions by their last message in the window, which must lie in ``span``."""
        scope = self._scope
        event = self._context.source.column(Message.session)
        last = fn.MAX(self._context.source.column(Message.created_at))
        select = scope.messages(*self._named(last, "conversation", event, event))
        begun = scope.within(Session.started_at, None, self._context.now)
        heard = replace(self.window, start=span.start)
        select = self._asked(select, Message.created_at, heard, narrowed).where(begun)
        select = select.group_by(Message.session).having(last < self._dialect.instant(span.end))
        return self._branch(select, "conversation", last, event, is_grouped=True)

    def _documents(self, span: Window, narrowed: Expression | None) -> Branch:
        column, scope = self._context.source.column, self._scope
        moment, event = column(Document.created_at), column(Document.id)
        select = scope.documents(*self._named(moment, "document", event, column(Document.session)))
        select = self._asked(select, Document.created_at, span, narrowed)
        return self._branch(select, "document", moment, event)

    def _queries(self, span: Window, narrowed: Expression | None) -> Branch:
        column, scope = self._context.source.column, self._scope
        moment, event = column(Query.created_at), column(Query.id)
        select = scope.queries(*self._named(moment, "query", event, column(Query.session)))
        select = self._asked(select, Query.created_at, span, narrowed)
        return self._branch(select, "query", moment, event)

    def _branch(
        self, select: ModelSelect, kind: ActivityKind, moment: Any, event: Any, *, is_grouped: bool = False
    ) -> Branch:
        return Branch(select, moment, _place(kind), self._dialect.ordered_text(event), is_grouped)

    def _named(self, moment: Any, kind: ActivityKind, event: Any, thread: Any) -> tuple[Any, ...]:
        return (
            moment.alias("moment"),
            _place(kind).alias("place"),
            event.alias("event"),
            thread.alias("thread"),
        )

    def _asked(
        self, select: ModelSelect, dated: Any, span: Window, narrowed: Expression | None
    ) -> ModelSelect:
        """Return the select of rows whose time ``dated`` lies in ``span``, with everything the feed asks."""
        request = self._request
        conditions: list[Any] = [self._scope.in_window(dated, span)]
        if narrowed is not None:
            conditions.append(narrowed)
        if request.type == "shared":
            conditions.append(self._scope.is_shared() == Value(True))
        if request.has_documents:
            conditions.append(self._has(Document, dated, span))
        if request.has_queries:
            conditions.append(self._has(Query, dated, span))
        if self._left_out:
            source = self._context.source
            conditions.append(~is_one_of(source, source.column(Session.id), self._left_out))
        in_documents = dated.model is Document
        search = sought(self._context.source, request.search, in_documents=in_documents)
        if search is not None:
            conditions.append(search)
        return select.where(reduce(and_, conditions))

    def _has(self, model: Any, dated: Any, span: Window) -> Expression:
        """A session with at least one visible document or query, whenever made.

        Asked of the sessions dated in ``span`` only, so that a short period reads little.
        """
        made, column, instant = model.alias("made"), self._context.source.column, self._dialect.instant
        select = made.select(made.session)
        condition = column(model.created_at, made) < instant(self._context.now)
        if span.start is not None:
            row = dated.model.alias("dated")
            moment = column(dated, row)
            select = select.join(
                row, on=(made.session == (row.id if dated.model is Session else row.session))
            )
            condition &= (moment >= instant(span.start)) & (moment < instant(span.end))
        found: Expression = Session.id.in_(select.where(condition))
        return found


def _place(kind: ActivityKind) -> SQL:
    return SQL(str(KINDS.index(kind)))

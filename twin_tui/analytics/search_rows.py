"""Rows that are searched: read through the filters, whatever led to them, and compared with the terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from twin_tui.analytics.answers import Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup_columns import words
from twin_tui.data.models import Message
from twin_tui.rollups.search_items import DATED, FIELDS, Key, is_one_of, joined, key_of
from twin_tui.rollups.search_tables import DOCUMENT, KIND_MODELS, MESSAGE, QUERY, SESSION, TWIN, USER
from twin_tui.text.search_terms import Terms

TEXTS = (MESSAGE, DOCUMENT, QUERY)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds what is sought, in the order of a search: time, kind, id."""

    at_us: int
    """0 for people and twins."""
    kind: int
    id: str
    session_id: str
    parts: tuple[str, ...]
    """The searched columns: content; title and content; query; title and topic; name and e-mail; name."""
    sender: str

    @property
    def place(self) -> tuple[int, int, str]:
        """What orders rows, the newest being the greatest."""
        return self.at_us, self.kind, self.id


@dataclass(frozen=True, slots=True)
class Last:
    """Where reading stopped."""

    at_us: int
    moment: Any
    """The same time as the database gives it."""
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What reading some rows brought."""

    rows: list[Row]
    """Those that hold all terms."""
    read: int
    """How many were looked at."""
    last: Last | None
    """The last of those; ``None`` without any."""


class Rows:
    """The rows of one search: what filters, period and clock let through."""

    def __init__(self, context: Context, filters: Filters, terms: Terms) -> None:
        self.context = context
        self.filters = filters
        self.terms = terms
        self.window: Window = context.window(filters.period)
        self._scope = context.scope(filters)

    def select(self, kind: int, *conditions: Any) -> Any:
        """Return the select of a kind's rows, let through and dated as asked."""
        model: Any = KIND_MODELS[kind]
        source, scope = self.context.source, self._scope
        column = source.column
        dated = DATED.get(kind)
        columns = [
            column(model.id),
            column(model.session) if kind in TEXTS else column(model.id),
            source.dialect.null("time") if dated is None else column(dated),
            source.dialect.null("count") if dated is None else source.dialect.micros(column(dated)),
            column(Message.sender_type) if kind == MESSAGE else source.dialect.null("text"),
            *(column(field) for field in FIELDS[kind]),
        ]
        select = {
            MESSAGE: scope.messages,
            DOCUMENT: scope.documents,
            QUERY: scope.queries,
            SESSION: scope.sessions,
            USER: scope.users,
            TWIN: scope.twins,
        }[kind](*columns)
        asked = [*conditions, *([] if dated is None else [scope.in_window(dated, self.window)])]
        return select.where(reduce(and_, asked)) if asked else select

    def read(self, select: Any, kind: int) -> "Found":
        """Return the rows of a select of `select` that hold all terms."""
        read = self.context.rows(select)
        holding = [
            Row(
                int(at_us or 0),
                kind,
                words(key),
                words(session) if kind <= SESSION else "",
                tuple(map(words, parts)),
                words(sender),
            )
            for key, session, _, at_us, sender, *parts in read
            if self.terms.are_in(joined(parts))
        ]
        if not read:
            return Found(holding, 0, None)
        key, _, moment, at_us, *_ = read[-1]
        return Found(holding, len(read), Last(int(at_us or 0), moment, words(key)))

    def named(self, places: Sequence[tuple[int, Key, str]]) -> list[Row]:
        """Return the rows at places of the index that are let through and hold all terms.

        One statement for each kind among them.
        """
        source, found = self.context.source, []
        for kind in sorted({place[0] for place in places}):
            model: Any = KIND_MODELS[kind]
            keys = [key for other, key, _ in places if other == kind]
            asked = [is_one_of(source, key_of(source, model), keys)]
            sessions = sorted({session for other, _, session in places if other == kind and session})
            if kind in TEXTS and sessions:
                asked.append(is_one_of(source, source.column(model.session), sessions))
            found += self.read(self.select(kind, *asked), kind).rows
        return found

    def micros(self, when: datetime | None, otherwise: int) -> int:
        """Return an instant in microseconds since 1970."""
        if when is None:
            return otherwise
        whole = int(when.replace(microsecond=0).timestamp())
        return whole * 1_000_000 + when.microsecond

"""Rows that are searched: read through the filters, whatever led to them, and compared with the terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

from twin_tui.analytics.answers import Window
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters, Period
from twin_tui.data.models import Message
from twin_tui.rollups.base_rows import Listed
from twin_tui.rollups.search.items import DATED, FIELDS, Key, joined, key_of
from twin_tui.rollups.search.tables import DOCUMENT, KIND_MODELS, MESSAGE, QUERY, SESSION, TWIN, USER
from twin_tui.text.search_snippets import Span, hits_held
from twin_tui.text.search_terms import Terms

TEXTS = (MESSAGE, DOCUMENT, QUERY)


class Row(NamedTuple):
    """One row that holds what is sought, in the order of a search: time, kind, id."""

    at_us: int
    """0 for people and twins."""
    kind: int
    id: str
    session_id: str
    parts: tuple[str, ...]
    """The searched columns: content; title and content; query; title and topic; name and e-mail; name."""
    sender: str
    hits: Sequence[Span] | None
    """Where they stand in the last of the parts, ``None`` where that is not known."""

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
        dated = DATED.get(kind)
        within = () if dated is None else (self._scope.in_window(dated, self.window),)
        return _where(self._columns(kind), (*conditions, *within))

    def read(self, select: Any, kind: int) -> Found:
        """Return the rows of a select of `select` that hold all terms."""
        read = self.context.rows(select)
        if not read:
            return Found([], 0, None)
        key, _, moment, at_us, *_ = read[-1]
        return Found(self._holding(read, kind), len(read), Last(int(at_us or 0), moment, words(key)))

    def named(self, places: Sequence[tuple[int, Key, str]]) -> list[Row]:
        """Return the rows at places of the index that are let through and hold all terms.

        One statement for each kind among them, built once.
        """
        found: list[Row] = []
        for kind in sorted({place[0] for place in places}):
            keys = [key for other, key, _ in places if other == kind]
            sessions = sorted({session for other, _, session in places if other == kind and session})
            found += self._holding(self._at(kind, keys, sessions if kind in TEXTS else []), kind)
        return found

    def _at(self, kind: int, keys: Sequence[Key], sessions: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return the rows with these keys, of these sessions where they are known."""
        source, window = self.context.source, self.window
        model: Any = KIND_MODELS[kind]
        chosen = [(key_of(source, model), Listed(keys, is_sqlite=source.is_sqlite))]
        if sessions:
            chosen.append((source.column(model.session), Listed(sessions, is_sqlite=source.is_sqlite)))
        dated, values = DATED.get(kind), [listed.value for _, listed in chosen]
        instants = (
            () if dated is None else (window.end,) if window.start is None else (window.end, window.start)
        )
        values += map(source.dialect.instant, instants)

        def build(*nodes: Any) -> Any:
            asked = [listed.of(column, node) for (column, listed), node in zip(chosen, nodes, strict=False)]
            if dated is not None:
                moment, end, *start = source.column(dated), *nodes[len(chosen) :]
                asked += [moment < end, *(moment >= each for each in start)]
            return _where(self._columns(kind), asked)

        shape = replace(self.filters, period=Period())
        return self.context.again(f"search {kind} {len(chosen)} {len(values)} {shape}", build, *values)

    def _columns(self, kind: int) -> Any:
        """Return the select of everything that is read of a kind's rows."""
        model: Any = KIND_MODELS[kind]
        source, scope = self.context.source, self._scope
        column, dated = source.column, DATED.get(kind)
        columns = [
            column(model.id),
            column(model.session) if kind in TEXTS else column(model.id),
            source.dialect.null("time") if dated is None else column(dated),
            source.dialect.null("count") if dated is None else source.dialect.micros(column(dated)),
            column(Message.sender_type) if kind == MESSAGE else source.dialect.null("text"),
            *(column(field) for field in FIELDS[kind]),
        ]
        return {
            MESSAGE: scope.messages,
            DOCUMENT: scope.documents,
            QUERY: scope.queries,
            SESSION: scope.sessions,
            USER: scope.users,
            TWIN: scope.twins,
        }[kind](*columns)

    def _holding(self, read: Sequence[tuple[Any, ...]], kind: int) -> list[Row]:
        """Return those of the rows read that hold all terms."""
        found = []
        for key, session, _, at_us, sender, *stored in read:
            parts = tuple([words(part) for part in stored])
            is_held, hits = hits_held(joined(stored), parts[-1], self.terms)
            if is_held:
                in_session = words(session) if kind <= SESSION else ""
                found.append(Row(int(at_us or 0), kind, words(key), in_session, parts, words(sender), hits))
        return found

    def micros(self, when: datetime | None, otherwise: int) -> int:
        """Return an instant in microseconds since 1970."""
        if when is None:
            return otherwise
        whole = int(when.replace(microsecond=0).timestamp())
        return whole * 1_000_000 + when.microsecond


def _where(select: Any, conditions: Sequence[Any]) -> Any:
    return select.where(reduce(and_, conditions)) if conditions else select

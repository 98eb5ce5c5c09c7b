"""From an id, or its first characters, to a session and maybe one of its events."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import SQL
from peewee import Select as Rows

from twin_tui.analytics.columns import (
    brief,
    is_storable,
    is_visible,
    people,
    people_columns,
    with_people,
    words,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import AmbiguousError, NotFoundError
from twin_tui.analytics.lookup.names import MOST_CANDIDATES, candidates
from twin_tui.analytics.windows import local_day
from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.rollups.base_rows import Listed
from twin_tui.rollups.search.begun import events_begun
from twin_tui.text.permalinks import read_link
from twin_tui.text.safe_text import safe_line

SHORTEST_PREFIX = 4
"""Characters that the beginning of an id needs."""
SHORTEST_TYPED = 6
"""Characters from which on a word of a search is tried as the beginning of an id."""

_MAY_BE_ID = re.compile(r"[0-9:_-]|^[a-fA-F]+$")
"""What the beginning of an id has and a word has not: to look for one takes long on some servers."""
_LAST = "\U0010ffff"
Event = tuple[str, str, str]
"""Kind, id, session id."""
_EVENTS: tuple[tuple[str, Any], ...] = (("message", Message), ("document", Document), ("query", Query))


def find_session(context: Context, text: str) -> tuple[str, str | None]:
    """Return session id and, when ``text`` names one of its events, that event's id; at most four statements.

    Where PostgreSQL's search index is asked for a beginning there are some more, short ones. Sessions come
    before events and whole ids before beginnings of at least four characters; an id typed in capitals will
    do. Raises `NotFoundError`, `AmbiguousError`.
    """
    wanted = text.strip()
    asked = safe_line(wanted, 60)
    if wanted and is_storable(wanted):
        spellings = _spellings(wanted)
        found = _named(context, spellings)
        if found is None and len(wanted) >= SHORTEST_PREFIX:
            found = _begun(context, spellings, asked)
        if found is not None:
            return found
    hint = (
        f" The beginning of an id needs at least {SHORTEST_PREFIX} characters."
        if len(wanted) < SHORTEST_PREFIX
        else ""
    )
    raise NotFoundError(f"No session, message, document or query has the id {asked!r}.{hint}")


def places_named(context: Context, text: str) -> list[tuple[str, str | None]]:
    """Return sessions, and an entry where one is meant, that an id or a permalink as typed may name.

    A whole id names one place; else every session whose id begins so, from six characters on, unless they are
    the letters of a word. One word only. Two statements, and eleven places.
    """
    link = read_link(text)
    wanted, entry = link or (text.strip(), None)
    if not is_storable(wanted) or (link is None and any(map(str.isspace, wanted))) or not wanted:
        return []
    spellings = _spellings(wanted)
    if len(wanted) < SHORTEST_TYPED or not _MAY_BE_ID.search(wanted):
        return [(key, entry or event) for key, event in _whole(context, spellings)]
    begun = [words(row[0]) for row in _sessions(context, _Named(spellings, is_beginning=True))]
    same = [spelling for spelling in spellings if spelling in begun]
    if begun:
        return [(key, entry) for key in (same[:1] or begun)]
    return _of_event(context, spellings)


def _spellings(wanted: str) -> list[str]:
    return sorted({wanted, wanted.lower()}, key=lambda spelling: spelling != wanted)


def _named(context: Context, spellings: list[str]) -> tuple[str, str | None] | None:
    places = _whole(context, spellings)
    if len(places) > 1:
        (_, event), asked = places[0], safe_line(str(places[0][1]), 60)
        raise AmbiguousError(
            f"Several sessions hold an event {asked!r}.",
            candidates(f"{event} in session {thread}" for thread, _ in places),
        )
    return places[0] if places else None


def _whole(context: Context, spellings: list[str]) -> list[tuple[str, str | None]]:
    """Return the session with one of these ids; else every session that holds an event of one."""
    sessions = {words(row[0]) for row in _sessions(context, _Named(spellings, is_beginning=False))}
    for spelling in spellings:
        if spelling in sessions:
            return [(spelling, None)]
    return _of_event(context, spellings)


def _of_event(context: Context, spellings: list[str]) -> list[tuple[str, str | None]]:
    """Return every session that holds an event with the first of these ids that there is, and the id."""
    events = _events(context, _Named(spellings, is_beginning=False))
    for spelling in spellings:
        threads = dict.fromkeys(thread for _, key, thread in events if key == spelling)
        if threads:
            return [(thread, spelling) for thread in threads]
    return []


class _Named(NamedTuple):
    """The condition that a key is one of some spellings, or begins with one."""

    spellings: list[str]
    is_beginning: bool

    @property
    def shape(self) -> str:
        """What statements with such a condition have in common."""
        return f"{'begin with' if self.is_beginning else 'are'} {len(self.spellings)}"

    @property
    def values(self) -> list[str]:
        """What keys are compared with."""
        return [*self.spellings, *(one + _LAST for one in self.spellings if self.is_beginning)]

    def of(self, context: Context, key: Any, nodes: Sequence[Any]) -> Any:
        """Return the condition, with a node for each of `values`."""
        if not self.is_beginning:
            return key.in_(nodes)
        ordered, count = context.source.dialect.ordered_text(key), len(self.spellings)
        spans = ((ordered >= nodes[at]) & (ordered < nodes[count + at]) for at in range(count))
        return reduce(or_, spans)


def _begun(context: Context, spellings: list[str], asked: str) -> tuple[str, str | None] | None:
    begins = _Named(spellings, is_beginning=True)
    sessions = _sessions(context, begins)
    if len(sessions) == 1:
        return words(sessions[0][0]), None
    if sessions:
        lines = candidates(_session_line(context, row) for row in sessions)
        raise AmbiguousError(f"{_several(len(sessions))} sessions begin with {asked!r}.", lines)
    events = _events_begun(context, begins)
    if len(events) > 1:
        raise AmbiguousError(f"{_several(len(events))} events begin with {asked!r}.", _lines(events))
    return (events[0][2], events[0][1]) if events else None


def _several(count: int) -> str:
    return f"More than {MOST_CANDIDATES}" if count > MOST_CANDIDATES else str(count)


def _sessions(context: Context, named: _Named) -> list[tuple[Any, ...]]:
    source = context.source
    key = source.column(Session.id)

    def build(now: Any, *nodes: Any) -> Any:
        columns = (key, source.column(Session.started_at), brief(source.column(Session.title)))
        select = with_people(Session.select(*columns, *people_columns(source)))
        wanted = named.of(context, key, nodes) & is_visible(context, Session.started_at, now)
        return select.where(wanted).order_by(source.dialect.ordered_text(key)).limit(MOST_CANDIDATES + 1)

    now = source.dialect.instant(context.now)
    return context.again(f"sessions that {named.shape}", build, now, *named.values)


def _events_begun(context: Context, begins: _Named) -> list[Event]:
    """Return the first visible events that begin so, by an index where there is one."""
    found = events_begun(context.source, begins.spellings)
    if found is not None:
        listed = Listed(found.ids, is_sqlite=context.source.is_sqlite)
        events = _events_at(context, "listed", lambda key, nodes: listed.of(key, nodes[0]), [listed.value])
        of_kind = Counter(kind for kind, _, _ in events)
        if found.are_all or all(of_kind[kind] > MOST_CANDIDATES for kind, _ in _EVENTS):
            return events
    return _events(context, begins)


def _events(context: Context, named: _Named) -> list[Event]:
    return _events_at(context, named.shape, lambda key, nodes: named.of(context, key, nodes), named.values)


def _events_at(
    context: Context, shape: str, named: Callable[[Any, Sequence[Any]], Any], values: Sequence[Any]
) -> list[Event]:
    """Return the first visible events; their session is not known beforehand.

    ``shape`` is what statements have in common that differ in ``values`` alone.
    """

    def build(now: Any, *nodes: Any) -> Any:
        messages, documents, queries = (
            _events_of(context, kind, model, now, lambda key: named(key, nodes)) for kind, model in _EVENTS
        )
        return messages.union_all(documents).union_all(queries)

    now = context.source.dialect.instant(context.now)
    rows = context.again(f"events that are {shape}", build, now, *values)
    return [(words(kind), words(event), words(thread)) for kind, event, thread in rows]


def _events_of(context: Context, kind: str, model: Any, now: Any, named: Callable[[Any], Any]) -> Any:
    column = context.source.column
    key = column(model.id)
    part = (
        model.select(
            SQL(f"'{kind}'").alias("kind"), key.alias("event"), column(model.session).alias("thread")
        )
        .join(Session, on=(model.session == Session.id))
        .where(
            named(key)
            & is_visible(context, model.created_at, now)
            & is_visible(context, Session.started_at, now)
        )
        .order_by(context.source.dialect.ordered_text(key))
        .limit(MOST_CANDIDATES + 1)
        .alias(f"of_{kind}")
    )
    return Rows([part], [part.c.kind, part.c.event, part.c.thread])


def _session_line(context: Context, row: tuple[Any, ...]) -> str:
    key, started, title, *who = row
    user, _ = people(who)
    moment = context.source.dialect.parse_time(started)
    day = "" if moment is None else local_day(moment, context.zone).isoformat()
    return " · ".join(filter(None, (words(key), day, user.name or user.email, words(title))))


def _lines(events: list[Event]) -> tuple[str, ...]:
    return candidates(f"{event} · {kind} in session {thread}" for kind, event, thread in events)

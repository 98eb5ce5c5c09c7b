"""Reads the rows that derived ones are made from: sessions with all that is dated in them, users, twins.

Columns are named by `Source.column` only, so other systems' spellings, types and missing columns are read
right.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import lt
from typing import Any, NamedTuple

from peewee import SQL, Case, Value, fn

from twin_tui.data.dialect import expression
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.data.prepared import again
from twin_tui.data.source import Source
from twin_tui.rollups.empty_queries import BLANKS, folded, text_key
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.session_facts import Events, Sent
from twin_tui.rollups.turns import OTHER, TWIN, USER

LINE_LIMIT = 500
"""Characters of a name, title or query that travel for one line; longer ones are cut in the database."""
Choice = Callable[[Any], Any]
"""From a column that holds ids to the condition that they are of those wanted."""


class Listed:
    """The choice of a list of ids or row numbers, however long."""

    def __init__(self, ids: Iterable[str | int], *, is_sqlite: bool) -> None:
        self.value: Any = json.dumps(list(ids)) if is_sqlite else list(ids)
        """What the condition compares with."""
        self._text = "{0} IN (SELECT value FROM json_each({1}))" if is_sqlite else "{0} = ANY({1})"

    def __call__(self, column: Any) -> Any:
        """Return the condition that a column holds one of them."""
        return self.of(column, Value(self.value, converter=False, unpack=False))

    def of(self, column: Any, value: Any) -> Any:
        """Return the condition with a node for `value`."""
        return expression(self._text, column, value)


class SessionBase(NamedTuple):
    """A session as it is stored."""

    session_id: str
    started_us: int | None
    user_id: str
    twin_id: str
    platform: str
    shared: int
    topic: str
    """Its first `LINE_LIMIT` characters, "" for none."""


class UserBase(NamedTuple):
    """A user as stored, "" for what is not known."""

    user_id: str
    company: str
    department: str
    created_us: int | None


class TwinBase(NamedTuple):
    """A twin as stored."""

    twin_id: str
    owner_id: str | None
    created_us: int | None
    is_shared: int


class Stored(NamedTuple):
    """Sessions with all that is dated in them."""

    sessions: list[SessionBase]
    events: dict[str, Events]
    """By session id; those without anything are left out."""


class BaseRows:
    """The six tables of one database; everything raises `DatabaseError`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.column, self.dialect = source.column, source.dialect
        self.mark: str = source.db.param
        """What stands for a parameter in SQL that is part of a select."""

    def these(self, ids: Iterable[str]) -> Listed:
        """Return the choice of a list of ids, however long."""
        return Listed(ids, is_sqlite=self.source.is_sqlite)

    def between(self, after: str | None, last: str) -> Choice:
        """Return the choice of the ids past ``after`` up to ``last``, in the database's order of text."""
        if after is None:
            return lambda column: column <= last
        return lambda column: (column > after) & (column <= last)

    def next_ids(self, model: Any, after: str | None, count: int) -> list[str]:
        """Return that many ids past ``after``, in the database's order; the first ones without it."""
        key = self.column(model.id)
        select = model.select(key).order_by(key).limit(count)
        return [text for (text,) in self.source.rows(select if after is None else select.where(key > after))]

    def count(self, model: Any) -> int:
        """Return how many rows a table has."""
        ((count,),) = self.source.rows(model.select(fn.COUNT(SQL("*"))))
        return int(count)

    def sessions(self, chosen: Choice, *order: Any, limit: int | None = None) -> list[SessionBase]:
        """Return the sessions chosen, up to ``limit`` in the order asked for."""
        column = self.column
        rows = self.source.rows(
            Session.select(
                column(Session.id),
                self.dialect.micros(column(Session.started_at)),
                fn.COALESCE(column(Session.user), ""),
                fn.COALESCE(column(Session.twin), ""),
                fn.COALESCE(column(Session.platform), ""),
                fn.COALESCE(column(Session.is_shared_twin), Value(False)),
                fn.SUBSTR(column(Session.topic), 1, LINE_LIMIT),
            )
            .where(chosen(column(Session.id)))
            .order_by(*order)
            .limit(limit)
        )
        return [SessionBase._make((*row[:5], int(row[5]), _words(row[6]))) for row in rows]

    def starts(self, chosen: Choice) -> dict[str, int | None]:
        """Return when the sessions chosen start, microseconds since 1970."""
        key = self.column(Session.id)
        started = self.dialect.micros(self.column(Session.started_at))
        return dict(self.source.rows(Session.select(key, started).where(chosen(key))))

    def stored(self, chosen: Choice) -> Stored:
        """Return the sessions chosen and what is dated in them."""
        return Stored(self.sessions(chosen), self.events(chosen))

    def events(self, chosen: Choice) -> dict[str, Events]:
        """Return what is dated in the sessions chosen, by session id; those without anything are left out."""
        found: defaultdict[str, Events] = defaultdict(Events)
        for session_id, *messages, texts, different in self._messages(chosen, *self._texts()):
            found[session_id].messages = sent(*messages)
            found[session_id].asks_twice = texts > different
        self._add_made(found, chosen, chosen)
        return found

    def events_of_day(self, days: Iterable[SessionDay], ids: Mapping[int, str]) -> dict[str, Events]:
        """Return what is dated in the sessions of these rows, as far as their days ask for it.

        ``ids`` are those of the sessions by number. Nothing is told that is of no day: whether a text was
        sent twice.
        """
        held = list(days)
        # Where a session began its messages count on whatever day they are.
        spoken = self.these({ids[row.session_no] for row in held if row.messages or row.begun})
        found: defaultdict[str, Events] = defaultdict(Events)
        for session_id, *messages in self._messages(spoken):
            found[session_id].messages = sent(*messages)
        self._add_made(
            found,
            self.these({ids[row.session_no] for row in held if row.documents}),
            self.these({ids[row.session_no] for row in held if row.queries}),
        )
        return found

    def _add_made(self, found: defaultdict[str, Events], of_documents: Choice, of_queries: Choice) -> None:
        column = self.column
        for session_id, us, of_type, words in self._made(
            Document, Document.document_type, Document.word_count, of_documents
        ):
            if us is not None:
                found[session_id].documents.append((us, of_type, words))
        key, text = column(Query.id), fn.SUBSTR(column(Query.query_text), 1, LINE_LIMIT)
        is_empty = column(Query.results_count) == 0
        sought = (Case(None, [(is_empty, each)]) for each in (key, text))
        for session_id, us, of_type, results, query_id, words in self._made(
            Query, Query.query_type, Query.results_count, of_queries, *sought
        ):
            if us is not None:
                found[session_id].queries.append((us, of_type, results))
                if query_id is not None:
                    found[session_id].empty.append((us, query_id, text_key(folded(_words(words)))))

    def users(self, chosen: Choice) -> list[UserBase]:
        """Return the users chosen."""
        column = self.column
        rows = User.select(
            column(User.id),
            fn.COALESCE(column(User.company), ""),
            fn.COALESCE(column(User.department), ""),
            self.dialect.micros(column(User.created_at)),
        )
        return [UserBase(*row) for row in self.source.rows(rows.where(chosen(column(User.id))))]

    def twins(self, chosen: Choice) -> list[TwinBase]:
        """Return the twins chosen."""
        column = self.column
        created = self.dialect.micros(column(Twin.created_at))
        is_shared = fn.COALESCE(column(Twin.is_shared), Value(False))
        rows = Twin.select(column(Twin.id), column(Twin.user), created, is_shared)
        return [
            TwinBase._make((*row[:3], int(row[3] == 1)))
            for row in self.source.rows(rows.where(chosen(column(Twin.id))))
        ]

    def _texts(self) -> tuple[Any, Any]:
        """Return how many texts the person sent, and how many different ones."""
        text = fn.TRIM(self.column(Message.content), BLANKS)
        is_said = (self.column(Message.sender_type) == "user") & (text != "")
        different = fn.COUNT(fn.DISTINCT(self.dialect.casefold(text)))
        return fn.COUNT(SQL("*")).filter(is_said), different.filter(is_said)

    def _messages(self, chosen: Choice, *more: Any) -> list[tuple[Any, ...]]:
        """Return for each session chosen what `sent` reads, and more; a row each, for messages are many."""
        column, dialect = self.column, self.dialect
        order = dialect.insertion_order(Message)
        when, sender = dialect.micros(column(Message.created_at)), column(Message.sender_type)
        thread = column(Message.session)
        return self._chosen(
            f"messages of sessions, and {len(more)}",
            lambda: (
                Message.select(
                    thread,
                    dialect.joined(when, ","),
                    dialect.joined(
                        Case(None, [(sender == "user", USER), (sender == "twin", TWIN)], OTHER), ""
                    ),
                    dialect.listed(column(Message.id) if order is None else order),
                    dialect.listed(fn.COALESCE(column(Message.message_type), "")),
                    *more,
                )
                .where(when.is_null(False))
                .group_by(thread)
            ),
            thread,
            chosen,
        )

    def _made(
        self, model: Any, of_type: Any, number: Any, chosen: Choice, *more: Any
    ) -> list[tuple[Any, ...]]:
        column = self.column
        thread, made = column(model.session), column(model.created_at)
        return self._chosen(
            f"{model._meta.table_name} of sessions",
            lambda: model.select(
                thread, self.dialect.micros(made), fn.COALESCE(column(of_type), ""), column(number), *more
            ).where(made.is_null(False)),
            thread,
            chosen,
        )

    def _chosen(
        self, name: str, build: Callable[[], Any], thread: Any, chosen: Choice
    ) -> list[tuple[Any, ...]]:
        """Return the rows of sessions; for a list of ids the statement is built once."""
        if not isinstance(chosen, Listed):
            return self.source.rows(build().where(chosen(thread)))
        listed = chosen
        return again(self.source, name, lambda ids: build().where(listed.of(thread, ids)), listed.value)


def sent(instants: str, senders: str, order: str, types: str) -> Sent:
    """Return the messages of a session, given as lists of text in any order; of equals ``order`` decides.

    >>> sent("7,7,5", "212", "[4,3,9]", '["a","b","c"]')
    Sent(instants=[5, 7, 7], senders='212', types=('c', 'b', 'a'))
    """
    when, of = list(map(int, instants.split(","))), _names(types)
    if all(map(lt, when, when[1:])):
        return Sent(when, senders, of)
    ranks = json.loads(order)
    places = sorted(range(len(when)), key=lambda place: (when[place], ranks[place]))
    return Sent(
        [when[place] for place in places],
        "".join([senders[place] for place in places]),
        tuple([of[place] for place in places]),
    )


@lru_cache(maxsize=4096)
def _names(types: str) -> tuple[str, ...]:
    return tuple(json.loads(types))


def _words(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return "" if value is None else str(value)

"""What is shown of rows that were found: who, where, and a piece of the text with the hits marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple, cast

from peewee import JOIN

from twin_tui.analytics.answers import EntryKind, Hit, Person, PersonHit, SessionHit, TwinHit, TwinRef
from twin_tui.analytics.columns import brief, people, people_columns, with_people, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.search.rows import Row
from twin_tui.data.models import Session, Twin, User
from twin_tui.rollups.base_rows import Listed
from twin_tui.rollups.search.items import joined
from twin_tui.rollups.search.tables import DOCUMENT, KINDS
from twin_tui.text.search_snippets import Parts, Span, snippet
from twin_tui.text.search_terms import Terms

Told = Callable[[str, Sequence[Person]], str]
"""Somebody's words as they may be shown, given the people they surely are about."""
_WHOLE = 500
"""Characters of a name or title that are shown."""
_SENDERS = frozenset(("user", "twin"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class About(NamedTuple):
    """The session of a hit."""

    title: str
    topic: str
    platform: str
    shared: bool
    user: Person
    twin: TwinRef
    started: Any
    """As the database gives it."""


def texts_shown(
    rows: Sequence[Row], sessions: Mapping[str, About], terms: Terms, told: Told
) -> tuple[Hit, ...]:
    """Return messages, documents and queries with their snippets."""
    hits = []
    for at_us, kind, key, session_id, parts, sender, held in rows:
        title, topic, platform, shared, user, twin, _ = sessions[session_id]
        people = (user, twin.owner)
        texts = [told(part, people) for part in parts]
        hits.append(
            Hit(
                cast("EntryKind", KINDS[kind]),
                key,
                session_id,
                _EPOCH + timedelta(microseconds=at_us),
                cast("Literal['user', 'twin']", sender) if sender in _SENDERS else None,
                told(parts[0][:_WHOLE], people) if kind == DOCUMENT else "",
                _snippet(texts, terms, held if texts[-1] is parts[-1] else None),
                told(title or topic, people),
                user,
                twin,
                platform,
                shared,
            )
        )
    return tuple(hits)


def sessions_shown(
    rows: Sequence[Row], sessions: Mapping[str, About], terms: Terms, told: Told
) -> tuple[SessionHit, ...]:
    """Return conversations with their titles."""
    hits = []
    for row in rows:
        about = sessions[row.session_id]
        people = (about.user, about.twin.owner)
        title, topic = (told(part[:_WHOLE], people) for part in row.parts)
        shown = title if terms.are_in(title) or not topic else " · ".join(filter(None, (title, topic)))
        hits.append(
            SessionHit(
                row.session_id,
                _time(row),
                snippet(shown, terms),
                about.user,
                about.twin,
                about.platform,
                about.shared,
            )
        )
    return tuple(hits)


def sessions_named(context: Context, places: Mapping[str, str | None], told: Told) -> tuple[SessionHit, ...]:
    """Return conversations by their ids, each at an entry or as a whole, in that order; one statement.

    Those that are not there, or not yet, are left out.
    """
    sessions = sessions_of(context, places)
    hits = []
    for key, event in places.items():
        about = sessions.get(key)
        started = None if about is None else context.source.dialect.parse_time(about.started)
        if about is None or started is None or started >= context.now:
            continue
        people = (about.user, about.twin.owner)
        parts = ((told((about.title if about.title.strip() else about.topic)[:_WHOLE], people), False),)
        hits.append(
            SessionHit(key, started, parts, about.user, about.twin, about.platform, about.shared, event)
        )
    return tuple(hits)


def persons_shown(context: Context, rows: Sequence[Row], terms: Terms, told: Told) -> tuple[PersonHit, ...]:  # noqa: ARG001
    """Return people; one statement."""
    column = context.source.column

    def select() -> Any:
        return User.select(column(User.id), brief(column(User.company)), brief(column(User.department)))

    found = {
        words(key): (words(company), words(department))
        for key, company, department in _of(context, select, User.id, [row.id for row in rows])
    }
    return tuple(
        PersonHit(
            Person(row.id, row.parts[0][:_WHOLE], row.parts[1][:_WHOLE]),
            snippet(row.parts[0][:_WHOLE], terms),
            snippet(row.parts[1][:_WHOLE], terms),
            *found[row.id],
        )
        for row in rows
    )


def twins_shown(context: Context, rows: Sequence[Row], terms: Terms, told: Told) -> tuple[TwinHit, ...]:
    """Return twins with their owners; one statement."""
    column = context.source.column

    def select() -> Any:
        owner = User.alias("owner")
        return Twin.select(
            column(Twin.id),
            column(Twin.user),
            brief(column(User.full_name, owner)),
            brief(column(User.email, owner)),
        ).join(owner, JOIN.LEFT_OUTER, on=(Twin.user == owner.id))

    owners = {
        words(key): Person(words(user), words(name), words(email))
        for key, user, name, email in _of(context, select, Twin.id, [row.id for row in rows])
    }
    return tuple(
        TwinHit(
            TwinRef(row.id, row.parts[0][:_WHOLE], owners[row.id]),
            snippet(told(row.parts[0][:_WHOLE], (owners[row.id],)), terms),
        )
        for row in rows
    )


def _snippet(parts: Sequence[str], terms: Terms, hits: Sequence[Span] | None) -> Parts:
    """Return a piece of the body, or of title and body where only they together hold a hit."""
    body = snippet(parts[-1], terms, hits=hits)
    if len(parts) == 1 or any(is_hit for _, is_hit in body):
        return body
    return snippet(joined(parts), terms)


def sessions_of(context: Context, keys: Iterable[str]) -> dict[str, About]:
    """Return sessions with their people, by id; one statement."""
    source = context.source

    def select() -> Any:
        return with_people(
            Session.select(
                source.column(Session.id),
                brief(source.column(Session.title)),
                brief(source.column(Session.topic)),
                brief(source.column(Session.platform)),
                context.scope(Filters()).is_shared(),
                source.column(Session.started_at),
                *people_columns(source),
            )
        )

    found = {}
    for key, title, topic, platform, shared, at, *who in _of(context, select, Session.id, sorted(set(keys))):
        found[words(key)] = About(words(title), words(topic), words(platform), bool(shared), *people(who), at)
    return found


def _of(context: Context, select: Callable[[], Any], field: Any, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows with these ids, of a select that is built once; there is one for each table."""
    if not ids:
        return []
    source, listed = context.source, Listed(ids, is_sqlite=context.source.is_sqlite)
    name = f"search shows {field.model._meta.table_name}"
    return context.again(
        name, lambda node: select().where(listed.of(source.column(field), node)), listed.value
    )


def _time(row: Row) -> datetime:
    return _EPOCH + timedelta(microseconds=row.at_us)

"""The conversations behind what did not work: queries that found nothing, dead ends by reason."""

from collections import Counter
from collections.abc import Callable, Container, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import SQL, Select, fn

from twin_tui.analytics.answers import SLOW_SECONDS, SessionsCell
from twin_tui.analytics.behind.places import Listed, Place, Places
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.quality import dead_ends as ends
from twin_tui.analytics.quality import replies
from twin_tui.analytics.quality.sources import dead_ends_of, unanswered_of
from twin_tui.analytics.quality.zero_results import empty_queries, of_text, per_session
from twin_tui.data.models import Document, Message, Query
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.dead_ends import EMPTY, REPEATED, UNANSWERED
from twin_tui.text.formatting import duration

REASONS: dict[str, tuple[int, str]] = {
    "unanswered": (UNANSWERED, "no reply at the end"),
    "zero_results": (EMPTY, "last query found nothing"),
    "repeated": (REPEATED, "asked the same twice"),
}
"""By name: its bit, and in words."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zero_results(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with queries that found nothing; ``cell.key`` names a text, "" is any."""
    found = per_session(of_text(empty_queries(context, filters), cell.key))
    return Listed(
        [
            Place(query.session_id, query.moment, query.query_id, _times(query.text, count))
            for query, count in found
        ]
    )


def dead_ends(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the dead ends started in the period; ``cell.key`` is one of `REASONS`, "" is any."""
    if cell.key and cell.key not in REASONS:
        raise BadFilterError(f"There is no dead end for the reason {cell.key!r}.")
    wanted = REASONS[cell.key][0] if cell.key else ~0
    found = [end for end in dead_ends_of(context, filters) if end.reasons & wanted]
    found.sort(key=lambda end: (end.started_us, end.session_id), reverse=True)
    reasons = {end.session_id: end.reasons for end in found}

    def complete(part: list[Place]) -> list[Place]:
        events = _events(context, {place.session_id: reasons[place.session_id] & wanted for place in part})
        return [
            place._replace(event_id=events.get(place.session_id), reason=_told(reasons[place.session_id]))
            for place in part
        ]

    places = [Place(end.session_id, _instant(end.started_us)) for end in found]
    return Listed(places, complete)


def unanswered(context: Context, filters: Filters, _: SessionsCell) -> Places:
    """Return the conversations with messages of the period that the twin said nothing after."""
    found = [(message.session_id, message.sent_us) for message in unanswered_of(context, filters)]
    places = _by_last(
        found, lambda count, _: f"{count} messages without a reply" if count > 1 else "no reply"
    )
    return Listed(places, lambda part: _opened_at(part, _last_message(context, _threads(part))))


def slow_replies(context: Context, filters: Filters, _: SessionsCell) -> Places:
    """Return the conversations with messages of the period whose reply was slow."""
    window, slow = context.window(filters.period), SLOW_SECONDS * 1_000_000
    found = replies.waits(context, filters, window, slow)
    longest: dict[str, int] = {}
    for wait in found:
        longest[wait.session_id] = max(wait.wait_us, longest.get(wait.session_id, 0))

    def told(count: int, session_id: str) -> str:
        took = duration(longest[session_id] / 1_000_000)
        return f"{count} slow, the slowest {took}" if count > 1 else f"took {took}"

    places = _by_last([(wait.session_id, wait.sent_us) for wait in found], told)
    moments = {(wait.session_id, wait.sent_us) for wait in found}
    return Listed(places, lambda part: _opened_at(part, _sent_at(context, part, moments)))


def document_type(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with documents of the type ``cell.key`` made in the period; "" is none."""
    of_type = fn.COALESCE(context.source.column(Document.document_type), "")
    return _with_documents(context, filters, of_type == cell.key)


def documents(context: Context, filters: Filters, _: SessionsCell) -> Places:
    """Return the conversations with documents made in the period."""
    return _with_documents(context, filters, None)


def _with_documents(context: Context, filters: Filters, chosen: Any) -> Places:
    scope, column = context.scope(filters), context.source.column
    made, key = column(Document.created_at), column(Document.id)
    within = scope.in_window(Document.created_at, context.window(filters.period))
    newest_first = (made.desc(), context.source.dialect.ordered_text(key).desc())
    select = scope.documents(column(Document.session), made, key).where(
        within if chosen is None else chosen & within
    )
    counts: Counter[str] = Counter()
    newest: dict[str, Place] = {}
    for thread, moment, event in context.rows(select.order_by(*newest_first)):
        session_id = words(thread)
        counts[session_id] += 1
        newest.setdefault(session_id, Place(session_id, moment, words(event)))
    return Listed(
        [
            place._replace(reason=f"{counts[session_id]} documents" if counts[session_id] > 1 else "")
            for session_id, place in newest.items()
        ]
    )


def _by_last(found: Iterable[tuple[str, int]], told: Callable[[int, str], str]) -> list[Place]:
    """Return a place for each conversation of some messages by the last of them, the newest first."""
    last: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for session_id, us in found:
        last[session_id] = max(us, last.get(session_id, us))
        counts[session_id] += 1
    newest_first = sorted(last.items(), key=lambda each: (each[1], each[0]), reverse=True)
    return [
        Place(session_id, _instant(us), None, told(counts[session_id], session_id))
        for session_id, us in newest_first
    ]


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)


def _threads(part: Iterable[Place]) -> list[str]:
    return [place.session_id for place in part]


def _opened_at(part: Iterable[Place], events: dict[str, str]) -> list[Place]:
    return [place._replace(event_id=events.get(place.session_id)) for place in part]


def _sent_at(context: Context, part: list[Place], moments: Container[tuple[str, int]]) -> dict[str, str]:
    """Return the last message of each conversation that was sent at one of some moments of it."""
    column, these = context.source.column, BaseRows(context.source).these(_threads(part))
    sent, key = column(Message.created_at), column(Message.id)
    of_people = these(column(Message.session)) & (column(Message.sender_type) == "user")
    select = Message.select(column(Message.session), context.source.dialect.micros(sent), key)
    order = (sent, context.source.dialect.ordered_text(key))
    rows = context.rows(select.where(of_people & sent.is_null(False)).order_by(*order))
    return {words(thread): words(event) for thread, us, event in rows if (words(thread), int(us)) in moments}


def _times(text: str, count: int) -> str:
    said = text.strip() or "(no text)"
    return f"{said} · {count} times" if count > 1 else said


def _told(reasons: int) -> str:
    return ", ".join(told for bit, told in REASONS.values() if reasons & bit)


def _events(context: Context, reasons: dict[str, int]) -> dict[str, str]:
    """Return where to open conversations: at what the first of their reasons is about."""
    events: dict[str, str] = {}
    for bit, find in (
        (REPEATED, _last_repeated),
        (EMPTY, _last_empty),
        (UNANSWERED, _last_message),
    ):
        threads = [thread for thread, held in reasons.items() if held & bit]
        if threads:
            events |= find(context, threads)
    return events


def _last_message(context: Context, threads: list[str]) -> dict[str, str]:
    column, scope = context.source.column, context.scope(Filters())
    these = BaseRows(context.source).these(threads)
    order = ends.in_order(context)
    turns = (
        Message.select(
            column(Message.session).alias("thread"),
            column(Message.id).alias("event"),
            fn.LEAD(column(Message.id)).over(order).alias("following"),
        )
        .where(
            these(column(Message.session)),
            column(Message.sender_type).in_(["user", "twin"]),
            scope.within(Message.created_at, None, context.now),
        )
        .window(order)
        .alias("turns")
    )
    rows = context.rows(Select([turns], [turns.c.thread, turns.c.event]).where(turns.c.following.is_null()))
    return {words(thread): words(event) for thread, event in rows}


def _last_empty(context: Context, threads: list[str]) -> dict[str, str]:
    column, scope = context.source.column, context.scope(Filters())
    these = BaseRows(context.source).these(threads)
    made, key = column(Query.created_at), column(Query.id)
    rows = context.rows(
        Query.select(column(Query.session), key)
        .where(
            these(column(Query.session)),
            column(Query.results_count) == 0,
            scope.within(Query.created_at, None, context.now),
        )
        .order_by(made, context.source.dialect.ordered_text(key))
    )
    return {words(thread): words(event) for thread, event in rows}


def _last_repeated(context: Context, threads: list[str]) -> dict[str, str]:
    """Return the last message of each conversation that says what one before it said."""
    column, scope = context.source.column, context.scope(Filters())
    these = BaseRows(context.source).these(threads)
    sent, key, text = column(Message.created_at), column(Message.id), ends.asked(context)
    alike = (
        Message.select(
            column(Message.session).alias("thread"),
            key.alias("event"),
            sent.alias("moment"),
            fn.COUNT(SQL("*")).over(partition_by=[Message.session, text]).alias("alike"),
        )
        .where(
            these(column(Message.session)),
            column(Message.sender_type) == "user",
            ends.is_said(text),
            scope.within(Message.created_at, None, context.now),
        )
        .alias("alike")
    )
    rows = context.rows(
        Select([alike], [alike.c.thread, alike.c.event])
        .where(alike.c.alike > 1)
        .order_by(alike.c.moment, context.source.dialect.ordered_text(alike.c.event))
    )
    return {words(thread): words(event) for thread, event in rows}

"""One session opened for reading: what stands above it, and its entries as one timeline."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from twin_tui.analytics.answers import Conversation, ConversationHeader, Person
from twin_tui.analytics.context import Context
from twin_tui.analytics.conversation_index import Index, read_index
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup_columns import (
    brief,
    is_storable,
    is_visible,
    people,
    people_columns,
    with_people,
    words_or_none,
)
from twin_tui.data.models import Session, User
from twin_tui.text.safe_text import safe_line

IDLE = timedelta(minutes=30)
"""A gap between messages longer than this is no active time."""


def conversation(context: Context, session_id: str) -> Conversation:
    """Return header and index of one session, in four statements.

    Raises `NotFoundError`, also for a session that starts at or after now.
    """
    row = _session(context, session_id)
    index = read_index(context, session_id)
    return Conversation(_header(context, session_id, row, index), index)


def people_of(context: Context, session_id: str) -> tuple[Person, Person]:
    """Return a session's user and its twin's owner, in one statement; raises `NotFoundError`."""
    user, twin = people(_session(context, session_id)[7:])
    return user, twin.owner


def _session(context: Context, session_id: str) -> tuple[Any, ...]:
    source = context.source
    columns = (
        source.column(Session.started_at),
        context.scope(Filters()).is_shared(),
        brief(source.column(Session.title)),
        brief(source.column(Session.topic)),
        brief(source.column(Session.platform)),
        brief(source.column(User.company)),
        brief(source.column(User.department)),
        *people_columns(source),
    )
    wanted = (source.column(Session.id) == session_id) & is_visible(context, Session.started_at)
    rows = (
        context.rows(with_people(Session.select(*columns)).where(wanted)) if is_storable(session_id) else []
    )
    if not rows:
        raise NotFoundError(f"There is no session {safe_line(session_id, 60)!r}.")
    return rows[0]


def _header(context: Context, session_id: str, row: tuple[Any, ...], index: Index) -> ConversationHeader:
    started, is_shared, title, topic, platform, company, department, *who = row
    user, twin = people(who)
    senders = [entry.sender for entry in index if entry.kind == "message"]
    kinds = [entry.kind for entry in index]
    elapsed, active = _times(index)
    return ConversationHeader(
        session_id=session_id,
        user=user,
        company=words_or_none(company),
        department=words_or_none(department),
        twin=twin,
        title=words_or_none(title),
        topic=words_or_none(topic),
        platform=words_or_none(platform),
        started_at=context.source.dialect.parse_time(started),
        last_at=max((entry.time for entry in index if entry.time is not None), default=None),
        shared=bool(is_shared),
        messages=len(senders),
        user_messages=senders.count("user"),
        twin_messages=senders.count("twin"),
        documents=kinds.count("document"),
        queries=kinds.count("query"),
        elapsed_s=elapsed,
        active_s=active,
    )


def _times(index: Index) -> tuple[float | None, float | None]:
    """Return elapsed and active seconds, unknown below two messages with a time."""
    times = [entry.time for entry in index if entry.kind == "message" and entry.time is not None]
    if len(times) < 2:
        return None, None
    gaps = (later - earlier for earlier, later in pairwise(times))
    active = sum((gap for gap in gaps if gap <= IDLE), timedelta())
    return (times[-1] - times[0]).total_seconds(), active.total_seconds()

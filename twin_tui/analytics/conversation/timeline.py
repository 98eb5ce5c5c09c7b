"""One session opened for reading: what stands above it, and its entries as one timeline."""

from collections import Counter
from datetime import timedelta
from typing import Any

from twin_tui.analytics.answers import Conversation, ConversationHeader, EntryIndex, Person
from twin_tui.analytics.columns import (
    brief,
    is_storable,
    is_visible,
    people,
    people_columns,
    with_people,
    words_or_none,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.conversation.index import read_index
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.filters import Filters
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


def _header(context: Context, session_id: str, row: tuple[Any, ...], index: EntryIndex) -> ConversationHeader:
    started, is_shared, title, topic, platform, company, department, *who = row
    user, twin = people(who)
    kinds, senders = Counter(index.kinds()), Counter(index.senders())
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
        last_at=max((time for time in index.times() if time is not None), default=None),
        shared=bool(is_shared),
        messages=kinds["message"],
        user_messages=senders["user"],
        twin_messages=senders["twin"],
        documents=kinds["document"],
        queries=kinds["query"],
        elapsed_s=elapsed,
        active_s=active,
    )


def _times(index: EntryIndex) -> tuple[float | None, float | None]:
    """Return elapsed and active seconds, unknown below two messages with a time."""
    dated = zip(index.kinds(), index.times(), strict=True)
    times = (time for kind, time in dated if kind == "message" and time is not None)
    first = last = next(times, None)
    active, is_alone = timedelta(), True
    for time in times:
        assert last is not None
        active += time - last if time - last <= IDLE else timedelta()
        last, is_alone = time, False
    if first is None or last is None or is_alone:
        return None, None
    return (last - first).total_seconds(), active.total_seconds()

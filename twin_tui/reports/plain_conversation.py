"""One conversation as plain text: who, when and how much, then every entry in order."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from twin_tui.analytics.answers import Conversation, ConversationHeader, Entry
from twin_tui.reports.about import About
from twin_tui.reports.layout import WIDTH, rule, wrapped
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import duration, moment, number
from twin_tui.text.safe_text import pad, safe_line

GAP = 1_800
"""Seconds between two entries from which a gap is marked."""


def conversation_plain(
    conversation: Conversation,
    entries: Iterable[Entry],
    about: About,
    event_id: str | None = None,
    width: int = WIDTH,
) -> Iterator[str]:
    """Yield the lines of a session; the entry with ``event_id`` is marked as the one asked for."""
    header = conversation.header
    yield from wrapped(header.title or header.topic or "Conversation", width)
    yield ""
    for label, fact in _facts(header, about):
        for at, line in enumerate(wrapped(fact, width - 10)):
            yield f"{pad('' if at else label, 10)}{line}".rstrip()
    before: datetime | None = None
    for entry in entries:
        yield ""
        if before and entry.time and (entry.time - before).total_seconds() >= GAP:
            yield f"   ⋮ +{duration((entry.time - before).total_seconds())}"
            yield ""
        before = entry.time or before
        mark = " ◀ asked for" if event_id == entry.id else ""
        yield rule(
            f"{moment(entry.time, about.zone, seconds=True)}  {_who(entry, header)}{mark}",
            width,
        )
        indent = "" if entry.kind == "message" else "  "
        for line in wrapped(entry.text, width - len(indent)):
            yield f"{indent}{line}".rstrip()


def _facts(header: ConversationHeader, about: About) -> Iterator[tuple[str, str]]:
    user = header.user
    yield "Session", safe_line(header.session_id)
    yield (
        "User",
        safe_line(
            " · ".join(
                part for part in (f"{user.name} <{user.email}>", header.company, header.department) if part
            )
        ),
    )
    owner = safe_line(header.twin.owner.name)
    yield "Twin", f"{safe_line(header.twin.name)} · {'shared by' if header.shared else 'owned by'} {owner}"
    place = " · ".join(safe_line(part) for part in (header.topic, header.platform) if part)
    if place:
        yield "Topic", place
    yield (
        "When",
        f"{moment(header.started_at, about.zone)} to {moment(header.last_at, about.zone)} · {about.timezone}",
    )
    yield "Length", f"{duration(header.active_s)} active, {duration(header.elapsed_s)} elapsed"
    whose = f"{number(header.user_messages)} by the user, {number(header.twin_messages)} by the twin"
    documents, queries = (
        counted(header.documents, "document", "documents"),
        counted(header.queries, "query", "queries"),
    )
    yield "Holds", f"{counted(header.messages, 'message', 'messages')} ({whose}), {documents}, {queries}"


def _who(entry: Entry, header: ConversationHeader) -> str:
    if entry.kind == "message":
        if entry.sender == "user":
            return f"● {safe_line(header.user.name)}"
        return f"◆ {safe_line(header.twin.name)} (twin)"
    kind = safe_line(entry.type or "no type")
    alone = "" if entry.message_id else ", no message"
    if entry.kind == "document":
        words = f", {number(entry.word_count)} words" if entry.word_count is not None else ""
        return f"Document · {safe_line(entry.title or 'untitled')} ({kind}{words}{alone})"
    return f"Query ({kind}, {number(entry.results_count)} results{alone})"

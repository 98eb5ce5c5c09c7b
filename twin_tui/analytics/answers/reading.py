"""A session opened for reading: header, index, texts, matches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from twin_tui.analytics.answers.entry_index import EntryIndex, EntryKind
from twin_tui.analytics.answers.feed import Person, TwinRef


@dataclass(frozen=True, slots=True)
class ConversationHeader:
    """Everything above the transcript."""

    session_id: str
    user: Person
    company: str | None
    department: str | None
    twin: TwinRef
    title: str | None
    topic: str | None
    platform: str | None
    started_at: datetime | None
    last_at: datetime | None
    """Time of the last entry."""
    shared: bool
    messages: int
    user_messages: int
    twin_messages: int
    documents: int
    queries: int
    elapsed_s: float | None
    """First to last message; ``None`` below two messages."""
    active_s: float | None
    """Session length: gaps of at most 30 minutes summed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message, document or query with its text (cut at ``TEXT_LIMIT`` characters)."""

    kind: EntryKind
    id: str
    time: datetime | None
    sender: Literal["user", "twin"] | None
    text: str
    """Message content, document content, query text."""
    is_cut: bool
    """Whether more text is stored than ``text`` holds: ask `entry_text`."""
    size: int
    message_id: str | None
    message_type: str | None
    title: str | None
    """Of a document."""
    type: str | None
    """document_type or query_type."""
    word_count: int | None
    results_count: int | None


TEXT_LIMIT = 65_536
"""Characters of an entry that travel with a window of entries."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A session opened for reading: header and index; the texts come by `entries`."""

    header: ConversationHeader
    index: EntryIndex
    """Messages in order, each directly followed by its documents and queries; orphans stand by time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened in a conversation, in a few numbers."""

    length_s: float | None
    """Session length in active seconds."""
    turns: int
    """Times the person spoke, however many messages each took, before the twin did."""
    documents: int
    queries: int
    empty_queries: int
    """Queries without a result."""
    is_unanswered: bool
    """Whether the person spoke last."""


def outcome_of(conversation: Conversation) -> Outcome:
    """Return what happened, from the index alone."""
    senders = [sender for sender in conversation.index.senders() if sender is not None]
    spoken = [sender for sender, before in zip(senders, [None, *senders], strict=False) if sender != before]
    return Outcome(
        length_s=conversation.header.active_s,
        turns=spoken.count("user"),
        documents=conversation.header.documents,
        queries=conversation.header.queries,
        empty_queries=len(conversation.index.empty_queries()),
        is_unanswered=bool(senders) and senders[-1] == "user",
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """One of several documents of a conversation that are drafts of the same text; its text comes apart."""

    id: str
    title: str | None
    type: str | None
    """document_type."""
    word_count: int | None
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Match:
    """One hit of find-in-conversation."""

    entry: int
    """Position in the index."""
    count: int
    """Occurrences within that entry."""

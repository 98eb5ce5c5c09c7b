"""Turns conversations with an assistant into records."""

from collections.abc import Sequence
from itertools import accumulate, chain, repeat

from twin_tui.importers.base import DocumentRecord, Messages, QueryRecord, SessionRecord, from_micros
from twin_tui.importers.chats.chat import Chat
from twin_tui.importers.loading.stable_ids import StableIds, joined, stable_id
from twin_tui.text.word_count import word_count

KIND = "conversation"


def session_record(chat: Chat, platform: str, user_id: str, twin_id: str) -> SessionRecord:
    """Return the session of a conversation."""
    return SessionRecord(
        id=stable_id(platform, chat.native, "session"),
        user_id=user_id,
        twin_id=twin_id,
        platform=platform,
        kind=KIND,
        started_at=from_micros(chat.started),
        title=chat.title,
        topic=chat.topic,
        known_until=from_micros(chat.known_until),
    )


def messages_of(chats: Sequence[Chat], sessions: Sequence[SessionRecord]) -> Messages:
    """Return what was said in conversations, each message marked with what it asked for."""
    said = list(chain.from_iterable(chat.said for chat in chats))
    sizes = [len(chat.said) for chat in chats]
    natives, senders, texts, micros = zip(*said, strict=True)
    fronts = chain.from_iterable(map(repeat, [joined(chat.native, "message", "") for chat in chats], sizes))
    ids = StableIds(sessions[0].platform).of(
        [front + native.encode("utf-8", "replace") for front, native in zip(fronts, natives, strict=True)]
    )
    owners = list(chain.from_iterable(map(repeat, [session.id for session in sessions], sizes)))
    users = chain.from_iterable(map(repeat, [session.user_id for session in sessions], sizes))
    authors = [user if sender == "user" else None for user, sender in zip(users, senders, strict=True)]
    kinds = ["general"] * len(said)
    for chat, end in zip(chats, accumulate(sizes), strict=True):
        if chat.papers or chat.searches:
            kinds[end - len(chat.said) : end] = _kinds(chat)
    return Messages(ids, owners, senders, texts, micros, authors, kinds)


def _kinds(chat: Chat) -> list[str]:
    """Return the type of each message of a conversation: what it asked for."""
    drafted = {paper.asked_by for paper in chat.papers}
    searched = {search.asked_by for search in chat.searches}
    out: list[str] = []
    for native, sender, _, _ in chat.said:
        asked = [
            word
            for word, by in (("document", drafted), ("query", searched))
            if sender == "user" and native in by
        ]
        out.append(",".join(asked) or "general")
    return out


def document_records(chat: Chat, session: SessionRecord) -> list[DocumentRecord]:
    """Return what was drafted, each version at the message that asked for it."""
    return [
        DocumentRecord(
            id=_id(chat, session, "document", paper.native),
            session_id=session.id,
            message_id=_asked(chat, session, paper.asked_by),
            document_type=paper.kind,
            title=paper.title,
            content=paper.content,
            word_count=word_count(paper.content),
            created_at=from_micros(paper.micros),
        )
        for paper in chat.papers
    ]


def query_records(chat: Chat, session: SessionRecord) -> list[QueryRecord]:
    """Return what was searched for, at the message that asked for it."""
    return [
        QueryRecord(
            id=_id(chat, session, "query", search.native),
            session_id=session.id,
            message_id=_asked(chat, session, search.asked_by),
            query_text=search.text,
            query_type=search.kind,
            results_count=search.results,
            created_at=from_micros(search.micros),
        )
        for search in chat.searches
    ]


def _asked(chat: Chat, session: SessionRecord, native: str | None) -> str | None:
    return None if native is None else _id(chat, session, "message", native)


def _id(chat: Chat, session: SessionRecord, kind: str, native: str) -> str:
    return stable_id(session.platform, chat.native, kind, native)

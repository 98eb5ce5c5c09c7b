"""Conversations and a feed made by hand, behind the same fake service as the other screens."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from tests.tui.fake_answers import MIKE, SARAH
from tests.tui.fake_service import NOW, FakeService
from twin_tui.analytics.answers import (
    TEXT_LIMIT,
    ActivityItem,
    ActivityPage,
    ActivityRequest,
    Conversation,
    ConversationHeader,
    Draft,
    Entry,
    EntryIndex,
    EntryRef,
    Match,
    TwinRef,
)
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.filters import Filters

TWIN = TwinRef("t1", "Sarah's AI Assistant", SARAH)
START = NOW - timedelta(hours=2)


def message(
    key: str, sender: Literal["user", "twin"], text: str, time: datetime | None = START, kind: str = "general"
) -> Entry:
    return Entry("message", key, time, sender, text, False, len(text), None, kind, None, None, None, None)


def document(
    key: str, title: str | None, text: str, message_id: str | None, kind: str | None = "email"
) -> Entry:
    return Entry(
        kind="document",
        id=key,
        time=START,
        sender=None,
        text=text,
        is_cut=False,
        size=len(text),
        message_id=message_id,
        message_type=None,
        title=title,
        type=kind,
        word_count=len(text.split()),
        results_count=None,
    )


def query(
    key: str, text: str, message_id: str | None, results: int | None = 7, kind: str | None = "email"
) -> Entry:
    return Entry(
        kind="query",
        id=key,
        time=START,
        sender=None,
        text=text,
        is_cut=False,
        size=len(text),
        message_id=message_id,
        message_type=None,
        title=None,
        type=kind,
        word_count=None,
        results_count=results,
    )


def renewal() -> tuple[Entry, ...]:
    """Seven messages over two days, one document, two queries, one orphan of each kind."""
    second = timedelta(seconds=1)
    later = START + timedelta(days=2, hours=4) - timedelta(days=3)
    first = START - timedelta(days=3)
    return (
        message(
            "m1", "user", "Morning! Can you pull together where we are with the Q4 renewal for Globex?", first
        ),
        replace(query("q1", "Globex renewal since October", "m1"), time=first + 2 * second),
        message(
            "m2",
            "twin",
            "I looked through your mail and found 7 threads with Globex since October. The renewal is agreed "
            "in principle; two things are open: the volume discount (they asked for 12%, you offered 8%) and "
            "the data-residency clause. Diego promised an answer by Friday.",
            first + 7 * second,
        ),
        message(
            "m3",
            "user",
            "Good. Draft a short status note for Mike, keep it under 150 words.",
            first + 96 * second,
            "document",
        ),
        replace(
            document(
                "d1",
                "Globex renewal — status",
                "# Status\n\nMike,\n\nthe renewal is agreed in principle (24 months, 240 seats). Open: "
                "**discount** and data residency.\n\n| point | state |\n|---|---|\n| discount | open |\n\n"
                "[see the contract](http://globex.example/c) [@click=app.quit]bye[/]",
                "m3",
            ),
            time=first + 110 * second,
        ),
        message(
            "m4",
            "twin",
            "Here is a draft:\n\n    Subject: Globex renewal — status\n\nShall I send it?",
            first + 114 * second,
        ),
        message("m5", "user", "File it. 日本語の資料もありますか。 👍🏽", later, "query"),
        replace(query("q2", "data residency clause", "m5", 2, "docs"), time=later + 3 * second),
        message(
            "m6",
            "twin",
            "Two customers raised it this year: Yamada Trading and Umbrella.",
            later + 15 * second,
        ),
        replace(document("d2", None, "", None, None), time=later + 20 * second, word_count=None),
        message("m7", "user", "Thanks", later + 60 * second),
    )


@dataclass
class FakeConversations(FakeService):
    """The fake service, with conversations and a feed."""

    stories: dict[str, tuple[Entry, ...]] = field(default_factory=lambda: {"s0": renewal()})
    """Entries by session id; sessions of the feed without a story have one message."""
    feed: tuple[ActivityItem, ...] = ()
    shared: bool = True
    asked_entries: list[tuple[int, int]] = field(default_factory=list)

    def _story(self, session_id: str) -> tuple[Entry, ...]:
        if session_id in self.stories:
            return self.stories[session_id]
        if any(item.session_id == session_id for item in self.feed):
            return (message(f"{session_id}-m", "user", f"Only message of {session_id}"),)
        raise NotFoundError(f"No session {session_id!r} in this database.")

    def conversation(self, session_id: str) -> Conversation:
        self.asked.append(("conversation", session_id))
        if self.error is not None:
            raise self.error
        story = self._story(session_id)
        kinds = [entry.kind for entry in story]
        times = [entry.time for entry in story if entry.time and entry.kind == "message"]
        item = next((item for item in self.feed if item.session_id == session_id), None)
        header = ConversationHeader(
            session_id=session_id,
            user=SARAH,
            company="Acme",
            department="Engineering",
            twin=replace(TWIN, owner=MIKE) if self.shared else TWIN,
            title=item.what if item else "Q4 renewal — Globex",
            topic="renewals",
            platform="slack",
            started_at=times[0] if times else None,
            last_at=times[-1] if times else None,
            shared=self.shared,
            messages=kinds.count("message"),
            user_messages=sum(entry.sender == "user" for entry in story),
            twin_messages=sum(entry.sender == "twin" for entry in story),
            documents=kinds.count("document"),
            queries=kinds.count("query"),
            elapsed_s=(times[-1] - times[0]).total_seconds() if len(times) > 1 else None,
            active_s=189.0 if len(times) > 1 else None,
        )
        index = EntryIndex(
            EntryRef(
                entry.kind,
                entry.id,
                entry.time,
                entry.sender,
                len(entry.text),
                entry.message_id,
                entry.results_count,
            )
            for entry in story
        )
        return Conversation(header, index)

    def entries(self, session_id: str, first: int, count: int) -> tuple[Entry, ...]:
        self.asked_entries.append((first, count))
        return tuple(
            replace(entry, text=entry.text[:TEXT_LIMIT], is_cut=len(entry.text) > TEXT_LIMIT)
            for entry in self._story(session_id)[first : first + count]
        )

    def entry_text(self, session_id: str, kind: str, entry_id: str) -> str:
        return next(entry.text for entry in self._story(session_id) if entry.id == entry_id)

    def drafts(self, session_id: str, document_id: str) -> tuple[Draft, ...]:
        """Documents of the same type, in order: the titles are the database's business."""
        documents = [entry for entry in self._story(session_id) if entry.kind == "document"]
        kind = next(entry.type for entry in documents if entry.id == document_id)
        return tuple(
            Draft(entry.id, entry.title, entry.type, entry.word_count, entry.time)
            for entry in documents
            if entry.type == kind
        )

    def find_in_conversation(self, session_id: str, text: str) -> tuple[Match, ...]:
        needle = text.casefold()
        counts = [
            (entry.text.casefold().count(needle) + (entry.title or "").casefold().count(needle))
            for entry in self._story(session_id)
        ]
        return tuple(Match(at, count) for at, count in enumerate(counts) if count)

    def neighbours(
        self, session_id: str, filters: Filters, request: ActivityRequest
    ) -> tuple[str | None, str | None]:
        self.asked.append(("neighbours", filters, request))
        ids = [item.session_id for item in self.feed]
        at = ids.index(session_id)
        return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None

    def activity(self, filters: Filters, request: ActivityRequest) -> ActivityPage:
        self.asked.append(("activity", filters, request))
        if self.gate is not None:
            self.gate.wait(10)
        if self.error is not None:
            raise self.error
        chosen = [item for item in self.feed if _passes(item, request)]
        pages = max(1, -(-len(chosen) // request.limit))
        page = max(1, min(request.page, pages))
        first = (page - 1) * request.limit
        return ActivityPage(
            replace(request, page=page), len(chosen), pages, tuple(chosen[first : first + request.limit])
        )


def _passes(item: ActivityItem, request: ActivityRequest) -> bool:
    kinds: dict[str, Callable[[], bool]] = {
        "conversation": lambda: item.kind == "conversation",
        "shared": lambda: item.kind == "conversation" and item.shared,
        "document": lambda: item.kind == "document",
        "query": lambda: item.kind == "query",
        "all": lambda: True,
    }
    return (
        kinds[request.type]()
        and (not request.has_documents or item.documents > 0)
        and (not request.has_queries or item.queries > 0)
        and request.search.casefold() in f"{item.what} {item.user.name} {item.session_id}".casefold()
    )


WHATS = (
    "Q4 renewal — Globex",
    "Offer letter, second draft",
    "customers without a renewal date",
    "日本語の議事録をまとめる",
    "",
    "Travel policy",
    "Onboarding plan for the new research group in Vienna and everyone who joins them later",
)


def feed(count: int = 120) -> tuple[ActivityItem, ...]:
    """Conversations s0, s1 …, newest first: every third shared, every fifth with a document, …"""
    return tuple(
        ActivityItem(
            time=NOW - timedelta(minutes=5 + 47 * at),
            kind="conversation",
            session_id=f"s{at}",
            event_id=f"s{at}",
            user=SARAH if at % 2 else MIKE,
            twin=TWIN if at % 3 else replace(TWIN, name="Contracts", owner=MIKE),
            what=WHATS[at % len(WHATS)],
            detail="",
            platform="slack",
            length_s=None if at % 7 == 4 else 252.0 * (at % 9 + 1),
            messages=at % 13 + 1,
            documents=int(at % 5 == 0),
            queries=int(at % 2 == 0) * 2,
            results_count=None,
            shared=at % 3 == 0,
        )
        for at in range(count)
    )

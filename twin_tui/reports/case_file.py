"""A case file: one conversation as it is handed over with a ticket, the same bytes every time.

It holds what happened, the transcript with documents and queries in place, how long each step took, a
permalink for every entry, what the data were read as of, and by which version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import Conversation, Entry, Outcome, outcome_of
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import duration
from twin_tui.text.permalinks import permalink


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a case file."""

    number: int
    """From 1, so that people can say "step 12"."""
    entry: Entry
    link: str
    after_s: float | None
    """Seconds since the entry before it; ``None`` for the first and where a time is unknown."""
    waited_s: float | None
    """Of a twin's message: seconds since the message of the person it follows."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a case file says, whatever its form."""

    database: str
    timezone: str
    as_of: datetime | None
    """The newest change of data in the database, aware UTC."""
    version: str
    """Of twin-tui."""
    is_masked: bool
    ticket: str | None
    conversation: Conversation
    outcome: Outcome
    link: str
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The report timezone."""
        return ZoneInfo(self.timezone)


def case_file(
    conversation: Conversation,
    entries: Iterable[Entry],
    *,
    database: str,
    timezone: str,
    as_of: datetime | None,
    version: str,
    is_masked: bool,
    ticket: str | None = None,
    notes: Iterable[str] = (),
) -> CaseFile:
    """Return the case file of a conversation; ``entries`` are all of its entries with their whole texts."""
    session_id = conversation.header.session_id
    return CaseFile(
        database=database,
        timezone=timezone,
        as_of=as_of,
        version=version,
        is_masked=is_masked,
        ticket=ticket,
        conversation=conversation,
        outcome=outcome_of(conversation),
        link=permalink(session_id),
        steps=tuple(_steps(session_id, entries)),
        notes=tuple(notes),
    )


def outcome_words(outcome: Outcome) -> str:
    """Return in one line what happened.

    >>> outcome_words(Outcome(252.0, 2, 1, 3, 2, True))
    '4 min 12 s active · 2 turns · 1 document · 3 queries, 2 without a result · ends unanswered'
    """
    queries = counted(outcome.queries, "query", "queries")
    if outcome.empty_queries:
        queries += f", {outcome.empty_queries} without a result"
    parts = [
        f"{duration(outcome.length_s)} active" if outcome.length_s is not None else "length unknown",
        counted(outcome.turns, "turn", "turns"),
        counted(outcome.documents, "document", "documents"),
        queries,
    ]
    return " · ".join([*parts, "ends unanswered"] if outcome.is_unanswered else parts)


def _steps(session_id: str, entries: Iterable[Entry]) -> Iterable[Step]:
    before: Entry | None = None
    asked: Entry | None = None
    for number, entry in enumerate(entries, 1):
        waited = _between(asked, entry) if entry.kind == "message" and entry.sender == "twin" else None
        yield Step(number, entry, permalink(session_id, entry.id), _between(before, entry), waited)
        before = entry
        if entry.kind == "message":
            asked = entry if entry.sender == "user" else None


def _between(earlier: Entry | None, later: Entry) -> float | None:
    if earlier is None or earlier.time is None or later.time is None:
        return None
    return (later.time - earlier.time).total_seconds()

"""Opening a conversation: what a reader thread fetches before the first line is drawn."""

from dataclasses import dataclass

from twin_tui.analytics.answers import NO_MARKS, Conversation, Marks, Outcome, outcome_of
from twin_tui.analytics.errors import KeepingError
from twin_tui.analytics.service import AnalyticsService
from twin_tui.tui.widgets.transcript.entries import WINDOW, EntryMemory, SafeEntry, prepare, with_whole_text
from twin_tui.tui.widgets.transcript.layout import Plan
from twin_tui.tui.widgets.transcript.wrap import Span, wrap


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation with what its first screen needs."""

    conversation: Conversation
    outcome: Outcome
    plan: Plan
    memory: EntryMemory
    position: int
    marks: Marks = NO_MARKS
    """What is kept about it."""
    is_astray: bool = False
    """Whether the event it was to be opened at is not in it."""


def open_conversation(service: AnalyticsService, session_id: str, event_id: str | None) -> Opened:
    """Return a conversation ready to be shown at an event, for a thread; raises `AnalyticsError`."""
    conversation = service.conversation(session_id)
    plan = Plan.of(conversation.index, service.timezone)
    found = None if event_id is None else plan.positions.get(event_id)
    position = found or 0
    memory = EntryMemory()
    for first in memory.missing(position - WINDOW // 4, position + WINDOW // 2, len(conversation.index)):
        memory.put(first, load_window(service, session_id, first))
    is_astray = event_id not in (None, session_id) and found is None
    outcome, marks = outcome_of(conversation), marks_of(service, session_id)
    return Opened(conversation, outcome, plan, memory, position, marks, is_astray)


def marks_of(service: AnalyticsService, session_id: str) -> Marks:
    """Return what is kept about a session, nothing where that cannot be read; raises `AnalyticsError`."""
    try:
        return service.kept(session_id).marks
    except KeepingError:
        return NO_MARKS


def load_window(service: AnalyticsService, session_id: str, first: int) -> list[SafeEntry]:
    """Return one window of entries made safe, for a thread; raises `AnalyticsError`."""
    return [prepare(entry) for entry in service.entries(session_id, first, WINDOW)]


def load_whole(
    service: AnalyticsService, session_id: str, safe: SafeEntry, width: int
) -> tuple[SafeEntry, list[Span]]:
    """Return an entry with its whole text, and that text's lines, for a thread; raises `AnalyticsError`."""
    whole = with_whole_text(safe, service.entry_text(session_id, safe.entry.kind, safe.entry.id))
    return whole, wrap(whole.text, width)

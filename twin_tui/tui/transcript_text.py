"""A conversation as plain text, for the clipboard and for files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import tzinfo

from twin_tui.analytics.answers import Conversation, ConversationHeader, Entry, outcome_of
from twin_tui.analytics.service import AnalyticsService
from twin_tui.text.formatting import moment, number
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.safety import safe_copy
from twin_tui.tui.widgets.transcript.heading import heading_lines

AT_ONCE = 256
"""Entries asked for at once."""


def transcript_text(service: AnalyticsService, conversation: Conversation, zone: tzinfo) -> str:
    """Return a whole conversation in Markdown, for a thread; raises `AnalyticsError`."""
    header = conversation.header
    lines = heading_lines(header, outcome_of(conversation), zone, 10_000)
    heading = [safe_copy(line).rstrip() for line in lines]
    heading = [" ".join(line.split()) for line in heading]
    parts = [f"# {heading[0]}", "\n".join(f"- {line}" for line in heading[1:] if line)]
    parts += [entry_text(entry, header, zone) for entry in _entries(service, conversation)]
    return "\n\n".join(parts) + "\n"


def _entries(service: AnalyticsService, conversation: Conversation) -> Iterator[Entry]:
    session = conversation.header.session_id
    for first in range(0, len(conversation.index), AT_ONCE):
        yield from whole_entries(
            service.entries(session, first, AT_ONCE),
            lambda entry: service.entry_text(session, entry.kind, entry.id),
        )


def whole_entries(entries: tuple[Entry, ...], whole: Callable[[Entry], str]) -> Iterator[Entry]:
    """Yield the entries, those that were cut with their whole text."""
    for entry in entries:
        if entry.is_cut:
            yield replace(entry, text=whole(entry), is_cut=False)
        else:
            yield entry


def entry_text(entry: Entry, header: ConversationHeader, zone: tzinfo) -> str:
    """Return one entry as it is copied with its conversation: who or what, when, then the words."""
    time = moment(entry.time, zone, seconds=True)
    text = safe_copy(entry.text).strip("\n")
    match entry.kind:
        case "document":
            about = " · ".join(safe_line(part, 300) for part in (entry.type, entry.title) if part)
            return f"## Document: {about or 'untitled'} ({time})\n\n{text or '(no text stored)'}"
        case "query":
            results = "unknown" if entry.results_count is None else number(entry.results_count)
            kind = f" {safe_line(entry.type, 60)}" if entry.type else ""
            return f"## Query{kind} ({time}), results: {results}\n\n{text}"
        case _:
            who = header.user.name if entry.sender == "user" else header.twin.name
            return f"## {safe_line(who, 200) or entry.sender} ({time})\n\n{text}"

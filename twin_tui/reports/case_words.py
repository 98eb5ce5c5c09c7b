"""What every readable form of a case file says in the same words."""

from collections.abc import Iterator

from twin_tui.reports.case_file import CaseFile, Step
from twin_tui.text.formatting import duration, moment, number

LONG_S = 1_800
"""Seconds between two steps from which the pause is told."""


def facts(case: CaseFile) -> Iterator[tuple[str, str]]:
    """Yield what stands above the transcript: a name and its fact, not yet safe to draw."""
    header = case.conversation.header
    user, owner = header.user, header.twin.owner
    yield "Link", case.link
    yield "Session", header.session_id
    yield "Person", f"{user.name} <{user.email}>"
    yield (
        "Twin",
        f"{header.twin.name}, {'shared by' if header.shared else 'owned by'} {owner.name or 'nobody'}",
    )
    place = " · ".join(part for part in (header.topic, header.platform) if part)
    if place:
        yield "Topic", place
    begun, ended = moment(header.started_at, case.zone), moment(header.last_at, case.zone)
    yield "When", f"{begun} to {ended} ({case.timezone})"
    whose = f"{number(header.user_messages)} by the person, {number(header.twin_messages)} by the twin"
    yield "Messages", f"{number(header.messages)} ({whose})"
    yield (
        "Read as of",
        f"{moment(case.as_of, case.zone, seconds=True)}, {case.database}, twin-tui {case.version}",
    )
    yield "Names", "masked" if case.is_masked else "as stored"
    if case.ticket is not None:
        yield "Ticket", case.ticket


def step_title(step: Step, case: CaseFile) -> str:
    """Return who or what, when, and how long it took; not yet safe to draw."""
    entry, header = step.entry, case.conversation.header
    if entry.kind == "message":
        what = header.user.name if entry.sender == "user" else f"{header.twin.name} (twin)"
    elif entry.kind == "document":
        words = "" if entry.word_count is None else f", {number(entry.word_count)} words"
        what = f"Document: {entry.title or 'untitled'} ({entry.type or 'no type'}{words})"
    else:
        found = "unknown number of" if entry.results_count is None else number(entry.results_count)
        what = f"Query ({entry.type or 'no type'}, {found} result{'' if entry.results_count == 1 else 's'})"
    parts = [moment(entry.time, case.zone, seconds=True), what]
    if step.waited_s is not None:
        parts.append(f"replied after {duration(step.waited_s)}")
    elif step.after_s is not None and step.after_s >= LONG_S:
        parts.append(f"after a pause of {duration(step.after_s)}")
    return " · ".join(parts)

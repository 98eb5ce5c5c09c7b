"""`twin-tui note`: what support writes about a conversation, kept beside the database and never in it."""

from typing import TYPE_CHECKING

import click

from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.text.formatting import moment
from twin_tui.text.safe_text import safe_line, safe_text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from twin_tui.analytics.answers import Kept


@taught(
    "note",
    ("twin-tui note 0190ab 'Summary went to the wrong Ann; told her.'", "Writes a note."),
    ("twin-tui note 0190ab --reviewed --pin", "Marks the conversation."),
    ("twin-tui note 0190ab", "Shows notes and marks."),
)
@click.argument("session", metavar="SESSION")
@click.argument("text", required=False)
@click.option("--reviewed/--not-reviewed", default=None, help="Mark it as reviewed, or no more.")
@click.option("--pin/--unpin", default=None, help="Pin it, or no more.")
@click.option("--remove", type=int, metavar="NUMBER", help="Take the note of that number away.")
@click.pass_context
def note(
    context: click.Context,
    *,
    session: str,
    text: str | None,
    reviewed: bool | None,
    pin: bool | None,
    remove: int | None,
) -> None:
    """Write a note about a conversation, mark it reviewed or pinned, and show what is kept about it.

    SESSION is a session's id, that of anything in it, a unique beginning, or a permalink. Notes lie in the
    platform's state folder, one file per database; a case file carries them.
    """
    from twin_tui.cli.screens import named_conversation  # noqa: PLC0415 - only where notes are kept

    with open_service(configuration(context).settings) as service:
        session_id, _ = named_conversation(service, session)
        if remove is not None:
            service.remove_note(session_id, remove)
        if text is not None:
            service.add_note(session_id, text)
        if reviewed is not None:
            service.mark(session_id, "reviewed", is_set=reviewed)
        if pin is not None:
            service.mark(session_id, "pinned", is_set=pin)
        answer(_lines(service.kept(session_id), service.timezone))


def _lines(kept: "Kept", zone: "ZoneInfo") -> list[str]:
    lines = [f"Session {safe_line(kept.session_id)}"]
    lines += [
        f"  {mark.kind} by {safe_line(mark.author)}, {moment(mark.at, zone)}"
        for mark in (kept.pinned, kept.reviewed)
        if mark is not None
    ]
    for each in kept.notes:
        lines.append(f"  {each.id}. {safe_line(each.author)}, {moment(each.at, zone)}")
        lines += [f"     {line}" for line in safe_text(each.text).split("\n")]
    return lines if len(lines) > 1 else [*lines, "  nothing is kept about it"]

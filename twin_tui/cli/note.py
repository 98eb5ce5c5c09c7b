"""`twin-tui note`: what support writes about a conversation, kept beside the database and never in it."""

from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.opening import configuration, database, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.text.formatting import moment
from twin_tui.text.safe_text import safe_line, safe_text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from twin_tui.store.desk import Desk, MarkKind


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
    settings = configuration(context).settings
    from twin_tui.cli.guarding import desk_of  # noqa: PLC0415 - only where notes are kept
    from twin_tui.cli.screens import named_conversation  # noqa: PLC0415
    from twin_tui.store.errors import StoreError  # noqa: PLC0415

    with open_service(settings) as service:
        session_id, _ = named_conversation(service, session)
        zone = service.timezone
    desk = desk_of(settings, database(settings))
    try:
        if remove is not None:
            desk.remove_note(remove)
        if text is not None:
            desk.add_note(session_id, text)
        _set(desk, session_id, "reviewed", reviewed)
        _set(desk, session_id, "pinned", pin)
        answer(_lines(desk, session_id, zone))
    except StoreError as error:
        raise exits.CommandError(str(error), exits.USAGE) from error


def _set(desk: "Desk", session_id: str, kind: "MarkKind", wanted: bool | None) -> None:
    if wanted is not None:
        (desk.mark if wanted else desk.unmark)(session_id, kind)


def _lines(desk: "Desk", session_id: str, zone: "ZoneInfo") -> list[str]:
    kept = [mark for mark in desk.marks(session_id) if mark.kind != "opened"]
    notes = desk.notes(session_id)
    lines = [f"Session {safe_line(session_id)}"]
    lines += [f"  {mark.kind} by {safe_line(mark.author)}, {moment(mark.at, zone)}" for mark in kept]
    for each in notes:
        lines.append(f"  {each.id}. {safe_line(each.author)}, {moment(each.at, zone)}")
        lines += [f"     {line}" for line in safe_text(each.text).split("\n")]
    return lines if kept or notes else [*lines, "  nothing is kept about it"]

"""`twin-tui case`: one conversation as a file that can be handed over with a ticket."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twin_tui import __version__
from twin_tui.analytics.filters import Filters
from twin_tui.cli import exits
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.report_parts import about_of, whole_entries
from twin_tui.cli.screens import named_conversation
from twin_tui.cli.taught import taught

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.settings import Settings


@taught(
    "case",
    ("twin-tui case 0190ab --md > case.md", "Masked, for a ticket."),
    ("twin-tui case twin://0190ab-…/m-7 --html --output case.html", "From a permalink, as a page."),
    ("twin-tui case 0190ab --json --reveal --ticket T-17", "As stored; that it was revealed is recorded."),
)
@click.argument("session", metavar="SESSION")
@click.option("--md", "form", flag_value="md", default=True, help="Markdown (the default).")
@click.option("--html", "form", flag_value="html", help="One HTML page that loads nothing.")
@click.option("--json", "form", flag_value="json", help="JSON with links and timings.")
@click.option("--reveal", is_flag=True, help="Names and private parts as stored; recorded.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write into FILE (0600).")
@click.pass_context
def case(context: click.Context, *, session: str, form: str, reveal: bool, output: Path | None) -> None:
    """Hand a conversation over: what happened, transcript, documents, queries, timings, permalinks.

    SESSION is a session's id, that of anything in it, a unique beginning, or a permalink. Masked for every
    role unless --reveal; the same bytes every time for the same data.
    """
    settings = configuration(context).settings
    with open_service(settings, is_masked=not reveal) as service:
        text = _made(service, settings, session, form, is_masked=not reveal)
    if output is None:
        answer(text)
    else:
        _write(output, text)


def _made(
    service: "AnalyticsService", settings: "Settings", asked: str, form: str, *, is_masked: bool
) -> str:
    from twin_tui.reports.case_file import case_file  # noqa: PLC0415 - only where a case is made
    from twin_tui.reports.case_html import case_html  # noqa: PLC0415
    from twin_tui.reports.case_json import case_json  # noqa: PLC0415
    from twin_tui.reports.case_markdown import case_markdown  # noqa: PLC0415
    from twin_tui.reports.json_form import to_json  # noqa: PLC0415
    from twin_tui.store.act import Act  # noqa: PLC0415

    session_id, _ = named_conversation(service, asked)
    conversation = service.conversation(session_id)
    size = len(conversation.index)
    detail: dict[str, str | int] = {"form": form, "revealed": int(not is_masked), "entries": size}
    service.guard.note(Act("export", session_id, detail=detail))
    status = service.status()
    made = case_file(
        conversation,
        whole_entries(service, conversation),
        database=status.name,
        timezone=str(service.timezone),
        as_of=status.as_of,
        version=__version__,
        is_masked=is_masked,
        ticket=settings.ticket,
        notes=[note.text for note in service.kept(session_id).notes],
    )
    if form == "json":
        return to_json(case_json(made, about_of(service, Filters(), None))) + "\n"
    return case_html(made) if form == "html" else case_markdown(made)


def _write(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise exits.CommandError(f"{path} cannot be written: {error.strerror}.", exits.OUR_FAULT) from error

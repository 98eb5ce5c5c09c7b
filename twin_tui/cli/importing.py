"""What every import command shares: its options, and the import itself from a path to the report."""

import os
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twin_tui.cli import exits
from twin_tui.cli.derived import leave_current
from twin_tui.cli.guarding import note_act
from twin_tui.cli.import_memory import memory_of
from twin_tui.cli.opening import configuration
from twin_tui.cli.output import answer
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.trial import trial_source

if TYPE_CHECKING:
    from twin_tui.importers.rejects import OnReject

_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "dry_run": click.option(
        "--dry-run", is_flag=True, help="Read everything, write nothing; --db may be left out."
    ),
    "company": click.option(
        "--company", metavar="NAME", help="Company of the imported users (default: what the export says)."
    ),
    "user": click.option(
        "--user", metavar="EMAIL", help="Whose conversations these are, where the export does not tell."
    ),
    "owner": click.option(
        "--owner", metavar="EMAIL|ID", help="Owner of twins whose installer the export does not tell."
    ),
    "gap_minutes": click.option(
        "--gap",
        "gap_minutes",
        type=click.FloatRange(min=0, min_open=True),
        default=30.0,
        metavar="MINUTES",
        help="Pause that ends an unthreaded conversation (default 30).",
    ),
    "bridges": click.option(
        "--bridge",
        "bridges",
        multiple=True,
        metavar="BOTID",
        help="A bot that relays another system: each of its user names is a person. May be repeated.",
    ),
    "agents": click.option(
        "--agent",
        "agents",
        multiple=True,
        metavar="USERID",
        help="A member that is an agent though Slack lists a person. May be repeated.",
    ),
    "all_users": click.option(
        "--all-users", is_flag=True, help="Import people who take part in no conversation, too."
    ),
    "rejects": click.option(
        "--rejects",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write each item that could not be taken into FILE, one JSON object per line.",
    ),
}


def import_options(*names: str) -> Callable[[Any], Any]:
    """Give a command the path and these options, always with ``dry_run`` and ``rejects``."""

    def decorate(function: Any) -> Any:
        for name in reversed(("dry_run", *names, "rejects")):
            function = _OPTIONS[name](function)
        return click.argument("path", type=click.Path(path_type=Path))(function)

    return decorate


def bring_in(
    context: click.Context, kind: str | None, path: Path, *, rejects: Path | None, **choices: Any
) -> int:
    """Import ``path`` as the format ``kind`` (None: recognised), say what happened, return the exit code."""
    settings = configuration(context).settings
    place = settings.database
    is_dry = bool(choices.get("dry_run"))
    if place is None and not is_dry:
        raise click.UsageError("Say which database to import into: --db PATH (it is made if missing).")
    from twin_tui.data.database import open_database  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.importers import IMPORTERS, recognise  # noqa: PLC0415
    from twin_tui.importers.base import ImportFailedError, ImportOptions  # noqa: PLC0415

    try:
        importer = recognise(path) if kind is None else IMPORTERS[kind]
        with ProgressBar() as progress, _rejected_into(rejects, path) as on_reject:
            memory = None if place is None else memory_of(settings, place)
            options = ImportOptions(**choices, on_reject=on_reject, memory=memory)
            if is_dry or place is None:
                with trial_source(place) as there:
                    report = importer.run(path, there, options, progress)
            else:
                importer.require(path)  # a mistyped path shall not leave an empty database behind
                note_act(settings, place, "import", format=importer.name)
                with closing(open_database(place, "create")) as source:
                    report = importer.run(path, source, options, progress)
                    leave_current(source, settings.timezone, progress)
    except ImportFailedError as error:
        raise exits.CommandError(str(error)) from error
    told = [] if kind is not None else [f"Recognised as {importer.name}: {importer.label}"]
    answer([*told, *report.lines()])
    if memory is not None and memory.trouble is not None:
        click.echo(f"Which exports are newest is not remembered: {memory.trouble}", err=True)
    return exits.SOME_REJECTED if report.rejected else exits.DONE


@contextmanager
def _rejected_into(rejects: Path | None, export: Path) -> "Generator[OnReject | None]":
    """Give what writes rejected items into a file, None where nobody wants them."""
    if rejects is None:
        yield None
        return
    from twin_tui.importers.rejects import RejectsFile  # noqa: PLC0415

    if os.path.exists(rejects) and os.path.exists(export) and os.path.samefile(rejects, export):
        raise click.UsageError("--rejects names the export itself: give another file.")
    with RejectsFile(rejects) as file:
        yield file.write

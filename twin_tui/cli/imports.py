"""`twin-tui import`: other systems' exports into a database of ours."""

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.opening import configuration
from twin_tui.cli.output import answer
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.taught import taught

if TYPE_CHECKING:
    from twin_tui.importers.rejects import OnReject


@taught(
    "import",
    ("twin-tui import slack export.zip --db conversations.db", "Reads a workspace export."),
    group=True,
)
def import_() -> None:
    """Read conversations from another system's export."""


@taught(
    "slack",
    ("twin-tui import slack export.zip --db conversations.db", "Makes the database, or updates it."),
    ("twin-tui import slack ./export --dry-run", "Says what would be imported; writes nothing."),
    ("twin-tui import slack export.zip --db conversations.db --company Acme --gap 60", "Longer exchanges."),
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read everything, write nothing; --db may be left out.")
@click.option("--company", metavar="NAME", help="Company of the imported users (default: the workspace).")
@click.option("--owner", metavar="EMAIL|ID", help="Owner of twins whose installer the export does not tell.")
@click.option(
    "--gap",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    metavar="MINUTES",
    help="Pause that ends an unthreaded conversation (default 30).",
)
@click.option("--all-users", is_flag=True, help="Import members who talk to no agent, too.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write each item that could not be taken into FILE, one JSON object per line.",
)
@click.pass_context
def slack(
    context: click.Context,
    *,
    path: Path,
    dry_run: bool,
    company: str | None,
    owner: str | None,
    gap: float,
    all_users: bool,
    rejects: Path | None,
) -> int:
    """Import a Slack workspace export, official or by slackdump, a folder or a ZIP.

    Conversations are threads with a bot, direct messages to a bot, and unthreaded exchanges that begin with
    its mention. Importing again changes nothing; a newer export updates. Exit code 4: something could not be
    read and is listed, the rest is in.
    """
    place = configuration(context).settings.database
    if place is None and not dry_run:
        raise click.UsageError("Say which database to import into: --db PATH (it is made if missing).")
    from twin_tui.data.database import open_database  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.importers import IMPORTERS  # noqa: PLC0415
    from twin_tui.importers.base import ImportFailedError, ImportOptions  # noqa: PLC0415
    from twin_tui.importers.slack import require_export  # noqa: PLC0415

    try:
        with ProgressBar() as progress, _rejected_into(rejects, path) as on_reject:
            options = ImportOptions(
                company=company,
                owner=owner,
                gap_minutes=gap,
                all_users=all_users,
                dry_run=dry_run,
                on_reject=on_reject,
            )
            if dry_run or place is None:
                report = IMPORTERS["slack"].run(path, None, options, progress)
            else:
                require_export(path)  # a mistyped path shall not leave an empty database behind
                with closing(open_database(place, "create")) as source:
                    report = IMPORTERS["slack"].run(path, source, options, progress)
    except ImportFailedError as error:
        raise exits.CommandError(str(error)) from error
    answer(report.lines())
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


import_.add_command(slack)

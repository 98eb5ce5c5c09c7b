"""`twin-tui import`: other systems' exports into a database of ours."""

from contextlib import closing
from pathlib import Path

import click

from twin_tui.cli import exits
from twin_tui.cli.opening import configuration
from twin_tui.cli.output import answer
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.taught import taught


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

    options = ImportOptions(
        company=company, owner=owner, gap_minutes=gap, all_users=all_users, dry_run=dry_run
    )
    try:
        with ProgressBar() as progress:
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


import_.add_command(slack)

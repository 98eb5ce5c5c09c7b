"""`twin-tui migrate`: bring a database of ours to this version's schema, or one step back."""

from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.derived import forget_without_rows
from twin_tui.cli.guarding import note_act
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught

if TYPE_CHECKING:
    from twin_tui.data.source import Source


@taught(
    "migrate",
    ("twin-tui migrate --db conversations.db", "Applies what is pending; makes the file if there is none."),
    ("twin-tui migrate --db postgresql://owner@db.example/twins --status", "Says what is applied."),
    ("twin-tui migrate --db conversations.db --down", "Takes the newest migration back."),
)
@click.option("--status", "only_status", is_flag=True, help="Only say what is applied and what is pending.")
@click.option("--down", is_flag=True, help="Take the newest applied migration back.")
@click.option("--yes", is_flag=True, help="With --down: also when that drops tables that hold rows.")
@click.pass_context
def migrate(context: click.Context, *, only_status: bool, down: bool, yes: bool) -> None:
    """Create or upgrade the schema of a database.

    Viewing never migrates anything; this command and import do.
    """
    if only_status and down:
        raise click.UsageError("--status and --down exclude each other.")
    if yes and not down:
        raise click.UsageError("--yes goes with --down.")
    settings = configuration(context).settings
    place = database(settings)
    from twin_tui.data import schema  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.data.database import open_database  # noqa: PLC0415

    if not only_status:
        note_act(settings, place, "migrate", direction="down" if down else "up")
    source = open_database(place, "read" if only_status else "write" if down else "create")
    try:
        if down:
            _step_back(source, yes=yes)
        state = schema.status(source)
        answer([f"{source.name}: {'ours' if source.is_ours else 'not migrated by twin-tui'}"])
        for title, names in (
            ("applied", state.applied),
            ("pending", state.pending),
            ("unknown", state.unknown),
        ):
            answer(f"  {title:<8} {name}" for name in names)
    finally:
        source.close()
    if state.unknown:
        raise exits.CommandError("This database holds migrations of a newer twin-tui.", exits.DATABASE)


def _step_back(source: "Source", *, yes: bool) -> None:
    from twin_tui.data import schema  # noqa: PLC0415
    from twin_tui.data.errors import DatabaseError  # noqa: PLC0415

    try:
        schema.downgrade(source, yes=yes)
        forget_without_rows(source)
    except DatabaseError as error:
        hints = () if yes else ("If that is what you want: --down --yes",)
        raise exits.CommandError(str(error), exits.DATABASE, hints) from error

"""`twin-tui export`: what a database holds, as files that other programs read."""

from pathlib import Path

import click

from twin_tui.cli import exits
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.taught import taught


@taught(
    "export",
    (
        "twin-tui export tables --db conversations.db --out tables.zip",
        "The six tables as files.",
    ),
    group=True,
)
def export() -> None:
    """Write what a database holds into files."""


@taught(
    "tables",
    ("twin-tui export tables --db conversations.db --out tables.zip", "CSV, one file per table, in a ZIP."),
    ("twin-tui export tables --db conversations.db --out ./tables --format jsonl", "JSON Lines in a folder."),
    ("twin-tui import tables tables.zip --db other.db", "Gives the same rows again."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="Folder to write into, or a ZIP file if it ends in .zip.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "jsonl")),
    default="csv",
    help="One CSV (default) or JSON Lines file per table.",
)
@click.option("--force", is_flag=True, help="Replace what is there already.")
@click.pass_context
def tables(context: click.Context, /, *, out: Path, form: str, force: bool) -> int:
    r"""Write the six tables as stored, ordered by id, all of one moment.

    Names and contents are in the clear, so it needs the role admin and is recorded. In CSV, NULL is \N. The
    same rows give the same bytes; `twin-tui import tables` makes the same rows of them, on any database.
    """
    from twin_tui.analytics.errors import RefusedError  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.cli.guarding import guard_for  # noqa: PLC0415
    from twin_tui.data.database import open_database  # noqa: PLC0415
    from twin_tui.importers.report import counted  # noqa: PLC0415
    from twin_tui.importers.tables.export import ExportFailedError, export_tables  # noqa: PLC0415
    from twin_tui.store.act import Act  # noqa: PLC0415

    settings = configuration(context).settings
    place = database(settings)
    guard = guard_for(settings, place)
    if guard.role != "admin" or guard.is_masking:
        raise RefusedError("Tables are written as stored: that needs the role admin, unmasked.")
    with open_database(place, "read") as source, ProgressBar() as progress:
        guard.admit(Act("export", detail={"form": form}))
        try:
            counts = export_tables(source, out, form, may_replace=force, progress=progress)
        except ExportFailedError as error:
            raise exits.CommandError(str(error)) from error
    answer(f"{name}: {counted(count, 'row')}" for name, count in counts.items())
    return exits.DONE


export.add_command(tables)

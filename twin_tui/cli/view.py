"""`twin-tui view`: the dashboard as it was saved under a name."""

from pathlib import Path

import click

from twin_tui.cli import exits
from twin_tui.cli.exits import CommandError
from twin_tui.cli.opening import configuration
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.settings import views_file
from twin_tui.text.safe_text import safe_line
from twin_tui.views.file import read_views, remove_view
from twin_tui.views.view import View, ViewsError


@taught(
    "view",
    ("twin-tui view acme-week", "Opens the dashboard as it was saved under that name."),
    ("twin-tui view", "Lists the views."),
    ("twin-tui view acme-week --views team.toml", "From a file of the team."),
    ("twin-tui view acme-week --remove", "Takes it away."),
)
@click.argument("name", required=False)
@click.option(
    "--views",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Another file than views.toml beside the configuration.",
)
@click.option("--remove", is_flag=True, help="Take the view away.")
@click.pass_context
def view(context: click.Context, *, name: str | None, file: Path | None, remove: bool) -> int:
    """Open the dashboard at a saved view: filters, tab, columns and how it is set.

    In the dashboard, ctrl+p and "View: save this one" saves what is looked at. The file is plain text.
    """
    settings = configuration(context).settings
    path = file or views_file(settings)
    try:
        if remove:
            if name is None:
                raise click.UsageError("Which view is to be removed?")
            remove_view(path, name)
            return exits.DONE
        known = read_views(path)
    except ViewsError as error:
        raise CommandError(str(error)) from error
    if name is None:
        answer([_line(each) for each in known.values()] or [f"{safe_line(str(path))} holds no view yet."])
        return exits.DONE
    if name not in known:
        listed = tuple(f"  {safe_line(each)}" for each in known) or ("  none at all",)
        raise CommandError(f"There is no view {name!r} in {path}; there are:", exits.USAGE, listed)
    from twin_tui.cli.screens import open_dashboard  # noqa: PLC0415 - no list needs it

    return open_dashboard(settings, known[name].asked, view=known[name])


def _line(each: View) -> str:
    asked = each.asked
    named = (asked.company, asked.department, asked.user, asked.twin, asked.platform)
    narrowed = [value or "(none)" for value in named if value is not None]
    if asked.shared is not None:
        narrowed.append("shared" if asked.shared else "own")
    options = [f"{key} {value}" for key, value in each.options]
    columns = [f"{table} by {', '.join(chosen)}" for table, chosen in each.columns]
    parts = [asked.period or "30d", *narrowed, *options, *columns]
    return safe_line(f"{each.name}: {each.tab}, {' · '.join(parts)}")

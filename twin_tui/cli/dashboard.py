"""`twin-tui dashboard`: the screens, opened with filters."""

import click

from twin_tui.cli.filter_options import Asked, filter_options
from twin_tui.cli.live_option import no_live_option
from twin_tui.cli.opening import configuration
from twin_tui.cli.screens import open_dashboard
from twin_tui.cli.taught import taught


@taught(
    "dashboard",
    ("twin-tui", "Opens the dashboard; so does this command."),
    ("twin-tui dashboard --db postgresql://viewer@db.example/twins --tz Europe/Berlin", "On a server."),
    ("twin-tui dashboard --period 7d --company Acme", "Begins with filters, which x clears."),
)
@filter_options
@no_live_option
@click.pass_context
def dashboard(context: click.Context, asked: Asked) -> int:
    """Open the dashboard (the same as twin-tui alone)."""
    return open_dashboard(configuration(context).settings, asked)

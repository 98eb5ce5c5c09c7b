"""`twin-tui open`: the dashboard at one conversation, from a ticket."""

import click

from twin_tui.cli.opening import configuration
from twin_tui.cli.screens import open_dashboard
from twin_tui.cli.taught import taught


@taught(
    "open",
    ("twin-tui open twin://1bec1123/m-7 --db conversations.db", "The message a permalink points at."),
    ("twin-tui open 1bec1123", "A session by the beginning of its id."),
)
@click.argument("link", metavar="LINK")
@click.pass_context
def open_link(context: click.Context, *, link: str) -> int:
    """Open the dashboard at one conversation; esc leads to the tabs behind it.

    LINK is a permalink (L in a conversation copies one), a session's id, or that of anything in it.
    """
    return open_dashboard(configuration(context).settings, link=link)

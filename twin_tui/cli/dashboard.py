"""`twin-tui` and `twin-tui dashboard`: open the screens, or say plainly why that cannot be."""

import os
import sys
from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import is_terminal
from twin_tui.cli.taught import FLAGS, taught
from twin_tui.settings import Settings

if TYPE_CHECKING:
    from twin_tui.analytics.filters import Filters
    from twin_tui.analytics.service import AnalyticsService


def _remember_no_live(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value:
        context.meta.setdefault(FLAGS, {})["live"] = "false"


no_live_option = click.option(
    "--no-live",
    is_flag=True,
    expose_value=False,
    callback=_remember_no_live,
    help="Show what other processes write only when asked to, with F5.",
)

NOTHING_ASKED = Asked(None, None, None, None, None, None, None)


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


def open_dashboard(settings: Settings, asked: Asked = NOTHING_ASKED) -> int:
    """Run the app on the chosen database and return its exit code; raises `CommandError`."""
    require_terminal()
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, opening_period(service, settings, asked))
        return _show(service, settings, filters)


def opening_period(service: "AnalyticsService", settings: Settings, asked: Asked) -> str:
    """Return the period to open with, as typed: all time where nobody chose one and its days are empty.

    Who has just imported last year's export sees it, not an empty screen.
    """
    from twin_tui.analytics.filters import Period  # noqa: PLC0415 - not needed for --help

    if asked.period is not None or settings.period != Settings().period:
        return settings.period
    first = Period.parse(settings.period, service.today()).start
    last = service.status().last_day
    return "all" if first is not None and last is not None and last < first else settings.period


def _show(service: "AnalyticsService", settings: Settings, filters: "Filters") -> int:
    from twin_tui.tui.app import TwinApp  # noqa: PLC0415 - Textual is not needed for anything else
    from twin_tui.tui.lifecycle import run  # noqa: PLC0415

    watching = service.watch if settings.live else None
    return run(TwinApp(service, settings, filters=filters, watching=watching))


def require_terminal() -> None:
    """Raise `CommandError` where the screens cannot be drawn: no terminal, a dumb one, or not UTF-8."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        why = "This is not a terminal"
    elif os.environ.get("TERM", "") == "dumb":
        why = "This terminal is a dumb one (TERM=dumb)"
    elif (sys.stdout.encoding or "").lower().replace("_", "-") not in ("utf-8", "utf8"):
        why = f"This terminal's encoding is {sys.stdout.encoding}, not UTF-8"
    else:
        return
    raise exits.CommandError(f"{why}: for the same answers as plain text use twin-tui report overview.")

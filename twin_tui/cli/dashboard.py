"""`twin-tui` and `twin-tui dashboard`: open the screens, or say plainly why that cannot be."""

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, no_database, open_service
from twin_tui.cli.output import is_terminal
from twin_tui.cli.recent import remember
from twin_tui.cli.taught import FLAGS, taught
from twin_tui.settings import Settings, find_database, sample_database

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
    """Run the screens and return their exit code; without any database they begin with ways to one.

    Raises `CommandError`: without a terminal, and, where the database is missing too, with how to get one.
    """
    place, _ = find_database(settings)
    try:
        require_terminal()
    except exits.CommandError as error:
        raise error if place is not None else no_database() from error
    code = exits.DONE
    while True:
        place, code = _start(settings) if place is None else _look_at(place, settings, asked)
        asked = NOTHING_ASKED
        if place is None:
            return code


def _start(settings: Settings) -> tuple[str | None, int]:
    """Show the start screen; return the database chosen there, and the exit code."""
    from twin_tui.cli.jobs import jobs_for  # noqa: PLC0415 - Textual is not needed for anything else
    from twin_tui.tui.lifecycle import run  # noqa: PLC0415
    from twin_tui.tui.start_app import StartApp  # noqa: PLC0415

    app = StartApp(settings, jobs_for(settings))
    code = run(app)
    return app.chosen, code


def _look_at(place: str, settings: Settings, asked: Asked) -> tuple[str | None, int]:
    """Show the dashboard of a database; return the one chosen next, if any, and the exit code."""
    settings = replace(settings, database=place)
    with open_service(settings) as service:
        if place != str(sample_database()):
            remember(place)
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


def _show(service: "AnalyticsService", settings: Settings, filters: "Filters") -> tuple[str | None, int]:
    from twin_tui.cli.jobs import jobs_for  # noqa: PLC0415 - Textual is not needed for anything else
    from twin_tui.tui.app import TwinApp  # noqa: PLC0415
    from twin_tui.tui.lifecycle import run  # noqa: PLC0415

    watching = service.watch if settings.live else None
    jobs = jobs_for(settings, settings.database, is_ours=service.status().is_ours)
    app = TwinApp(service, settings, filters=filters, jobs=jobs, watching=watching)
    code = run(app)
    return app.chosen, code


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

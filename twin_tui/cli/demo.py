"""`twin-tui demo`: the dashboard on a sample world that is always up to date."""

from collections.abc import Callable
from dataclasses import replace

import click

from twin_tui.cli import exits
from twin_tui.cli.derived import leave_current
from twin_tui.cli.filter_options import NOTHING_ASKED, chosen_filters
from twin_tui.cli.generate import sample_target
from twin_tui.cli.live_option import no_live_option
from twin_tui.cli.opening import configuration, flag, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.report_parts import overview_about, page_width
from twin_tui.cli.screens import open_dashboard, require_terminal
from twin_tui.cli.taught import taught
from twin_tui.reports.plain_overview import overview_plain
from twin_tui.settings import Settings, sample_database

Progress = Callable[[int, int | None, str], None]
"""Called with days done, days in all and the day."""


@taught(
    "demo",
    ("twin-tui demo", "Makes the sample world once, tops it up to today, opens it."),
    ("twin-tui demo | less", "Its overview as plain text, as a pipe is no terminal."),
)
@no_live_option
@click.pass_context
def demo(context: click.Context) -> int:
    """Open the dashboard on a sample world, made now or topped up to today.

    It lies in the platform's data folder, or where --db says. Where there is no terminal to draw on, its
    overview is printed as plain text.
    """
    place = flag(context, "db") or str(sample_database())
    settings = replace(configuration(context).settings, database=place)
    with ProgressBar() as progress:
        bring_up_to_date(place, settings, progress)
    try:
        require_terminal()
    except exits.CommandError:
        _print_overview(settings)
        return exits.DONE
    return open_dashboard(settings)


def bring_up_to_date(place: str, settings: Settings, progress: Progress) -> None:
    """Make the sample at ``place``, or continue it to today; raises `CommandError` and `DatabaseError`."""
    from twin_tui.sample.options import SampleOptions  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.sample.writing import NotEmptyError, top_up, write_sample  # noqa: PLC0415

    now = settings.clock()
    today = now.date()
    with sample_target(place) as source:
        try:
            write_sample(source, SampleOptions(until=today, now=now), progress=progress)
        except NotEmptyError:
            top_up(source, today, progress, now=now)
        leave_current(source, settings.timezone, progress)


def _print_overview(settings: Settings) -> None:
    with open_service(settings) as service:
        found = service.overview(chosen_filters(service, NOTHING_ASKED, settings.period))
        answer(overview_plain(found, overview_about(found, service, None), page_width()))

"""The command line's root: its commands, its version, and the dashboard when no command is named."""

import click

from twin_tui import __version__
from twin_tui.cli.audit import audit
from twin_tui.cli.case import case
from twin_tui.cli.completion import completion
from twin_tui.cli.config import config
from twin_tui.cli.dashboard import dashboard, no_live_option, open_dashboard
from twin_tui.cli.demo import demo
from twin_tui.cli.doctor import doctor
from twin_tui.cli.generate import generate
from twin_tui.cli.imports import import_
from twin_tui.cli.migrate import migrate
from twin_tui.cli.opening import configuration
from twin_tui.cli.render import render
from twin_tui.cli.report import report
from twin_tui.cli.taught import taught


@taught(
    "twin-tui",
    ("twin-tui demo", "A sample world to look around in."),
    ("twin-tui import slack export.zip --db conversations.db", "Your own conversations from Slack."),
    ("twin-tui --db conversations.db", "The dashboard on them."),
    ("twin-tui report overview --period 7d --json", "The same numbers for a script."),
    group=True,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="twin-tui", message="%(prog)s %(version)s")
@no_live_option
@click.pass_context
def twin_tui(context: click.Context) -> int | None:
    """A terminal dashboard over the conversations people have with their AI twins.

    Without a command the dashboard opens. Exit codes: 0 done, 1 our fault, 2 usage or not a terminal,
    3 database, 4 some input rejected, 20 differences found, 130 interrupted.
    """
    if context.invoked_subcommand is not None:
        return None
    return open_dashboard(configuration(context).settings)


for _command in (
    dashboard,
    demo,
    import_,
    report,
    case,
    render,
    generate,
    migrate,
    audit,
    config,
    doctor,
    completion,
):
    twin_tui.add_command(_command)

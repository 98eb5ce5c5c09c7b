"""The command line's root: its commands, its version, and the dashboard when no command is named."""

import click

from twin_tui import __version__
from twin_tui.cli.live_option import no_live_option
from twin_tui.cli.opening import configuration
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
    3 database, 4 some input rejected, 10 warn, 11 alert, 12 no data, 20 differences found, 130 interrupted.
    """
    if context.invoked_subcommand is not None:
        return None
    from twin_tui.cli.screens import open_dashboard  # noqa: PLC0415 - no other command needs it

    return open_dashboard(configuration(context).settings)


twin_tui.later = {
    "dashboard": "twin_tui.cli.dashboard:dashboard",
    "open": "twin_tui.cli.open_link:open_link",
    "view": "twin_tui.cli.view:view",
    "demo": "twin_tui.cli.demo:demo",
    "import": "twin_tui.cli.imports:import_",
    "export": "twin_tui.cli.export:export",
    "report": "twin_tui.cli.report:report",
    "case": "twin_tui.cli.case:case",
    "note": "twin_tui.cli.note:note",
    "annotate": "twin_tui.cli.annotate:annotate",
    "check": "twin_tui.cli.check:check",
    "render": "twin_tui.cli.render:render",
    "generate": "twin_tui.cli.generate:generate",
    "migrate": "twin_tui.cli.migrate:migrate",
    "adopt": "twin_tui.cli.layer:adopt",
    "refresh": "twin_tui.cli.layer:refresh",
    "rebuild": "twin_tui.cli.layer:rebuild",
    "verify": "twin_tui.cli.layer:verify",
    "audit": "twin_tui.cli.audit:audit",
    "config": "twin_tui.cli.config:config",
    "doctor": "twin_tui.cli.doctor:doctor",
    "completion": "twin_tui.cli.completion:completion",
}

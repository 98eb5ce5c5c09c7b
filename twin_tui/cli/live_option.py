"""The option by which somebody switches live updates off."""

import click

from twin_tui.cli.taught import FLAGS


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

"""`twin-tui check`: limits on figures, judged for cron and monitoring."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.exits import CommandError
from twin_tui.cli.filter_options import chosen_filters
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught

if TYPE_CHECKING:
    from twin_tui.analytics.filters import Filters
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.rules.rule import Rule, State, Verdict

CODES: "dict[State, int]" = {
    "ok": exits.DONE,
    "warn": exits.WARN,
    "alert": exits.ALERT,
    "no_data": exits.NO_DATA,
}


@taught(
    "check",
    ("twin-tui check rules.toml", "Judges every rule, one line each."),
    ("twin-tui check rules.toml --quiet", "For cron: prints only what is not in order."),
    ("twin-tui check rules.toml --json", "For a monitoring system."),
    ("twin-tui check --figures", "Lists the figures that rules may limit."),
)
@click.argument("file", metavar="RULES.toml", required=False, type=click.Path(path_type=Path))
@click.option("--figures", is_flag=True, help="List the figures that rules may limit, and nothing else.")
@click.option("-q", "--quiet", is_flag=True, help="Print only rules that are not in order.")
@click.option("--json", "as_json", is_flag=True, help="JSON with stable keys.")
@click.pass_context
def check(context: click.Context, *, file: Path | None, figures: bool, quiet: bool, as_json: bool) -> int:
    """Judge limits on figures: exits 0, or 10 warn, 11 alert, 12 no data, whichever is the gravest.

    An alert is graver than missing data, and that graver than a warning.
    """
    if figures:
        answer(_figure_lines())
        return exits.DONE
    if file is None:
        raise click.UsageError("A file with rules is wanted, or --figures.")
    from twin_tui.reports.check_forms import check_json, check_line  # noqa: PLC0415 - only where judged
    from twin_tui.reports.json_form import to_json  # noqa: PLC0415
    from twin_tui.rules.rule import gravest  # noqa: PLC0415

    rules = _rules(file)
    settings = configuration(context).settings
    with open_service(settings) as service:
        judged = tuple(_judged(service, rules, settings.period))
        status, now = service.status(), service.now()
    state = gravest(verdict.state for verdict, _ in judged)
    shown = [each for each in judged if not quiet or each[0].state != "ok"]
    if as_json:
        answer(to_json(check_json(shown, (state, CODES[state]), status, now)) + "\n")
    else:
        answer(check_line(verdict, filters) for verdict, filters in shown)
    return CODES[state]


def _rules(file: Path) -> "tuple[Rule, ...]":
    from twin_tui.rules.errors import RulesError  # noqa: PLC0415
    from twin_tui.rules.file import read_rules  # noqa: PLC0415

    try:
        return read_rules(file)
    except RulesError as error:
        raise CommandError(str(error)) from error


def _judged(
    service: "AnalyticsService", rules: "Iterable[Rule]", default_period: str
) -> "Iterable[tuple[Verdict, Filters]]":
    """Yield each rule's verdict in the order of the file; figures over the same rows are read once."""
    from twin_tui.rules.readings import Readings, read  # noqa: PLC0415
    from twin_tui.rules.rule import judge  # noqa: PLC0415

    held = list(rules)
    asked = {rule.asked: chosen_filters(service, rule.asked, default_period) for rule in held}
    readings: dict[Filters, Readings] = {
        filters: read(service, filters, {rule.figure.key for rule in held if asked[rule.asked] == filters})
        for filters in dict.fromkeys(asked.values())
    }
    for rule in held:
        filters = asked[rule.asked]
        yield judge(rule, readings[filters][rule.figure.key]), filters


def _figure_lines() -> Iterable[str]:
    from twin_tui.rules.readings import SOURCES  # noqa: PLC0415

    for source in SOURCES:
        for known in source.figures:
            also = "" if known.has_change else " No change."
            yield f"{known.key:<26}{known.unit:<15}{known.definition}{also}"

"""`twin-tui report engagement`: how much, how evenly and what for people use twins."""

import click

from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.engagement_json import engagement_json
from twin_tui.reports.engagement_plain import engagement_plain
from twin_tui.reports.engagement_sections import ENGAGEMENT_SECTIONS, engagement_sections
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown


@taught(
    "engagement",
    ("twin-tui report engagement --period 90d", "Funnel, spread, concentration, who uses whose twin."),
    ("twin-tui report engagement --company Acme --json", "One company, for a script."),
    ("twin-tui report engagement --csv --section pairs > pairs.csv", "Who uses whose twin, as a table."),
)
@filter_options
@click.option(
    "--section",
    "wanted",
    multiple=True,
    type=click.Choice(ENGAGEMENT_SECTIONS),
    help="With --csv or --md: only this section; may be repeated.",
)
@form_options
@click.pass_context
def engagement(context: click.Context, *, asked: Asked, wanted: tuple[str, ...], form: str) -> None:
    """Funnel, feature usage, spread over people and conversations, who uses whose twin, topics, hours.

    The funnel counts accounts and twins there at the period's end, then who of their owners was active in it.
    """
    if wanted and form not in ("csv", "md"):
        raise click.UsageError("--section goes with --csv or --md.")
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.engagement(filters)
        about = about_of(service, filters, asked)
    sections = [each for each in engagement_sections(found) if not wanted or each.key in wanted]
    if form == "json":
        answer(to_json(engagement_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv(sections))
    elif form == "md":
        answer(to_markdown("Engagement", about, sections))
    else:
        answer(engagement_plain(found, about, page_width()))

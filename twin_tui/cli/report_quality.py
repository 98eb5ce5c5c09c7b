"""`twin-tui report quality`: what people did not find, and where twins left them alone."""

from typing import get_args

import click

from twin_tui.analytics.answers import QualityMeasure
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.quality_json import quality_json
from twin_tui.reports.quality_plain import quality_plain
from twin_tui.reports.quality_sections import quality_sections


@taught(
    "quality",
    ("twin-tui report quality --period 30d", "Searches without results, dead ends, slow replies."),
    ("twin-tui report quality --rank-by dead_end_share --json", "Twins by dead ends; for a script."),
    ("twin-tui report quality --company Acme --md", "One company, as a page."),
)
@filter_options
@click.option(
    "--rank-by",
    type=click.Choice(get_args(QualityMeasure)),
    default="zero_result_rate",
    show_default=True,
    help="What twins are ranked by, the worst first.",
)
@form_options
@click.pass_context
def quality(context: click.Context, *, asked: Asked, rank_by: QualityMeasure, form: str) -> None:
    """Searches that find nothing, dead ends by reason, unanswered messages, slow replies, twins by these.

    A twin with fewer than five of what its rate is made of is listed last and not ranked. The role metrics
    gets the numbers without the texts that were searched for.
    """
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.quality(filters, rank_by)
        about = about_of(service, filters, asked)
    if form == "json":
        answer(to_json(quality_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv(quality_sections(found)))
    elif form == "md":
        answer(to_markdown("Quality", about, quality_sections(found)))
    else:
        answer(quality_plain(found, about, page_width()))

"""`twin-tui report retention`: who came back, and who stopped."""

import click

from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.retention_forms import retention_plain, retention_sections
from twin_tui.reports.retention_json import retention_json


@taught(
    "retention",
    ("twin-tui report retention --period 90d", "Day 1, 7 and 30, weekly cohorts, lifecycle."),
    ("twin-tui report retention --unbounded --json", "Coming back later counts, too; for a script."),
    ("twin-tui report retention --company Acme --md", "One company, as a page."),
)
@filter_options
@click.option("--unbounded", is_flag=True, help="Count coming back on day N or any later day.")
@form_options
@click.pass_context
def retention(context: click.Context, *, asked: Asked, unbounded: bool, form: str) -> None:
    """Who came back on day 1, 7 and 30, weekly cohorts, lifecycle, active days.

    A period selects the people whose first active day lies in it; of all time, the last 90 days. Whoever
    could not have come back yet is not counted as lost.
    """
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.retention(filters, is_unbounded=unbounded)
        about = about_of(service, filters, asked)
    if form == "json":
        answer(to_json(retention_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv(retention_sections(found)))
    elif form == "md":
        answer(to_markdown("Retention", about, retention_sections(found)))
    else:
        answer(retention_plain(found, about, page_width()))

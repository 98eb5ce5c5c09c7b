"""`twin-tui report monthly`: sessions, events and mean session length per person and local month."""

from typing import get_args

import click

from twin_tui.analytics.answers import MonthlyRequest, MonthlySort
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer, say
from twin_tui.cli.report_columns import check_columns, chosen, columns_option
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.monthly_forms import monthly_json, monthly_plain, monthly_section


@taught(
    "monthly",
    ("twin-tui report monthly --period 365d --csv > months.csv", "Every month of a year, the newest first."),
    ("twin-tui report monthly --period all --sort events --limit 10", "The busiest months anybody had."),
    ("twin-tui report monthly --period all --user ann@example.com", "Ann's months."),
)
@filter_options
@click.option(
    "--sort", type=click.Choice(get_args(MonthlySort)), default="month", help="By what (month); name from A."
)
@click.option("--reverse", is_flag=True, help="The other way round: oldest first, names from Z, from low.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page, from 1.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, help="Lines per page (default 50).")
@columns_option
@form_options
@click.pass_context
def monthly(
    context: click.Context,
    *,
    asked: Asked,
    sort: MonthlySort,
    reverse: bool,
    page: int,
    limit: int,
    columns: str | None,
    form: str,
) -> None:
    """Per person and month: sessions, events (sessions, documents and queries), mean session length.

    A month that the period holds a part of counts that part.
    """
    request = MonthlyRequest(sort, (sort != "name") != reverse, page, limit)
    check_columns(columns, form)
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.monthly(filters, request)
        about = about_of(service, filters, asked)
    if found.request.page != page:
        say(f"There is no page {page}: page {found.request.page} is the last.")
    if form == "json":
        answer(to_json(monthly_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv([chosen(monthly_section(found), columns)]))
    elif form == "md":
        where = f"Page {found.request.page} of {found.pages}, {found.total} in all"
        answer(to_markdown("Monthly statistics", about, [chosen(monthly_section(found), columns)], where))
    else:
        answer(monthly_plain(found, about, page_width()))

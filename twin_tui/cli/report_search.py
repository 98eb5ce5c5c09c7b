"""`twin-tui report search`: texts that hold words, and people, twins and conversations of that name."""

from typing import get_args

import click

from twin_tui.analytics.answers import SearchOrder, SearchRequest
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer, say
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.search_json import search_json
from twin_tui.reports.search_plain import notes, search_plain
from twin_tui.reports.search_sections import SEARCH_SECTIONS, search_sections


@taught(
    "search",
    ("twin-tui report search 'refund \"credit note\"'", "Texts with refund and the two words in a row."),
    ("twin-tui report search 'refund*' --period all --user ann@example.com", "Refund, refunds, refunded …"),
    ("twin-tui report search 返金 --by relevance --json", "The densest first, for a script."),
)
@click.argument("text", metavar="TEXT")
@filter_options
@click.option(
    "--by",
    type=click.Choice(get_args(SearchOrder)),
    default="newest",
    help="Newest first (default), or the most relevant of the newest 20,000.",
)
@click.option(
    "--section",
    "wanted",
    multiple=True,
    type=click.Choice(SEARCH_SECTIONS),
    help="With --csv or --md: only this section; may be repeated.",
)
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page, from 1.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, help="Texts per page (default 50).")
@form_options
@click.pass_context
def search(
    context: click.Context,
    *,
    text: str,
    asked: Asked,
    by: SearchOrder,
    wanted: tuple[str, ...],
    page: int,
    limit: int,
    form: str,
) -> None:
    """Messages, documents and queries that hold all words of TEXT; people, twins, titles of that name.

    Case and accents do not count. "Words in quotes" must follow each other, word* stands for any ending.
    """
    if wanted and form not in ("csv", "md"):
        raise click.UsageError("--section goes with --csv or --md.")
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.search(filters, SearchRequest(text, by, page, limit))
        about = about_of(service, filters, asked)
    if not found.terms:
        say("There is no word in what is sought: letters or digits are needed.")
    if form == "json":
        answer(to_json(search_json(found, about)) + "\n")
    elif form == "plain":
        answer(search_plain(found, about, page_width()))
    else:
        for note in notes(found, about):
            say(note)
        sections = [each for each in search_sections(found) if not wanted or each.key in wanted]
        if form == "csv":
            answer(to_csv(sections))
        else:
            answer(to_markdown("Search", about, sections, f"Sought: {' · '.join(found.terms)}"))

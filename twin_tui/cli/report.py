"""`twin-tui report`: the screens' answers as JSON, CSV, Markdown or plain text."""

from dataclasses import replace
from typing import get_args

import click

from twin_tui.analytics.answers import (
    ActivityRequest,
    ActivityType,
    Group,
    Measure,
)
from twin_tui.analytics.filters import Filters
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer, say
from twin_tui.cli.report_columns import check_columns, chosen, columns_option
from twin_tui.cli.report_engagement import engagement
from twin_tui.cli.report_monthly import monthly
from twin_tui.cli.report_parts import about_of, form_options, overview_about, page_width, whole_entries
from twin_tui.cli.report_people import people, person, twin
from twin_tui.cli.report_quality import quality
from twin_tui.cli.report_retention import retention
from twin_tui.cli.report_search import search
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.feed_sections import activity_section, conversation_sections
from twin_tui.reports.json_form import (
    activity_json,
    conversation_json,
    leaderboard_json,
    overview_json,
    to_json,
)
from twin_tui.reports.markdown_form import conversation_markdown, to_markdown
from twin_tui.reports.overview_sections import OVERVIEW_SECTIONS, leaderboard_section, overview_sections
from twin_tui.reports.plain_conversation import conversation_plain
from twin_tui.reports.plain_feed import activity_plain, leaderboard_plain
from twin_tui.reports.plain_overview import overview_plain

_GROUPS = click.Choice(get_args(Group))
_MEASURES = click.Choice(get_args(Measure))


@taught(
    "report",
    ("twin-tui report overview --period 30d", "The first tab as plain text."),
    ("twin-tui report activity --search ann --json", "What Ann did, for a script."),
    ("twin-tui report leaderboard --by user --csv > users.csv", "A table for a spreadsheet."),
    group=True,
)
def report() -> None:
    """Print an answer instead of opening the dashboard."""


@taught(
    "overview",
    ("twin-tui report overview", "The last 30 days."),
    (
        "twin-tui report overview --period 2026-10-01..2026-10-31 --company Acme --json",
        "One month, one company.",
    ),
    ("twin-tui report overview --csv --section series > days.csv", "The daily series as a table of its own."),
)
@filter_options
@click.option("--by", type=_GROUPS, default="company", help="What the leaderboard ranks (default company).")
@click.option("--rank-by", type=_MEASURES, default="conversations", help="By which figure it ranks.")
@click.option(
    "--section",
    "wanted",
    multiple=True,
    type=click.Choice(OVERVIEW_SECTIONS),
    help="With --csv or --md: only this section; may be repeated.",
)
@form_options
@click.pass_context
def overview(
    context: click.Context, *, asked: Asked, by: Group, rank_by: Measure, wanted: tuple[str, ...], form: str
) -> None:
    """Key figures, days, features, leaderboard, hours and the latest activity."""
    if wanted and form not in ("csv", "md"):
        raise click.UsageError("--section goes with --csv or --md.")
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.overview(filters, by, rank_by)
        about = overview_about(found, service, asked)
    if form == "json":
        answer(to_json(overview_json(found, about)) + "\n")
    elif form == "plain":
        answer(overview_plain(found, about, page_width()))
    else:
        sections = [each for each in overview_sections(found) if not wanted or each.key in wanted]
        if form == "csv":
            answer(to_csv(sections))
        else:
            answer(to_markdown("Overview", about, sections))


@taught(
    "activity",
    ("twin-tui report activity --period 7d", "Conversations started in the last week."),
    ("twin-tui report activity --type query --user ann@example.com --json", "What Ann searched for."),
    (
        "twin-tui report activity --has document --dated active --page 2",
        "The second page of a narrower list.",
    ),
    ("twin-tui report activity --on 'last tuesday' --search ann", "What Ann's twin said last Tuesday."),
)
@filter_options
@click.option(
    "--type",
    "kind",
    type=click.Choice(get_args(ActivityType)),
    default="conversation",
    help="Which lines: conversations (default), shared ones, documents, queries, or all events merged.",
)
@click.option(
    "--has",
    multiple=True,
    type=click.Choice(["document", "query"]),
    help="Only conversations with documents, or with queries; may be repeated.",
)
@click.option(
    "--dated",
    type=click.Choice(["started", "active"]),
    default="started",
    help="Conversations started in the period (default), or with any message in it.",
)
@click.option(
    "--on", metavar="DAY", help="Conversations active on this day: like --period DAY --dated active."
)
@click.option("--not-reviewed", is_flag=True, help="Leave out conversations that are marked as reviewed.")
@click.option(
    "--search", metavar="TEXT", default="", help="Part of a name, e-mail, title, topic or session id."
)
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page, from 1.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, help="Lines per page (default 50).")
@columns_option
@form_options
@click.pass_context
def activity(
    context: click.Context,
    *,
    asked: Asked,
    kind: ActivityType,
    has: tuple[str, ...],
    dated: str,
    on: str | None,
    not_reviewed: bool,
    search: str,
    page: int,
    limit: int,
    columns: str | None,
    form: str,
) -> None:
    """One page of the activity feed, newest first, with exact totals."""
    if on is not None:
        if asked.period is not None:
            raise click.UsageError("--on names the day: leave --period out.")
        asked, dated = replace(asked, period=on), "active"
    request = ActivityRequest(
        type=kind,
        has_documents="document" in has,
        has_queries="query" in has,
        only_unreviewed=not_reviewed,
        dated="active" if dated == "active" else "started",
        search=search,
        page=page,
        limit=limit,
    )
    check_columns(columns, form)
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.activity(filters, request)
        about = about_of(service, filters, asked)
    if found.request.page != page:
        say(f"There is no page {page}: page {found.request.page} is the last.")
    if form == "json":
        answer(to_json(activity_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv([chosen(activity_section(found), columns)]))
    elif form == "md":
        where = f"Page {found.request.page} of {found.pages}, {found.total} in all"
        answer(to_markdown("Activity", about, [chosen(activity_section(found), columns)], where))
    else:
        answer(activity_plain(found, about, page_width()))


@taught(
    "leaderboard",
    ("twin-tui report leaderboard --by user --rank-by messages", "Who writes most."),
    (
        "twin-tui report leaderboard --by twin --period all --limit 5 --md",
        "The five busiest twins, for a page.",
    ),
)
@filter_options
@click.option("--by", type=_GROUPS, default="company", help="What is ranked (default company).")
@click.option("--rank-by", type=_MEASURES, default="conversations", help="By which figure (conversations).")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="How many rows (default 20).")
@columns_option
@form_options
@click.pass_context
def leaderboard(
    context: click.Context,
    *,
    asked: Asked,
    by: Group,
    rank_by: Measure,
    limit: int,
    columns: str | None,
    form: str,
) -> None:
    """Companies, departments, users or twins in the order of a figure."""
    check_columns(columns, form)
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        board = service.leaderboard(filters, by, rank_by, limit)
        about = about_of(service, filters, asked)
    if form == "json":
        answer(to_json(leaderboard_json(board, about)) + "\n")
    elif form == "csv":
        answer(to_csv([chosen(leaderboard_section(board), columns)]))
    elif form == "md":
        answer(to_markdown(f"Leaderboard by {by}", about, [chosen(leaderboard_section(board), columns)]))
    else:
        answer(leaderboard_plain(board, about, page_width()))


@taught(
    "conversation",
    ("twin-tui report conversation 0190ab", "A session by the beginning of its id."),
    ("twin-tui report conversation ID --md > thread.md", "The same as a page to keep."),
)
@click.argument("id_", metavar="ID")
@form_options
@click.pass_context
def conversation(context: click.Context, id_: str, form: str) -> None:
    """One conversation with its documents and queries, whole.

    ID is a session's, or that of one of its messages, documents or queries; a unique beginning will do.
    """
    with open_service(configuration(context).settings) as service:
        session_id, event_id = service.find_session(id_)
        found = service.conversation(session_id)
        about = about_of(service, Filters(), None)
        entries = whole_entries(service, found)
        if form == "json":
            answer(to_json(conversation_json(found, entries, about, event_id)) + "\n")
        elif form == "csv":
            answer(to_csv(conversation_sections(found, entries)))
        elif form == "md":
            answer(conversation_markdown(found, entries, about))
        else:
            answer(conversation_plain(found, entries, about, event_id, page_width()))


for _command in (
    overview,
    activity,
    conversation,
    leaderboard,
    people,
    person,
    twin,
    monthly,
    retention,
    quality,
    engagement,
    search,
):
    report.add_command(_command)

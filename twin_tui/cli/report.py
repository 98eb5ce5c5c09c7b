"""`twin-tui report`: the screens' answers as JSON, CSV, Markdown or plain text."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_args

import click

from twin_tui.analytics.answers import (
    ActivityRequest,
    ActivityType,
    Conversation,
    Entry,
    Group,
    Measure,
    Overview,
)
from twin_tui.analytics.filters import Filters
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer, is_terminal, say
from twin_tui.cli.taught import taught
from twin_tui.reports.about import About
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.feed_sections import activity_section, conversation_sections
from twin_tui.reports.json_form import (
    activity_json,
    conversation_json,
    leaderboard_json,
    overview_json,
    to_json,
)
from twin_tui.reports.layout import NARROWEST, WIDTH
from twin_tui.reports.markdown_form import conversation_markdown, to_markdown
from twin_tui.reports.overview_sections import OVERVIEW_SECTIONS, leaderboard_section, overview_sections
from twin_tui.reports.plain_conversation import conversation_plain
from twin_tui.reports.plain_feed import activity_plain, leaderboard_plain
from twin_tui.reports.plain_overview import overview_plain

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

ENTRIES_AT_ONCE = 200
WIDEST = 160
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


def _form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for form, text in (
        ("plain", "Aligned plain text (the default, also in a pipe)."),
        ("md", "Markdown tables."),
        ("csv", "CSV for spreadsheets; text that looks like a formula gets a leading quote."),
        ("json", "JSON with stable keys: times UTC, unknown as null."),
    ):
        command = click.option(f"--{form}", "form", flag_value=form, default=form == "plain", help=text)(
            command
        )
    return command


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
@_form_options
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
        answer(overview_plain(found, about, _width()))
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
    "--search", metavar="TEXT", default="", help="Part of a name, e-mail, title, topic or session id."
)
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page, from 1.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, help="Lines per page (default 50).")
@_form_options
@click.pass_context
def activity(
    context: click.Context,
    *,
    asked: Asked,
    kind: ActivityType,
    has: tuple[str, ...],
    dated: str,
    search: str,
    page: int,
    limit: int,
    form: str,
) -> None:
    """One page of the activity feed, newest first, with exact totals."""
    request = ActivityRequest(
        type=kind,
        has_documents="document" in has,
        has_queries="query" in has,
        dated="active" if dated == "active" else "started",
        search=search,
        page=page,
        limit=limit,
    )
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.activity(filters, request)
        about = _about(service, filters, asked)
    if found.request.page != page:
        say(f"There is no page {page}: page {found.request.page} is the last.")
    if form == "json":
        answer(to_json(activity_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv([activity_section(found)]))
    elif form == "md":
        where = f"Page {found.request.page} of {found.pages}, {found.total} in all"
        answer(to_markdown("Activity", about, [activity_section(found)], where))
    else:
        answer(activity_plain(found, about, _width()))


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
@_form_options
@click.pass_context
def leaderboard(
    context: click.Context, *, asked: Asked, by: Group, rank_by: Measure, limit: int, form: str
) -> None:
    """Companies, departments, users or twins in the order of a figure."""
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        board = service.leaderboard(filters, by, rank_by, limit)
        about = _about(service, filters, asked)
    if form == "json":
        answer(to_json(leaderboard_json(board, about)) + "\n")
    elif form == "csv":
        answer(to_csv([leaderboard_section(board)]))
    elif form == "md":
        answer(to_markdown(f"Leaderboard by {by}", about, [leaderboard_section(board)]))
    else:
        answer(leaderboard_plain(board, about, _width()))


@taught(
    "conversation",
    ("twin-tui report conversation 0190ab", "A session by the beginning of its id."),
    ("twin-tui report conversation ID --md > thread.md", "The same as a page to keep."),
)
@click.argument("id_", metavar="ID")
@_form_options
@click.pass_context
def conversation(context: click.Context, id_: str, form: str) -> None:
    """One conversation with its documents and queries, whole.

    ID is a session's, or that of one of its messages, documents or queries; a unique beginning will do.
    """
    with open_service(configuration(context).settings) as service:
        session_id, event_id = service.find_session(id_)
        found = service.conversation(session_id)
        about = _about(service, Filters(), None)
        entries = whole_entries(service, found)
        if form == "json":
            answer(to_json(conversation_json(found, entries, about, event_id)) + "\n")
        elif form == "csv":
            answer(to_csv(conversation_sections(found, entries)))
        elif form == "md":
            answer(conversation_markdown(found, entries, about))
        else:
            answer(conversation_plain(found, entries, about, event_id, _width()))


def whole_entries(service: "AnalyticsService", found: Conversation) -> Iterator[Entry]:
    """Yield every entry with its whole text, read window by window."""
    session_id = found.header.session_id
    for first in range(0, len(found.index), ENTRIES_AT_ONCE):
        for entry in service.entries(session_id, first, ENTRIES_AT_ONCE):
            if entry.is_cut:
                text = service.entry_text(session_id, entry.kind, entry.id)
                yield replace(entry, text=text, is_cut=False)
            else:
                yield entry


def overview_about(found: Overview, service: "AnalyticsService", asked: Asked | None) -> About:
    """Return the frame of an overview, its days as answered."""
    return replace(_about(service, found.filters, asked, status_days=False), start=found.start, end=found.end)


def _about(
    service: "AnalyticsService", filters: Filters, asked: Asked | None, *, status_days: bool = True
) -> About:
    status = service.status()
    start, end = filters.period.start, filters.period.end
    if status_days and filters.period.is_all and status.first_day and status.last_day:
        start, end = status.first_day, status.last_day + timedelta(days=1)
    return About(
        database=status.name,
        timezone=str(service.timezone),
        now=service.now(),
        filters=filters,
        start=start,
        end=end,
        user=(asked.user or "") if asked else "",
        twin=(asked.twin or "") if asked else "",
    )


def _width() -> int:
    if not is_terminal(sys.stdout):
        return WIDTH
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns))


for _command in (overview, activity, conversation, leaderboard):
    report.add_command(_command)

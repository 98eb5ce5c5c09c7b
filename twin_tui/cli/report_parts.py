"""What all reports have in common: their form options, their frame, their width, whole entries."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from twin_tui.analytics.answers import Conversation, Entry, Overview
from twin_tui.analytics.filters import Filters
from twin_tui.cli.filter_options import Asked
from twin_tui.cli.output import is_terminal
from twin_tui.reports.about import About
from twin_tui.reports.layout import NARROWEST, WIDTH

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

ENTRIES_AT_ONCE = 200
WIDEST = 160


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--plain``, ``--md``, ``--csv`` and ``--json``; the last one is ``form``."""
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
    return replace(
        about_of(service, found.filters, asked, status_days=False), start=found.start, end=found.end
    )


def about_of(
    service: "AnalyticsService", filters: Filters, asked: Asked | None, *, status_days: bool = True
) -> About:
    """Return the frame of an answer; for all time, the days from first to last with data."""
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


def page_width() -> int:
    """Return the cells of a line: the terminal's within reason, 80 in a pipe."""
    if not is_terminal(sys.stdout):
        return WIDTH
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns))

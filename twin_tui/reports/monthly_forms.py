"""Monthly statistics per person as JSON, as a table, and as plain text."""

from twin_tui.analytics.answers import MonthlyPage, MonthRow
from twin_tui.reports.about import About
from twin_tui.reports.json_form import Json, frame, person_ref, window_json
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_overview import heading
from twin_tui.reports.sections import Cell, Column, Section
from twin_tui.text.formatting import DASH, duration, number
from twin_tui.text.safe_text import safe_line

_HEADS = ("month", "name", "sessions", "docs", "queries", "events", "mean length")


def monthly_json(page: MonthlyPage, about: About) -> Json:
    """Return one page of the statistics under keys frozen by a test; ``month`` is its first local day."""
    asked = page.request
    return {
        **frame(about),
        "window": window_json(page.window),
        "sort": asked.sort,
        "descending": asked.descending,
        "total": page.total,
        "page": asked.page,
        "pages": page.pages,
        "limit": asked.limit,
        "has_next": page.has_next,
        "has_prev": page.has_prev,
        "units": {"mean_length": "seconds"},
        "items": [_item(row) for row in page.items],
    }


def monthly_section(page: MonthlyPage) -> Section:
    """Return one page of the statistics as a table; lengths are seconds."""
    columns = (
        Column("month", "Month"),
        Column("user_id", brief=False),
        Column("user_name", "Name"),
        Column("user_email", "E-mail"),
        Column("sessions", "Sessions"),
        Column("documents", "Documents"),
        Column("queries", "Queries"),
        Column("events", "Events"),
        Column("mean_length", "Mean session length"),
        Column("known_lengths", brief=False),
    )
    cells = tuple(
        (
            Cell(row.month, "day"),
            Cell(row.user.id),
            Cell(row.user.name),
            Cell(row.user.email),
            Cell(row.sessions, "conversations"),
            Cell(row.documents, "documents"),
            Cell(row.queries, "queries"),
            Cell(row.events, "events"),
            Cell(row.length, "seconds"),
            Cell(row.lengths, "conversations"),
        )
        for row in page.items
    )
    return Section("monthly", "Monthly statistics", columns, cells)


def monthly_plain(page: MonthlyPage, about: About, width: int = WIDTH) -> str:
    """Return one page of the statistics in lines of at most ``width`` cells."""
    asked = page.request
    first = (asked.page - 1) * asked.limit + 1
    told = (
        f"{number(first)}–{number(first + len(page.items) - 1)} of {number(page.total)}"
        f" · by {asked.sort}{'' if asked.descending == (asked.sort != 'name') else ', reversed'}"
        f" · page {number(asked.page)} of {number(page.pages)}"
        if page.items
        else "Nothing happened"
    )
    lines = [
        *heading(f"Monthly statistics · {safe_line(about.database)}", about, width),
        "",
        rule(told, width),
    ]
    if page.items:
        lines += table(_HEADS, [_line(row) for row in page.items], right=frozenset(range(2, 7)), flexible=1,
                       width=width)  # fmt: skip
    if page.has_next:
        lines += ["", f"More: --page {asked.page + 1}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _item(row: MonthRow) -> Json:
    return {
        "month": row.month.isoformat(),
        "user": person_ref(row.user),
        "sessions": row.sessions,
        "documents": row.documents,
        "queries": row.queries,
        "events": row.events,
        "mean_length": row.length,
        "known_lengths": row.lengths,
    }


def _line(row: MonthRow) -> list[str]:
    counts = map(number, (row.sessions, row.documents, row.queries, row.events))
    name = safe_line(row.user.name or row.user.email or row.user.id)
    return [f"{row.month:%Y-%m}", name, *counts, DASH if row.length is None else duration(row.length)]

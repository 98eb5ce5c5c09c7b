"""What is said of a database without conversations, and what is missing in one, in words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from twin_tui.text.formatting import span

if TYPE_CHECKING:
    from twin_tui.analytics.answers import DatabaseStatus, Figure
    from twin_tui.analytics.filters import Filters

EMPTY = "This database holds no conversation yet."
WAYS = "ctrl+o opens the ways to fill it: a demo, an import, another database"
FILLING = f"""\
{WAYS}
in a shell: twin-tui import slack EXPORT --db FILE · twin-tui demo"""
"""What to do about an empty database."""

COUNTED = frozenset({"active_users", "conversations", "messages", "documents", "queries"})
"""Figures that are all 0 where nothing happened."""

LOSSES: Mapping[str, str] = {
    "users.company": "no company: rankings and filters by company hold one unknown group",
    "users.department": "no department: rankings and filters by department hold one unknown group",
    "users.created_at": "when people joined is unknown",
    "users.last_login_at": "last logins are unknown",
    "twins.description": "twins have no description",
    "twins.is_shared": "whether a twin is meant to be shared is unknown",
    "twins.created_at": "when twins were installed is unknown: twin installations cannot be counted",
    "sessions.platform": "no platform: one unknown platform for all",
    "sessions.title": "conversations have no title",
    "sessions.topic": "conversations have no topic",
    "sessions.is_shared_twin": "shared use is not marked: every use counts as the owner's own",
    "messages.message_type": "the kind of a message is unknown",
    "documents.message_id": "which message a document belongs to is unknown",
    "documents.document_type": "the kind of a document is unknown",
    "documents.title": "documents have no title",
    "documents.content": "documents cannot be read: their text is not stored",
    "documents.word_count": "the length of documents is unknown",
    "queries.message_id": "which message a query belongs to is unknown",
    "queries.query_type": "the kind of a query is unknown",
    "queries.results_count": "how many results a query found is unknown: no zero-result rate",
}
"""By column: what cannot be shown without it."""


def access_words(status: "DatabaseStatus") -> str:
    """Return how a database is open, and whose it is where it is not ours."""
    access = "read-only" if status.is_read_only else "read and write"
    return access if status.is_ours else f"{access} · another system's"


def losses(status: "DatabaseStatus") -> tuple[tuple[str, str], ...]:
    """Return what is missing and what that means, in the tables' order."""
    order = [column for column in LOSSES if column in status.missing]
    order += [column for column in status.missing if column not in LOSSES]
    return tuple((column, LOSSES.get(column, "reads as unknown")) for column in order)


def emptiness(
    figures: "Iterable[Figure]", filters: "Filters", status: "DatabaseStatus"
) -> tuple[str, str] | None:
    """Return why a tab shows nothing and what to do next; tells an empty database and filters apart."""
    if status.is_empty:
        return EMPTY, FILLING
    if any(figure.value for figure in figures if figure.key in COUNTED):
        return None
    if filters.is_narrowed:
        return "Nothing passes these filters in this period.", "x clears the filters · p chooses a period"
    data = f"The database holds {span(status.first_day, status.last_day)}. " if status.first_day else ""
    return "Nothing happened in this period.", f"{data}p chooses another · [ goes to the one before"

"""What is behind the numbers of the overview."""

from collections.abc import Mapping
from dataclasses import replace

from twin_tui.analytics.answers import EngagementCell, SessionsCell
from twin_tui.analytics.filters import Filters

Behind = EngagementCell | SessionsCell
STARTED = SessionsCell("messages_per_conversation")
"""The conversations started in the period, however many messages they have."""
CARDS: Mapping[str, tuple[Behind, str]] = {
    "active_users": (EngagementCell("active"), "Active users"),
    "conversations": (STARTED, "Conversations"),
    "messages": (SessionsCell("messages"), "Conversations with messages"),
    "documents": (SessionsCell("documents"), "Documents drafted"),
    "queries": (SessionsCell("queries"), "Conversations with queries"),
    "shared_share": (STARTED, "Conversations with somebody else's twin"),
    "zero_result_rate": (SessionsCell("zero_results"), "Queries that found nothing"),
    "session_length_median": (SessionsCell("session_length"), "Conversations of known length"),
}
"""By figure: what its card opens, and its title."""
FEATURES: Mapping[str, str] = {
    "question_asked": "conversations",
    "info_retrieved": "queries",
    "document_drafted": "documents",
    "shared_interaction": "shared_share",
}
"""By feature: the figure that is behind its bar."""


def behind(key: str, filters: Filters) -> tuple[Behind, str, Filters] | None:
    """Return what is behind a figure, its title, and within which filters; ``None`` where nothing is."""
    if (found := CARDS.get(key)) is None:
        return None
    return (*found, replace(filters, shared=True) if key == "shared_share" else filters)

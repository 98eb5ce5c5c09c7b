"""The modules that answer, each imported with the first question it is asked.

A start asks one question; the other modules would cost it more than reading its answer does.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twin_tui.analytics import choices, masked, status
    from twin_tui.analytics.activity import neighbours as activity_neighbours
    from twin_tui.analytics.activity import page as activity
    from twin_tui.analytics.behind import people as people_named
    from twin_tui.analytics.behind import sessions as behind
    from twin_tui.analytics.conversation import drafts as conversation_drafts
    from twin_tui.analytics.conversation import entries as conversation_entries
    from twin_tui.analytics.conversation import find as conversation_find
    from twin_tui.analytics.conversation import timeline as conversation
    from twin_tui.analytics.engagement import answer as engagement
    from twin_tui.analytics.lookup import names as lookup
    from twin_tui.analytics.lookup import sessions as lookup_session
    from twin_tui.analytics.overview import answer as overview
    from twin_tui.analytics.overview import leaderboard
    from twin_tui.analytics.people import directory as people
    from twin_tui.analytics.people import monthly
    from twin_tui.analytics.people import pages as people_pages
    from twin_tui.analytics.quality import answer as quality
    from twin_tui.analytics.retention import answer as retention
    from twin_tui.analytics.search import answer as search
    from twin_tui.analytics.search import shown as search_shown

__all__ = [
    "activity",
    "activity_neighbours",
    "behind",
    "choices",
    "conversation",
    "conversation_drafts",
    "conversation_entries",
    "conversation_find",
    "engagement",
    "leaderboard",
    "lookup",
    "lookup_session",
    "masked",
    "monthly",
    "overview",
    "people",
    "people_named",
    "people_pages",
    "quality",
    "retention",
    "search",
    "search_shown",
    "status",
]

_ROOMS = {
    "activity": "activity.page",
    "activity_neighbours": "activity.neighbours",
    "behind": "behind.sessions",
    "conversation": "conversation.timeline",
    "conversation_drafts": "conversation.drafts",
    "conversation_entries": "conversation.entries",
    "conversation_find": "conversation.find",
    "engagement": "engagement.answer",
    "leaderboard": "overview.leaderboard",
    "lookup": "lookup.names",
    "lookup_session": "lookup.sessions",
    "monthly": "people.monthly",
    "overview": "overview.answer",
    "people": "people.directory",
    "people_named": "behind.people",
    "people_pages": "people.pages",
    "quality": "quality.answer",
    "retention": "retention.answer",
    "search": "search.answer",
    "search_shown": "search.shown",
}
"""Where those are that stand in a room of their own."""
ON_TABS = ("activity", "people", "retention", "engagement", "quality")
"""What the tabs ask beside the first one."""


def import_those_on_tabs() -> None:
    """Import what the tabs ask, so that no first look at one waits for it."""
    for name in ON_TABS:
        __getattr__(name)


def __getattr__(name: str) -> ModuleType:
    """Return one of the modules above (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = import_module(f"twin_tui.analytics.{_ROOMS.get(name, name)}")
    return found

"""The modules that answer, each imported with the first question it is asked.

A start asks one question; the other modules would cost it more than reading its answer does.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twin_tui.analytics import (
        activity,
        activity_neighbours,
        behind,
        choices,
        conversation,
        conversation_drafts,
        conversation_entries,
        conversation_find,
        engagement,
        leaderboard,
        lookup,
        lookup_session,
        masked,
        monthly,
        overview,
        people,
        people_named,
        people_pages,
        quality,
        retention,
        search,
        search_shown,
        status,
    )

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
    found = globals()[name] = import_module(f"twin_tui.analytics.{name}")
    return found

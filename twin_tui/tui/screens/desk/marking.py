"""Setting marks on conversations: off the UI thread, with a sentence on what was done."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.tui.loading import ask, service_of

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Kept, MarkKind
    from twin_tui.analytics.service import AnalyticsService

DONE = {
    "pinned": ("Pinned: it stands above the search.", "No longer pinned."),
    "reviewed": ("Reviewed.", "Not reviewed any more."),
}
"""What is said of a mark that was set, and of one that was taken away."""


def toggle_mark(
    screen: Screen[Any], session_id: str, kind: "MarkKind", then: Callable[[], None] = lambda: None
) -> None:
    """Set a mark that a conversation does not bear, else take it away; then call ``then``."""
    screen.run_worker(_toggle(screen, session_id, kind, then), group="mark", exclusive=False)


async def _toggle(screen: Screen[Any], session_id: str, kind: "MarkKind", then: Callable[[], None]) -> None:
    service = service_of(screen)
    try:
        is_set = await ask(service, lambda: toggled(service, session_id, kind))
    except CancelledError:
        return
    except AnalyticsError as error:
        screen.notify(str(error), severity="error", timeout=8)
        return
    screen.notify(DONE[kind][0 if is_set else 1], timeout=3)
    then()


def toggled(service: "AnalyticsService", session_id: str, kind: "MarkKind") -> bool:
    """Turn a mark round, for a thread; return whether it is set now. Raises `AnalyticsError`."""
    kept: Kept = service.kept(session_id)
    is_set = (kept.reviewed if kind == "reviewed" else kept.pinned) is None
    service.mark(session_id, kind, is_set=is_set)
    return is_set

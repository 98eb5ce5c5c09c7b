"""What a dashboard is told once its database is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.filters import Filters
from twin_tui.tui.jobs import Jobs

if TYPE_CHECKING:
    from twin_tui.views.view import View


@dataclass(frozen=True)
class Beginning:
    """What to look at first, and what can be set going from there."""

    status: DatabaseStatus
    filters: Filters
    jobs: Jobs | None = None
    conversation: tuple[str, str | None] | None = None
    """Session to open at once, and the entry to open it at."""
    find: Callable[[], tuple[str, str | None]] | None = None
    """Finds these once there is a ticket, where content is closed until then."""
    view: "View | None" = None
    """How to look at it."""
    afterwards: Callable[[], None] = lambda: None
    """What nobody waits for: done in a thread once the first figures are drawn."""

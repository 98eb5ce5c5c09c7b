"""The dashboard: one service, its filters, its first screen, its command palette."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.settings import Settings
from twin_tui.tui.jobs_app import JobsApp
from twin_tui.tui.screens.dialogs.choosing import Choosing
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tickets import Tickets
from twin_tui.tui.ways import Ways

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.tui.beginning import Beginning
    from twin_tui.tui.jobs import Jobs
    from twin_tui.tui.live import Watching
    from twin_tui.views.columns import Chosen


class TwinApp(JobsApp, Tickets, Ways):
    """The dashboard over one service; it closes nothing it did not open."""

    def __init__(
        self,
        service: "AnalyticsService",
        settings: Settings,
        *,
        filters: Filters | None = None,
        jobs: "Jobs | None" = None,
        watching: "Watching | None" = None,
        begin: "Callable[[], Beginning] | None" = None,
    ) -> None:
        """Show what ``service`` answers; ``jobs`` are what the app may set going.

        With ``watching``, the service's `watch`, what other processes write appears by itself. ``begin``
        opens the database: it is called in a thread once the first picture stands, and tells what to look
        at. What it raises ends the app and is its `failure`.
        """
        super().__init__(settings, jobs)
        self.service = service
        self.begin = begin
        self.is_opening = begin is not None
        self.failure: Exception | None = None
        """Why the database could not be opened."""
        self.watching = watching
        self.columns: dict[str, Chosen] = {}
        """The columns chosen in this session, by table."""
        self.filters = filters or Filters(_opening_period(settings, service))
        """What the dashboard opens with."""

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the first: nothing is painted before it."""
        return MainScreen(self.filters)

    def begun(self, beginning: "Beginning") -> None:
        """Take over what is known once the database is open, and follow it."""
        self.jobs, self.filters = beginning.jobs, beginning.filters
        self.is_opening = False
        self.ask_for_tickets()
        self.begin_to_watch()

    def give_up(self, error: Exception) -> None:
        """End because the database cannot be opened."""
        self.failure = error
        self.exit(return_code=3)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer tabs, periods, other databases and themes beside what the keys do."""
        if isinstance(screen, MainScreen):
            yield from screen.commands()
        if isinstance(screen, Choosing):
            yield from screen.column_commands()
        yield from self.conversation_commands()
        yield from self.ticket_commands()
        yield from self.way_commands()
        yield from self.theme_commands()
        yield SystemCommand("Quit", "Leave twin-tui (q)", self.action_quit)


def _opening_period(settings: Settings, service: "AnalyticsService") -> Period:
    """The configured period; the last 30 days where it cannot be read."""
    try:
        return Period.parse(settings.period, service.today())
    except BadFilterError:
        return Period.of_preset("30d", service.today())

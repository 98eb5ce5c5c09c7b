"""The app before there is a database: nothing but the start screen and where it leads."""

from collections.abc import Iterable

from textual.app import SystemCommand
from textual.screen import Screen

from twin_tui.settings import Settings
from twin_tui.tui.jobs import Jobs
from twin_tui.tui.jobs_app import JobsApp
from twin_tui.tui.screens.jobs.start import StartScreen


class StartApp(JobsApp):
    """Ends with `chosen` set, or ``None`` when a person left."""

    def __init__(self, settings: Settings, jobs: Jobs) -> None:
        super().__init__(settings, jobs)
        self._known_jobs = jobs

    def get_default_screen(self) -> Screen[None]:
        """The start screen is the first."""
        return StartScreen(self._known_jobs, is_first=True)

    def action_elsewhere(self) -> None:
        """Stay: the ways are in front of everyone."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Offer the ways and the themes."""
        yield from self.way_commands()
        yield from self.theme_commands()
        yield SystemCommand("Quit", "Leave twin-tui (q)", self.action_quit)

"""The ways between screens: what is wanted is opened over what is there, and escape leads back.

A screen is imported when it is first wanted.
"""

from typing import TYPE_CHECKING

from textual import on

from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import (
    DashboardChosen,
    PeopleWanted,
    PersonChosen,
    SearchWanted,
    SessionChosen,
    SessionsWanted,
    TwinChosen,
)
from twin_tui.tui.live import LiveApp
from twin_tui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from twin_tui.analytics.answers import DatabaseStatus


class Ways(LiveApp):
    """The app's answers to what screens want opened."""

    filters: Filters
    is_opening: bool

    @property
    def looked_at(self) -> Filters:
        """What the dashboard, or the page on top, looks at: a page opened from there takes its period."""
        own = (getattr(screen, "filters", None) for screen in reversed(self.screen_stack))
        return next((filters for filters in own if isinstance(filters, Filters)), self.filters)

    @property
    def status(self) -> "DatabaseStatus | None":
        """What is open, once the dashboard knows."""
        return next((screen.status for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    @on(PersonChosen)
    def _person_chosen(self, event: PersonChosen) -> None:
        from twin_tui.tui.screens.person import PersonScreen  # noqa: PLC0415

        if not (isinstance(self.screen, PersonScreen) and self.screen.subject == event.user_id):
            self.push_screen(PersonScreen(event.user_id, self.looked_at, self.status))

    @on(TwinChosen)
    def _twin_chosen(self, event: TwinChosen) -> None:
        from twin_tui.tui.screens.twin import TwinScreen  # noqa: PLC0415

        if not (isinstance(self.screen, TwinScreen) and self.screen.subject == event.twin_id):
            self.push_screen(TwinScreen(event.twin_id, self.looked_at, self.status))

    @on(PeopleWanted)
    def _people_wanted(self, event: PeopleWanted) -> None:
        from twin_tui.tui.screens.people_behind import PeopleBehindScreen  # noqa: PLC0415

        self.push_screen(PeopleBehindScreen(event.title, event.fetch, self.looked_at))

    @on(SessionChosen)
    def _session_chosen(self, event: SessionChosen) -> None:
        from twin_tui.tui.screens.conversation import ConversationScreen  # noqa: PLC0415

        self.push_screen(ConversationScreen(event.session_id, event.event_id, filters=event.filters))

    @on(SessionsWanted)
    def _sessions_wanted(self, event: SessionsWanted) -> None:
        from twin_tui.tui.screens.sessions_behind import SessionsBehindScreen  # noqa: PLC0415

        self.push_screen(SessionsBehindScreen(event.cell, event.title, event.filters, self.status))

    @on(SearchWanted)
    def _search_wanted(self, event: SearchWanted) -> None:
        from twin_tui.tui.screens.search import SearchScreen  # noqa: PLC0415

        if not self.is_opening and not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen(event.text, self.looked_at, self.status))

    @on(DashboardChosen)
    async def _dashboard_chosen(self, event: DashboardChosen) -> None:
        if not any(isinstance(screen, MainScreen) for screen in self.screen_stack):
            return
        while not isinstance(front := self.screen, MainScreen):
            await self.pop_screen()
        front.filters = event.filters
        from twin_tui.tui.tabs.people import PeopleTab  # noqa: PLC0415

        if isinstance(front.tab, PeopleTab):
            await front.action_tab(1)

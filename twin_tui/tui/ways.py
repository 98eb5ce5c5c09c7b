"""The ways between screens: what is wanted is opened over what is there, and escape leads back.

A screen is imported when it is first wanted.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType

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
from twin_tui.tui.live import Following, LiveApp
from twin_tui.tui.loading import service_of
from twin_tui.tui.screens.main.main import MainScreen

if TYPE_CHECKING:
    from datetime import date

    from twin_tui.analytics.answers import DatabaseStatus


class Ways(LiveApp):
    """The app's answers to what screens want opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("W", "day", "The conversations active on a weekday", show=False),
    ]
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
        from twin_tui.tui.screens.answers.person import PersonScreen  # noqa: PLC0415

        if not (isinstance(self.screen, PersonScreen) and self.screen.subject == event.user_id):
            self.push_screen(PersonScreen(event.user_id, self.looked_at, self.status))

    @on(TwinChosen)
    def _twin_chosen(self, event: TwinChosen) -> None:
        from twin_tui.tui.screens.answers.twin import TwinScreen  # noqa: PLC0415

        if not (isinstance(self.screen, TwinScreen) and self.screen.subject == event.twin_id):
            self.push_screen(TwinScreen(event.twin_id, self.looked_at, self.status))

    @on(PeopleWanted)
    def _people_wanted(self, event: PeopleWanted) -> None:
        from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen  # noqa: PLC0415

        self.push_screen(PeopleBehindScreen(event.title, event.fetch, self.looked_at))

    @on(SessionChosen)
    def _session_chosen(self, event: SessionChosen) -> None:
        from twin_tui.tui.screens.conversation.conversation import ConversationScreen  # noqa: PLC0415

        self.push_screen(ConversationScreen(event.session_id, event.event_id, filters=event.filters))

    @on(SessionsWanted)
    def _sessions_wanted(self, event: SessionsWanted) -> None:
        from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen  # noqa: PLC0415

        self.push_screen(SessionsBehindScreen(event.cell, event.title, event.filters, self.status))

    @on(SearchWanted)
    def _search_wanted(self, event: SearchWanted) -> None:
        from twin_tui.tui.screens.answers.search import SearchScreen  # noqa: PLC0415

        if not self.is_opening and not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen(event.text, self.looked_at, self.status))

    def action_day(self) -> None:
        """Choose a day, and list the conversations that were active on it."""
        if not self.is_opening and isinstance(self.screen, Following):
            from twin_tui.tui.screens.dialogs.day import DayScreen  # noqa: PLC0415

            self.push_screen(DayScreen(service_of(self.screen).today()), self._look_at_day)

    async def _look_at_day(self, day: "date | None") -> None:
        if day is not None and (front := await self._dashboard()) is not None:
            await front.look_at_day(day)

    async def _dashboard(self) -> MainScreen | None:
        """Close what is over the dashboard and return it; ``None`` where there is none."""
        if not any(isinstance(screen, MainScreen) for screen in self.screen_stack):
            return None
        while not isinstance(front := self.screen, MainScreen):
            await self.pop_screen()
        return front

    def conversation_commands(self) -> Iterable[SystemCommand]:
        """Yield the ways to conversations for the command palette."""
        if not self.is_opening and isinstance(self.screen, Following):
            yield SystemCommand(
                "Conversations: pinned and opened lately",
                "Back to one of them, or search (/)",
                lambda: self.post_message(SearchWanted()),
            )
            yield SystemCommand(
                "Conversations: active on a day", "By weekday, of the last two weeks (W)", self.action_day
            )

    @on(DashboardChosen)
    async def _dashboard_chosen(self, event: DashboardChosen) -> None:
        if (front := await self._dashboard()) is None:
            return
        front.filters = event.filters
        from twin_tui.tui.tabs.people import PeopleTab  # noqa: PLC0415

        if isinstance(front.tab, PeopleTab):
            await front.action_tab(1)

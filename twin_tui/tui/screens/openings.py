"""What the main screen opens over itself: conversations, explanations, help; and where search is typed."""

from textual import on
from textual.reactive import reactive
from textual.screen import Screen

from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.filters import Filters
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.conversation import ConversationScreen
from twin_tui.tui.screens.explain import ExplainScreen
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.tabs import TABS
from twin_tui.tui.tabs.activity import ActivityTab


class Openings(Screen[None]):
    """The ways from the tabs to other screens; mixed into the main screen."""

    filters: reactive[Filters]

    @property
    def tab(self) -> DataTab[object]:
        """The visible tab."""
        raise NotImplementedError

    async def action_tab(self, number: int) -> None:
        """Show the tab of that key."""
        raise NotImplementedError

    @on(DataTab.SessionOpened)
    def _session_opened(self, event: DataTab.SessionOpened) -> None:
        event.stop()
        request = self.tab.effective_request if isinstance(self.tab, ActivityTab) else ActivityRequest()
        self.app.push_screen(
            ConversationScreen(event.session_id, event.event_id, filters=self.filters, request=request)
        )

    async def action_search(self) -> None:
        """Search the activity."""
        await self.action_tab(TABS.index(ActivityTab) + 1)
        if isinstance(self.tab, ActivityTab):
            self.tab.search()

    def action_explain(self) -> None:
        """Explain the figure in focus."""
        figure = self.tab.figure_in_focus()
        if figure is None:
            self.notify("Move to a figure first (tab, arrows), then i explains it.", timeout=4)
            return
        self.app.push_screen(ExplainScreen(figure, service_of(self).timezone))

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(self.tab.TITLE))

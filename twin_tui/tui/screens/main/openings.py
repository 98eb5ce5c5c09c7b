"""What the main screen opens over itself: conversations, explanations, help; and where search is typed.

Each is imported when it is first wanted.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from twin_tui.tui.links import PersonChosen, SearchWanted, TwinChosen
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.desk.keeping import Keeping
from twin_tui.tui.screens.main.periods import Periods
from twin_tui.tui.tabs import key_of

if TYPE_CHECKING:
    from twin_tui.analytics.answers import PeopleKind


class Openings(Keeping, Periods):
    """The ways from the tabs to other screens; mixed into the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "person", "The person of this line, else the directory of people", show=False),
        Binding("w", "twin", "The twin of this line, else the directory of twins", show=False),
        Binding("r", "reveal", "Reveal who is masked in this line (recorded)", show=False),
    ]

    @property
    def has_tab(self) -> bool:
        """Whether a tab is visible yet."""
        raise NotImplementedError

    @property
    def tab(self) -> DataTab[object]:
        """The visible tab."""
        raise NotImplementedError

    async def action_tab(self, number: int) -> None:
        """Show the tab of that key."""
        raise NotImplementedError

    def session_in_focus(self) -> str | None:
        """The conversation of the line in focus."""
        return self.tab.session_in_focus()

    def marks_changed(self) -> None:
        """Show the marks as they are now."""
        self.tab.look_again()

    def on_screen_resume(self) -> None:
        """Show what was changed while something else was in front."""
        if self.has_tab:
            self.tab.look_again()

    @on(DataTab.SessionOpened)
    def _session_opened(self, event: DataTab.SessionOpened) -> None:
        event.stop()
        from twin_tui.analytics.answers import ActivityRequest  # noqa: PLC0415
        from twin_tui.tui.screens.conversation.conversation import ConversationScreen  # noqa: PLC0415
        from twin_tui.tui.tabs.activity import ActivityTab  # noqa: PLC0415

        request = self.tab.effective_request if isinstance(self.tab, ActivityTab) else ActivityRequest()
        self.app.push_screen(
            ConversationScreen(event.session_id, event.event_id, filters=self.filters, request=request)
        )

    async def action_search(self) -> None:
        """Search what the tab lists, else everything."""
        from twin_tui.tui.paged import PagedTab  # noqa: PLC0415

        if isinstance(self.tab, PagedTab):
            self.tab.search()
        else:
            self.post_message(SearchWanted())

    async def action_person(self) -> None:
        """Open the person of the line in focus or of the filters; without one the directory."""
        user_id = self.tab.person_in_focus() or self.filters.user
        if user_id is not None:
            self.post_message(PersonChosen(user_id))
        else:
            await self._directory("users")

    async def action_twin(self) -> None:
        """Open the twin of the line in focus or of the filters; without one the directory."""
        twin_id = self.tab.twin_in_focus() or self.filters.twin
        if twin_id is not None:
            self.post_message(TwinChosen(twin_id))
        else:
            await self._directory("twins")

    async def _directory(self, kind: "PeopleKind") -> None:
        from twin_tui.tui.tabs.people import PeopleTab  # noqa: PLC0415

        await self.action_tab(key_of("PeopleTab"))
        if isinstance(self.tab, PeopleTab):
            self.tab.list_kind(kind)

    def action_reveal(self) -> None:
        """Reveal who the person of the line in focus is."""
        user_id = self.tab.person_in_focus()
        if user_id is None:
            self.notify("Move to a line with a person first, then r reveals who it is.", timeout=4)
            return
        from twin_tui.tui.screens.desk.revealing import reveal_person  # noqa: PLC0415

        self.run_worker(reveal_person(self, user_id), group="reveal", exclusive=True)

    def action_explain(self) -> None:
        """Explain the figure in focus."""
        figure = self.tab.figure_in_focus()
        if figure is None:
            self.notify("Move to a figure first (tab, arrows), then i explains it.", timeout=4)
            return
        from twin_tui.tui.screens.dialogs.explain import ExplainScreen  # noqa: PLC0415

        beside, note = self.tab.figures_beside(), self.tab.note_in_focus()
        self.app.push_screen(ExplainScreen(figure, service_of(self).timezone, beside, note))

    def action_help(self) -> None:
        """Show every key."""
        from twin_tui.tui.screens.dialogs.help import HelpScreen  # noqa: PLC0415

        self.app.push_screen(HelpScreen(self.tab.TITLE))

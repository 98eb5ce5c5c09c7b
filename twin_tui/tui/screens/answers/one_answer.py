"""What screens over the dashboard share that show one answer: its view, the keys, and the way back."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, SearchWanted
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall


class OneAnswer(Dressed, Following, Screen[None]):
    """A line that says what is looked at, one view below it, and the keys."""

    TITLE_OF_HELP: ClassVar[str] = ""
    """The section of the help that tells this screen's keys."""
    HINTS: ClassVar[tuple[Hint, ...]] = ()
    """What the bottom line offers."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "person", "The person of this line, or the owner", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def make_bar(self) -> FilterBar:
        """Return the line that says what is looked at."""
        return FilterBar()

    def make_view(self) -> DataTab[Any]:
        """Return what this screen shows."""
        raise NotImplementedError

    def prepare(self, bar: FilterBar, view: DataTab[Any]) -> None:
        """Tell both what is looked at, before they are drawn."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield what is looked at, the view and the keys."""
        bar, view = self.make_bar(), self.make_view()
        self.prepare(bar, view)
        view.is_active = True
        yield bar
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = self.HINTS

    @property
    def bar(self) -> FilterBar:
        """The line that says what is looked at."""
        return self.query_one(FilterBar)

    @property
    def view(self) -> DataTab[Any]:
        """What is shown."""
        return self.query_one(DataTab)

    @property
    def is_settled(self) -> bool:
        """Whether the last answer is drawn."""
        return self.is_mounted and bool(self.query(DataTab)) and self.view.is_settled

    async def follow(self) -> bool:
        """Ask again and draw what differs."""
        return await self.view.follow()

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line, and over the view what went wrong."""
        self.bar.live = condition.words(service_of(self).timezone)
        self.view.warn(condition.sentence)

    def forget_new(self) -> None:
        """Nothing is marked as new here."""

    def action_person(self) -> None:
        """Open the person of the line in focus."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.post_message(PersonChosen(user_id))
        else:
            self.notify("Move to a line that names a person first (tab, arrows).", timeout=4)

    def action_reveal(self) -> None:
        """Reveal who the person of the line is."""
        from twin_tui.tui.screens.desk.revealing import reveal_person  # noqa: PLC0415 - when it is first wanted

        if (user_id := self.view.person_in_focus()) is not None:
            self.run_worker(reveal_person(self, user_id), group="reveal", exclusive=True)

    def action_search(self) -> None:
        """Search everything, in the days looked at."""
        self.post_message(SearchWanted())

    def action_refresh_data(self) -> None:
        """Ask again."""
        self.view.load(again=True)

    def action_back(self) -> None:
        """Close this screen."""
        self.dismiss()

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(self.TITLE_OF_HELP))

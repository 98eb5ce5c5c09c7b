"""The conversations behind a number: what number at the top, its conversations below, esc leads back."""

from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from twin_tui.analytics.answers import Choice, Choices, DatabaseStatus, SessionsCell
from twin_tui.analytics.filters import Filters
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.behind import BehindView
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, SearchWanted, TwinChosen
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.screens.periods import Periods
from twin_tui.tui.screens.revealing import reveal_person
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

TITLE_OF_HELP = "Conversations behind a number"
HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("enter", "open", "enter"),
    ("pgdn pgup g", "pages", "pagedown"),
    ("p", "period", "p"),
    ("[ ]", "earlier, later", "left_square_bracket"),
    ("u w", "person, twin", "u"),
    ("r", "reveal", "r"),
    ("?", "help", "question_mark"),
)


class SessionsBehindScreen(Dressed, Following, Periods):
    """A table of conversations over whatever was there before; its period is its own."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "sessions_behind")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to the number", show=False),
        Binding("u", "person", "The person of this line", show=False),
        Binding("w", "twin", "The twin of this line", show=False),
        Binding("x", "clear", "Clear all filters", show=False),
        Binding("r", "reveal", "Reveal who is masked in this line (recorded)", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(
        self, cell: SessionsCell, title: str, filters: Filters, status: DatabaseStatus | None = None
    ) -> None:
        """List what ``cell`` counts within ``filters`` under ``title``."""
        super().__init__()
        self._cell, self._title, self._status = cell, title, status
        self.set_reactive(Periods.filters, filters)

    def compose(self) -> ComposeResult:
        """Yield the number, the filters, the table and the keys."""
        yield Static(Text(f" {safe_line(self._title, 300)}", no_wrap=True, overflow="ellipsis"), id="number")
        bar = FilterBar()
        bar.filters = self.filters
        bar.data_days = self.data_days()
        yield bar
        view = BehindView(self._cell)
        view.set_reactive(DataTab.filters, self.filters)
        view.is_active = True
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = HINTS
        self.view.focus_first()

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return (None, None) if self._status is None else (self._status.first_day, self._status.last_day)

    @property
    def view(self) -> BehindView:
        """What is shown."""
        return self.query_one(BehindView)

    @property
    def is_settled(self) -> bool:
        """Whether the last answer is drawn."""
        return self.is_mounted and bool(self.query(BehindView)) and self.view.is_settled

    def watch_filters(self, filters: Filters) -> None:
        """Look at the new period."""
        self.query_one(FilterBar).filters = filters
        self.view.filters = filters

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        if not event.is_loading:
            self._name_filters()
        is_old = event.is_stale and not event.is_loading
        self.query_one(FilterBar).state = "older lines" if is_old else ""

    def _name_filters(self) -> None:
        """Name the person and the twin filtered by after the lines, which are all of theirs."""
        answer, bar = self.view.answer, self.query_one(FilterBar)
        if bar.choices is None and answer is not None and answer.items:
            item = answer.items[0].item
            user = Choice(item.user.id, item.user.name or item.user.email, "", 0)
            bar.choices = Choices((), (), (user,), (Choice(item.twin.id, item.twin.name, "", 0),), ())

    async def follow(self) -> bool:
        """Ask again and draw what differs."""
        return await self.view.follow()

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line, and over the table what went wrong."""
        self.query_one(FilterBar).live = condition.words(service_of(self).timezone)
        self.view.warn(condition.sentence)

    def forget_new(self) -> None:
        """Nothing is marked as new here."""

    def action_back(self) -> None:
        """Close the table."""
        self.dismiss()

    def action_clear(self) -> None:
        """Look at everything of the period."""
        self.filters = self.filters.cleared

    def action_person(self) -> None:
        """Open the person of the line."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.post_message(PersonChosen(user_id))

    def action_twin(self) -> None:
        """Open the twin of the line."""
        if (twin_id := self.view.twin_in_focus()) is not None:
            self.post_message(TwinChosen(twin_id))

    def action_reveal(self) -> None:
        """Reveal who the person of the line is."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.run_worker(reveal_person(self, user_id), group="reveal", exclusive=True)

    def action_search(self) -> None:
        """Search everything, in the days looked at."""
        self.post_message(SearchWanted())

    def action_refresh_data(self) -> None:
        """Ask again."""
        self.view.load(again=True)

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(TITLE_OF_HELP))

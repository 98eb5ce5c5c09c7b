"""Search of everything: what is typed is found at once, a line opens its conversation, esc leads back."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from twin_tui.analytics.answers import (
    DatabaseStatus,
)
from twin_tui.analytics.filters import Filters
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, TwinChosen
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.screens.periods import Periods
from twin_tui.tui.searching import SearchView
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.find_bar import FindBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("↓", "to the hits", "down"),
    ("enter", "open", "enter"),
    ("/", "other words", "slash"),
    ("o", "order", "o"),
    ("> <", "pages", "greater_than_sign"),
    ("p", "period", "p"),
    ("x", "no filters", "x"),
    ("u w", "person, twin", "u"),
    ("?", "help", "question_mark"),
)
SAYING_AFTER = 0.3
"""Seconds an answer may take before the top line says so."""


class SearchScreen(Dressed, Following, Periods):
    """Words at the top, what holds them below, over whatever was there before."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "search")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to where you came from", show=False),
        Binding("slash", "type", "Type other words", show=False),
        Binding("o", "order", "Newest first, or most relevant first", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("x", "clear", "Clear all filters", show=False),
        Binding("u", "person", "The person of this line", show=False),
        Binding("w", "twin", "The twin of this line", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Search again", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, text: str, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Begin with ``text``, within ``filters``; ``status`` says from when to when there are data."""
        super().__init__()
        self._status = status
        self._text = text
        self._patience: Timer | None = None
        self.set_reactive(Periods.filters, filters)

    def compose(self) -> ComposeResult:
        """Yield the filters, the view and the keys."""
        bar = FilterBar()
        bar.filters = self.filters
        bar.data_days = self.data_days()
        yield bar
        view = SearchView(self._text)
        view.set_reactive(DataTab.filters, self.filters)
        view.is_active = True
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys, and let words be typed."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = HINTS
        self.view.begin()

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return (None, None) if self._status is None else (self._status.first_day, self._status.last_day)

    @property
    def view(self) -> SearchView:
        """What is shown."""
        return self.query_one(SearchView)

    @property
    def is_settled(self) -> bool:
        """Whether the answer to what is typed is drawn."""
        return self.is_mounted and bool(self.query(SearchView)) and self.view.is_settled

    def watch_filters(self, filters: Filters) -> None:
        """Search within other filters."""
        self.query_one(FilterBar).filters = filters
        self.view.filters = filters

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        if event.is_loading:
            self._patience = self._patience or self.set_timer(SAYING_AFTER, self._say_searching)
            return
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self.query_one(FilterBar).state = ""

    def _say_searching(self) -> None:
        self._patience = None
        if self.view.is_loading_answer:
            self.query_one(FilterBar).state = "Searching…"

    @on(FindBar.Closed)
    def _left(self) -> None:
        self.action_back()

    async def follow(self) -> bool:
        """Leave the hits as they are while they are read: F5 searches again."""
        return True

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line."""
        self.query_one(FilterBar).live = condition.words(service_of(self).timezone)

    def forget_new(self) -> None:
        """Nothing is marked as new here."""

    def action_back(self) -> None:
        """Close the search."""
        self.dismiss()

    def action_type(self) -> None:
        """Type other words."""
        self.view.query_one(FindBar).open()

    def action_order(self) -> None:
        """Order by the other of time and relevance."""
        self.view.turn_order()

    def action_turn(self, by: int) -> None:
        """Show another page."""
        self.view.turn(by)

    def action_clear(self) -> None:
        """Search all of the period."""
        self.filters = self.filters.cleared

    def action_person(self) -> None:
        """Open the person of the line."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.post_message(PersonChosen(user_id))

    def action_twin(self) -> None:
        """Open the twin of the line."""
        if (twin_id := self.view.twin_in_focus()) is not None:
            self.post_message(TwinChosen(twin_id))

    def action_refresh_data(self) -> None:
        """Search again."""
        self.view.load(again=True)

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen("Search"))

"""Search of everything: what is typed is found at once, a line opens its conversation, esc leads back."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.filters import Filters
from twin_tui.tui.live import Condition
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.answers.one_view import OneView
from twin_tui.tui.screens.desk.keeping import Keeping
from twin_tui.tui.searching import SearchView
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.transcript.find_bar import FindBar

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("↓", "to the hits", "down"),
    ("enter", "open", "enter"),
    ("/", "other words", "slash"),
    ("o", "order", "o"),
    ("> <", "pages", "greater_than_sign"),
    ("p", "period", "p"),
    ("x", "no filters", "x"),
    ("M P", "notes, pin", "M"),
    ("u w", "person, twin", "u"),
    ("?", "help", "question_mark"),
)
SAYING_AFTER = 0.3
"""Seconds an answer may take before the top line says so."""


class SearchScreen(Keeping, OneView):
    """Words at the top, what holds them below, over whatever was there before."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "search")
    TITLE_OF_HELP = "Search"
    HINTS: ClassVar[tuple[Hint, ...]] = HINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to where you came from", show=False),
        Binding("slash", "type", "Type other words", show=False),
        Binding("o", "order", "Newest first, or most relevant first", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("x", "clear", "Clear all filters", show=False),
    ]

    def __init__(self, text: str, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Begin with ``text``, within ``filters``; ``status`` says from when to when there are data."""
        super().__init__(filters, status)
        self._text = text
        self._patience: Timer | None = None

    def make_view(self) -> SearchView:
        """Return the view, which begins with what was typed elsewhere."""
        return SearchView(self._text)

    def on_mount(self) -> None:
        """Let words be typed."""
        super().on_mount()
        self.view.begin()

    def on_screen_resume(self) -> None:
        """Tell again what was opened lately: that may have been from here."""
        self.view.come_back()

    @property
    def view(self) -> SearchView:
        """What is shown."""
        return self.query_one(SearchView)

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        if event.is_loading:
            self._patience = self._patience or self.set_timer(SAYING_AFTER, self._say_searching)
            return
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self.bar.state = ""

    def _say_searching(self) -> None:
        self._patience = None
        if self.view.is_loading_answer:
            self.bar.state = "Searching…"

    @on(FindBar.Closed)
    def _left(self) -> None:
        self.action_back()

    async def follow(self) -> bool:
        """Leave the hits as they are while they are read: F5 searches again."""
        return True

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line alone: the hits are those of when they were sought."""
        self.bar.live = condition.words(service_of(self).timezone)

    def action_back(self) -> None:
        """Close the search, which has stood still then."""
        self.view.settle()
        super().action_back()

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

    def session_in_focus(self) -> str | None:
        """The conversation of the line."""
        return self.view.session_in_focus()

    def marks_changed(self) -> None:
        """Show the pins as they are now."""
        self.view.load()

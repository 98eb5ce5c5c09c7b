"""The conversations behind a number: what number at the top, its conversations below, esc leads back."""

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
from twin_tui.tui.loading import DataTab
from twin_tui.tui.screens.answers.one_view import OneView
from twin_tui.tui.screens.dialogs.choosing import Choosing
from twin_tui.tui.widgets.hot_line import Hint

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("enter", "open", "enter"),
    ("pgdn pgup g", "pages", "pagedown"),
    ("p", "period", "p"),
    ("[ ]", "earlier, later", "left_square_bracket"),
    ("u w", "person, twin", "u"),
    ("C", "columns", "C"),
    ("r", "reveal", "r"),
    ("?", "help", "question_mark"),
)


class SessionsBehindScreen(OneView, Choosing):
    """A table of conversations over whatever was there before; its period is its own."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "sessions_behind")
    TITLE_OF_HELP = "Conversations behind a number"
    HINTS: ClassVar[tuple[Hint, ...]] = HINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to the number", show=False),
        Binding("x", "clear", "Clear all filters", show=False),
        Binding("r", "reveal", "Reveal who is masked in this line (recorded)", show=False),
        Binding("slash", "search", "Search everything", show=False),
    ]

    def __init__(
        self, cell: SessionsCell, title: str, filters: Filters, status: DatabaseStatus | None = None
    ) -> None:
        """List what ``cell`` counts within ``filters`` under ``title``."""
        super().__init__(filters, status)
        self._cell, self._title = cell, title

    def compose(self) -> ComposeResult:
        """Yield the number, the filters, the table and the keys."""
        yield Static(Text(f" {safe_line(self._title, 300)}", no_wrap=True, overflow="ellipsis"), id="number")
        yield from super().compose()

    def make_view(self) -> BehindView:
        """Return the conversations."""
        return BehindView(self._cell)

    def on_mount(self) -> None:
        """Let the keys move in the table."""
        super().on_mount()
        self.view.focus_first()

    @property
    def view(self) -> BehindView:
        """What is shown."""
        return self.query_one(BehindView)

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        if not event.is_loading:
            self._name_filters()
        self.bar.state = "older lines" if event.is_stale and not event.is_loading else ""

    def _name_filters(self) -> None:
        """Name the person and the twin filtered by after the lines, which are all of theirs."""
        answer = self.view.answer
        if self.bar.choices is None and answer is not None and answer.items:
            item = answer.items[0].item
            user = Choice(item.user.id, item.user.name or item.user.email, "", 0)
            self.bar.choices = Choices((), (), (user,), (Choice(item.twin.id, item.twin.name, "", 0),), ())

    def action_clear(self) -> None:
        """Look at everything of the period."""
        self.filters = self.filters.cleared

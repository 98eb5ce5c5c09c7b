"""The people behind a number: a table over whatever was there, a line opens the person, esc leads back."""

from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import number
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.behind import Fetch, PeopleBehindView
from twin_tui.tui.loading import DataTab
from twin_tui.tui.screens.answers.one_answer import OneAnswer
from twin_tui.tui.screens.conversation.handing_over import copy
from twin_tui.tui.screens.dialogs.choosing import Choosing
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint, Word

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("enter", "open", "enter"),
    ("> <", "pages", "greater_than_sign"),
    ("y", "copy", "y"),
    ("c", "copy id", "c"),
    ("C", "columns", "C"),
    ("r", "reveal", "r"),
    ("?", "help", "question_mark"),
)


class NumberBar(FilterBar):
    """What number the people are behind, and how many they are."""

    people: reactive[int | None] = reactive(None)
    """How many, once known."""

    def __init__(self, title: str) -> None:
        """Begin with ``title``, which is safe."""
        super().__init__()
        self._title = title

    def on_mount(self) -> None:
        """Word the line."""
        self._word()

    def watch_people(self) -> None:
        """Word the line anew."""
        self._word()

    def _word(self) -> None:
        count = self.people
        counted = (
            "" if count is None else f"  {number(count)} {'person' if count == 1 else 'people'}, by name"
        )
        self.left = (Word(f" {self._title}", "bold $ink"), Word(counted, "$muted"))


class PeopleBehindScreen(OneAnswer, Choosing):
    """Who a number counts; what it is stands above them."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "people")
    TITLE_OF_HELP = "People behind a number"
    HINTS: ClassVar[tuple[Hint, ...]] = HINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to the number", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("y", "copy_email", "Copy the e-mail, or the name", show=False),
        Binding("c", "copy_id", "Copy the id", show=False),
        Binding("r", "reveal", "Reveal who is masked in this line (recorded)", show=False),
    ]

    def __init__(self, title: str, fetch: Fetch, filters: Filters) -> None:
        """List whom ``fetch`` finds under ``title``; people opened from here are looked at in ``filters``."""
        super().__init__()
        self._title, self._fetch = safe_line(title, 300), fetch
        self.filters = filters
        """What the number was counted in."""

    def make_bar(self) -> FilterBar:
        """Return the line that says what number it is."""
        return NumberBar(self._title)

    def make_view(self) -> PeopleBehindView:
        """Return the people."""
        return PeopleBehindView(self._fetch)

    def prepare(self, bar: FilterBar, view: DataTab[Any]) -> None:  # noqa: ARG002 - the line knows its title
        """Tell the people what the number was counted in."""
        view.set_reactive(DataTab.filters, self.filters)

    def on_mount(self) -> None:
        """Let the keys move in the table."""
        super().on_mount()
        self.view.focus_first()

    @property
    def view(self) -> PeopleBehindView:
        """What is shown."""
        return self.query_one(PeopleBehindView)

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        bar, answer = self.query_one(NumberBar), self.view.answer
        bar.people = None if answer is None else answer.total
        bar.state = "older people" if event.is_stale and not event.is_loading else ""

    def action_copy_email(self) -> None:
        """Copy the e-mail, or the name."""
        if (person := self.view.person) is not None:
            copy(self, person.email or person.name or person.id, "e-mail" if person.email else "name")

    def action_copy_id(self) -> None:
        """Copy the id."""
        if (person := self.view.person) is not None:
            copy(self, person.id, "id")

"""A titled part of a tab: one line that takes the focus, and a body drawn from values."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from twin_tui.tui.widgets.hot_line import Hint, HotLine, Word, fitted, hint_words, width_of


class PanelTitle(HotLine, can_focus=True):
    """The line over a panel; it alone changes with the focus, so that moving it costs one line."""

    FILL: ClassVar[str] = "─"

    words_of: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Title words as (text, style)."""
    keys: reactive[tuple[Hint, ...]] = reactive(())
    """What this panel offers."""

    def watch_words_of(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_keys(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Mark the focused panel by glyph and weight, not by colour alone."""
        super().watch_has_focus(_has_focus)
        self._word()

    def words(self) -> tuple[Word, ...]:
        """Return the title whole, and of the offers what fits beside it."""
        room = self.size.width - width_of(self.left)
        right = self.right
        while right and width_of(right) > room:
            right = (*right[:-3], right[-1]) if len(right) > 2 else ()
        left = fitted(self.left, self.size.width - width_of(right))
        fill = max(0, self.size.width - width_of(left) - width_of(right))
        return (*left, Word(self.FILL * fill, "$rule"), *right)

    def _word(self) -> None:
        mark = Word("▸ ", "bold $accent") if self.has_focus else Word("─ ", "$rule")
        style = "bold $accent" if self.has_focus else "bold $ink"
        self.left = (mark, *(Word(text, own or style) for text, own in self.words_of), Word(" "))
        right: list[Word] = []
        for hint in self.keys:
            right += hint_words(hint, "$muted")
        self.right = (*right, Word("─", "$rule")) if self.keys else ()


class PanelBody(Widget, can_focus=False):
    """The drawn part; asks its panel for lines of exactly its size."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "PanelBody { height: 1fr; }"

    def render(self) -> Content:
        """Draw the panel's lines."""
        panel = self.parent
        assert isinstance(panel, Panel)
        width, height = self.size
        lines = panel.draw(width, height) if width and height else ()
        return Content("\n").join(list(lines)[:height])

    def on_click(self, event: Click) -> None:
        """Tell the panel which line was clicked."""
        panel = self.parent
        assert isinstance(panel, Panel)
        panel.clicked(event.y)


class Panel(Vertical, can_focus=False):
    """A title over a body; subclasses hold values and draw lines.

    `put` keeps what is drawn in one comparable value, so that the same answer again repaints nothing.
    """

    ALLOW_MAXIMIZE = True
    BINDINGS: ClassVar[list[BindingType]] = []
    BODY: ClassVar[type[PanelBody]] = PanelBody
    """The drawn part."""
    NOTE: ClassVar[str] = ""
    """What every panel of this kind makes of its figures."""

    class Focused(Message):
        """The panel became the one that keys act on."""

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title = title
        self.note = self.NOTE
        """What this panel makes of its figures, for their explanation."""
        self._drawn_from: Hashable = None

    def compose(self) -> ComposeResult:
        """Yield the title and the body."""
        title = PanelTitle()
        title.words_of = ((self._title, ""),)
        title.keys = self.offers()
        yield title
        yield self.BODY()

    def offers(self) -> tuple[Hint, ...]:
        """Return what the title offers."""
        return ()

    def figure_keys(self) -> tuple[str, ...]:
        """Return the keys of the figures this panel is made from, the main one first."""
        return ()

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return at most ``height`` lines of ``width`` cells."""
        raise NotImplementedError

    def clicked(self, line: int) -> None:
        """React to a click on a line of the body."""

    def put(self, values: Hashable) -> None:
        """Repaint the body if ``values``, all that is drawn from, differ from the last ones."""
        if values != self._drawn_from:
            self._drawn_from = values
            self.redraw()

    def redraw(self) -> None:
        """Repaint the body."""
        if self.is_mounted:
            self.query_one(PanelBody).refresh()

    def entitle(self, *words: tuple[str, str]) -> None:
        """Set the title's words: (text, style), "" for the title's own."""
        if self.is_mounted:
            self.query_one(PanelTitle).words_of = words

    @property
    def has_the_focus(self) -> bool:
        """Whether keys act on this panel."""
        focused = self.screen.focused
        return focused is not None and focused.parent is self

    def take_focus(self) -> None:
        """Become the panel that keys act on."""
        self.query_one(PanelTitle).focus(scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Come into view whole."""
        self.scroll_visible(animate=False)
        self.post_message(self.Focused())

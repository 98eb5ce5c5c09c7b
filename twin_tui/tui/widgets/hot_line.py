"""One line of words, some of which do something when clicked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widget import Widget

from twin_tui.text.safe_text import cell_width, cut


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line: safe text, its style, and what a click does."""

    text: str
    style: str = ""
    action: str = ""
    """An action ("screen.back") or a key to press, as bindings name it; never built from stored text."""


Hint = tuple[str, str, str]
"""Key as shown, what it does in a word or two, what a click runs (see `Word.action`)."""


def hint_words(hint: Hint, style: str = "$ink") -> tuple[Word, Word]:
    """Return a key and what it does, as hot words."""
    sign, word, click = hint
    return Word(f" {sign} ", "bold $accent", click), Word(f"{word} ", style, click)


def width_of(words: Iterable[Word]) -> int:
    """Return the cells the words take side by side."""
    return sum(cell_width(word.text) for word in words)


def fitted(words: Iterable[Word], width: int) -> tuple[Word, ...]:
    """Return the words that fit, the first that does not cut with an ellipsis."""
    room, kept = width, []
    for word in words:
        if room <= 0:
            break
        text = cut(word.text, room)
        kept.append(Word(text, word.style, word.action))
        room -= cell_width(text)
        if text != word.text:
            break
    return tuple(kept)


class HotLine(Widget, can_focus=False):
    """Words at the left and at the right of one line; the right ones stay whole, the left ones are cut."""

    DEFAULT_CSS = "HotLine { height: 1; width: 1fr; }"
    ALLOW_SELECT = False
    FILL: ClassVar[str] = " "
    """Drawn between the left and the right words."""

    left: reactive[tuple[Word, ...]] = reactive(())
    """Drawn from the left edge."""
    right: reactive[tuple[Word, ...]] = reactive(())
    """Drawn against the right edge."""

    def words(self) -> tuple[Word, ...]:
        """Return what is drawn at the present width, the space between included."""
        width = self.size.width
        right = fitted(self.right, width)
        left = fitted(self.left, max(0, width - width_of(right) - (1 if right and self.FILL == " " else 0)))
        space = self.FILL * max(0, width - width_of(left) - width_of(right))
        return (*left, Word(space, "$rule"), *right)

    def render(self) -> Content:
        """Draw the words."""
        return Content.assemble(*((word.text, word.style) for word in self.words()))

    async def on_click(self, event: Click) -> None:
        """Do what the word under the mouse offers."""
        column = event.x
        for word in self.words():
            column -= cell_width(word.text)
            if column < 0:
                if word.action:
                    event.stop()
                    if "." in word.action:
                        await self.run_action(word.action)
                    else:
                        self.app.simulate_key(word.action)
                return

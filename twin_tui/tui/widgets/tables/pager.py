"""The line under a table: which lines of how many, and the pages around this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input, Static

from twin_tui.text.formatting import number
from twin_tui.text.safe_text import cell_width
from twin_tui.tui.widgets.hot_line import HotLine, Word
from twin_tui.tui.widgets.transcript.find_bar import PlainInput

_FORWARD, _BACK = "›", "‹"


def page_numbers(page: int, pages: int) -> tuple[int | None, ...]:
    """Return the pages to offer, ``None`` for those left out: first … n-1 n n+1 … last.

    >>> page_numbers(5, 25), page_numbers(1, 3), page_numbers(2, 25)
    ((1, None, 4, 5, 6, None, 25), (1, 2, 3), (1, 2, 3, None, 25))
    """
    shown = sorted({1, pages} | {at for at in (page - 1, page, page + 1) if 1 <= at <= pages})
    found: list[int | None] = []
    for at in shown:
        if found and found[-1] is not None and at - found[-1] == 2:
            found.append(at - 1)
        elif found and found[-1] is not None and at - found[-1] > 2:
            found.append(None)
        found.append(at)
    return tuple(found)


def range_words(page: int, limit: int, total: int) -> str:
    """Return which lines are shown.

    >>> range_words(2, 50, 1247), range_words(1, 50, 0)
    ('51–100 of 1,247', '0 of 0')
    """
    if total == 0:
        return "0 of 0"
    return f"{number((page - 1) * limit + 1)}–{number(min(page * limit, total))} of {number(total)}"


def word_at(words: Iterable[Word], column: int) -> Word | None:
    """Return the word that stands at a column of a line."""
    for word in words:
        column -= cell_width(word.text)
        if column < 0:
            return word
    return None


class PageLine(HotLine):
    """The words of the pager; a click on a number goes there."""

    @dataclass
    class Clicked(Message):
        """A page's number, or the sign of the next or previous page."""

        page: int

    def __init__(self) -> None:
        super().__init__()
        self._page = 1

    def show(self, page: int, pages: int, limit: int, total: int) -> None:
        """Tell where we are."""
        self._page = page
        self.left = (Word(f" {range_words(page, limit, total)}", "bold $ink"),)
        words: list[Word] = []
        if pages > 1:
            words.append(Word(f" {_BACK} ", "$accent" if page > 1 else "$rule"))
            for at in page_numbers(page, pages):
                if at is None:
                    words.append(Word("… ", "$muted"))
                elif at == page:
                    words.append(Word(f"[{number(at)}] ", "bold $ink"))
                else:
                    words.append(Word(f"{number(at)} ", "$muted"))
            words.append(Word(f"{_FORWARD} ", "$accent" if page < pages else "$rule"))
            words.append(Word("g page ", "$muted", "g"))
        self.right = tuple(words)

    async def on_click(self, event: Click) -> None:
        """Tell which page was clicked."""
        word = word_at(self.words(), event.x)
        said = "" if word is None else word.text.strip(" []").replace(",", "")
        if said in (_BACK, _FORWARD):
            self.post_message(self.Clicked(self._page + (1 if said == _FORWARD else -1)))
        elif said.isdigit():
            self.post_message(self.Clicked(int(said)))


class Pager(Horizontal):
    """Where we are, and a place to type a page number."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    @dataclass
    class Turned(Message):
        """Another page is wanted; the number may be out of range."""

        page: int

    class Closed(Message):
        """No page number is typed any more."""

    def __init__(self) -> None:
        super().__init__()
        self.page = self.pages = 1

    def compose(self) -> ComposeResult:
        """Yield the words and the hidden input."""
        yield PageLine()
        yield Static(Content(" page "), classes="label")
        number_input = PlainInput("number")
        number_input.restrict = "[0-9]{0,7}"
        yield number_input

    def show(self, page: int, pages: int, limit: int, total: int) -> None:
        """Tell which page of how many this is."""
        self.page, self.pages = page, pages
        self.query_one(PageLine).show(page, pages, limit, total)

    def action_ask(self) -> None:
        """Type a page number."""
        self.add_class("-asking")
        self.query_one(PlainInput).clear()
        self.query_one(PlainInput).placeholder = f"1–{self.pages}"
        self.query_one(PlainInput).focus()

    def action_close(self) -> None:
        """Stop typing a page number."""
        self.remove_class("-asking")
        self.post_message(self.Closed())

    def action_turn(self, by: int) -> None:
        """Want the next or the previous page."""
        if 1 <= self.page + by <= self.pages:
            self.post_message(self.Turned(self.page + by))

    def action_turn_to(self, page: int) -> None:
        """Want a page."""
        self.post_message(self.Turned(max(1, min(page, self.pages))))

    @on(PageLine.Clicked)
    def _clicked(self, event: PageLine.Clicked) -> None:
        event.stop()
        if 1 <= event.page <= self.pages:
            self.action_turn_to(event.page)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        self.action_close()
        if typed:
            self.action_turn_to(int(typed))

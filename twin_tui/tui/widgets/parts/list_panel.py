"""A titled list of lines in columns, one of which is current: a part of a person's or twin's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from twin_tui.text.formatting import number
from twin_tui.text.safe_text import pad
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody
from twin_tui.tui.widgets.tables.columns import Column, Moment

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a list is shown."""

    page: int = 1
    pages: int = 1
    limit: int = 1
    total: int = 0


STYLES = {"text": "$ink", "what": "$ink", "quiet": "$muted", "good": "$good", "warn": "$series-2"}
"""Theme words of the columns' styles."""


class ListPanel(Panel, Generic[Item]):
    """Lines under a head line; when they are more than fit, they move with the cursor and are counted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Line above", show=False),
        Binding("down,j", "move(1)", "Line below", show=False),
        Binding("pageup", "screen(-1)", "Lines above", show=False),
        Binding("pagedown", "screen(1)", "Lines below", show=False),
        Binding("home", "move(-9999)", "First line", show=False),
        Binding("end", "move(9999)", "Last line", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page of this list", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page of this list", show=False),
        Binding("enter", "open", "Open this line", show=False),
    ]

    @dataclass
    class Opened(Message):
        """A line was chosen."""

        item: object

    @dataclass
    class Turned(Message):
        """Another page of the list is wanted."""

        name: str
        """Id of the panel."""
        page: int

    def __init__(
        self,
        title: str,
        columns: Callable[[int], tuple[Column[Item], ...]],
        identity: Callable[[Item], str],
        *,
        id: str,  # noqa: A002 - Textual's name
        empty: str,
        keys: tuple[Hint, ...] = (),
    ) -> None:
        """``columns`` fills a width, ``identity`` knows a line fetched again, ``empty`` is said."""
        self._keys = keys
        super().__init__(title, id=id)
        self._columns, self._identity, self._empty = columns, identity, empty
        self._items: tuple[Item, ...] = ()
        self._moment: Moment | None = None
        self._place = Place()
        self._cursor = self._first = 0

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return self._keys

    @property
    def item(self) -> Item | None:
        """The current line."""
        return self._items[self._cursor] if self._items else None

    def show(self, items: tuple[Item, ...], place: Place, moment: Moment) -> None:
        """Draw a page; the cursor stays with its line, on another page it goes to the first."""
        known = None if self.item is None else self._identity(self.item)
        places = [at for at, item in enumerate(items) if self._identity(item) == known]
        if places:
            self._cursor = places[0]
        else:
            self._cursor = 0 if place.page != self._place.page else max(0, min(self._cursor, len(items) - 1))
        self._items, self._place, self._moment = items, place, moment
        self.set_class(not items, "-empty")
        is_more = place.total > len(items)
        self.styles.max_height = 2 + len(items) + is_more if items else 2
        self.entitle((self._title, ""), (self.counted(place.total), "$muted"))
        self.put((items, place, moment))

    def counted(self, total: int) -> str:
        """Return what stands beside the title: how many there are."""
        return f" {number(total)}"

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return a head line and as many lines as fit around the cursor; the last one counts the others."""
        if self._moment is None:
            return ()
        if not self._items:
            return (Content.styled(f"  {self._empty}", "$muted"),)
        columns = self._columns(width - 2)
        is_all = self._place.total == len(self._items) < height
        fits = max(1, height - (1 if is_all else 2))
        self._first = max(0, min(self._first, self._cursor, len(self._items) - fits))
        self._first = max(self._first, self._cursor - fits + 1)
        shown = range(self._first, min(len(self._items), self._first + fits))
        head = " ".join(pad(column.title, column.width, right=column.is_number) for column in columns)
        lines = [Content.styled(" " + head, "$muted"), *(self._line(at, columns) for at in shown)]
        if not is_all:
            lines.append(Content.styled(self._counted(shown.start, shown.stop), "$muted"))
        return lines

    def _counted(self, start: int, stop: int) -> str:
        before = (self._place.page - 1) * self._place.limit
        words = f" {number(before + start + 1)}–{number(before + stop)} of {number(self._place.total)}"
        if self._place.pages > 1:
            words += f" · page {number(self._place.page)} of {number(self._place.pages)}: < >"
        return words

    def _line(self, at: int, columns: tuple[Column[Item], ...]) -> Content:
        assert self._moment is not None
        is_current = at == self._cursor and self.has_the_focus
        back = " on $picked" if is_current else ""
        parts: list[tuple[str, str]] = [("▸" if is_current else " ", "bold $accent")]
        for place, column in enumerate(columns):
            words = pad(column.text(self._items[at], self._moment), column.width, right=column.is_number)
            style = STYLES[column.style]
            parts.append((words, ("bold $ink" if is_current else style) + back))
            if place < len(columns) - 1:
                parts.append((" ", "$ink" + back))
        return Content.assemble(*parts)

    def clicked(self, line: int) -> None:
        """Move to the clicked line; a click on the current one opens it."""
        had_focus = self.has_the_focus
        self.take_focus()
        at = self._first + line - 1
        if line < 1 or at >= len(self._items):
            return
        if at == self._cursor and had_focus:
            self.action_open()
        self._cursor = at
        self.redraw()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        at = max(0, min(self._cursor + lines, len(self._items) - 1))
        if at != self._cursor:
            self._cursor = at
            self.redraw()

    def action_screen(self, direction: int) -> None:
        """Move the cursor by what is in view."""
        self.action_move(direction * max(1, self.query_one(PanelBody).size.height - 2))

    def action_turn(self, by: int) -> None:
        """Want the next or the previous page."""
        page = self._place.page + by
        if 1 <= page <= self._place.pages and self.id is not None:
            self.post_message(self.Turned(self.id, page))

    def action_open(self) -> None:
        """Open the current line."""
        if self.item is not None:
            self.post_message(self.Opened(self.item))

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

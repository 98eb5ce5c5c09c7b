"""One page of lines drawn by rows: fixed columns, one line each, a cursor that stays."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from twin_tui.text.safe_text import cut, pad
from twin_tui.tui.widgets.news import NEW_MARK
from twin_tui.tui.widgets.tables.choosable import Choosable
from twin_tui.tui.widgets.tables.columns import Column, Forms, Moment, fitted
from twin_tui.views.columns import Chosen

Item = TypeVar("Item")


class RowTable(Choosable, ScrollView, Generic[Item], can_focus=True):
    """Lines under a head line; the mouse moving over it draws nothing."""

    DEFAULT_CSS = """
    RowTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--head",
        "table--text",
        "table--what",
        "table--quiet",
        "table--good",
        "table--warn",
        "table--cursor",
        "table--notice",
        "table--hint",
    }
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next line", show=False),
        Binding("up,k", "move(-1)", "Previous line", show=False),
        Binding("pagedown", "screen(1)", "A screen down, then the next page", show=False),
        Binding("pageup", "screen(-1)", "A screen up, then the previous page", show=False),
        Binding("home", "end(-1)", "First page, first line", show=False),
        Binding("end", "end(1)", "Last page, last line", show=False),
        Binding("enter", "open", "Open this line", show=False),
    ]

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """Index of the current line."""

    @dataclass
    class Opened(Message):
        """A line was chosen."""

        item: object

    @dataclass
    class EdgePassed(Message):
        """A page key was pressed at the last (1) or the first (-1) line."""

        direction: int

    @dataclass
    class EndWanted(Message):
        """The very first (-1) or the very last (1) line of all pages is wanted."""

        direction: int

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Item, ...] = ()
        """Lines of the page."""
        self._moment: Moment | None = None
        self._empty: tuple[str, str] = ("", "")
        self._fitted: tuple[int, Chosen | None, tuple[Column[Item], ...]] = (0, None, ())
        """A width, what was chosen, and the columns for both."""
        self.new: frozenset[int] = frozenset()
        """Lines that another process wrote or added to, until a key is pressed."""

    def columns(self, width: int) -> tuple[Column[Item], ...]:
        """Return the columns that fill ``width`` cells."""
        raise NotImplementedError

    @property
    def forms(self) -> Forms[Item]:
        """The columns that can be chosen."""
        return {}

    def chosen_columns(self, chosen: Chosen, width: int) -> tuple[Column[Item], ...]:
        """Return the columns of ``chosen`` that fill ``width`` cells."""
        return fitted(chosen, self.forms, width)

    def shown_columns(self) -> Chosen:
        """Return the columns that are shown, in their order."""
        return tuple(column.key for column in self._columns if column.key)

    def fitting_columns(self, chosen: Chosen) -> Chosen:
        """Return which of ``chosen`` the room of now would show."""
        return tuple(column.key for column in self.chosen_columns(chosen, max(20, self._width)))

    def columns_changed(self) -> None:
        """Show what is chosen now."""
        self.refresh()

    @property
    def item(self) -> Item | None:
        """The current line."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def show(
        self,
        items: tuple[Item, ...],
        moment: Moment,
        *,
        cursor: int,
        empty: tuple[str, str],
        new: frozenset[int] = frozenset(),
    ) -> None:
        """Show a page with the cursor on a line; ``empty`` is said, and what helps, when there are none."""
        before = self._drawn()
        self.items, self._moment, self._empty, self.new = items, moment, empty, new
        self._fitted = (0, None, ())
        self.virtual_size = Size(self.size.width, len(items) + 1)
        self.set_reactive(RowTable.cursor, max(0, min(cursor, len(items) - 1)))
        self._keep_in_view()
        self._redraw(before)

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        if self.new:
            before, self.new = self._drawn(), frozenset()
            self._redraw(before)

    def _drawn(self) -> list[Strip]:
        return [self.render_line(y) for y in range(self.scrollable_content_region.height)]

    def _redraw(self, before: list[Strip]) -> None:
        """Draw the lines that differ from those ``before``."""
        for y, (old, new) in enumerate(zip(before, self._drawn(), strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two lines, as much of them as the cursor covers."""
        self._keep_in_view()
        left = sum(column.width + 1 for column in self._columns[: self._margin])
        for line in (old, new):
            self.refresh(Region(left, line + 1 - round(self.scroll_y), max(1, self._width - left), 1))

    def on_resize(self) -> None:
        """Keep the current line in view."""
        self.virtual_size = Size(self.size.width, len(self.items) + 1)
        self._keep_in_view()
        self.refresh()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _columns(self) -> tuple[Column[Item], ...]:
        """The columns for the present width: a first frame is drawn before the table is told its size."""
        width, chosen = max(20, self._width), self.chosen
        if self._fitted[:2] != (width, chosen):
            found = self.columns(width) if chosen is None else self.chosen_columns(chosen, width)
            self._fitted = (width, chosen, found)
        return self._fitted[2]

    @property
    def _margin(self) -> int:
        """Columns before the first of words: the cursor leaves them out, and is one ink in all others.

        What it covers is sent with every move, each change of colour included.
        """
        return next((at for at, column in enumerate(self._columns) if column.style in ("text", "what")), 0)

    @property
    def _rows(self) -> int:
        """Lines in view below the head."""
        return max(1, self.scrollable_content_region.height - 1)

    def _keep_in_view(self) -> None:
        top = round(self.scroll_y)
        wanted = min(max(top, self.cursor - self._rows + 1), self.cursor)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw the head, or one line of the page."""
        width, base = self._width, self.rich_style
        if self._moment is None:
            return Strip.blank(width, base)
        if not self.items:
            return self._notice(y, width, base)
        if y == 0:
            head = [pad(column.title, column.width, right=column.is_number) for column in self._columns]
            return self._strip([Segment(" ".join(head), base + self._style("head"))], width, base)
        row = round(self.scroll_y) + y - 1
        if row >= len(self.items):
            return Strip.blank(width, base)
        item, moment, columns = self.items[row], self._moment, self._columns
        margin = len(columns) if row != self.cursor else self._margin
        picked = base + self._style("text") + self._style("cursor")
        segments = []
        for at, column in enumerate(columns):
            words = pad(column.text(item, moment), column.width, right=column.is_number)
            if at < margin:
                style = base + self._style(self.style_of(column, item))
                segments += [Segment(words, style), Segment(" ", base)]
            else:
                segments += [Segment(words, picked), Segment(" ", picked)]
        if row in self.new and len(segments) > 2:
            segments[1] = Segment(NEW_MARK, base + self._style("warn"))
        return self._strip(segments[:-1], width, base if margin == len(columns) else picked)

    def style_of(self, column: Column[Item], item: Item) -> str:  # noqa: ARG002 - for authors
        """Return the name of the component style a cell is drawn in."""
        return column.style

    def _notice(self, y: int, width: int, base: Style) -> Strip:
        at = y - max(0, self.scrollable_content_region.height // 2 - 1)
        if at not in (0, 1):
            return Strip.blank(width, base)
        words = cut(self._empty[at], width - 2)
        style = base + self._style("notice" if at == 0 else "hint")
        return self._strip(
            [Segment(" " * ((width - len(words)) // 2), base), Segment(words, style)], width, base
        )

    def _strip(self, segments: list[Segment], width: int, base: Style) -> Strip:
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"table--{name}", partial=True)

    def on_click(self, event: Click) -> None:
        """Go to the clicked line; open it on the second click."""
        row = round(self.scroll_y) + event.y - 1
        if event.y > 0 and row < len(self.items):
            self.cursor = row
            if event.chain == 2:
                self.action_open()

    def action_move(self, lines: int) -> None:
        """Move the cursor within the page."""
        self.cursor = max(0, min(self.cursor + lines, len(self.items) - 1))

    def action_screen(self, direction: int) -> None:
        """Move the cursor a screen; at the edge of the page tell so."""
        edge = len(self.items) - 1 if direction > 0 else 0
        if self.cursor == edge or not self.items:
            self.post_message(self.EdgePassed(direction))
        else:
            self.action_move(direction * self._rows)

    def action_end(self, direction: int) -> None:
        """Want the first or the last line of all."""
        self.post_message(self.EndWanted(direction))

    def action_open(self) -> None:
        """Open the current line."""
        if self.item is not None:
            self.post_message(self.Opened(self.item))

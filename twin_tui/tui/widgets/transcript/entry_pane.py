"""The list beside a transcript: every document and query in order, those at the cursor marked."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from twin_tui.text.formatting import number
from twin_tui.text.safe_text import pad, safe_line
from twin_tui.tui.widgets.transcript.entries import EntryMemory
from twin_tui.tui.widgets.transcript.layout import Plan
from twin_tui.tui.widgets.transcript.nearby import Near, Where, items_of, near
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK, QUERY_MARK

ITEM_ROWS = 2
_CURSORS: dict[Where, str] = {"here": "▸", "before": "▹", "after": "▹"}


class EntryPane(ScrollView, can_focus=False):
    """Two rows for every document and query; those of the current message are marked."""

    DEFAULT_CSS = "EntryPane { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane--document",
        "pane--query",
        "pane--quiet",
        "pane--text",
        "pane--current",
    }
    ALLOW_SELECT = False

    @dataclass
    class EntriesWanted(Message):
        """Entries at these positions are needed to name what is in view."""

        positions: list[int]

    @dataclass
    class Chosen(Message):
        """An item was clicked: the transcript should go there."""

        position: int

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._memory = EntryMemory()
        self._items: list[int] = []
        self._current = -1
        self._near = Near()

    @property
    def items(self) -> tuple[int, ...]:
        """Positions of the documents and queries listed."""
        return tuple(self._items)

    @property
    def near(self) -> Near:
        """What is marked for the cursor."""
        return self._near

    def show(self, plan: Plan, memory: EntryMemory) -> None:
        """List the documents and queries of a conversation."""
        self._take(plan, memory)
        self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()

    def renew(self, plan: Plan, memory: EntryMemory) -> None:
        """List them as they are now; what is in view stays there, and only what differs is drawn."""
        rows = range(self.scrollable_content_region.height)
        before = [self.render_line(y) for y in rows]
        self._take(plan, memory)
        for y in rows:
            if self.render_line(y) != before[y]:
                self.refresh(Region(0, y, self.size.width, 1))
        self._ask()

    def ids_in_view(self) -> list[str]:
        """Return the ids of the documents and queries in view."""
        plan = self._plan
        return [] if plan is None else [plan.index[at].id for at in self._in_view()]

    def _take(self, plan: Plan, memory: EntryMemory) -> None:
        self._plan, self._memory = plan, memory
        self._items = items_of(plan)
        self._near = Near()
        kinds = [plan.index[at].kind for at in self._items]
        documents, queries = kinds.count("document"), kinds.count("query")
        self.border_title = (
            f"{DOCUMENT_MARK} {number(documents)} {'document' if documents == 1 else 'documents'} · "
            f"{QUERY_MARK} {number(queries)} {'query' if queries == 1 else 'queries'}"
        )
        self.virtual_size = Size(self.size.width, len(self._items) * ITEM_ROWS)

    def follow(self, position: int) -> None:
        """Mark and bring into view what belongs to the entry the cursor is on, else what is nearest to it."""
        before = (self._near, self._current if self._current in self._near.positions else -1)
        self._current = position
        self._near = Near() if self._plan is None else near(self._plan, self._items, position)
        if self._near.positions:
            row = bisect_left(self._items, self._near.positions[0]) * ITEM_ROWS
            if not (self.scroll_y <= row and row + ITEM_ROWS <= self.scroll_y + self.size.height):
                self.scroll_to(y=max(0, row - ITEM_ROWS), animate=False, immediate=True)
        if (self._near, position if position in self._near.positions else -1) != before:
            self.refresh()
        self._ask()

    def entries_loaded(self) -> None:
        """Draw again with what is known now, and ask for what is in view and not known."""
        self.refresh()
        self._ask()

    def _ask(self) -> None:
        missing = [at for at in self._in_view() if self._memory.get(at) is None]
        if missing:
            self.post_message(self.EntriesWanted(missing))

    def _in_view(self) -> list[int]:
        first = int(self.scroll_y) // ITEM_ROWS
        return self._items[first : first + self.size.height // ITEM_ROWS + 1]

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Name what came into view."""
        super().watch_scroll_y(old_value, new_value)
        self.entries_loaded()

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        self.virtual_size = Size(self.size.width, len(self._items) * ITEM_ROWS)
        self.entries_loaded()

    def render_line(self, y: int) -> Strip:
        """Draw one row: kind and type, or title and text."""
        row = round(self.scroll_y) + y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if self._plan is None or row >= len(self._items) * ITEM_ROWS:
            return Strip.blank(width, base)
        item = self._items[row // ITEM_ROWS]
        kind = self._plan.index[item].kind
        safe = self._memory.get(item)
        if item == self._current:
            base += self._style("current")
        if row % ITEM_ROWS == 0:
            mark = DOCUMENT_MARK if kind == "document" else QUERY_MARK
            cursor = _CURSORS[self._near.where] if item in self._near.positions else " "
            orphan = "" if item in self._plan.parents else " (no message)"
            amount = "" if safe is None else safe.amount
            name = "" if safe is None else safe_line(safe.entry.type or kind, 24)
            words = pad(f"{name}{orphan}", max(0, width - len(amount) - 6))
            runs = [
                (f"{cursor}{mark} ", self._style(kind)),
                (words, self._style(kind)),
                (f" {amount} ", self._style("quiet")),
            ]
        else:
            title = ""
            if safe is not None:
                title = (safe.entry.title or "untitled") if kind == "document" else safe.text
            runs = [("   " + pad(safe_line(title, width), width - 4) + " ", self._style("text"))]
        strip = Strip([Segment(text, base + style) for text, style in runs])
        return strip.adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"pane--{name}", partial=True)

    def on_click(self, event: Click) -> None:
        """Choose the item under the mouse."""
        at = (round(self.scroll_y) + event.y) // ITEM_ROWS
        if at < len(self._items):
            self.post_message(self.Chosen(self._items[at]))

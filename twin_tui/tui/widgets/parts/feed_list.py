"""The latest lines of the activity feed, each of which opens its conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from twin_tui.analytics.answers import ActivityItem
from twin_tui.text.formatting import age
from twin_tui.text.safe_text import pad, safe_line
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.news import NEW_MARK, newcomers
from twin_tui.tui.widgets.parts.panel import Panel

ROOM = 8
"""Activities the overview is given at most."""
KIND_WORDS = {"conversation": "conv", "document": "doc", "query": "query"}
"""Kinds in a word that fits a column."""


class FeedList(Panel):
    """Age, person, kind and subject of the newest activities."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Line above", show=False),
        Binding("down", "move(1)", "Line below", show=False),
        Binding("enter", "open", "Open the conversation", show=False),
    ]

    class Opened(Message):
        """A line was chosen: its conversation is to be read."""

        def __init__(self, session_id: str, event_id: str | None) -> None:
            super().__init__()
            self.session_id = session_id
            self.event_id = event_id

    def __init__(self) -> None:
        super().__init__("Latest activity", id="latest")
        self._items: tuple[ActivityItem, ...] = ()
        self._ages: tuple[str, ...] = ()
        self._new: frozenset[str] = frozenset()
        self._cursor = 0

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return (("enter", "open", "enter"), ("2", "all", "2"), ("u w", "person, twin", "u"))

    def show(
        self, items: tuple[ActivityItem, ...], now: datetime, before: tuple[ActivityItem, ...] | None = None
    ) -> None:
        """Draw these lines with their ages at ``now``; the cursor stays with its activity.

        What was not among the lines ``before`` is marked as new; without them nothing is.
        """
        ids = [item.event_id for item in items]
        if before is None:
            self._new = frozenset()
        else:
            found = newcomers([item.event_id for item in before], ids, ROOM, is_first=True)
            self._new = (self._new | {ids[at] for at in found}) & set(ids)
        at = self._items[self._cursor].event_id if self._items else None
        self._items = items
        self._ages = tuple(age(item.time, now) for item in items)
        places = [place for place, item in enumerate(items) if item.event_id == at]
        self._cursor = places[0] if places else 0
        self.put((items, self._ages, self._new))

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        if self._new:
            self._new = frozenset()
            self.put((self._items, self._ages, self._new))

    @property
    def item(self) -> ActivityItem | None:
        """The current line."""
        return self._items[self._cursor] if self._items else None

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return one line per activity."""
        if not self._items:
            return (Content.styled("  nothing in this period", "$muted"),)
        first = max(0, self._cursor - height + 1)
        return [self._line(at, width) for at in range(first, min(len(self._items), first + height))]

    def _line(self, at: int, width: int) -> Content:
        item = self._items[at]
        is_current = at == self._cursor and self.has_the_focus
        who = 18 if width >= 70 else 13
        what = safe_line(item.what) or "(untitled)"
        if item.kind == "query" and item.results_count is not None:
            what = f"{what} · {item.results_count} results"
        elif item.shared and width >= 70:
            what = f"{what} · shared {safe_line(item.twin.name)}"
        style = "bold $ink on $picked" if is_current else "$ink"
        mark = "▸" if is_current else NEW_MARK if item.event_id in self._new else " "
        return Content.assemble(
            (mark, "bold $accent"),
            (pad(self._ages[at], 10, right=True) + " ", "$muted"),
            (pad(KIND_WORDS[item.kind], 6), "$series-2" if item.kind != "conversation" else "$series-1"),
            (pad(safe_line(item.user.name), who) + " ", "$ink"),
            (pad(what, max(1, width - 19 - who)), style),
        )

    def clicked(self, line: int) -> None:
        """Move to the clicked line; a click on the current one opens it."""
        self.take_focus()
        if line >= len(self._items):
            return
        if line == self._cursor:
            self.action_open()
        self._cursor = line
        self.redraw()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + lines, len(self._items) - 1))
        self.redraw()

    def action_open(self) -> None:
        """Open the conversation under the cursor."""
        if self.item is not None:
            self.post_message(self.Opened(self.item.session_id, self.item.event_id))

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

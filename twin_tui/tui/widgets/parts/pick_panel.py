"""A panel of drawn lines one of which is current, and opened by enter."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.panel import Panel


class PickPanel(Panel):
    """Authors say in `draw` what each line stands for, by `stand_for`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Line above", show=False),
        Binding("down", "move(1)", "Line below", show=False),
        Binding("enter", "open", "The conversations behind this line", show=False),
    ]

    @dataclass
    class Opened(Message):
        """What is behind a line is wanted."""

        item: object

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(title, id=id)
        self._items: list[object] = []
        self._cursor = 0

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return (("enter", "list", "enter"),)

    def stand_for(self, items: list[object]) -> None:
        """Know what can be opened, in the order of the lines."""
        self._items = items
        self._cursor = max(0, min(self._cursor, len(items) - 1))

    def mark_of(self, at: int) -> str:
        """Return what stands before a line: a sign where keys act on it."""
        return "▸" if at == self._cursor and self.is_mounted and self.has_the_focus else " "

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + lines, len(self._items) - 1))
        self.redraw()

    def pick(self, at: int) -> None:
        """Move to a line that was clicked; a click on the current one opens it."""
        is_current = at == self._cursor and self.has_the_focus
        self.take_focus()
        if 0 <= at < len(self._items):
            self._cursor = at
            self.redraw()
            if is_current:
                self.action_open()

    def action_open(self) -> None:
        """Open the current line."""
        if self._items:
            self.post_message(self.Opened(self._items[self._cursor]))

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide it."""
        self.redraw()

"""Choosing which columns a table shows, and in which order."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.text.safe_text import pad
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.views.columns import TABLES, Chosen

KEYS = ("space on, off · J K move it · a automatic", "enter take · esc back")
Choice = tuple[Chosen | None]
"""The columns; ``None`` in it: those that the room offers by itself."""


class ColumnsScreen(Dialog[Choice | None]):
    """Answers the columns in a tuple, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,C", "leave", "Back", show=False),
        Binding("space", "turn", "Show this column, or no more", show=False),
        Binding("J,shift+down", "move(1)", "Move it down", show=False),
        Binding("K,shift+up", "move(-1)", "Move it up", show=False),
        Binding("a", "leave_to_room", "Show what the room offers by itself", show=False),
    ]

    def __init__(
        self, name: str, shown: Chosen, chosen: Chosen | None, fitting: Callable[[Chosen], Chosen]
    ) -> None:
        """``shown`` are the columns of the table ``name`` now, ``chosen`` what was chosen before.

        ``fitting`` tells which of some columns there is room for.
        """
        super().__init__()
        self._table, self._shown, self._fitting = TABLES[name], shown, fitting
        self._before = chosen
        self._take(chosen or shown)

    def _take(self, on: Chosen) -> None:
        self._on = set(on) | {self._table.always}
        self._order = [*on, *(key for key in self._table.columns if key not in on)]

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label(f"Columns of {self._table.title}", classes="title", markup=False)
            yield OptionList(markup=False)
            yield Static(id="answer", markup=False)
            yield Static("\n".join(KEYS), classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """List them."""
        self._list(0)
        self.query_one(OptionList).focus()

    @property
    def _wanted(self) -> Chosen:
        return tuple(key for key in self._order if key in self._on)

    def _list(self, at: int) -> None:
        offers = self.query_one(OptionList)
        offers.set_options([Option(self._line(key)) for key in self._order])
        offers.highlighted = at
        left_out = [key for key in self._wanted if key not in self._fitting(self._wanted)]
        told = f"No room here for {', '.join(left_out)}." if left_out else ""
        self.query_one("#answer", Static).update(Content.styled(told, "$muted"))

    def _line(self, key: str) -> Content:
        mark = "✓" if key in self._on else " "
        name = pad(key, max(map(len, self._order)))
        words = self._table.columns[key] + (" · always" if key == self._table.always else "")
        return Content.assemble((f"[{mark}] ", "$ink"), (name, "bold $ink"), (f"  {words}", "$muted"))

    @property
    def _at(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def action_turn(self) -> None:
        """Show the column, or no more; the one that tells what a line is stays."""
        key = self._order[self._at]
        if key != self._table.always:
            self._on ^= {key}
            self._list(self._at)

    def action_move(self, by: int) -> None:
        """Move the column among the others."""
        at = self._at
        to = at + by
        if 0 <= to < len(self._order):
            self._order[at], self._order[to] = self._order[to], self._order[at]
            self._list(to)

    def action_leave_to_room(self) -> None:
        """Show what the room offers by itself."""
        self.dismiss((None,))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer what is chosen; what is as it was by itself stays so."""
        event.stop()
        is_same = self._before is None and self._wanted == self._shown
        self.dismiss((None if is_same else self._wanted,))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

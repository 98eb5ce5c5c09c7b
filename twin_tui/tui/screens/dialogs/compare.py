"""Choosing what figures are compared with."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.against import Against
from twin_tui.analytics.answers import Choice
from twin_tui.text.safe_text import cell_width, pad, safe_line
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall

MOST_COMPANIES = 100
"""Companies that are listed; any other is compared with by a saved view or ``--compare``."""
NAME_WIDTH = 36


class CompareScreen(Dialog[tuple[Against | None] | None]):
    """Answers what to compare with, in a tuple, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,c", "leave", "Back", show=False)]

    def __init__(self, present: Against | None, companies: Sequence[Choice]) -> None:
        """Stand on ``present``; ``companies`` are those of the database, most used first."""
        super().__init__()
        self._offers: list[tuple[Against | None, str, str]] = [
            (None, "Numbers only", "with the days before"),
            (Against("previous"), "The days before", "as a second line, too"),
            (Against("year"), "Last year", "the same days"),
        ]
        for each in companies[:MOST_COMPANIES]:
            name = safe_line(each.label, NAME_WIDTH)
            self._offers.append((Against("company", each.value), name, "the same days there"))
        self._present = present

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Compare with", classes="title", markup=False)
            width = max(cell_width(name) for _, name, _ in self._offers)
            yield OptionList(*(Option(_line(name, about, width)) for _, name, about in self._offers))
            yield Static("enter choose · esc back", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Stand on what is compared with now."""
        known = [against for against, *_ in self._offers]
        offers = self.query_one(OptionList)
        offers.highlighted = known.index(self._present) if self._present in known else 0
        offers.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer what is chosen."""
        self.dismiss((self._offers[event.option_index][0],))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _line(name: str, about: str, width: int) -> Content:
    return Content.assemble((pad(name, width + 2), "bold $ink"), (about, "$muted"))

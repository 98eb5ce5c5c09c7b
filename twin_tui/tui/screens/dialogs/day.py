"""Choosing one day of the last two weeks: by the letter of its weekday, or with the arrows."""

from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.text.formatting import WEEKDAYS, short_day
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall

LETTERS = "mtwhfsu"
"""Monday to Sunday: each means the last such day before today."""
DAYS = 14
"""Days that are offered, today the first."""


def day_of(letter: str, today: date) -> date:
    """Return the last day of that weekday before today.

    >>> [str(day_of(letter, date(2026, 11, 23))) for letter in "tm"]
    ['2026-11-17', '2026-11-16']
    """
    back = (today.weekday() - LETTERS.index(letter)) % 7 or 7
    return today - timedelta(days=back)


class DayScreen(Dialog[date | None]):
    """Answers the day, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,W", "leave", "Back", show=False),
        Binding("y", "choose('y')", "Yesterday", show=False),
        *(
            Binding(letter, f"choose('{letter}')", f"Last {name}", show=False)
            for letter, name in zip(LETTERS, WEEKDAYS, strict=True)
        ),
    ]

    def __init__(self, today: date) -> None:
        """Offer the days up to ``today``."""
        super().__init__()
        self._today = today
        self._days = [today - timedelta(days=back) for back in range(DAYS)]

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Conversations active on", classes="title", markup=False)
            yield OptionList(*map(self._line, range(DAYS)))
            yield Static("a letter, or ↑↓ and enter · esc back", classes="keys", markup=False)
        yield TooSmall()

    def _line(self, back: int) -> Option:
        day = self._days[back]
        letter = LETTERS[day.weekday()] if 0 < back <= 7 else " "
        said = {0: "today", 1: "yesterday · y"}.get(back, f"{back} days ago")
        words = f"{WEEKDAYS[day.weekday()]} {short_day(day):>6}  "
        return Option(
            Content.assemble((f" {letter}  ", "bold $accent"), (words, "$ink"), (said, "$muted")),
            id=str(back),
        )

    def on_mount(self) -> None:
        """Stand on yesterday."""
        self.query_one(OptionList).highlighted = 1
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer the day of the line."""
        if event.option_id is not None:
            self.dismiss(self._days[int(event.option_id)])

    def action_choose(self, letter: str) -> None:
        """Answer the last day of that weekday, or yesterday."""
        self.dismiss(self._days[1] if letter == "y" else day_of(letter, self._today))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

"""How the conversation screen goes from place to place: jumps, days, and what the heading says of them."""

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.text.formatting import number
from twin_tui.tui.widgets.transcript.date_bar import DateBar
from twin_tui.tui.widgets.transcript.heading import ConversationHeading
from twin_tui.tui.widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen


class Going(Screen[None]):
    """Mixed into the conversation screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "date", "Go to a day: 2026-11-03, 3 nov, tue, -7d; g again the first", show=False),
    ]
    _landed: tuple[int, str] = (-1, "")
    """Where the last jump ended, and which of how many that is."""

    @property
    def _here(self) -> "ConversationScreen":
        return cast("ConversationScreen", self)

    def say_place(self, position: int) -> None:
        """Say where the cursor is, and what of a kind it was sent to."""
        opened = self._here.opened
        count = 0 if opened is None else len(opened.conversation.index)
        words = f"entry {number(position + 1)} of {number(count)}" if count else ""
        if self._landed[0] != position:
            self._landed = (-1, "")
        elif count:
            words = f"{self._landed[1]} · entry {number(position + 1)}"
        self.query_one(ConversationHeading).place = words

    def action_date(self) -> None:
        """Type the day to go to."""
        if self._here.opened is not None:
            days, cursor = self._here.transcript.days, self._here.transcript.cursor
            near = max(0, bisect_right(days.firsts, cursor) - 1)
            self.query_one(DateBar).ask(days, self._here.service.today(), near)

    def close_date(self) -> bool:
        """Close the line for days; return whether it was open."""
        bar = self.query_one(DateBar)
        if bar.is_open:
            bar.action_close()
            return True
        return False

    @on(Transcript.Jumped)
    def _jumped(self, event: Transcript.Jumped) -> None:
        self._landed = (event.position, event.words)
        self.say_place(event.position)

    @on(Transcript.NothingThere)
    def _nothing_there(self, event: Transcript.NothingThere) -> None:
        self.notify(event.reason, timeout=3, markup=False)

    @on(DateBar.Chosen)
    def _day_chosen(self, event: DateBar.Chosen) -> None:
        self._here.transcript.focus()
        self._here.transcript.go_to_day(event.day)

    @on(DateBar.Closed)
    def _date_closed(self) -> None:
        self._here.transcript.focus()

"""The line to type a day into: where in the conversation that is, before one goes there."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from twin_tui.text.formatting import WEEKDAYS, number, short_day, span
from twin_tui.text.typed_days import FORMS, read_day
from twin_tui.tui.widgets.transcript.find_bar import PlainInput
from twin_tui.tui.widgets.transcript.places import Days


class DateBar(Horizontal):
    """An input for a day with what it means here; it tells where to go, and when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("up", "step(-1)", "The day before", show=False),
        Binding("down", "step(1)", "The day after", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """One of the conversation's days is wanted, by its number from 0."""

        day: int

    class Closed(Message):
        """No day is typed any more."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Days | None = None
        self._today = date.min
        self._near = 0
        self.add_class("-closed")

    def compose(self) -> ComposeResult:
        """Yield label, input and what it means."""
        yield Static(Content(" go to day "), classes="label")
        yield PlainInput(FORMS)
        yield Static("", classes="count", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return not self.has_class("-closed")

    def ask(self, days: Days, today: date, near: int) -> None:
        """Ask for one of these days; the arrows begin at number ``near``."""
        self._days, self._today, self._near = days, today, near
        self.remove_class("-closed")
        self._put("")
        self._say()
        self.query_one(PlainInput).focus()

    def action_close(self) -> None:
        """Ask no more."""
        self.add_class("-closed")
        self.post_message(self.Closed())

    def action_step(self, by: int) -> None:
        """Type the conversation's day before or after the one that is meant."""
        days = self._days
        if days is None or not len(days):
            return
        at = max(0, min(len(days) - 1, self._near + by))
        self._put(days.days[at].isoformat())
        self._say()

    def _put(self, text: str) -> None:
        field = self.query_one(PlainInput)
        with self.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)

    def _meant(self, typed: str) -> date | None:
        days = self._days
        newest = days.days[-1] if days is not None and days.days else None
        return read_day(typed, self._today, newest)

    def _say(self) -> None:
        """Say what is meant, and stand there."""
        days, typed = self._days, self.query_one(PlainInput).value.strip()
        if days is None:
            return
        meant = self._meant(typed)
        if not len(days):
            words = "no time is recorded in this conversation"
        elif not typed:
            count = f"{number(len(days))} {'day' if len(days) == 1 else 'days'}"
            words = f"{count}: {span(days.days[0], days.days[-1])} · ↑ ↓ step · g G first, last"
        elif meant is None:
            words = f"not a day: {FORMS}"
        else:
            at = days.nearest(meant)
            assert at is not None
            self._near = at
            words = _answer(days, meant, at)
        self.query_one(".count", Static).update(Content(words))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        days = self._days
        if event.value in ("g", "G") and days is not None and len(days):
            self._choose(0 if event.value == "g" else len(days) - 1)
            return
        self._say()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        days, meant = self._days, self._meant(event.value)
        at = None if days is None or meant is None else days.nearest(meant)
        if at is not None:
            self._choose(at)
        elif event.value.strip():
            self.app.bell()
        else:
            self.action_close()

    def _choose(self, at: int) -> None:
        self.add_class("-closed")
        self.post_message(self.Chosen(at))


def _answer(days: Days, meant: date, at: int) -> str:
    there = days.days[at]
    count = days.entries(at)
    if there == meant:
        return f"{_day(there)}: {number(count)} {'entry' if count == 1 else 'entries'}"
    which = "next" if there > meant else "last"
    return f"nothing on {_day(meant)} · {which}: {_day(there)}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)} {day.year}"

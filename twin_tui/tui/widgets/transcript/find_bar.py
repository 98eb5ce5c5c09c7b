"""The line to find words in: what is looked for, how often it is there, where one is."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

TYPING_PAUSE = 0.2
"""Seconds without a key before what is typed is looked for."""


class PlainInput(Input):
    """An input that does not blink, does not select all on focus and lets the app see Ctrl+C."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False


class FindBar(Horizontal):
    """An input with its count; it tells what is typed once typing pauses, and when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down", "leave", "Back to the text", show=False),
        Binding("tab", "widen", "Search everything for these words", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Something else is looked for; "" for nothing."""

        text: str

    @dataclass
    class Submitted(Message):
        """Enter: the next occurrence, and on with reading."""

        text: str

    class Closed(Message):
        """Nothing is looked for any more."""

    @dataclass
    class Widened(Message):
        """What is typed is to be looked for everywhere."""

        text: str

    class Left(Message):
        """The keys go back to what is searched; the search stays."""

    def __init__(self, label: str, placeholder: str) -> None:
        super().__init__()
        self._label = label
        self._placeholder = placeholder
        self._told = ""
        self.add_class("-closed")

    def compose(self) -> ComposeResult:
        """Yield label, input and count."""
        yield Static(Content(f" {self._label} "), classes="label")
        yield PlainInput(self._placeholder)
        yield Static("", classes="count", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return not self.has_class("-closed")

    @property
    def text(self) -> str:
        """What is typed, without spaces around it."""
        return self.query_one(PlainInput).value.strip()

    @property
    def is_typed_in(self) -> bool:
        """Whether keys go into the input."""
        return self.query_one(PlainInput).has_focus

    def open(self) -> None:
        """Show the line and type into it."""
        self.remove_class("-closed")
        self.query_one(PlainInput).focus()

    def close(self) -> None:
        """Empty and hide the line."""
        self.add_class("-closed")
        with self.prevent(Input.Changed):
            self.query_one(PlainInput).clear()
        self._told = ""
        self.say("")

    def put(self, text: str) -> None:
        """Show the line with a text that is already looked for."""
        self.remove_class("-closed")
        with self.prevent(Input.Changed):
            self.query_one(PlainInput).value = text
        self._told = text

    def say(self, words: str) -> None:
        """Tell a count beside the input."""
        self.query_one(".count", Static).update(Content(words))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == "/":
            event.input.value = ""
            self.action_widen()
            return
        self.run_worker(self._tell_soon(), group="typing", exclusive=True)

    async def _tell_soon(self) -> None:
        await asyncio.sleep(TYPING_PAUSE)
        self._tell()

    def _tell(self) -> None:
        if self.text != self._told:
            self._told = self.text
            self.post_message(self.Changed(self.text))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.workers.cancel_group(self, "typing")
        self._tell()
        self.post_message(self.Submitted(self.text))

    def action_close(self) -> None:
        """Look for nothing any more."""
        self.close()
        self.post_message(self.Closed())

    def action_widen(self) -> None:
        """Look for it everywhere."""
        self.post_message(self.Widened(self.text))

    def action_leave(self) -> None:
        """Go on reading with the search in force."""
        self.post_message(self.Left())

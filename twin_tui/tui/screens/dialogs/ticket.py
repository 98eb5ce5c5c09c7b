"""Asking for the ticket for which content is read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from twin_tui.setting_values import LONGEST_TICKET, read_ticket
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.tui.widgets.transcript.find_bar import PlainInput

WHY = "Names, titles and texts are other people's. For which ticket do you read? It goes into every record."


class TicketScreen(Dialog[str | None]):
    """Answers the ticket, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, ticket: str = "") -> None:
        """Begin with ``ticket``."""
        super().__init__()
        self._ticket = ticket

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Ticket", classes="title", markup=False)
            yield Static(Content(WHY), id="why", markup=False)
            field = PlainInput("its number or name")
            field.max_length = LONGEST_TICKET
            field.value = self._ticket
            yield field
            yield Static(id="answer", markup=False)
            yield Static("enter reads on · esc leaves it closed", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Let it be typed."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer the ticket, if it is one."""
        event.stop()
        try:
            self.dismiss(read_ticket(event.value))
        except ValueError as error:
            said = safe_line(str(error))
            self.query_one("#answer", Static).update(
                Content.styled(said[:1].upper() + said[1:] + ".", "$bad")
            )

    def action_leave(self) -> None:
        """Leave content closed."""
        self.dismiss(None)

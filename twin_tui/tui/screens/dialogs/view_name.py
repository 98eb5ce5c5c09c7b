"""Asking for the name under which a view is saved."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from twin_tui.text.safe_text import safe_line
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.tui.widgets.transcript.find_bar import PlainInput
from twin_tui.views.view import LONGEST_NAME, ViewsError, checked_name


class ViewNameScreen(Dialog[str | None]):
    """Answers the name, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, place: str, known: tuple[str, ...]) -> None:
        """``place`` is the file it is saved in, ``known`` are the names of the views there."""
        super().__init__()
        self._place, self._known = place, known

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Save this view", classes="title", markup=False)
            about = f"Filters, tab, columns and how it is set, in {safe_line(self._place)}"
            yield Static(Content(about), id="why", markup=False)
            field = PlainInput("its name")
            field.max_length = LONGEST_NAME
            yield field
            yield Static(id="answer", markup=False)
            yield Static("enter saves · esc back", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Let it be typed."""
        self.query_one(PlainInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what a name that is known would replace."""
        event.stop()
        is_known = " ".join(event.value.split()) in self._known
        said = Content.styled("Replaces the view of that name.", "$muted") if is_known else Content("")
        self.query_one("#answer", Static).update(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer the name, if it is one."""
        event.stop()
        try:
            self.dismiss(checked_name(event.value))
        except ViewsError as error:
            self.query_one("#answer", Static).update(Content.styled(f"{error}.", "$bad"))

    def action_leave(self) -> None:
        """Save nothing."""
        self.dismiss(None)

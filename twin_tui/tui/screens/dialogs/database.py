"""About the open database: whose it is, how it is open, from when to when, and what is missing in it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.text.formatting import span
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.filling import access_words, losses
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.too_small import TooSmall

OURS = "twin-tui made it; twin-tui import, generate and migrate write to it, looking never does."
ANOTHERS = "Another system wrote it. Nothing is ever created, altered or migrated in it by looking."


class DatabaseScreen(Dialog[None]):
    """One database, described."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", "Close", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
    ]

    def __init__(self, status: DatabaseStatus) -> None:
        super().__init__()
        self._status = status

    def compose(self) -> ComposeResult:
        """Yield the description."""
        with Vertical(classes="dialog"):
            yield Label(safe_line(self._status.name, 70), classes="title", markup=False)
            with VerticalScroll():
                yield Static(description(self._status), markup=False)
            yield Static("↑↓ scroll · esc back", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Let the description be scrolled."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the description."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def description(status: DatabaseStatus) -> Content:
    """Return everything that is known of an open database, in words."""
    held = "no conversation yet" if status.is_empty else span(status.first_day, status.last_day)
    lines = [
        Content.assemble(("open   ", "$muted"), (access_words(status), "$ink")),
        Content.assemble(("holds  ", "$muted"), (held, "$ink")),
        Content(""),
        Content.styled(OURS if status.is_ours else ANOTHERS, "$ink"),
        Content(""),
    ]
    missing = losses(status)
    if not missing:
        return Content("\n").join([*lines, Content.styled("No column is missing.", "$ink")])
    many = "column is" if len(missing) == 1 else "columns are"
    lines.append(Content.styled(f"{len(missing)} {many} missing:", "bold $ink"))
    for column, loss in missing:
        lines += [
            Content.styled(safe_line(column), "$ink"),
            Content.styled(f"  {loss}", "$muted"),
        ]
    return Content("\n").join(lines)

"""Opening another database: a path with what its folder holds, or the URL of a server."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Static

from twin_tui.text.safe_text import safe_line
from twin_tui.tui.jobs import JobError, Jobs
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.way import OnTheWay
from twin_tui.tui.widgets.path_picker import PathPicker
from twin_tui.tui.widgets.too_small import TooSmall

SUFFIXES = (".db", ".sqlite", ".sqlite3", ".db3")
ADVICE = "A SQLite file, or postgresql://user@host/name. Nothing in it is changed by looking."


class OpenDatabase(OnTheWay, Dialog["str | None"]):
    """Answers the place of a database that can be opened, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.is_looking = False
        """Whether a place is being tried."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is looked up."""
        return not self.is_looking and self.query_one(PathPicker).is_settled

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Open a database", classes="title", markup=False)
            yield PathPicker("", SUFFIXES, placeholder="path or URL")
            yield Static(ADVICE, id="said", markup=False)
            yield Static("↑↓ move · tab complete · enter open · esc back", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(PathPicker).focus_field()

    def on_path_picker_edited(self, event: PathPicker.Edited) -> None:
        """Take a failure away once something else is typed."""
        event.stop()
        if not self.is_looking:
            self.query_one("#said", Static).update(Content.styled(ADVICE, "$muted"))

    def on_path_picker_chosen(self, event: PathPicker.Chosen) -> None:
        """Try it."""
        event.stop()
        self.is_looking = True
        self.query_one("#said", Static).update(Content.styled("Opening…", "$muted"))
        self.run_worker(self._try(event.path), group="try", exclusive=True)

    async def _try(self, typed: str) -> None:
        try:
            place = await asyncio.to_thread(self._jobs.check, typed)
        except JobError as error:
            self.is_looking = False
            sentence = Content.assemble(("▲ ", "bold $bad"), (safe_line(str(error)), "$ink"))
            self.query_one("#said", Static).update(sentence)
        else:
            self.dismiss(place)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

"""The notes on one conversation: who wrote what and when; another is added at the bottom."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import Kept, Note
from twin_tui.text.formatting import moment
from twin_tui.text.safe_text import safe_line, safe_text
from twin_tui.tui.loading import service_of
from twin_tui.tui.screens.dialogs.list_dialog import ListDialog, NoteInput
from twin_tui.tui.widgets.keeping_marks import PINNED_MARK, REVIEWED_MARK
from twin_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

KEYS = "enter adds the note · ↑ to the notes · esc back"
KEYS_IN_LIST = "delete takes the note away · ↓ past the last: write · esc back"
NOTHING = "Nobody wrote anything about this conversation yet."


class NotesScreen(ListDialog[None, Kept]):
    """Notes above, the line to write below."""

    SURE: ClassVar[str] = "delete again takes this note away for good"

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id
        self._kept: Kept | None = None

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Notes", classes="title", markup=False)
            yield Static("Loading…", id="standing", markup=False)
            yield OptionList(id="notes", markup=False)
            yield NoteInput("write a note")
            yield Static(KEYS, classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Ask for what is kept."""
        self.query_one(NoteInput).focus()
        self.do(None)

    def read_kept(self, service: "AnalyticsService") -> Kept:
        """Return the notes and marks on the conversation."""
        return service.kept(self._session_id)

    def tell_failure(self, sentence: str) -> None:
        """Say it where the marks stand."""
        self.query_one("#standing", Static).update(Content.styled(sentence, "$bad"))
        self.query_one("#standing").display = True

    def show_kept(self, kept: Kept, *, is_changed: bool) -> None:  # noqa: ARG002 - a note taken away leaves what is being written
        """List the notes, the newest in view, and tell the marks."""
        is_longer = self._kept is None or len(kept.notes) > len(self._kept.notes)
        self._kept = kept
        notes = self.query_one(OptionList)
        notes.clear_options()
        notes.add_options([Option(self._told(note), id=str(note.id)) for note in kept.notes])
        notes.display = bool(kept.notes)
        if kept.notes:
            notes.highlighted = len(kept.notes) - 1
        else:
            self.query_one(NoteInput).focus()
        standing = self._standing(kept)
        self.query_one("#standing", Static).update(standing)
        self.query_one("#standing").display = bool(standing)
        if is_longer:
            self.query_one(NoteInput).value = ""

    def fit(self) -> None:
        """Give the notes the lines they take, up to two fifths of the screen: writing stays in view."""
        notes = self.query_one(OptionList)
        notes.styles.height = max(1, min(notes.virtual_size.height, self.size.height * 2 // 5))
        notes.scroll_end(animate=False)

    def _told(self, note: Note) -> Content:
        head = f"{safe_line(note.author, 40)} · {moment(note.at, service_of(self).timezone)}"
        return Content.assemble((head, "$muted"), "\n", (safe_text(note.text), "$ink"))

    def _standing(self, kept: Kept) -> Content:
        zone = service_of(self).timezone
        marks = ((REVIEWED_MARK, kept.reviewed), (PINNED_MARK, kept.pinned))
        told = [
            f"{sign} {mark.kind} by {safe_line(mark.author, 24)}, {moment(mark.at, zone)}"
            for sign, mark in marks
            if mark is not None
        ]
        return Content("\n".join([*told, *([] if kept.notes else [NOTHING])]))

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        text, service = event.value, service_of(self)
        if text.strip():
            self.do(lambda: service.add_note(self._session_id, text))

    @on(OptionList.OptionSelected)
    def _note_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one(NoteInput).focus()

    def keys(self, *, is_in_list: bool) -> str:
        """Return what the keys do: among the notes, or in the line below."""
        return KEYS_IN_LIST if is_in_list else KEYS

    def number_at(self, line: int) -> int:
        """Return the note's number."""
        return 0 if self._kept is None else self._kept.notes[line].id

    def take_away(self, service: "AnalyticsService", number: int) -> None:
        """Remove a note."""
        service.remove_note(self._session_id, number)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

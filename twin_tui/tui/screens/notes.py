"""The notes on one conversation: who wrote what and when; another is added at the bottom."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Paste
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import Kept, Note
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.text.formatting import moment
from twin_tui.text.safe_text import safe_line, safe_text
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialog import Dialog
from twin_tui.tui.widgets.find_bar import PlainInput
from twin_tui.tui.widgets.keeping_marks import PINNED_MARK, REVIEWED_MARK
from twin_tui.tui.widgets.too_small import TooSmall

KEYS = "enter adds the note · ↑ to the notes · esc back"
KEYS_IN_LIST = "delete takes the note away · ↓ past the last: write · esc back"
SURE = "delete again takes this note away for good"
NOTHING = "Nobody wrote anything about this conversation yet."


class NoteInput(PlainInput):
    """One line; what is pasted with several is joined, not cut off."""

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class NotesScreen(Dialog[None]):
    """Notes above, the line to write below."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up", "to_notes", "To the notes", show=False),
        Binding("delete,backspace", "remove", "Take the note away", show=False),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id
        self._kept: Kept | None = None
        self._doomed: int | None = None
        """The note that another press takes away."""
        self.is_settled = False
        """Whether what is kept is shown."""

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
        self._do(lambda: None)

    def _do(self, change: Callable[[], object]) -> None:
        self.is_settled = False
        self.run_worker(self._change(change), group="notes", exclusive=False)

    async def _change(self, change: Callable[[], object]) -> None:
        service = service_of(self)

        def question() -> Kept:
            change()
            return service.kept(self._session_id)

        try:
            kept = await ask(service, question)
        except CancelledError:
            return
        except AnalyticsError as error:
            self.query_one("#standing", Static).update(Content.styled(safe_line(str(error)), "$bad"))
            self.query_one("#standing").display = True
        else:
            self._show(kept)
        self.is_settled = True

    def _show(self, kept: Kept) -> None:
        is_longer = self._kept is None or len(kept.notes) > len(self._kept.notes)
        self._kept, self._doomed = kept, None
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
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Give the notes as much room as there is now."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
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
            self._do(lambda: service.add_note(self._session_id, text))

    @on(OptionList.OptionSelected)
    def _note_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one(NoteInput).focus()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._doomed = None
        self._say_keys()

    def on_descendant_focus(self) -> None:
        """Offer the keys of what has them."""
        self._doomed = None
        self._say_keys()

    def _say_keys(self) -> None:
        keys = KEYS_IN_LIST if self.query_one(OptionList).has_focus else KEYS
        self.query_one(".keys", Static).update(SURE if self._doomed is not None else keys)

    def action_to_notes(self) -> None:
        """Move among the notes."""
        if self.query_one(OptionList).option_count:
            self.query_one(OptionList).focus()

    def action_remove(self) -> None:
        """Take the note of the line away, once that was asked for twice."""
        notes = self.query_one(OptionList)
        if not notes.has_focus or notes.highlighted is None or self._kept is None:
            return
        note_id, service = self._kept.notes[notes.highlighted].id, service_of(self)
        if self._doomed == note_id:
            self._do(lambda: service.remove_note(self._session_id, note_id))
        else:
            self._doomed = note_id
            self._say_keys()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

"""What is kept about conversations, set from any screen that shows some: notes, reviewed, pinned."""

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.tui.screens.desk.marking import toggle_mark


class Keeping(Screen[Any]):
    """The keys for the conversation in focus; mixed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "notes", "Notes (memos) on this conversation: read, write", show=False),
        Binding("V", "reviewed", "Mark this conversation as reviewed, or no more", show=False),
        Binding("P", "pin", "Pin this conversation above the search, or no more", show=False),
    ]

    def session_in_focus(self) -> str | None:
        """Return the conversation in focus."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Show what is kept now."""

    def action_notes(self) -> None:
        """Read and write notes."""
        if (session_id := self._wanted_session("M shows its notes")) is not None:
            from twin_tui.tui.screens.desk.notes import NotesScreen  # noqa: PLC0415 - when it is first wanted

            self.app.push_screen(NotesScreen(session_id), lambda _: self.marks_changed())

    def action_reviewed(self) -> None:
        """Set the mark that the conversation was reviewed, or take it away."""
        if (session_id := self._wanted_session("V marks it as reviewed")) is not None:
            toggle_mark(self, session_id, "reviewed", self.marks_changed)

    def action_pin(self) -> None:
        """Pin the conversation, or take it off the pins."""
        if (session_id := self._wanted_session("P pins it")) is not None:
            toggle_mark(self, session_id, "pinned", self.marks_changed)

    def _wanted_session(self, what: str) -> str | None:
        session_id = self.session_in_focus()
        if session_id is None:
            self.notify(f"Move to a line of a conversation first, then {what}.", timeout=4)
        return session_id

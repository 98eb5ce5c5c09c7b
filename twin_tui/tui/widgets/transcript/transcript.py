"""The transcript as it is used: keys and mouse go from entry to entry, open, fold and jump."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message

from twin_tui.tui.widgets.transcript.jumps import JumpingTranscript


class Transcript(JumpingTranscript):
    """A conversation to walk through: the cursor goes from entry to entry."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "next_entry", "Next entry", show=False),
        Binding("up,k", "previous_entry", "Previous entry", show=False),
        Binding("pagedown", "page_down", "A page down", show=False),
        Binding("pageup", "page_up", "A page up", show=False),
        Binding("home", "first_entry", "First entry", show=False),
        Binding("end", "last_entry", "Last entry", show=False),
        Binding("right,l", "linked", "To the message's documents and queries", show=False),
        Binding("left,h", "message", "Back to the message", show=False),
        Binding("enter", "open", "Open the document, unfold or fold the message", show=False),
        Binding("t", "read", "Read the entry as Markdown, there t: as stored", show=False),
        Binding("z", "fold_all", "Unfold or fold all that is loaded", show=False),
    ]

    @dataclass
    class EntryOpened(Message):
        """An entry is to be read by itself."""

        position: int

    def on_click(self, event: Click) -> None:
        """Make the clicked entry the current one; a second click opens it, a click on a fold unfolds it."""
        row = self.top_row + event.y
        if row >= self.layout_rows.rows:
            return
        line = self.layout_rows.line_at(row)
        if line.part in ("blank", "separator"):
            return
        self.cursor = line.position
        if line.part == "fold" or (event.chain == 2 and self.plan.index[line.position].kind == "document"):
            self.action_open()

    def action_next_entry(self) -> None:
        """Go on: through a long entry by half a screen, else to the next one."""
        self._step(1)

    def action_previous_entry(self) -> None:
        """Go back: through a long entry by half a screen, else to the one before."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        rows = self.layout_rows
        if not len(rows):
            return
        top, bottom = self.top_row, self.top_row + self.row_count
        start, end = rows.start(self.cursor), rows.end(self.cursor)
        half = max(1, self.row_count // 2)
        if direction > 0 and start < bottom < end:
            self.scroll_to(y=min(top + half, end - self.row_count), animate=False, immediate=True)
        elif direction < 0 and start < top < end:
            self.scroll_to(y=max(top - half, start), animate=False, immediate=True)
        else:
            self.go_to(self.cursor + direction)

    def action_page_down(self) -> None:
        """Scroll a screen down; the cursor goes to the first entry there."""
        self._page(1)

    def action_page_up(self) -> None:
        """Scroll a screen up; the cursor goes to the first entry there."""
        self._page(-1)

    def _page(self, direction: int) -> None:
        rows = self.layout_rows
        if not len(rows):
            return
        before = self.top_row
        self.scroll_to(y=before + direction * (self.row_count - 2), animate=False, immediate=True)
        if self.top_row == before:
            self.cursor = len(rows) - 1 if direction > 0 else 0
            return
        at = rows.position_at(self.top_row)
        if (
            rows.head_row(at) < self.top_row
            and at + 1 < len(rows)
            and rows.end(at) < self.top_row + self.row_count
        ):
            at += 1
        self.cursor = at

    def action_first_entry(self) -> None:
        """Go to the first entry."""
        self.go_to(0)

    def action_last_entry(self) -> None:
        """Go to the last entry."""
        self.go_to(len(self.layout_rows) - 1)
        self.scroll_to(y=self.layout_rows.rows, animate=False, immediate=True)

    def action_linked(self) -> None:
        """Go from a message to its first document or query, from that to the next one."""
        linked = self.plan.children.get(self.plan.parents.get(self.cursor, self.cursor), ())
        later = [at for at in linked if at > self.cursor]
        if later:
            self.go_to(later[0])

    def action_message(self) -> None:
        """Go from a document or query to the message it belongs to."""
        self.go_to(self.plan.parents.get(self.cursor, self.cursor))

    def action_open(self) -> None:
        """Open the current document; fold or unfold the current message."""
        if not len(self.layout_rows):
            return
        if self.plan.index[self.cursor].kind == "document":
            self.post_message(self.EntryOpened(self.cursor))
            return
        safe = self.memory.get(self.cursor)
        if safe is None or not self.layout_rows.is_foldable(self.cursor):
            return
        folds = not self.layout_rows.is_folded(self.cursor)
        if not folds and not safe.is_whole:
            self.post_message(self.TextWanted(self.cursor, self.layout_rows.text_width))
            return
        self._fold([self.cursor], folds)

    def action_read(self) -> None:
        """Open the current entry by itself, whatever it is."""
        if len(self.layout_rows):
            self.post_message(self.EntryOpened(self.cursor))

    def action_fold_all(self) -> None:
        """Unfold every long message that is loaded; fold them all when none is folded."""
        loaded = [at for at in range(len(self.layout_rows)) if self.layout_rows.is_foldable(at)]
        folds = not any(self.layout_rows.is_folded(at) for at in loaded)
        self._fold(loaded, folds)

    def _fold(self, positions: list[int], folds: bool) -> None:
        for position in positions:
            self.layout_rows.fold(position, folds)
        self.virtual_size = Size(self.row_width, self.layout_rows.rows)
        self.reveal(self.cursor)
        self.refresh()

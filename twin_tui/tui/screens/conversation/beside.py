"""What stands beside a transcript, or below it: it follows the cursor, and can be put away."""

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.tui.widgets.transcript.entries import WINDOW
from twin_tui.tui.widgets.transcript.entry_detail import EntryDetail
from twin_tui.tui.widgets.transcript.entry_pane import EntryPane
from twin_tui.tui.widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen


class Beside(Screen[None]):
    """Mixed into the conversation screen.

    In a wide terminal the pane is there until it is put away, in a narrow one (then below, the text alone)
    once it is asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("equals_sign", "compare", "Compare the document with the draft before it", show=False),
        Binding("v", "beside", "Show or hide the document or query at the cursor", show=False),
    ]

    @property
    def _reader(self) -> "ConversationScreen":
        return cast("ConversationScreen", self)

    @property
    def has_beside(self) -> bool:
        """Whether the pane is shown."""
        if self.has_class("-unlinked"):
            return False
        return not self.has_class("-alone") if self.has_class("-paned") else self.has_class("-below")

    def action_beside(self) -> None:
        """Show the pane or put it away."""
        if self._reader.opened is None:
            return
        if self.has_class("-unlinked"):
            self.notify("There is no document or query in this conversation.", timeout=3)
            return
        self.toggle_class("-alone" if self.has_class("-paned") else "-below")
        self.call_after_refresh(self.follow_cursor)

    def action_compare(self) -> None:
        """Compare the document at the cursor, else the nearest, with the draft before it."""
        opened = self._reader.opened
        if opened is None or not opened.conversation.index:
            return
        index, cursor = opened.plan.index, self._reader.transcript.cursor
        documents = [at for at, kind in enumerate(index.kinds()) if kind == "document"]
        if not documents:
            self.notify("There is no document in this conversation.", timeout=4)
            return
        linked = [at for at in opened.plan.children.get(cursor, ()) if index[at].kind == "document"]
        before = documents[max(0, bisect_right(documents, cursor) - 1)]
        document_id = index[linked[0] if linked else before].id
        from twin_tui.tui.screens.conversation.comparison import compare_drafts  # noqa: PLC0415 - seldom wanted

        self.run_worker(
            compare_drafts(self, self._reader.session_id, document_id), group="compare", exclusive=True
        )

    def follow_cursor(self) -> None:
        """Show what belongs to the entry at the cursor, or is nearest to it; load it if need be."""
        opened, position = self._reader.opened, self._reader.transcript.cursor
        if opened is None or not opened.conversation.index or not self.has_beside:
            return
        pane = self.query_one(EntryPane)
        pane.follow(position)
        found = pane.near
        is_at_cursor = found.positions[:1] == (position,)
        self.query_one(EntryDetail).show(found, opened.memory, is_at_cursor=is_at_cursor)
        if found.positions and opened.memory.get(found.positions[0]) is None:
            self._reader.load_windows([found.positions[0] // WINDOW * WINDOW])

    def on_resize(self) -> None:
        """Fill the pane when it appears or changes."""
        if self._reader.opened is not None:
            self.call_after_refresh(self.follow_cursor)

    @on(EntryPane.Chosen)
    def _item_chosen(self, event: EntryPane.Chosen) -> None:
        self._reader.transcript.go_to(event.position)

    @on(EntryPane.EntriesWanted)
    def _items_wanted(self, event: EntryPane.EntriesWanted) -> None:
        self._reader.load_windows(sorted({at // WINDOW * WINDOW for at in event.positions}))

    @on(Transcript.CursorMoved)
    def _cursor_moved(self, event: Transcript.CursorMoved) -> None:
        self._reader.tell_place(event.position)

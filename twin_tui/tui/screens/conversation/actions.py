"""What the conversation screen does beside showing: finding, copying, exporting, leading to its people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.analytics.answers import Match
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.text.formatting import number
from twin_tui.text.permalinks import permalink
from twin_tui.tui.clipboard import file_name
from twin_tui.tui.links import PersonChosen, SearchWanted, TwinChosen
from twin_tui.tui.loading import ask
from twin_tui.tui.screens.conversation.handing_over import Origin, copy, export
from twin_tui.tui.screens.conversation.keeping import KeepingConversation
from twin_tui.tui.screens.desk.revealing import Revealing
from twin_tui.tui.transcript_text import transcript_text
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.tui.widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("enter", "open", "enter"),
    ("d", "document", "d"),
    ("s", "query", "s"),
    ("o", "no result", "o"),
    ("b", "gap", "b"),
    ("a", "unanswered", "a"),
    ("^f", "find", "ctrl+f"),
    ("J K", "sessions", "J"),
    ("y", "copy", "y"),
    ("e", "export", "e"),
    ("u w", "person, twin", "u"),
    ("g", "day", "g"),
    ("?", "help", "question_mark"),
)
"""The keys offered at the bottom."""
REVEAL: Hint = ("r", "reveal", "r")
"""Offered where something is masked."""


def hints_for(*, is_masking: bool) -> tuple[Hint, ...]:
    """Return the keys to offer, revealing among the first where there is something to reveal."""
    return (*HINTS[:2], REVEAL, *HINTS[2:]) if is_masking else HINTS


class Finding(Screen[None]):
    """Finding words in the conversation, with count, next and previous."""

    _matches: tuple[Match, ...] = ()
    _at = -1
    is_searching = False
    """Whether the service is looking for what was typed."""

    @property
    def _own(self) -> ConversationScreen:
        return cast("ConversationScreen", self)

    @property
    def _total(self) -> int:
        return sum(match.count for match in self._matches)

    def action_find(self) -> None:
        """Type what to find."""
        self.query_one(FindBar).open()

    def find_again(self) -> None:
        """Look in a newly opened conversation for what was looked for in the one before."""
        if self.query_one(FindBar).is_open:
            self._search(self.query_one(FindBar).text)

    def close_find(self) -> bool:
        """Close the find line; return whether it was open."""
        bar = self.query_one(FindBar)
        if not bar.is_open:
            return False
        bar.close()
        self._forget()
        return True

    @on(FindBar.Changed)
    def _find_changed(self, event: FindBar.Changed) -> None:
        self._search(event.text)

    @on(FindBar.Widened)
    def _find_widened(self, event: FindBar.Widened) -> None:
        if not event.text:
            self.close_find()
        self.post_message(SearchWanted(event.text))

    @on(FindBar.Submitted)
    def _find_submitted(self) -> None:
        self._own.transcript.focus()

    @on(FindBar.Left)
    def _find_left(self) -> None:
        self._own.transcript.focus()

    @on(FindBar.Closed)
    def _find_closed(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.workers.cancel_group(self, "find")
        self.is_searching = False
        self._matches, self._at = (), -1
        self._own.transcript.find("")
        self._own.transcript.focus()

    def _search(self, text: str) -> None:
        self.is_searching = True
        self.run_worker(self._look_for(text), group="find", exclusive=True)

    async def _look_for(self, text: str) -> None:
        own = self._own
        try:
            session_id, service = own.session_id, own.service
            found = await ask(service, lambda: service.find_in_conversation(session_id, text)) if text else ()
        except CancelledError:
            return
        except AnalyticsError as error:
            self.query_one(FindBar).say(str(error))
        else:
            self._matches = found
            cursor = own.transcript.cursor
            before = sum(match.count for match in found if match.entry < cursor)
            self._at = (before if before < self._total else 0) if found else -1
            self.show_match(text)
        self.is_searching = False

    def show_match(self, text: str | None = None) -> None:
        """Mark the matches, go to the current one and tell which of how many it is."""
        bar = self.query_one(FindBar)
        if not bar.is_open:
            return
        needle = bar.text if text is None else text
        self._own.transcript.find(needle, self._place())
        bar.say(self._standing() if needle else "")

    def _standing(self) -> str:
        if not self._matches:
            return "not found"
        entries = len(self._matches)
        return (
            f"{number(self._at + 1)} of {number(self._total)} in {number(entries)} "
            f"{'entry' if entries == 1 else 'entries'} · n N"
        )

    def find_more(self) -> None:
        """Count again in a conversation that grew; what is looked at stays in view."""
        self.run_worker(self._count_again(self.query_one(FindBar).text), group="find", exclusive=True)

    async def _count_again(self, text: str) -> None:
        own = self._own
        session_id, service = own.session_id, own.service
        try:
            found = await ask(service, lambda: service.find_in_conversation(session_id, text))
        except AnalyticsError:
            return
        place = own.transcript.match
        self._matches = found
        before = sum(match.count for match in found if place is not None and match.entry < place[0])
        self._at = min(before + (place[1] if place else 0), self._total - 1)
        self.query_one(FindBar).say(self._standing())

    def _place(self) -> tuple[int, int] | None:
        """Return the current match as (position, which occurrence there)."""
        rest = self._at
        for match in self._matches:
            if rest < match.count:
                return (match.entry, rest)
            rest -= match.count
        return None

    def action_next_match(self) -> None:
        """Go to the next match, after the last to the first."""
        self._step(1)

    def action_previous_match(self) -> None:
        """Go to the previous match, before the first to the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._matches:
            self._at = (self._at + by) % self._total
            self.show_match()


class Copying(Screen[None]):
    """Copying an entry, the id, the transcript; writing the transcript to a file."""

    @property
    def _screen(self) -> ConversationScreen:
        return cast("ConversationScreen", self)

    def action_copy_id(self) -> None:
        """Copy the session id."""
        copy(self, self._screen.session_id, "session id")

    def action_copy_link(self) -> None:
        """Copy the permalink of the current entry."""
        opened = self._screen.opened
        entries = () if opened is None else opened.conversation.index
        entry = entries[self.query_one(Transcript).cursor].id if entries else None
        copy(self, permalink(self._screen.session_id, entry), "permalink")

    def action_copy_entry(self) -> None:
        """Copy what is selected, else the whole text of the current entry."""
        selected = self.get_selected_text()
        if selected:
            copy(self, selected, "selection", Origin(self._screen.session_id))
        elif self._screen.opened is not None and self._screen.opened.conversation.index:
            self.run_worker(self._copy_entry(), group="copy", exclusive=True)

    async def _copy_entry(self) -> None:
        own = self._screen
        assert own.opened is not None
        ref = own.opened.conversation.index[self.query_one(Transcript).cursor]
        session_id, service = own.session_id, own.service
        text = await self._asked(lambda: service.entry_text(session_id, ref.kind, ref.id))
        if text is not None:
            copy(self, text, ref.kind, Origin(session_id, ref.id))

    def action_copy_transcript(self) -> None:
        """Copy the whole conversation as Markdown."""
        self.run_worker(self._transcript(self._copy_all), group="copy", exclusive=True)

    def action_export(self) -> None:
        """Write the whole conversation as Markdown into the folder of exports."""
        self.run_worker(self._transcript(self._write), group="copy", exclusive=True)

    async def _transcript(self, then: Callable[[str], None]) -> None:
        opened, service = self._screen.opened, self._screen.service
        if opened is None:
            return
        text = await self._asked(lambda: transcript_text(service, opened.conversation, service.timezone))
        if text is not None:
            then(text)

    def _copy_all(self, text: str) -> None:
        copy(self, text, "transcript", Origin(self._screen.session_id))

    def _write(self, text: str) -> None:
        own = self._screen
        assert own.opened is not None
        header = own.opened.conversation.header
        name = file_name(header.title or header.topic or "", header.session_id)
        export(self, text, name, Origin(header.session_id))

    async def _asked(self, question: Callable[[], str]) -> str | None:
        try:
            return await ask(self._screen.service, question)
        except CancelledError:
            return None
        except AnalyticsError as error:
            self.notify(str(error), severity="error")
            return None


class Leading(KeepingConversation, Revealing):
    """The ways from a conversation to the person and to the twin it is with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search everything", show=False),
        Binding("u", "person", "The person of this conversation", show=False),
        Binding("w", "twin", "The twin of this conversation", show=False),
    ]

    def action_search(self) -> None:
        """Search everything."""
        self.post_message(SearchWanted())

    def action_person(self) -> None:
        """Open the person's page."""
        opened = cast("ConversationScreen", self).opened
        if opened is not None:
            self.post_message(PersonChosen(opened.conversation.header.user.id))

    def action_twin(self) -> None:
        """Open the twin's page."""
        opened = cast("ConversationScreen", self).opened
        if opened is not None:
            self.post_message(TwinChosen(opened.conversation.header.twin.id))

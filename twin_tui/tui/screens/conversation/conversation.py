"""The conversation screen: one session opened for reading, over the tabs."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.conversation.actions import Copying, Finding, Leading, hints_for
from twin_tui.tui.screens.conversation.beside import Beside
from twin_tui.tui.screens.conversation.following import FollowingConversation
from twin_tui.tui.screens.conversation.going import Going
from twin_tui.tui.screens.conversation.loading import Opened, load_whole, load_window, open_conversation
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import LEAST_WIDTH, TooSmall
from twin_tui.tui.widgets.transcript.date_bar import DateBar
from twin_tui.tui.widgets.transcript.entry_detail import EntryDetail
from twin_tui.tui.widgets.transcript.entry_pane import EntryPane
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.tui.widgets.transcript.heading import ConversationHeading
from twin_tui.tui.widgets.transcript.paint import Names
from twin_tui.tui.widgets.transcript.transcript import Transcript

ASTRAY = "What was to be shown is not in this conversation, or no more: this is its beginning."


class ConversationScreen(
    FollowingConversation, Finding, Copying, Leading, Going, Beside, Dressed, Screen[None]
):
    """Heading, transcript, beside it documents and queries where there is room."""

    STYLES: ClassVar[tuple[str, ...]] = ("conversation", "tables")
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 - Textual declares it so
        *((0, "-tiny"), (LEAST_WIDTH, "-narrow"), (110, "-paned"))
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("J", "next_session", "Next (older) session of the feed", show=False),
        Binding("K", "previous_session", "Previous (newer) session of the feed", show=False),
        Binding("ctrl+f", "find", "Find in this conversation", show=False),
        Binding("n", "next_match", "Next match", show=False),
        Binding("N", "previous_match", "Previous match", show=False),
        Binding("y", "copy_entry", "Copy the message, document or query", show=False),
        Binding("Y", "copy_transcript", "Copy the whole transcript", show=False),
        Binding("c", "copy_id", "Copy the session id", show=False),
        Binding("L", "copy_link", "Copy a permalink of this entry", show=False),
        Binding("e", "export", "Export the transcript to a file", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(
        self,
        session_id: str,
        event_id: str | None = None,
        *,
        filters: Filters | None = None,
        request: ActivityRequest | None = None,
    ) -> None:
        """Open a session at an event; its neighbours are those in the feed of ``filters`` and ``request``."""
        super().__init__()
        self.session_id = session_id
        self.opened: Opened | None = None
        """What is shown; ``None`` before the first answer."""
        self._event_id = event_id
        self._filters = filters or Filters()
        self._request = request or ActivityRequest()
        self._loading: set[int] = set()
        self._is_opening = True
        self._is_fetching_text = False

    def compose(self) -> ComposeResult:
        """Yield the heading, the transcript with its pane, the find line and the keys."""
        yield ConversationHeading()
        yield Notice()
        with Horizontal(id="reading"):
            yield Transcript()
            with Vertical(id="side"):
                yield EntryPane()
                yield EntryDetail()
        yield FindBar("find", "words in this conversation, any case")
        yield DateBar()
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Load what was asked for."""
        self.query_one(StatusLine).zone = self.service.timezone
        self.query_one(StatusLine).hints = hints_for(is_masking=self.service.guard.is_masking)
        self.query_one(Transcript).focus()
        self._open(self.session_id, self._event_id)

    @property
    def service(self) -> AnalyticsService:
        """The service of the app."""
        return service_of(self)

    @property
    def transcript(self) -> Transcript:
        """The transcript."""
        return self.query_one(Transcript)

    @property
    def is_opening(self) -> bool:
        """Whether a conversation is being opened."""
        return self._is_opening

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads."""
        return not (self._is_opening or self._loading or self._is_fetching_text or self.is_searching)

    def _open(self, session_id: str, event_id: str | None = None) -> None:
        self._is_opening = True
        self.run_worker(self._load(session_id, event_id), group="open", exclusive=True)

    async def _load(self, session_id: str, event_id: str | None) -> None:
        try:
            opened = await ask(self.service, lambda: open_conversation(self.service, session_id, event_id))
        except CancelledError:
            return
        except AnalyticsError as error:
            self.query_one(ConversationHeading).display = self.opened is not None
            self.set_class(self.opened is None or self.has_class("-unlinked"), "-unlinked")
            self.query_one(Notice).say(str(error), hint="esc goes back · F5 tries again", is_failure=True)
        else:
            self._show(session_id, opened)
        self._is_opening = False

    def _show(self, session_id: str, opened: Opened) -> None:
        self.session_id, self.opened = session_id, opened
        self._loading.clear()
        with self.app.batch_update():
            header = opened.conversation.header
            heading = self.query_one(ConversationHeading)
            heading.display = True
            heading.zone = self.service.timezone
            heading.show(header, opened.outcome, opened.marks)
            is_empty = not opened.conversation.index
            self.query_one(Notice).say("No messages are stored in this session." if is_empty else None)
            self.set_class(not (header.documents or header.queries), "-unlinked")
            self.transcript.show(
                opened.plan, Names.of(header), self.service.timezone, opened.memory, opened.position
            )
            self.query_one(EntryPane).show(opened.plan, opened.memory)
            self.tell_place(opened.position)
        self.call_after_refresh(self.follow_cursor)
        if opened.is_astray:
            self.notify(ASTRAY, severity="warning", timeout=8)
        self.find_again()

    def renewed(self, opened: Opened) -> None:
        """Take over the same conversation, read again."""
        self.opened = opened
        self._loading.clear()

    def tell_place(self, position: int) -> None:
        """Say where the cursor is, and show beside it what belongs to the entry there."""
        if self.opened is None:
            return
        self.say_place(position)
        self.follow_cursor()

    @on(Transcript.EntriesWanted)
    def _entries_wanted(self, event: Transcript.EntriesWanted) -> None:
        self.load_windows(event.windows)

    def load_windows(self, windows: list[int]) -> None:
        """Load these windows of entries, by their first positions, unless they are on the way."""
        opened = self.opened
        if opened is None:
            return
        for first in windows:
            if first not in self._loading:
                self._loading.add(first)
                self.run_worker(self._load_window(opened, first), group="entries")

    async def _load_window(self, opened: Opened, first: int) -> None:
        session_id = opened.conversation.header.session_id
        try:
            entries = await ask(self.service, lambda: load_window(self.service, session_id, first))
        except AnalyticsError as error:
            if not isinstance(error, CancelledError):
                self.notify(str(error), severity="error")
            return
        if self.opened is opened:
            self._loading.discard(first)
            self.transcript.add_entries(first, entries)
            self.query_one(EntryPane).entries_loaded()
            self.follow_cursor()

    @on(Transcript.TextWanted)
    def _text_wanted(self, event: Transcript.TextWanted) -> None:
        self._is_fetching_text = True
        self.run_worker(self._load_text(event.position, event.width), group="text", exclusive=True)

    async def _load_text(self, position: int, width: int) -> None:
        opened = self.opened
        safe = None if opened is None else opened.memory.get(position)
        if opened is None or safe is None:
            self._is_fetching_text = False
            return
        session_id = opened.conversation.header.session_id
        try:
            whole, lines = await ask(self.service, lambda: load_whole(self.service, session_id, safe, width))
        except CancelledError:
            return
        except AnalyticsError as error:
            self.notify(str(error), severity="error")
        else:
            if self.opened is opened:
                self.transcript.add_text(position, whole, lines)
                self.show_match()
        self._is_fetching_text = False

    @on(Transcript.EntryOpened)
    def _entry_opened(self, event: Transcript.EntryOpened) -> None:
        safe = None if self.opened is None else self.opened.memory.get(event.position)
        if self.opened is not None and safe is not None:
            from twin_tui.tui.screens.conversation.document import (  # noqa: PLC0415 - loads a Markdown parser
                DocumentScreen,
            )

            self.app.push_screen(DocumentScreen(self.session_id, safe.entry, self.opened.conversation.header))

    def action_next_session(self) -> None:
        """Open the next session of the feed: the one before this one in time."""
        self.run_worker(self._neighbour(1), group="open", exclusive=True)

    def action_previous_session(self) -> None:
        """Open the previous session of the feed: the newer one."""
        self.run_worker(self._neighbour(0), group="open", exclusive=True)

    async def _neighbour(self, which: int) -> None:
        self._is_opening = True
        service, session_id = self.service, self.session_id
        try:
            found = await ask(service, lambda: service.neighbours(session_id, self._filters, self._request))
        except CancelledError:
            return
        except AnalyticsError as error:
            self.notify(str(error), severity="error")
        else:
            if (neighbour := found[which]) is not None:
                await self._load(neighbour, None)
                return
            self.notify(f"This is the {'last' if which else 'first'} conversation of the feed.", timeout=3)
        self._is_opening = False

    def action_refresh_data(self) -> None:
        """Ask again, the cursor staying on its entry."""
        current = None
        if self.opened is not None and self.opened.conversation.index:
            current = self.opened.conversation.index[self.transcript.cursor].id
        self._open(self.session_id, current)

    def action_back(self) -> None:
        """Close the line that is typed into if there is one, else this screen."""
        if self.close_date() or self.close_find():
            return
        self.dismiss()

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen("Conversation"))

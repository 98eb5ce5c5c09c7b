"""What a search shows: the words, what holds them, and the whole of the current line."""

from collections.abc import Hashable
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from twin_tui.analytics.answers import (
    Hit,
    PersonHit,
    SearchPage,
    SearchRequest,
    SessionHit,
    Shelf,
    TwinHit,
)
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import PersonChosen, SessionChosen, TwinChosen
from twin_tui.tui.loading import DataTab
from twin_tui.tui.search_words import NOTHING_SOUGHT, count_words, meant, nothing_found
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.tui.widgets.tables.search_lines import Found, lines_of, shelf_lines
from twin_tui.tui.widgets.tables.search_table import SearchPreview, SearchTable
from twin_tui.tui.widgets.transcript.find_bar import TYPING_PAUSE, FindBar

HOW = 'words, "words in a row", beginnings*, an id, a twin:// link'
HOW_RECORDED = f"enter searches · {HOW}"
STILL = 1.0
"""Seconds after which a search that nobody types on at is one that was made."""


class SearchView(DataTab[SearchPage | Shelf]):
    """The words, what was found, and the whole of the current line; without words where to go back to."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.request = SearchRequest(text, is_being_typed=True, is_passing=True)
        """What is sought."""
        self._stillness: Timer | None = None
        self._is_going = False
        """Whether the one conversation that is named shall be opened when it is found."""

    @property
    def is_shelf(self) -> bool:
        """Whether nothing is sought."""
        return not self.request.text.strip()

    def compose_content(self) -> ComposeResult:
        """Yield the words, the lines and the preview."""
        yield FindBar("search", HOW_RECORDED if self._is_waiting_for_enter else HOW)
        yield SearchTable()
        yield SearchPreview()

    @property
    def _is_waiting_for_enter(self) -> bool:
        """Whether words are sought only once they stand still: each answer must be recorded before."""
        return self.service.guard.is_required

    def begin(self) -> None:
        """Let words be typed, after those there are already."""
        settings = getattr(self.app, "settings", None)
        if settings is not None:
            self.request = replace(self.request, limit=settings.page_size)
        bar = self.query_one(FindBar)
        bar.put(self.request.text)
        bar.open()

    def come_back(self) -> None:
        """Tell anew what was opened lately."""
        if self.is_shelf and self.answer is not None:
            self.load(again=True)

    def focus_first(self) -> None:
        """Let the keys move in what was found."""
        self.query_one(SearchTable).focus()

    def wanted(self) -> Hashable:
        """Return filters and request: another of either is another search; without words only the pins."""
        return self.service.keepings if self.is_shelf else (self.filters, self.request)

    def fetch(self, wanted: Hashable) -> SearchPage | Shelf:
        """Return what is found, or where to go back to."""
        if not isinstance(wanted, tuple):
            return self.service.shelf()
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, SearchRequest)
        return self.service.search(filters, request)

    def show(self, answer: SearchPage | Shelf) -> None:
        """Draw what was found; the cursor stays on its line if that was found again."""
        table = self.query_one(SearchTable)
        lines = shelf_lines(answer) if isinstance(answer, Shelf) else lines_of(answer)
        before = None if table.item is None else table.item.key
        cursor = next((at for at, line in enumerate(lines) if line.key == before), 0)
        told = Moment(self.service.now(), self.service.timezone)
        if isinstance(answer, Shelf):
            empty, said = (NOTHING_SOUGHT, "texts, titles, people and twins · esc leads back"), ""
        else:
            empty = nothing_found(answer, self.filters or Filters(), self.service.timezone)
            said = count_words(answer, self.service.timezone)
        table.show(lines, told, cursor=cursor, empty=empty)
        self.query_one(FindBar).say(said)
        self._go()
        self._wait_for_stillness()

    def _say(self, sentence: str) -> None:
        """Say why nothing could be found, and not over what was there before anything was sought."""
        if isinstance(self.answer, Shelf) and not self.is_shelf:
            self.answer = None
            self.mark(unanswered=True)
        super()._say(sentence)

    def _wait_for_stillness(self) -> None:
        if self._stillness is not None:
            self._stillness.stop()
        self._stillness = None if self.is_shelf else self.set_timer(STILL, self.settle)

    def settle(self) -> None:
        """Have the search recorded that stands: nobody types on, or it led somewhere."""
        if self._stillness is not None:
            self._stillness.stop()
            self._stillness = None
            self.service.submit(self, self.service.guard.searches.settle)

    def turn(self, by: int) -> None:
        """Show the next or the previous page, if there is one."""
        answer, page = self.answer, self.request.page + by
        if isinstance(answer, SearchPage) and page >= 1 and (by < 0 or answer.has_next):
            self._ask_for(page=page, is_passing=False)

    def turn_order(self) -> None:
        """Order by the other of time and relevance."""
        self._ask_for(by="relevance" if self.request.by == "newest" else "newest", page=1, is_passing=False)

    def watch_filters(self) -> None:
        """Begin at the first page."""
        self._ask_for(page=1, is_passing=False)

    def _ask_for(self, **changes: object) -> None:
        self.request = replace(self.request, **changes)  # type: ignore[arg-type]
        self.load()

    @on(FindBar.Changed)
    def _typed(self, event: FindBar.Changed) -> None:
        event.stop()
        self._is_going = False
        if self._is_waiting_for_enter and event.text:
            self._type_on(event.text)
        else:
            self._seek(event.text)

    def _type_on(self, text: str) -> None:
        if self._stillness is not None:
            self._stillness.stop()
        self._stillness = self.set_timer(STILL - TYPING_PAUSE, lambda: self._seek(text))

    def _seek(self, text: str) -> None:
        self._ask_for(text=text, page=1, is_passing=True)

    @on(FindBar.Submitted)
    def _entered(self, event: FindBar.Submitted) -> None:
        """Move to what was found; where one conversation was named, into it."""
        event.stop()
        if event.text != self.request.text.strip():
            self._seek(event.text)
        self.focus_first()
        self._is_going = bool(event.text)
        self._go()

    def _go(self) -> None:
        answer = self.answer
        is_found = isinstance(answer, SearchPage) and answer.request == self.request
        if not self._is_going or not is_found:
            return
        self._is_going = False
        assert isinstance(answer, SearchPage)
        if (hit := meant(answer)) is not None:
            self._open(hit)

    @on(FindBar.Left)
    def _left(self, event: FindBar.Left) -> None:
        event.stop()
        self.focus_first()

    @on(RowTable.EdgePassed)
    def _edge_passed(self, event: RowTable.EdgePassed) -> None:
        event.stop()
        self.turn(event.direction)

    @on(RowTable.EndWanted)
    def _end_wanted(self, event: RowTable.EndWanted) -> None:
        event.stop()
        table = self.query_one(SearchTable)
        table.action_move(event.direction * len(table.items))

    @on(SearchTable.Moved)
    def _moved(self, event: SearchTable.Moved) -> None:
        event.stop()
        self.query_one(SearchPreview).put(event.line)

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        event.stop()
        self._open(self._found)

    def _open(self, found: Found | None) -> None:
        assert self.filters is not None
        self.settle()
        match found:
            case Hit() as hit:
                self.post_message(SessionChosen(hit.session_id, hit.id, self.filters))
            case SessionHit() as hit:
                self.post_message(SessionChosen(hit.session_id, hit.event_id, self.filters))
            case PersonHit() as hit:
                self.post_message(PersonChosen(hit.person.id))
            case TwinHit() as hit:
                self.post_message(TwinChosen(hit.twin.id))
            case _:
                pass

    @property
    def _found(self) -> Found | None:
        item = self.query_one(SearchTable).item
        return None if item is None else item.found

    def session_in_focus(self) -> str | None:
        """The conversation of the line."""
        found = self._found
        return found.session_id if isinstance(found, Hit | SessionHit) else None

    def person_in_focus(self) -> str | None:
        """The person of the line, or the owner of its twin."""
        match self._found:
            case Hit() | SessionHit() as hit:
                return hit.user.id
            case PersonHit() as hit:
                return hit.person.id
            case TwinHit() as hit:
                return hit.twin.owner.id
            case _:
                return None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        found = self._found
        return found.twin.id if isinstance(found, Hit | SessionHit | TwinHit) else None

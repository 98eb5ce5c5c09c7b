"""What a search shows: the words, what holds them, and the whole of the current line."""

from collections.abc import Hashable
from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from twin_tui.analytics.answers import Hit, PersonHit, SearchPage, SearchRequest, SessionHit, TwinHit
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import moment, number
from twin_tui.tui.links import PersonChosen, SessionChosen, TwinChosen
from twin_tui.tui.loading import DataTab
from twin_tui.tui.widgets.columns import Moment
from twin_tui.tui.widgets.find_bar import FindBar
from twin_tui.tui.widgets.row_table import RowTable
from twin_tui.tui.widgets.search_lines import Found, lines_of
from twin_tui.tui.widgets.search_table import SearchPreview, SearchTable

HOW = 'words, "words in a row", beginnings*'


class SearchView(DataTab[SearchPage]):
    """The words, what was found, and the whole of the current line."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.request = SearchRequest(text, is_being_typed=True)
        """What is sought."""

    def compose_content(self) -> ComposeResult:
        """Yield the words, the lines and the preview."""
        yield FindBar("search", HOW)
        yield SearchTable()
        yield SearchPreview()

    def begin(self) -> None:
        """Let words be typed, after those there are already."""
        settings = getattr(self.app, "settings", None)
        if settings is not None:
            self.request = replace(self.request, limit=settings.page_size)
        bar = self.query_one(FindBar)
        bar.put(self.request.text)
        bar.open()

    def focus_first(self) -> None:
        """Let the keys move in what was found."""
        self.query_one(SearchTable).focus()

    def wanted(self) -> Hashable:
        """Return filters and request: another of either is another search."""
        return (self.filters, self.request)

    def fetch(self, wanted: Hashable) -> SearchPage:
        """Return what is found."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, SearchRequest)
        return self.service.search(filters, request)

    def show(self, answer: SearchPage) -> None:
        """Draw what was found; the cursor stays on its line if that was found again."""
        table = self.query_one(SearchTable)
        lines = lines_of(answer)
        before = None if table.item is None else table.item.key
        cursor = next((at for at, line in enumerate(lines) if line.key == before), 0)
        told = Moment(self.service.now(), self.service.timezone)
        table.show(lines, told, cursor=cursor, empty=self._nothing(answer))
        self.query_one(FindBar).say(self._count(answer))

    def _nothing(self, answer: SearchPage) -> tuple[str, str]:
        if not answer.request.text:
            return "Type what to look for.", "texts, titles, people and twins · esc leads back"
        if not answer.terms:
            return "There is no word in that.", "letters or digits are needed"
        helps = []
        if self.filters is not None and self.filters.is_narrowed:
            helps.append("x clears the filters")
        if self.filters is not None and not self.filters.period.is_all:
            helps.append("p chooses a period")
        where = "" if self.filters is None or self.filters.period.is_all else " in this period"
        said = f"Nothing{where} holds {'that word' if len(answer.terms) == 1 else 'all these words'}."
        if answer.searched_back_to is not None:
            said = f"Nothing since {moment(answer.searched_back_to, self.service.timezone)} holds that."
        return said, " · ".join(helps)

    def _count(self, answer: SearchPage) -> str:
        if not answer.hits:
            return ""
        first = (answer.request.page - 1) * answer.request.limit + 1
        if first == 1 and not answer.has_next:
            said = f"{number(len(answer.hits))} text{'' if len(answer.hits) == 1 else 's'}"
        else:
            last = number(first + len(answer.hits) - 1)
            said = f"{number(first)}–{last}{' and more' if answer.has_next else ''}"
        if answer.searched_back_to is not None:
            said += f" back to {moment(answer.searched_back_to, self.service.timezone)}"
        if answer.behind:
            said += f" · {number(answer.behind)} not indexed yet"
        return said

    def turn(self, by: int) -> None:
        """Show the next or the previous page, if there is one."""
        answer, page = self.answer, self.request.page + by
        if answer is not None and page >= 1 and (by < 0 or answer.has_next):
            self._ask_for(page=page)

    def turn_order(self) -> None:
        """Order by the other of time and relevance."""
        self._ask_for(by="relevance" if self.request.by == "newest" else "newest", page=1)

    def watch_filters(self) -> None:
        """Begin at the first page."""
        self._ask_for(page=1)

    def _ask_for(self, **changes: object) -> None:
        self.request = replace(self.request, **changes)  # type: ignore[arg-type]
        self.load()

    @on(FindBar.Changed)
    def _typed(self, event: FindBar.Changed) -> None:
        event.stop()
        self._ask_for(text=event.text, page=1)

    @on(FindBar.Submitted)
    @on(FindBar.Left)
    def _left(self, event: FindBar.Submitted | FindBar.Left) -> None:
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
        assert self.filters is not None
        match self._found:
            case Hit() as hit:
                self.post_message(SessionChosen(hit.session_id, hit.id, self.filters))
            case SessionHit() as hit:
                self.post_message(SessionChosen(hit.session_id, None, self.filters))
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

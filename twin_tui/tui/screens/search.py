"""Search of everything: what is typed is found at once, a line opens its conversation, esc leads back."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from twin_tui.analytics.answers import (
    DatabaseStatus,
    Hit,
    PersonHit,
    SearchPage,
    SearchRequest,
    SessionHit,
    TwinHit,
)
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import moment, number
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, SessionChosen, TwinChosen
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.screens.periods import Periods
from twin_tui.tui.widgets.columns import Moment
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.find_bar import FindBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.row_table import RowTable
from twin_tui.tui.widgets.search_lines import Found, lines_of
from twin_tui.tui.widgets.search_table import SearchPreview, SearchTable
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("↓", "to the hits", "down"),
    ("enter", "open", "enter"),
    ("/", "other words", "slash"),
    ("o", "order", "o"),
    ("> <", "pages", "greater_than_sign"),
    ("p", "period", "p"),
    ("x", "no filters", "x"),
    ("u w", "person, twin", "u"),
    ("?", "help", "question_mark"),
)
SAYING_AFTER = 0.3
"""Seconds an answer may take before the top line says so."""
HOW = 'words, "words in a row", beginnings*'


class SearchScreen(Dressed, Following, Periods):
    """Words at the top, what holds them below, over whatever was there before."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "search")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to where you came from", show=False),
        Binding("slash", "type", "Type other words", show=False),
        Binding("o", "order", "Newest first, or most relevant first", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("x", "clear", "Clear all filters", show=False),
        Binding("u", "person", "The person of this line", show=False),
        Binding("w", "twin", "The twin of this line", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Search again", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, text: str, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Begin with ``text``, within ``filters``; ``status`` says from when to when there are data."""
        super().__init__()
        self._status = status
        self._text = text
        self._patience: Timer | None = None
        self.set_reactive(Periods.filters, filters)

    def compose(self) -> ComposeResult:
        """Yield the filters, the view and the keys."""
        bar = FilterBar()
        bar.filters = self.filters
        bar.data_days = self.data_days()
        yield bar
        view = SearchView(self._text)
        view.set_reactive(DataTab.filters, self.filters)
        view.is_active = True
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys, and let words be typed."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = HINTS
        self.view.begin()

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return (None, None) if self._status is None else (self._status.first_day, self._status.last_day)

    @property
    def view(self) -> "SearchView":
        """What is shown."""
        return self.query_one(SearchView)

    @property
    def is_settled(self) -> bool:
        """Whether the answer to what is typed is drawn."""
        return self.is_mounted and bool(self.query(SearchView)) and self.view.is_settled

    def watch_filters(self, filters: Filters) -> None:
        """Search within other filters."""
        self.query_one(FilterBar).filters = filters
        self.view.filters = filters

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        if event.is_loading:
            self._patience = self._patience or self.set_timer(SAYING_AFTER, self._say_searching)
            return
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self.query_one(FilterBar).state = ""

    def _say_searching(self) -> None:
        self._patience = None
        if self.view.is_loading_answer:
            self.query_one(FilterBar).state = "Searching…"

    @on(FindBar.Closed)
    def _left(self) -> None:
        self.action_back()

    async def follow(self) -> bool:
        """Leave the hits as they are while they are read: F5 searches again."""
        return True

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line."""
        self.query_one(FilterBar).live = condition.words(service_of(self).timezone)

    def forget_new(self) -> None:
        """Nothing is marked as new here."""

    def action_back(self) -> None:
        """Close the search."""
        self.dismiss()

    def action_type(self) -> None:
        """Type other words."""
        self.view.query_one(FindBar).open()

    def action_order(self) -> None:
        """Order by the other of time and relevance."""
        self.view.turn_order()

    def action_turn(self, by: int) -> None:
        """Show another page."""
        self.view.turn(by)

    def action_clear(self) -> None:
        """Search all of the period."""
        self.filters = self.filters.cleared

    def action_person(self) -> None:
        """Open the person of the line."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.post_message(PersonChosen(user_id))

    def action_twin(self) -> None:
        """Open the twin of the line."""
        if (twin_id := self.view.twin_in_focus()) is not None:
            self.post_message(TwinChosen(twin_id))

    def action_refresh_data(self) -> None:
        """Search again."""
        self.view.load(again=True)

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen("Search"))


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

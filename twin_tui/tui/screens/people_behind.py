"""The people behind a number: a table over whatever was there, a line opens the person, esc leads back."""

from collections.abc import Callable, Hashable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from twin_tui.analytics.answers import PagedList, Person
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import number
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, SearchWanted
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.handing_over import copy
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.screens.revealing import reveal_person
from twin_tui.tui.widgets.behind_table import BehindTable
from twin_tui.tui.widgets.columns import Moment
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint, Word
from twin_tui.tui.widgets.pager import Pager
from twin_tui.tui.widgets.row_table import RowTable
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

Fetch = Callable[[int, int], PagedList[Person]]
"""Page from 1 and lines per page → that page; touches only the service."""
TITLE_OF_HELP = "People behind a number"
HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("enter", "open", "enter"),
    ("> <", "pages", "greater_than_sign"),
    ("y", "copy", "y"),
    ("c", "copy id", "c"),
    ("r", "reveal", "r"),
    ("?", "help", "question_mark"),
)
NOBODY = ("Nobody is behind this number.", "esc leads back")


class PeopleBehindView(DataTab[PagedList[Person]]):
    """A page of people over where it lies among all."""

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch = fetch
        self._page, self._limit = 1, 50
        self._cursor_after: int | None = None

    def compose_content(self) -> ComposeResult:
        """Yield the table and the pager."""
        yield BehindTable()
        yield Pager()

    def on_mount(self) -> None:
        """Take the page size."""
        settings = getattr(self.app, "settings", None)
        if settings is not None:
            self._limit = settings.page_size
        self.focus_first()

    @property
    def table(self) -> BehindTable:
        """The table."""
        return self.query_one(BehindTable)

    def wanted(self) -> Hashable:
        """Return the page: what the number is never changes."""
        return (self._page, self._limit)

    def fetch(self, wanted: Hashable) -> PagedList[Person]:
        """Return the page."""
        assert isinstance(wanted, tuple)
        return self._fetch(*wanted)

    def show(self, answer: PagedList[Person]) -> None:
        """Draw the page; on a refresh the cursor stays with its person."""
        known = None if self.table.item is None else self.table.item.id
        ids = [person.id for person in answer.items]
        cursor = self._cursor_after
        if cursor is None:
            cursor = ids.index(known) if known in ids else self.table.cursor
        self._cursor_after, self._page = None, answer.page
        moment = Moment(self.service.now(), self.service.timezone)
        self.table.show(answer.items, moment, cursor=cursor % max(1, len(ids)), empty=NOBODY)
        self.query_one(Pager).show(answer.page, answer.pages, answer.limit, answer.total)

    def focus_first(self) -> None:
        """Let the keys move in the table."""
        self.table.focus()

    def person_in_focus(self) -> str | None:
        """The person of the line."""
        return None if self.table.item is None else self.table.item.id

    def turn_to(self, page: int, cursor: int = 0) -> None:
        """Show a page with the cursor on a line; -1 is the last one."""
        pages = self.answer.pages if self.answer is not None else 1
        if 1 <= page <= pages and page != self._page:
            self._page, self._cursor_after = page, cursor
            self.load()

    def turn(self, by: int) -> None:
        """Show the next page, or the last line of the one before."""
        self.turn_to(self._page + by, 0 if by > 0 else -1)

    @on(RowTable.EdgePassed)
    def _edge_passed(self, event: RowTable.EdgePassed) -> None:
        self.turn(event.direction)

    @on(RowTable.EndWanted)
    def _end_wanted(self, event: RowTable.EndWanted) -> None:
        last = self.answer.pages if self.answer is not None else 1
        page, cursor = (last, -1) if event.direction > 0 else (1, 0)
        if page == self._page:
            self.table.cursor = cursor % max(1, len(self.table.items))
        self.turn_to(page, cursor)

    @on(Pager.Turned)
    def _turned(self, event: Pager.Turned) -> None:
        self.turn_to(event.page)

    @on(Pager.Closed)
    def _page_typed(self) -> None:
        self.focus_first()

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        event.stop()
        if isinstance(event.item, Person):
            self.post_message(PersonChosen(event.item.id))


class NumberBar(FilterBar):
    """What number the people are behind, and how many they are."""

    people: reactive[int | None] = reactive(None)
    """How many, once known."""

    def __init__(self, title: str) -> None:
        """Begin with ``title``, which is safe."""
        super().__init__()
        self._title = title

    def on_mount(self) -> None:
        """Word the line."""
        self._word()

    def watch_people(self) -> None:
        """Word the line anew."""
        self._word()

    def _word(self) -> None:
        count = self.people
        counted = (
            "" if count is None else f"  {number(count)} {'person' if count == 1 else 'people'}, by name"
        )
        self.left = (Word(f" {self._title}", "bold $ink"), Word(counted, "$muted"))


class PeopleBehindScreen(Dressed, Following, Screen[None]):
    """Who a number counts; what it is stands above them."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "people")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to the number", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("g", "ask_page", "Go to page", show=False),
        Binding("u", "person", "The person of this line", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("y", "copy_email", "Copy the e-mail, or the name", show=False),
        Binding("c", "copy_id", "Copy the id", show=False),
        Binding("r", "reveal", "Reveal who is masked in this line (recorded)", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, title: str, fetch: Fetch, filters: Filters) -> None:
        """List whom ``fetch`` finds under ``title``; people opened from here are looked at in ``filters``."""
        super().__init__()
        self._title, self._fetch = safe_line(title, 300), fetch
        self.filters = filters
        """What the number was counted in."""

    def compose(self) -> ComposeResult:
        """Yield the title, the people and the keys."""
        yield NumberBar(self._title)
        view = PeopleBehindView(self._fetch)
        view.set_reactive(DataTab.filters, self.filters)
        view.is_active = True
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = HINTS

    @property
    def view(self) -> PeopleBehindView:
        """What is shown."""
        return self.query_one(PeopleBehindView)

    @property
    def is_settled(self) -> bool:
        """Whether the last answer is drawn."""
        return self.is_mounted and bool(self.query(PeopleBehindView)) and self.view.is_settled

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        bar, answer = self.query_one(NumberBar), self.view.answer
        bar.people = None if answer is None else answer.total
        bar.state = "older people" if event.is_stale and not event.is_loading else ""

    async def follow(self) -> bool:
        """Ask again and draw what differs."""
        return await self.view.follow()

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the title, and over the people what went wrong."""
        self.query_one(NumberBar).live = condition.words(service_of(self).timezone)
        self.view.warn(condition.sentence)

    def forget_new(self) -> None:
        """Nothing is marked here: people are in order of name."""

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def action_turn(self, by: int) -> None:
        """Show another page."""
        self.view.turn(by)

    def action_ask_page(self) -> None:
        """Type a page number."""
        self.view.query_one(Pager).action_ask()

    def action_person(self) -> None:
        """Open the person of the line."""
        self.view.table.action_open()

    def action_search(self) -> None:
        """Search everything."""
        self.post_message(SearchWanted())

    def action_copy_email(self) -> None:
        """Copy the e-mail, or the name."""
        if (person := self.view.table.item) is not None:
            copy(self, person.email or person.name or person.id, "e-mail" if person.email else "name")

    def action_copy_id(self) -> None:
        """Copy the id."""
        if (person := self.view.table.item) is not None:
            copy(self, person.id, "id")

    def action_reveal(self) -> None:
        """Reveal who the person of the line is."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.run_worker(reveal_person(self, user_id), group="reveal", exclusive=True)

    def action_refresh_data(self) -> None:
        """Ask again."""
        self.view.load(again=True)

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(TITLE_OF_HELP))

"""The third tab: the directory of people and twins, with search, status and order."""

from collections.abc import Hashable
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import (
    PeopleKind,
    PeoplePage,
    PeopleRequest,
    PeopleSort,
    PeopleStatus,
    PersonRow,
    TwinRow,
)
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import PersonChosen, TwinChosen
from twin_tui.tui.paged import PagedTab
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.tables.people_columns import Row
from twin_tui.tui.widgets.tables.people_options import PeopleOptions
from twin_tui.tui.widgets.tables.people_table import PeopleTable
from twin_tui.tui.widgets.tables.row_table import RowTable

SORTS: tuple[PeopleSort, ...] = get_args(PeopleSort)
NOUNS: dict[PeopleKind, str] = {"users": "people", "twins": "twins"}
FILLING = "twin-tui demo shows a sample world · twin-tui import reads yours"
KEYS: dict[PeopleStatus, str] = {"active": "a", "dormant": "d", "never": "n"}


class PeopleTab(PagedTab[PeoplePage, PeopleRequest]):
    """Who there is, who is active, who went quiet, who never came; and the same of twins."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "people")
    TITLE = "People"
    HINTS: ClassVar[tuple[Hint, ...]] = (
        ("enter", "open", "enter"),
        ("t", "people, twins", "t"),
        ("d", "dormant", "d"),
        ("n", "never", "n"),
        ("o", "order", "o"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "next_kind", "People or twins", show=False),
        Binding("a", "status('active')", "Only the active, or all again", show=False),
        Binding("d", "status('dormant')", "Only the dormant: active before, or all again", show=False),
        Binding("n", "status('never')", "Only the never active, or all again", show=False),
        Binding("o", "next_order", "Order by the next column", show=False),
        Binding("O", "turn_order", "Turn the order round", show=False),
    ]
    SEARCHED = "name, e-mail or id"

    def __init__(self) -> None:
        """List people, last seen first."""
        super().__init__(PeopleRequest())

    def compose_table(self) -> ComposeResult:
        """Yield options and table."""
        yield PeopleOptions()
        yield PeopleTable()

    def fetch(self, wanted: Hashable) -> PeoplePage:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, PeopleRequest)
        return self.service.people(filters, request)

    def show(self, answer: PeoplePage) -> None:
        """Draw the page and the counts of each status."""
        self.query_one(PeopleTable).request = answer.request
        self.query_one(PeopleOptions).answer = answer
        super().show(answer)

    def answered(self, answer: PeoplePage) -> PeopleRequest:
        """Return the request with the page that exists."""
        return answer.request

    def identity(self, item: Row) -> str:
        """Return the id."""
        return item.id

    def request_changed(self) -> None:
        """Tell the options."""
        self.query_one(PeopleOptions).request = self.request

    def person_in_focus(self) -> str | None:
        """The person of the line, or the owner of the twin."""
        item = self.table.item
        return item.owner.id if isinstance(item, TwinRow) else item.id if item is not None else None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        return self.table.item.id if isinstance(self.table.item, TwinRow) else None

    def nothing(self) -> tuple[str, str]:
        """Return what is not there, and the keys that let more through."""
        request, noun, answer = self.request, NOUNS[self.request.kind], self.answer
        done = "active" if request.kind == "users" else "used"
        is_nobody = answer is not None and answer.everyone == 0
        helps = []
        if request.search:
            helps.append("esc clears the search")
        if request.status is not None and not is_nobody:
            helps.append(f"{KEYS[request.status]} lists all again")
        if self.filters is not None and self.filters.is_narrowed:
            helps.append("x clears the filters")
        which = (
            ""
            if request.status is None or is_nobody
            else {"never": f"never {done} "}.get(request.status, f"{request.status} ")
        )
        if request.search:
            said = f"No {which}{noun} match the search."
        elif not which and helps:
            said = f"No {noun} pass these filters."
        elif not which:
            said, helps = f"This database holds no {noun} yet.", [FILLING]
        elif request.status == "active":
            said = f"No {noun} were {done} in this period."
            helps.append("[ looks earlier · p chooses a period")
        elif request.status == "dormant":
            said = f"No dormant {noun}: all that were ever {done} are in this period too."
        else:
            said = f"No never {done} {noun}: all were {done} at some time."
        return said, " · ".join(helps)

    def list_kind(self, kind: PeopleKind) -> None:
        """List people or twins."""
        if kind != self.request.kind:
            self.ask_for(kind=kind, page=1)

    def list_status(self, status: PeopleStatus | None) -> None:
        """List one status, or all."""
        if status != self.request.status:
            self.ask_for(status=status, page=1)

    @on(PeopleOptions.KindChosen)
    def _kind_chosen(self, event: PeopleOptions.KindChosen) -> None:
        self.list_kind(event.kind)

    @on(PeopleOptions.StatusChosen)
    def _status_chosen(self, event: PeopleOptions.StatusChosen) -> None:
        self.list_status(event.status)

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        if isinstance(event.item, PersonRow):
            self.post_message(PersonChosen(event.item.id))
        elif isinstance(event.item, TwinRow):
            self.post_message(TwinChosen(event.item.id))

    def action_next_kind(self) -> None:
        """List the other kind."""
        self.list_kind("twins" if self.request.kind == "users" else "users")

    def action_status(self, status: PeopleStatus) -> None:
        """List one status; the one that is listed already: all."""
        self.list_status(None if status == self.request.status else status)

    def action_next_order(self) -> None:
        """Order by the next figure: names from a to z, all else the most first."""
        sort = SORTS[(SORTS.index(self.request.sort) + 1) % len(SORTS)]
        self.ask_for(sort=sort, descending=sort != "name", page=1)

    def action_turn_order(self) -> None:
        """Order the other way round."""
        self.ask_for(descending=not self.request.descending, page=1)

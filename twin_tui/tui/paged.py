"""What tabs that list lines page by page share: the search line, the pager, the cursor that stays."""

from abc import abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from twin_tui.tui.filling import EMPTY, WAYS
from twin_tui.tui.links import SearchWanted
from twin_tui.tui.loading import DataTab
from twin_tui.tui.viewed import Option, Viewed
from twin_tui.tui.widgets.news import newcomers
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.tables.pager import Pager
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.tui.widgets.transcript.find_bar import FindBar


class PageRequest(Protocol):
    """What every request for a page says; all are frozen dataclasses."""

    @property
    def search(self) -> str:
        """What is searched for."""

    @property
    def page(self) -> int:
        """Page wanted, from 1."""

    @property
    def limit(self) -> int:
        """Lines of a page."""


class PageAnswer(Protocol):
    """What every page answers."""

    @property
    def total(self) -> int:
        """Lines of all pages."""

    @property
    def pages(self) -> int:
        """At least 1."""

    @property
    def items(self) -> tuple[Any, ...]:
        """Lines of this page."""


Page = TypeVar("Page", bound=PageAnswer)
Request = TypeVar("Request", bound=PageRequest)


class PagedTab(DataTab[Page], Viewed, Generic[Page, Request]):
    """A table under options and over a pager; authors say how a page is fetched and what a line is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("g", "ask_page", "Go to page", show=False),
        Binding("escape", "clear_search", "Clear the search", show=False),
    ]
    MARKS_NEW: ClassVar[bool] = False
    """Whether lines that were not there before are new: not so where an order may move them to this page."""
    SEARCHED: ClassVar[str] = ""
    """What the search looks at, told in the empty search line."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.request = request
        """What is asked for."""
        self._cursor_after: int | None = None

    @abstractmethod
    def compose_table(self) -> ComposeResult:
        """Yield the options and the table."""

    @abstractmethod
    def answered(self, answer: Page) -> Request:
        """Return the request as it was answered: its page is within the pages."""

    @abstractmethod
    def identity(self, item: Any) -> str:
        """Return what stays the same when a line is fetched again."""

    @abstractmethod
    def nothing(self) -> tuple[str, str]:
        """Return the sentence of an empty page and what helps."""

    @abstractmethod
    def request_changed(self) -> None:
        """Tell the options what is asked for."""

    @property
    def table(self) -> RowTable[Any]:
        """The table."""
        return self.query_one(RowTable)

    def compose_content(self) -> ComposeResult:
        """Yield options, table, pager and the search line."""
        yield from self.compose_table()
        yield Pager()
        yield FindBar("search", f"{self.SEARCHED} · tab searches all texts")

    def on_mount(self) -> None:
        """Take the page size; tell the options."""
        settings = getattr(self.app, "settings", None)
        if settings is not None:
            self.request = self._changed(limit=settings.page_size)
        self.request_changed()

    def focus_first(self) -> None:
        """Let the keys move the cursor."""
        self.table.focus()

    @property
    def effective_request(self) -> Request:
        """The request as it is asked."""
        return self.request

    def wanted(self) -> Hashable:
        """Return filters and request: the page is fetched anew when either differs."""
        return (self.filters, self.effective_request)

    def show(self, answer: Page) -> None:
        """Draw the page; on a refresh of the same page the cursor stays on its line."""
        request = self.answered(answer)
        cursor = self._cursor_after
        if cursor is None:
            current = self.table.item
            ids = [self.identity(item) for item in answer.items]
            known = None if current is None else self.identity(current)
            cursor = ids.index(known) if known is not None and known in ids else self.table.cursor
        self._cursor_after = None
        if request.page != self.request.page:
            self.request = self._changed(page=request.page)
        self.table.show(
            answer.items,
            Moment(self.service.now(), self.service.timezone),
            cursor=cursor if cursor >= 0 else len(answer.items) - 1,
            empty=(EMPTY, WAYS) if self.is_database_empty else self.nothing(),
            new=self._new_lines(answer),
        )
        self.query_one(Pager).show(request.page, answer.pages, request.limit, answer.total)
        self.query_one(FindBar).say(f"{answer.total:,} found" if request.search else "")

    def is_grown(self, before: Any, after: Any) -> bool:  # noqa: ARG002 - for authors
        """Return whether a line that was there before tells of something new."""
        return False

    def _new_lines(self, answer: Page) -> frozenset[int]:
        """Return the lines marked as new: those of a followed page, and those marked before."""
        if self.followed is None or not self.MARKS_NEW:
            return frozenset()
        before = {self.identity(item): item for item in self.followed.items}
        marked = {self.identity(self.table.items[at]) for at in self.table.new if at < len(self.table.items)}
        ids = [self.identity(item) for item in answer.items]
        request = self.answered(answer)
        found = newcomers(tuple(before), ids, request.limit, is_first=request.page == 1)
        for at, (one, item) in enumerate(zip(ids, answer.items, strict=True)):
            if one in marked or (one in before and self.is_grown(before[one], item)):
                found.add(at)
        return frozenset(found)

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        self.table.forget_new()

    def watch_filters(self) -> None:
        """Begin at page 1 of what the new filters let through."""
        self.ask_for(page=1)

    def put(self, **changes: object) -> None:
        """Change the request: the next answer is that to the changed one."""
        self._cursor_after = 0
        self.request = self._changed(**changes)
        self.request_changed()

    def ask_for(self, *, cursor: int | None = 0, **changes: object) -> None:
        """Change the request and load: the cursor goes to a line (-1: the last one, ``None``: it stays)."""
        self._cursor_after = cursor
        self.request = self._changed(**changes)
        self.request_changed()
        self.load()

    def _changed(self, **changes: object) -> Request:
        return replace(self.request, **changes)  # type: ignore[type-var,no-any-return,unused-ignore]

    def view_options(self) -> dict[str, Option]:
        """Return what is asked for, but the page."""
        first = self._first_request()
        named = (each.name for each in fields(cast("Any", first)) if each.name not in ("page", "limit"))
        now = {name: getattr(self.request, name) for name in named}
        return {name: value for name, value in now.items() if value != getattr(first, name)}

    def take_options(self, options: Mapping[str, Option]) -> None:
        """Ask for what is said, else for what is listed first."""
        self.request = replace(self._first_request(), limit=self.request.limit)  # type: ignore[type-var]
        find = self.query_one(FindBar)
        if search := options.get("search"):
            find.put(str(search))
        else:
            find.close()
        changes: dict[str, Any] = {**options, "page": 1}
        self.put(**changes)

    def _first_request(self) -> Request:
        return type(self.request)()

    def search(self) -> None:
        """Type what to search for."""
        self.query_one(FindBar).open()

    @on(FindBar.Changed)
    def _searched(self, event: FindBar.Changed) -> None:
        self.ask_for(search=event.text, page=1)

    @on(FindBar.Widened)
    def _search_widened(self, event: FindBar.Widened) -> None:
        if not event.text:
            self.query_one(FindBar).close()
            self.focus_first()
        self.post_message(SearchWanted(event.text))

    @on(FindBar.Submitted)
    def _search_entered(self, event: FindBar.Submitted) -> None:
        if not event.text:
            self.query_one(FindBar).close()
        self.focus_first()

    @on(FindBar.Left)
    def _search_left(self) -> None:
        self.focus_first()

    @on(FindBar.Closed)
    def _search_closed(self) -> None:
        self.focus_first()
        if self.request.search:
            self.ask_for(search="", page=1)

    def action_clear_search(self) -> None:
        """Search for nothing."""
        if self.query_one(FindBar).is_open:
            self.query_one(FindBar).action_close()

    @on(RowTable.EdgePassed)
    def _edge_passed(self, event: RowTable.EdgePassed) -> None:
        self.action_turn(event.direction)

    @on(RowTable.EndWanted)
    def _end_wanted(self, event: RowTable.EndWanted) -> None:
        if event.direction > 0:
            self._jump(self.answer.pages if self.answer else 1, -1)
        else:
            self._jump(1, 0)

    @on(Pager.Turned)
    def _turned(self, event: Pager.Turned) -> None:
        if event.page != self.request.page:
            self.ask_for(page=event.page)

    @on(Pager.Closed)
    def _page_typed(self) -> None:
        self.focus_first()

    def action_open(self) -> None:
        """Open the current line."""
        self.table.action_open()

    def action_turn(self, by: int) -> None:
        """Show the next or the previous page, there the first or the last line."""
        page, pages = self.request.page + by, self.answer.pages if self.answer else 1
        if 1 <= page <= pages:
            self.ask_for(page=page, cursor=0 if by > 0 else -1)

    def _jump(self, page: int, cursor: int) -> None:
        if page != self.request.page:
            self.ask_for(page=page, cursor=cursor)
        else:
            self.table.cursor = max(0, cursor if cursor >= 0 else len(self.table.items) - 1)

    def action_ask_page(self) -> None:
        """Type a page number."""
        self.query_one(Pager).action_ask()

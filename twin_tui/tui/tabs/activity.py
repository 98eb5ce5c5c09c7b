"""The second tab: the feed, page by page, with search, types and toggles."""

from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import ActivityPage, ActivityRequest, ActivityType
from twin_tui.analytics.filters import Filters
from twin_tui.tui.loading import DataTab
from twin_tui.tui.widgets.activity_columns import Moment
from twin_tui.tui.widgets.activity_options import ActivityOptions
from twin_tui.tui.widgets.activity_table import ActivityTable
from twin_tui.tui.widgets.find_bar import FindBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.pager import Pager

TYPES: tuple[ActivityType, ...] = get_args(ActivityType)
NOUNS: dict[ActivityType, str] = {
    "conversation": "conversations",
    "shared": "conversations with shared twins",
    "document": "documents",
    "query": "queries",
    "all": "activity",
}


class ActivityTab(DataTab[ActivityPage]):
    """Conversations, documents and queries, newest first."""

    TITLE = "Activity"
    HINTS: ClassVar[tuple[Hint, ...]] = (
        ("enter", "open", "enter"),
        ("t", "type", "t"),
        ("pgdn pgup g", "pages", "pagedown"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "next_type", "Type: conversation, shared, document, query, all", show=False),
        Binding("T", "previous_type", "The type before", show=False),
        Binding("D", "toggle_documents", "Only conversations with documents", show=False),
        Binding("Q", "toggle_queries", "Only conversations with queries", show=False),
        Binding("a", "toggle_dated", "Conversations started, or active, in the period", show=False),
        Binding("greater_than_sign,right", "turn(1)", "Next page", show=False),
        Binding("less_than_sign,left", "turn(-1)", "Previous page", show=False),
        Binding("g", "ask_page", "Go to page", show=False),
        Binding("escape", "clear_search", "Clear the search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.request = ActivityRequest()
        """What is asked for; a type that knows no toggles is asked without them."""
        self._cursor_after: int | None = None

    def compose_content(self) -> ComposeResult:
        """Yield options, table, pager and the search line."""
        yield ActivityOptions()
        yield ActivityTable()
        yield Pager()
        yield FindBar("search", "name, e-mail, title, topic or id")

    def on_mount(self) -> None:
        """Take the page size; tell the options."""
        settings = getattr(self.app, "settings", None)
        if settings is not None:
            self.request = replace(self.request, limit=settings.page_size)
        self.query_one(ActivityOptions).request = self.request

    def focus_first(self) -> None:
        """Let the keys move the cursor."""
        self.query_one(ActivityTable).focus()

    def wanted(self) -> Hashable:
        """Return filters and request: the page is fetched anew when either differs."""
        return (self.filters, self.effective_request)

    @property
    def effective_request(self) -> ActivityRequest:
        """The request as it is asked: toggles hold for conversations only."""
        if self.request.type in ("conversation", "shared"):
            return self.request
        return replace(self.request, has_documents=False, has_queries=False, dated="started")

    def fetch(self, wanted: Hashable) -> ActivityPage:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, ActivityRequest)
        return self.service.activity(filters, request)

    def show(self, answer: ActivityPage) -> None:
        """Draw the page; on a refresh of the same page the cursor stays on its line."""
        table, request = self.query_one(ActivityTable), answer.request
        cursor = self._cursor_after
        if cursor is None:
            current = table.item
            ids = [item.event_id for item in answer.items]
            cursor = ids.index(current.event_id) if current and current.event_id in ids else table.cursor
        self._cursor_after = None
        if request.page != self.request.page:
            self.request = replace(self.request, page=request.page)
        table.show(
            answer.items,
            Moment(self.service.now(), self.service.timezone),
            cursor=cursor if cursor >= 0 else len(answer.items) - 1,
            empty=self._nothing(),
        )
        self.query_one(Pager).show(request.page, answer.pages, request.limit, answer.total)
        self.query_one(FindBar).say(f"{answer.total:,} found" if request.search else "")

    def _nothing(self) -> tuple[str, str]:
        request = self.effective_request
        what = NOUNS[request.type]
        having = [
            word
            for word, on in (("documents", request.has_documents), ("queries", request.has_queries))
            if on
        ]
        if having:
            what += f" with {' and '.join(having)}"
        helps = []
        if request.search:
            what += " match the search"
            helps.append("esc clears the search")
        if having:
            helps.append("D Q switch the toggles off")
        if self.filters is not None and self.filters.is_narrowed:
            helps.append("x clears the filters")
        if self.filters is not None and not self.filters.period.is_all:
            what += " in this period"
            helps.append("[ looks earlier · p chooses a period")
        return f"No {what}.", " · ".join(helps)

    def watch_filters(self) -> None:
        """Begin at page 1 of what the new filters let through."""
        self._ask(page=1)

    def _ask(self, *, cursor: int | None = 0, **changes: object) -> None:
        """Change the request and load: the cursor goes to a line (-1: the last one, ``None``: it stays)."""
        request = replace(self.request, **changes)  # type: ignore[arg-type]
        self._cursor_after = cursor
        self.request = request
        self.query_one(ActivityOptions).request = request
        self.load()

    def search(self) -> None:
        """Type what to search for."""
        self.query_one(FindBar).open()

    @on(FindBar.Changed)
    def _searched(self, event: FindBar.Changed) -> None:
        self._ask(search=event.text, page=1)

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
            self._ask(search="", page=1)

    def action_clear_search(self) -> None:
        """Search for nothing."""
        if self.query_one(FindBar).is_open:
            self.query_one(FindBar).action_close()

    @on(ActivityOptions.TypeChosen)
    def _type_chosen(self, event: ActivityOptions.TypeChosen) -> None:
        self.action_type(event.type)

    @on(ActivityTable.Opened)
    def _opened(self, event: ActivityTable.Opened) -> None:
        self.post_message(self.SessionOpened(event.item.session_id, event.item.event_id))

    @on(ActivityTable.EdgePassed)
    def _edge_passed(self, event: ActivityTable.EdgePassed) -> None:
        self.action_turn(event.direction)

    @on(ActivityTable.EndWanted)
    def _end_wanted(self, event: ActivityTable.EndWanted) -> None:
        if event.direction > 0:
            self._jump(self.answer.pages if self.answer else 1, -1)
        else:
            self._jump(1, 0)

    @on(Pager.Turned)
    def _turned(self, event: Pager.Turned) -> None:
        if event.page != self.request.page:
            self._ask(page=event.page)

    @on(Pager.Closed)
    def _page_typed(self) -> None:
        self.focus_first()

    def action_open(self) -> None:
        """Open the current line."""
        self.query_one(ActivityTable).action_open()

    def action_turn(self, by: int) -> None:
        """Show the next or the previous page, there the first or the last line."""
        page, pages = self.request.page + by, self.answer.pages if self.answer else 1
        if 1 <= page <= pages:
            self._ask(page=page, cursor=0 if by > 0 else -1)

    def _jump(self, page: int, cursor: int) -> None:
        if page != self.request.page:
            self._ask(page=page, cursor=cursor)
        else:
            table = self.query_one(ActivityTable)
            table.cursor = max(0, cursor if cursor >= 0 else len(table.items) - 1)

    def action_ask_page(self) -> None:
        """Type a page number."""
        self.query_one(Pager).action_ask()

    def action_next_type(self) -> None:
        """List the next type."""
        self._cycle(1)

    def action_previous_type(self) -> None:
        """List the type before."""
        self._cycle(-1)

    def _cycle(self, by: int) -> None:
        self.action_type(TYPES[(TYPES.index(self.request.type) + by) % len(TYPES)])

    def action_type(self, name: ActivityType) -> None:
        """List a type."""
        if name in TYPES and name != self.request.type:
            self._ask(type=name, page=1)

    def action_toggle_documents(self) -> None:
        """List only conversations with documents, or all again."""
        self._toggle("has_documents")

    def action_toggle_queries(self) -> None:
        """List only conversations with queries, or all again."""
        self._toggle("has_queries")

    def _toggle(self, name: str) -> None:
        if self._takes_toggles():
            self._ask(page=1, **{name: not getattr(self.request, name)})

    def action_toggle_dated(self) -> None:
        """List conversations by their start, or by any message, in the period."""
        if self._takes_toggles():
            self._ask(page=1, dated="active" if self.request.dated == "started" else "started")

    def _takes_toggles(self) -> bool:
        if self.request.type in ("conversation", "shared"):
            return True
        self.notify("This switch is for conversations: t changes the type.", timeout=4)
        return False

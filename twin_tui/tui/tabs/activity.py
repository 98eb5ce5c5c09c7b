"""The second tab: the feed, page by page, with search, types and toggles."""

from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import ActivityItem, ActivityPage, ActivityRequest, ActivityType
from twin_tui.analytics.filters import Filters
from twin_tui.tui.paged import PagedTab
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.tables.activity_options import ActivityOptions
from twin_tui.tui.widgets.tables.activity_table import ActivityTable
from twin_tui.tui.widgets.tables.row_table import RowTable

TYPES: tuple[ActivityType, ...] = get_args(ActivityType)
NOUNS: dict[ActivityType, str] = {
    "conversation": "conversations",
    "shared": "conversations with shared twins",
    "document": "documents",
    "query": "queries",
    "all": "activity",
}


class ActivityTab(PagedTab[ActivityPage, ActivityRequest]):
    """Conversations, documents and queries, newest first."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables", "activity")
    TITLE = "Activity"
    HINTS: ClassVar[tuple[Hint, ...]] = (
        ("enter", "open", "enter"),
        ("t", "type", "t"),
        ("pgdn pgup g", "pages", "pagedown"),
        ("u w", "person, twin", "u"),
        ("M V P", "note, reviewed, pin", "M"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "next_type", "Type: conversation, shared, document, query, all", show=False),
        Binding("T", "previous_type", "The type before", show=False),
        Binding("D", "toggle_documents", "Only conversations with documents", show=False),
        Binding("Q", "toggle_queries", "Only conversations with queries", show=False),
        Binding("n", "toggle_unreviewed", "Only conversations not reviewed yet", show=False),
        Binding("a", "toggle_dated", "Conversations started, or active, in the period", show=False),
    ]
    MARKS_NEW = True
    SEARCHED = "name, e-mail, title, topic or id"

    def __init__(self) -> None:
        """List conversations; a type that knows no toggles is asked without them."""
        super().__init__(ActivityRequest())
        self._keepings = 0

    def compose_table(self) -> ComposeResult:
        """Yield options and table."""
        yield ActivityOptions()
        yield ActivityTable()

    @property
    def effective_request(self) -> ActivityRequest:
        """The request as it is asked: toggles hold for conversations only."""
        if self.request.type in ("conversation", "shared"):
            return self.request
        return replace(
            self.request, has_documents=False, has_queries=False, only_unreviewed=False, dated="started"
        )

    def fetch(self, wanted: Hashable) -> ActivityPage:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, ActivityRequest)
        return self.service.activity(filters, request)

    def answered(self, answer: ActivityPage) -> ActivityRequest:
        """Return the request with the page that exists."""
        return answer.request

    def identity(self, item: ActivityItem) -> str:
        """Return the id of the event."""
        return item.event_id

    def is_grown(self, before: ActivityItem, after: ActivityItem) -> bool:
        """Whether messages, documents or queries were added to the conversation."""
        return _amount(after) > _amount(before)

    def request_changed(self) -> None:
        """Tell the options."""
        self.query_one(ActivityOptions).request = self.request

    def show(self, answer: ActivityPage) -> None:
        """Draw the page, with a column for marks where there are any."""
        self._keepings = self.service.keepings
        self.query_one(ActivityTable).is_marked = answer.is_marked
        super().show(answer)

    def look_again(self) -> None:
        """Ask anew where notes or marks were changed since."""
        if self.answer is not None and self._keepings != self.service.keepings:
            self._keepings = self.service.keepings
            self.outdate()
            self.load()

    def activate(self) -> None:
        """Become the visible tab, with the marks of now."""
        if self._keepings != self.service.keepings:
            self.outdate()
        super().activate()

    def session_in_focus(self) -> str | None:
        """The conversation of the line."""
        item = self.table.item
        return item.session_id if isinstance(item, ActivityItem) else None

    def person_in_focus(self) -> str | None:
        """The person of the line."""
        item = self.table.item
        return item.user.id if isinstance(item, ActivityItem) else None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        item = self.table.item
        return item.twin.id if isinstance(item, ActivityItem) else None

    def nothing(self) -> tuple[str, str]:
        """Return what is not there, and the keys that let more through."""
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
        if request.only_unreviewed:
            what = f"{what} left to review"
            helps.append("n lists those reviewed, too")
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

    def list_active(self) -> None:
        """Want the conversations that are active in the period, from page 1 on; `load` asks for them."""
        kind = self.request.type if self.request.type in ("conversation", "shared") else "conversation"
        self.put(type=kind, dated="active", page=1)

    @on(ActivityOptions.TypeChosen)
    def _type_chosen(self, event: ActivityOptions.TypeChosen) -> None:
        self.action_type(event.type)

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        if isinstance(item := event.item, ActivityItem):
            self.post_message(self.SessionOpened(item.session_id, item.event_id))

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
            self.ask_for(type=name, page=1)

    def action_toggle_documents(self) -> None:
        """List only conversations with documents, or all again."""
        self._toggle("has_documents")

    def action_toggle_queries(self) -> None:
        """List only conversations with queries, or all again."""
        self._toggle("has_queries")

    def action_toggle_unreviewed(self) -> None:
        """List only conversations that nobody reviewed, or all again."""
        self._toggle("only_unreviewed")

    def _toggle(self, name: str) -> None:
        if self._takes_toggles():
            self.ask_for(page=1, **{name: not getattr(self.request, name)})

    def action_toggle_dated(self) -> None:
        """List conversations by their start, or by any message, in the period."""
        if self._takes_toggles():
            self.ask_for(page=1, dated="active" if self.request.dated == "started" else "started")

    def _takes_toggles(self) -> bool:
        if self.request.type in ("conversation", "shared"):
            return True
        self.notify("This switch is for conversations: t changes the type.", timeout=4)
        return False


def _amount(item: ActivityItem) -> int:
    return item.messages + item.documents + item.queries

"""The conversations, or the people, behind a number, page by page."""

from abc import abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult

from twin_tui.analytics.answers import PagedList, Person, SessionBehind, SessionsCell
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import PersonChosen, SessionChosen
from twin_tui.tui.paged import PagedTab
from twin_tui.tui.widgets.tables.behind_table import BehindTable
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.tui.widgets.tables.sessions_table import SessionsTable

Item = TypeVar("Item")
Fetch = Callable[[int, int], PagedList[Person]]
"""Page from 1 and lines per page → that page; touches only the service."""


@dataclass(frozen=True, slots=True)
class BehindRequest:
    """Which page of them."""

    search: str = ""
    """Nothing is searched for here."""
    page: int = 1
    limit: int = 50


class BehindList(PagedTab[PagedList[Item], BehindRequest], Generic[Item]):
    """A table over a pager."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables",)

    def __init__(self) -> None:
        super().__init__(BehindRequest())

    def fetch(self, wanted: Hashable) -> PagedList[Item]:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, BehindRequest)
        return self.page_of(filters, request)

    @abstractmethod
    def page_of(self, filters: Filters, request: BehindRequest) -> PagedList[Item]:
        """Return the page; called in a thread."""

    def answered(self, answer: PagedList[Item]) -> BehindRequest:
        """Return the request with the page that exists."""
        return replace(self.request, page=answer.page, limit=answer.limit)

    def request_changed(self) -> None:
        """There are no options to tell."""

    def action_clear_search(self) -> None:
        """Leave the key to the screen: nothing is searched for here."""
        raise SkipAction


class BehindView(BehindList[SessionBehind]):
    """Conversations."""

    def __init__(self, cell: SessionsCell) -> None:
        """List the conversations of ``cell`` within `filters`."""
        super().__init__()
        self._cell = cell

    def compose_table(self) -> ComposeResult:
        """Yield the table."""
        yield SessionsTable()

    def page_of(self, filters: Filters, request: BehindRequest) -> PagedList[SessionBehind]:
        """Return the page."""
        return self.service.sessions_behind(filters, self._cell, request.page, request.limit)

    def identity(self, item: SessionBehind) -> str:
        """Return the conversation's id."""
        return item.item.session_id

    def nothing(self) -> tuple[str, str]:
        """Return that nothing counts here any more, and the keys that look elsewhere."""
        return "No conversation is behind this number.", "esc leads back · p chooses another period"

    def person_in_focus(self) -> str | None:
        """The person of the line."""
        line = self.table.item
        return line.item.user.id if isinstance(line, SessionBehind) else None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        line = self.table.item
        return line.item.twin.id if isinstance(line, SessionBehind) else None

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        event.stop()
        if isinstance(line := event.item, SessionBehind) and self.filters is not None:
            self.post_message(SessionChosen(line.item.session_id, line.item.event_id, self.filters))


class PeopleBehindView(BehindList[Person]):
    """People."""

    def __init__(self, fetch: Fetch) -> None:
        """List whom ``fetch`` finds: it knows the filters."""
        super().__init__()
        self._fetch = fetch

    def compose_table(self) -> ComposeResult:
        """Yield the table."""
        yield BehindTable()

    def page_of(self, filters: Filters, request: BehindRequest) -> PagedList[Person]:  # noqa: ARG002 - asked
        """Return the page."""
        return self._fetch(request.page, request.limit)

    def identity(self, item: Person) -> str:
        """Return the person's id."""
        return item.id

    def nothing(self) -> tuple[str, str]:
        """Return that nobody counts here any more."""
        return "Nobody is behind this number.", "esc leads back"

    def person_in_focus(self) -> str | None:
        """The person of the line."""
        return self.person.id if self.person is not None else None

    @property
    def person(self) -> Person | None:
        """Who is in the line."""
        return self.table.item if isinstance(self.table.item, Person) else None

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        event.stop()
        if isinstance(event.item, Person):
            self.post_message(PersonChosen(event.item.id))

"""The conversations behind a number, page by page."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult

from twin_tui.analytics.answers import PagedList, SessionBehind, SessionsCell
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import SessionChosen
from twin_tui.tui.paged import PagedTab
from twin_tui.tui.widgets.row_table import RowTable
from twin_tui.tui.widgets.sessions_table import SessionsTable


@dataclass(frozen=True, slots=True)
class BehindRequest:
    """Which page of them."""

    search: str = ""
    """Nothing is searched for here."""
    page: int = 1
    limit: int = 50


class BehindView(PagedTab[PagedList[SessionBehind], BehindRequest]):
    """A table over a pager."""

    STYLES: ClassVar[tuple[str, ...]] = ("tables",)

    def __init__(self, cell: SessionsCell) -> None:
        """List the conversations of ``cell`` within `filters`."""
        super().__init__(BehindRequest())
        self._cell = cell

    def compose_table(self) -> ComposeResult:
        """Yield the table."""
        yield SessionsTable()

    def fetch(self, wanted: Hashable) -> PagedList[SessionBehind]:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, request = wanted
        assert isinstance(filters, Filters)
        assert isinstance(request, BehindRequest)
        return self.service.sessions_behind(filters, self._cell, request.page, request.limit)

    def answered(self, answer: PagedList[SessionBehind]) -> BehindRequest:
        """Return the request with the page that exists."""
        return replace(self.request, page=answer.page, limit=answer.limit)

    def identity(self, item: SessionBehind) -> str:
        """Return the conversation's id."""
        return item.item.session_id

    def nothing(self) -> tuple[str, str]:
        """Return that nothing counts here any more, and the keys that look elsewhere."""
        return "No conversation is behind this number.", "esc leads back · p chooses another period"

    def request_changed(self) -> None:
        """There are no options to tell."""

    def person_in_focus(self) -> str | None:
        """The person of the line."""
        line = self.table.item
        return line.item.user.id if isinstance(line, SessionBehind) else None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        line = self.table.item
        return line.item.twin.id if isinstance(line, SessionBehind) else None

    def action_clear_search(self) -> None:
        """Leave the key to the screen: nothing is searched for here."""
        raise SkipAction

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        event.stop()
        if isinstance(line := event.item, SessionBehind) and self.filters is not None:
            self.post_message(SessionChosen(line.item.session_id, line.item.event_id, self.filters))

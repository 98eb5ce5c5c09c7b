"""What the pages of a person and of a twin share: period, loading, keys, and the way back."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import ActivityItem, ActivityPage, DatabaseStatus, PagedList, PageRequest
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import DashboardChosen, SessionChosen
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.answers.one_view import OneView
from twin_tui.tui.screens.conversation.handing_over import copy
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.parts.page_heading import PeriodBar
from twin_tui.tui.widgets.tables.columns import Moment

Answer = TypeVar("Answer")
LIMIT = 50
"""Lines of a list that are fetched at once."""
HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("tab", "panels", "tab"),
    ("enter", "open", "enter"),
    ("f", "filter", "f"),
    ("y", "copy", "y"),
    ("[ ]", "earlier, later", "left_square_bracket"),
    ("c", "copy id", "c"),
    ("p", "period", "p"),
    ("u w", "person, twin", "u"),
    ("?", "help", "question_mark"),
)


class PageScreen(OneView):
    """One person or one twin over the tabs; its period is its own, the dashboard's stays."""

    STYLES: ClassVar[tuple[str, ...]] = ("people", "tables")
    HINTS: ClassVar[tuple[Hint, ...]] = HINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back to the line you came from", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("f", "filter", "The dashboard, filtered by whom this page is about", show=False),
        Binding("y", "copy_name", "Copy the e-mail, or the name", show=False),
        Binding("c", "copy_id", "Copy the id", show=False),
    ]

    def __init__(self, subject: str, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Tell about ``subject``, an id, in the period of ``filters``: nothing else is left out.

        ``status`` says from when to when there are data, where that is known.
        """
        super().__init__(Filters(filters.period), status)
        self.subject = subject

    def make_bar(self) -> FilterBar:
        """Return the line that tells the period."""
        return PeriodBar()

    def make_view(self) -> "PageView[Any]":
        """Return what this page shows."""
        raise NotImplementedError

    def narrowed(self) -> Filters:
        """Return the dashboard's filters that let only this page's subject through."""
        raise NotImplementedError

    @property
    def view(self) -> "PageView[Any]":
        """What is shown."""
        return self.query_one(PageView)

    @on(DataTab.StateChanged)
    def _state_changed(self, event: DataTab.StateChanged) -> None:
        event.stop()
        is_old = event.is_stale and not event.is_loading
        self.bar.state = "older figures" if is_old else ""

    @on(DataTab.SessionOpened)
    def _session_opened(self, event: DataTab.SessionOpened) -> None:
        event.stop()
        self.post_message(SessionChosen(event.session_id, event.event_id, self.narrowed()))

    def action_filter(self) -> None:
        """Look at this page's subject alone, in every tab."""
        self.post_message(DashboardChosen(self.narrowed()))

    def action_copy_name(self) -> None:
        """Copy what is selected, else what names the subject to a person."""
        name, what = self.view.name_to_copy()
        copy(self, self.get_selected_text() or name or self.subject, what if name else "id")

    def action_copy_id(self) -> None:
        """Copy the subject's id."""
        copy(self, self.subject, "id")

    async def follow(self) -> bool:
        """Ask again and draw what differs."""
        self.move_to_today()
        return await self.view.follow()

    def move_to_today(self) -> None:
        """Look at today where the day changed and the period ends today."""
        anchored = self.filters.with_period(self.filters.period.anchored(service_of(self).today()))
        if anchored != self.filters:
            self.filters = anchored

    def action_refresh_data(self) -> None:
        """Ask again, with the period moved to today where it ends today."""
        before = self.filters
        self.move_to_today()
        if self.filters == before:
            super().action_refresh_data()


class PageView(DataTab[Answer], Generic[Answer]):
    """A heading, figures, and lists to move in."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject
        """Id of whom this is about."""
        self.pages = PageRequest(limit=LIMIT)
        """Which page of each list is wanted."""

    def name_to_copy(self) -> tuple[str, str]:
        """Return what names the subject to a person ("" while unknown), and what that is."""
        raise NotImplementedError

    @property
    def line(self) -> object:
        """The current line of the list in focus, ``None`` where none is."""
        panels = [panel for panel in self.query(ListPanel) if panel.has_the_focus]
        return panels[0].item if panels else None

    def wanted(self) -> Hashable:
        """Return period and pages: all is fetched anew when either differs."""
        return (self.filters, self.pages)

    def moment(self) -> Moment:
        """Return what times are told against."""
        return Moment(self.service.now(), self.service.timezone)

    def list(self, name: str, answer: ActivityPage | PagedList[Any]) -> None:
        """Show a page of the list of that name, which is both its panel's id and its field of the request."""
        asked = answer.request if isinstance(answer, ActivityPage) else answer
        place = Place(asked.page, answer.pages, asked.limit, answer.total)
        if getattr(self.pages, name) != asked.page:
            self.pages = replace(self.pages, **{name: asked.page})
        self.query_one(f"#{name}", ListPanel).show(answer.items, place, self.moment())

    def watch_filters(self) -> None:
        """Begin every list at its first page."""
        self.pages = PageRequest(limit=self.pages.limit)
        self.load()

    @on(ListPanel.Turned)
    def _turned(self, event: ListPanel.Turned) -> None:
        event.stop()
        self.pages = replace(self.pages, **{event.name: event.page})
        self.load()

    @on(ListPanel.Opened)
    def _line_opened(self, event: ListPanel.Opened) -> None:
        event.stop()
        self.open_line(event.item)

    def open_line(self, item: object) -> None:
        """Open what a line is about."""
        if isinstance(item, ActivityItem):
            self.post_message(self.SessionOpened(item.session_id, item.event_id))

    def focus_first(self) -> None:
        """Let the keys move in the first list that holds anything, unless they move in one already."""
        if any(panel.has_the_focus for panel in self.query(ListPanel)):
            return
        filled = [panel for panel in self.query(ListPanel) if panel.item is not None]
        for panel in filled[:1]:
            panel.take_focus()

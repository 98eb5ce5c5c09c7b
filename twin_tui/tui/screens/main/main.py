"""The main screen: tab bar, filter line, one visible tab, keys; owns the filters."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widget import Widget

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.loading import DataTab, ask, service_of
from twin_tui.tui.screens.dialogs.choosing import Choosing
from twin_tui.tui.screens.main.annotating import Annotating
from twin_tui.tui.screens.main.beginning import BeginningTabs
from twin_tui.tui.screens.main.comparing import Comparing
from twin_tui.tui.screens.main.following import FollowingTabs
from twin_tui.tui.screens.main.hints import hints_of
from twin_tui.tui.screens.main.making import MakingTabs
from twin_tui.tui.screens.main.naming import Naming
from twin_tui.tui.screens.main.one_day import OneDay
from twin_tui.tui.screens.main.openings import Openings
from twin_tui.tui.screens.main.viewing import Viewing
from twin_tui.tui.tabs import TABS
from twin_tui.tui.widgets.filter_bar import PERIOD_NAMES, FilterBar
from twin_tui.tui.widgets.page import Page
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.tab_bar import TabBar
from twin_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from twin_tui.analytics.answers import DatabaseStatus
    from twin_tui.analytics.service import AnalyticsService

LOADING_AFTER = 0.8
"""Seconds an answer may take before the filter line says so: a quick one costs no byte."""


class MainScreen(
    Dressed,
    BeginningTabs,
    MakingTabs,
    FollowingTabs,
    Naming,
    Openings,
    OneDay,
    Viewing,
    Comparing,
    Choosing,
    Annotating,
):
    """One visible tab under one filter line for all tabs."""

    STYLES: ClassVar[tuple[str, ...]] = ("main",)
    ALLOW_IN_MAXIMIZED_VIEW: ClassVar[str] = "#top, StatusLine"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"tab({n})", f"Tab {n}", show=False) for n in range(1, 10)),
        Binding(
            "slash", "search", "Search what is listed, on Overview everything; again, or tab: all", show=False
        ),
        Binding("f", "filters", "Choose filters", show=False),
        Binding(
            "x",
            "clear",
            "Look at the days before those chosen in a chart, else clear all filters",
            show=False,
        ),
        Binding("i", "explain", "Explain the figure", show=False),
        Binding("m", "maximise", "Maximise", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without its repaint of the whole screen: the two widgets concerned repaint themselves."""

    def __init__(self, filters: Filters) -> None:
        super().__init__()
        self.set_reactive(MainScreen.filters, filters)
        self._current = -1
        self._patience: Timer | None = None
        self.has_learnt = False
        """Whether the database told what it is, or failed to."""
        self.status: DatabaseStatus | None = None
        """What is open, once known."""

    def compose(self) -> ComposeResult:
        """Yield the lines and the room for tabs."""
        bar = TabBar()
        bar.titles = tuple(room.title for room in TABS)
        line = FilterBar()
        line.filters = self.filters
        yield Vertical(bar, line, id="top")
        yield Page(id="page")
        yield StatusLine()
        yield TooSmall()

    async def on_mount(self) -> None:
        """Show the first tab, once there is a picture where the database is still to be opened."""
        self.query_one(StatusLine).zone = self.service.timezone
        if self.is_opening:
            self.call_after_refresh(self.begin)
        else:
            await self.action_tab(1)
            self.learn()

    @property
    def service(self) -> "AnalyticsService":
        """The service of the app."""
        return service_of(self)

    @property
    def has_tab(self) -> bool:
        """Whether a tab is visible yet."""
        return self._current in self.made

    @property
    def tab(self) -> DataTab[object]:
        """The visible tab."""
        return self.made[self._current]

    def place_of_tables(self) -> Widget:
        """Return the visible tab."""
        return self.tab

    @property
    def is_settled(self) -> bool:
        """Whether the database told its name (or failed to) and the visible tab's last answer is drawn."""
        is_shown = self.has_tab and not self.is_opening
        is_asked = self.has_learnt and self.is_named and not self.is_asking
        return is_shown and is_asked and self.tab.is_settled

    async def action_tab(self, number: int) -> None:
        """Show the tab of that key, if there is one; it is made the first time."""
        at = number - 1
        if at == self._current or not 0 <= at < len(TABS):
            return
        if self.maximized is not None:
            self.minimize()
        with self.app.batch_update():
            if self.has_tab:
                self.tab.deactivate()
                self.tab.display = False
            self._current = at
            self.query_one(TabBar).current = at
            tab = await self.made_tab(at, is_active=True)
            if not tab.display:
                tab.display = True
                tab.activate()
            self.query_one(StatusLine).hints = (*tab.HINTS, *hints_of(TABS[at].title))
            tab.focus_first()

    def watch_filters(self, filters: Filters) -> None:
        """Tell the filter line and the tabs."""
        self.keep_former(filters)
        self.query_one(FilterBar).filters = filters
        if self.is_opening:
            return
        self.name_filters()
        for tab in self.tabs:
            tab.filters = filters

    def learn(self) -> None:
        """Ask for the database's name and those of what is filtered by."""
        self.run_worker(self._learn(), group="status", exclusive=True)

    async def _learn(self) -> None:
        """The visible tab tells of failures."""
        try:
            self.show_status(await ask(self.service, self.service.status))
            await self.learn_names()
        except AnalyticsError:
            self.has_learnt = True
            return
        self.has_learnt = True

    def show_status(self, status: "DatabaseStatus") -> None:
        """Tell what is open, and how new the data are."""
        self.status = status
        self.query_one(TabBar).status = status
        for tab in self.tabs:
            tab.is_database_empty = status.is_empty
        self.query_one(StatusLine).as_of = status.as_of
        self.query_one(StatusLine).behind = status.behind
        self.query_one(FilterBar).data_days = (status.first_day, status.last_day)

    def on_data_tab_state_changed(self, event: DataTab.StateChanged) -> None:
        """Say at the end of the filter line whether the picture is the answer."""
        event.stop()
        if not self.has_tab or event.tab is not self.tab:
            return
        if event.is_loading:
            self._patience = self._patience or self.set_timer(LOADING_AFTER, self._say_loading)
            return
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        self.query_one(FilterBar).state = "older figures" if event.is_stale else ""

    def _say_loading(self) -> None:
        self._patience = None
        if self.tab.is_loading_answer:
            self.query_one(FilterBar).state = "Loading…"

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, once known."""
        return (None, None) if self.status is None else (self.status.first_day, self.status.last_day)

    def on_data_tab_filters_chosen(self, event: DataTab.FiltersChosen) -> None:
        """Look at what a tab asked for."""
        event.stop()
        self.filters = event.filters

    def action_maximise(self) -> None:
        """Give the focused panel the whole page, or give it back."""
        if self.maximized is not None:
            self.minimize()
            return
        chain = [] if self.focused is None else self.focused.ancestors_with_self
        panels = [node for node in chain if isinstance(node, Widget) and node.ALLOW_MAXIMIZE]
        panel = panels[0] if panels else self.tab.maximisable()
        if panel is not None and panel.region:
            within = [node for node in panel.walk_children(Widget, with_self=True) if node.focusable]
            if within and self.focused not in within:
                within[0].focus(scroll_visible=False)
            self.maximize(panel, container=False)

    def commands(self) -> Iterable[SystemCommand]:
        """Yield what the command palette offers here."""
        for number, room in enumerate(TABS, 1):
            yield SystemCommand(f"Tab: {room.title}", f"Show it ({number})", partial(self.action_tab, number))
        for name, words in PERIOD_NAMES.items():
            period = Period.of_preset(name, self.service.today())
            yield SystemCommand(
                f"Period: {words}", "Look at these days", partial(self.look_at_period, period)
            )
        yield SystemCommand("Period: choose days", "From one day to another (p)", self.action_period)
        yield SystemCommand("Filters: choose", "Company, department, user, twin … (f)", self.action_filters)
        yield SystemCommand("Filters: clear", "Let everything through (x)", self.action_clear)
        yield SystemCommand(
            "Compare with …", "The days before, last year, another company (c)", self.action_compare
        )
        yield from self.annotation_commands()
        yield from self.view_commands()
        yield SystemCommand("Refresh", "Ask the database again (F5)", self.action_refresh_data)
        yield SystemCommand("Live: pause or go on", "Stop reloading by itself (space)", self.action_pause)
        yield SystemCommand(
            "Maximise", "Give the focused panel the page, or give it back (m)", self.action_maximise
        )
        yield SystemCommand(
            "About this database", "Whose it is, and what is missing in it", self.action_about
        )
        yield SystemCommand("Help", "Every key, and what the numbers mean (?)", self.action_help)

    def action_about(self) -> None:
        """Tell whose the database is, how it is open, and what is missing in it."""
        if self.status is not None:
            from twin_tui.tui.screens.dialogs.database import DatabaseScreen  # noqa: PLC0415 - when it is first wanted

            self.app.push_screen(DatabaseScreen(self.status))

    def action_clear(self) -> None:
        """Look again at the days before those chosen in a chart; else filter nothing but the period."""
        if not self.look_back():
            self.filters = self.filters.cleared

    def action_refresh_data(self) -> None:
        """Ask again, with the period moved to today where it ends today."""
        self.learn()
        anchored = replace(self.filters, period=self.filters.period.anchored(self.service.today()))
        if anchored != self.filters:
            self.filters = anchored
        else:
            self.tab.load(again=True)

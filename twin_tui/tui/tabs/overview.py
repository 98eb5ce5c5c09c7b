"""The first tab: how much the twins are used, by whom, when and for what."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from twin_tui.analytics.answers import (
    EngagementCell,
    Feature,
    Group,
    Leaderboard,
    Measure,
    Overview,
    Person,
    SessionsCell,
)
from twin_tui.analytics.filters import Filters
from twin_tui.tui.charted import ChartedTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.links import PeopleWanted, SessionsWanted
from twin_tui.tui.tabs.overview_behind import FEATURES, behind
from twin_tui.tui.viewed import Option
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import Course
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts import day_views
from twin_tui.tui.widgets.parts.bars import FeaturePanel
from twin_tui.tui.widgets.parts.feed_list import FeedList
from twin_tui.tui.widgets.parts.heatmap import HourMap
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.leaderboard import LeaderboardPanel
from twin_tui.tui.widgets.parts.pick_panel import PickPanel
from twin_tui.tui.widgets.parts.types_panel import TypesPanel

if TYPE_CHECKING:
    from twin_tui.analytics.answers import PagedList

CARDS = (
    ("active_users", "Active users", "Users"),
    ("conversations", "Conversations", "Convs"),
    ("messages", "Messages", "Msgs"),
    ("documents", "Documents drafted", "Documents", "Docs"),
    ("queries", "Information retrieved", "Queries"),
    ("shared_share", "Shared use", "Shared"),
    ("twin_installations", "Twin installations", "Twins installed", "Twins"),
    ("zero_result_rate", "Zero-result rate", "Zero results", "No hits"),
    ("session_length_median", "Session length, median", "Session length", "Length"),
)
"""Key of the figure, name on the card, shorter names."""


class OverviewTab(ChartedTab[Overview]):
    """Cards, chart, leaderboard, features, hours and the latest activities."""

    STYLES: ClassVar[tuple[str, ...]] = ("overview",)
    TITLE = "Overview"
    HINTS: ClassVar[tuple[Hint, ...]] = (("tab", "panels", "tab"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "next_group", "Leaderboard: group by the next attribute", show=False),
        Binding("o", "next_order", "Leaderboard: rank by the next figure", show=False),
        Binding("enter", "open", "The people or conversations behind the card", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._group: Group = "company"
        self._measure: Measure = "conversations"

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)
        with Container(id="middle"):
            yield ChartPanel(day_views.VIEWS, note=day_views.NOTE)
            with Container(id="side"):
                yield FeaturePanel()
                yield LeaderboardPanel()
                yield TypesPanel()
        with Container(id="bottom"):
            yield HourMap()
            yield FeedList()

    def fetch(self, wanted: Hashable) -> Overview:
        """Return the overview of the filters."""
        assert isinstance(wanted, Filters)
        return self.service.overview(wanted, self._group, self._measure)

    def view_options(self) -> dict[str, Option]:
        """Return the chart's view and how the leaderboard is ranked."""
        options = super().view_options()
        if self._group != "company":
            options["by"] = self._group
        if self._measure != "conversations":
            options["rank_by"] = self._measure
        return options

    def take_options(self, options: Mapping[str, Option]) -> None:
        """Rank and draw so."""
        self._group = cast("Group", options.get("by", "company"))
        self._measure = cast("Measure", options.get("rank_by", "conversations"))
        self.outdate()
        super().take_options(options)

    def courses(self, answer: Overview) -> Mapping[str, Course]:
        """Return the daily series."""
        return {"chart": day_views.course_of(answer.days)}

    def emptiness(self, answer: Overview) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: Overview) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        self.put_figures(answer.figures, is_open=is_open)
        self.draw_charts(answer)
        self.query_one(FeaturePanel).show(answer.features)
        self.query_one(TypesPanel).show(
            answer.message_types, answer.document_types, answer.query_types, answer.platforms
        )
        self.query_one(HourMap).show(answer.hourly)
        before = self.followed.latest if self.followed else None
        self.query_one(FeedList).show(answer.latest, self.service.now(), before)
        if (answer.leaderboard.group, answer.leaderboard.measure) == (self._group, self._measure):
            self.query_one(LeaderboardPanel).show(answer.leaderboard)
        else:
            self._rank()

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        self.query_one(FeedList).forget_new()

    def person_in_focus(self) -> str | None:
        """The person of the latest activity's line, or of the leaderboard's row."""
        feed, board = self.query_one(FeedList), self.query_one(LeaderboardPanel)
        if feed.has_the_focus:
            return None if feed.item is None else feed.item.user.id
        return board.current_of("user") if board.has_the_focus else None

    def twin_in_focus(self) -> str | None:
        """The twin of the latest activity's line, or of the leaderboard's row."""
        feed, board = self.query_one(FeedList), self.query_one(LeaderboardPanel)
        if feed.has_the_focus:
            return None if feed.item is None else feed.item.twin.id
        return board.current_of("twin") if board.has_the_focus else None

    def maximisable(self) -> Widget | None:
        """The chart, unless another panel has the focus."""
        return self.query_one(ChartPanel)

    def action_next_group(self) -> None:
        """Group the leaderboard by the next attribute."""
        self.query_one(LeaderboardPanel).action_group(1)

    def action_next_order(self) -> None:
        """Rank the leaderboard by the next figure."""
        self.query_one(LeaderboardPanel).action_order()

    def _rank(self) -> None:
        filters, group, measure = self.filters, self._group, self._measure
        if filters is not None:
            self.also("rank", lambda: self.service.leaderboard(filters, group, measure), self._show_board)

    def _show_board(self, board: Leaderboard) -> None:
        self.query_one(LeaderboardPanel).show(board)

    def on_leaderboard_panel_regrouped(self, event: LeaderboardPanel.Regrouped) -> None:
        """Ask for the leaderboard alone."""
        event.stop()
        self._group, self._measure = event.group, event.measure
        self._rank()

    def on_leaderboard_panel_picked(self, event: LeaderboardPanel.Picked) -> None:
        """Look at the chosen group alone, in every tab."""
        event.stop()
        if self.filters is None:
            return
        chosen = event.row
        if event.group == "department":
            company, _, department = chosen.id.partition("\x1f")
            filters = replace(self.filters, company=company, department=department)
        elif event.group == "company":
            filters = replace(self.filters, company=chosen.id)
        elif event.group == "user":
            filters = replace(self.filters, user=chosen.id)
        else:
            filters = replace(self.filters, twin=chosen.id)
        self.post_message(self.FiltersChosen(filters))

    def action_open(self) -> None:
        """List what is behind the card in focus."""
        card = self.query_one(KpiGrid).current
        if card.has_focus and card.figure is not None:
            self._list(card.figure.key)

    def on_pick_panel_opened(self, event: PickPanel.Opened) -> None:
        """List what is behind the line of a feature or a type."""
        event.stop()
        match event.item:
            case Feature(feature=name):
                self._list(FEATURES.get(name, ""))
            case (SessionsCell() as cell, str() as title) if self.filters is not None:
                self.post_message(SessionsWanted(cell, title, self.filters))
            case _:
                self.notify("These are several, summed up: m shows each.", timeout=4)

    def _list(self, key: str) -> None:
        found = None if self.filters is None else behind(key, self.filters)
        if found is None:
            self.notify("Twins stand on tab 3: t lists them there.", timeout=4)
            return
        cell, title, filters = found
        if isinstance(cell, EngagementCell):
            self.post_message(PeopleWanted(title, partial(self._people, filters, cell)))
        else:
            self.post_message(SessionsWanted(cell, title, filters))

    def _people(self, filters: Filters, cell: EngagementCell, page: int, limit: int) -> "PagedList[Person]":
        return self.service.engagement_people(filters, cell, page=page, limit=limit)

    def on_hour_map_opened(self, event: HourMap.Opened) -> None:
        """List the conversations written in at that hour."""
        event.stop()
        if self.filters is not None:
            title = f"Messages of people, {event.words}"
            self.post_message(SessionsWanted(SessionsCell("hour_of_week", event.key), title, self.filters))

    def on_feed_list_opened(self, event: FeedList.Opened) -> None:
        """Have the conversation opened."""
        event.stop()
        self.post_message(self.SessionOpened(event.session_id, event.event_id))

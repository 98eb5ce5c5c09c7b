"""The fifth tab: how people use their twins."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from twin_tui.analytics.answers import Engagement, EngagementCell, PagedList, Pair, Person, SessionsCell
from twin_tui.analytics.filters import Filters
from twin_tui.tui.charted import ChartedTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.links import PeopleWanted, PersonChosen, SessionsWanted
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import Course
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts import engagement_views
from twin_tui.tui.widgets.parts.bar_list import BarList, told
from twin_tui.tui.widgets.parts.heatmap import HourMap
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.tables import pair_columns
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.transcript.heading import person

CARDS = (
    ("active_users", "Active users", "Users"),
    ("sessions_per_user", "Conversations per user", "Per user"),
    ("power_users", "Power users", "Power"),
    ("messages_per_conversation", "Messages per conversation", "Messages each", "Msgs"),
    ("session_length_median", "Session length, median", "Session length", "Length"),
    ("shared_share", "Shared use", "Shared"),
)
"""Key of the figure, name on the card, shorter names."""

EVERY_CONVERSATION = SessionsCell("messages_per_conversation")
"""Those started in the period, however many messages they have."""
BEHIND: Mapping[str, tuple[EngagementCell | SessionsCell, str]] = {
    "active_users": (EngagementCell("active"), "Active users"),
    "sessions_per_user": (EngagementCell("active"), "Active users"),
    "power_users": (EngagementCell("sessions_per_user", start=10), "Power users"),
    "messages_per_conversation": (EVERY_CONVERSATION, "Conversations"),
    "session_length_median": (SessionsCell("session_length"), "Conversations of known length"),
    "shared_share": (EVERY_CONVERSATION, "Conversations with somebody else's twin"),
}
"""What is behind a card, and its title."""


class PairsPanel(ListPanel[Pair]):
    """Who uses whose twin; enter lists the conversations of a pair."""

    NOTE = (
        "Who uses whose twin: conversations marked as shared use by person and twin, each pair with its "
        "share of all such conversations."
    )

    def __init__(self) -> None:
        super().__init__(
            "Who uses whose twin",
            pair_columns.pairs,
            pair_columns.identity,
            id="pairs",
            empty="nobody used somebody else's twin in this period",
            keys=(("enter", "conversations", "enter"), ("u w", "person, twin", "u")),
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures that are parted here."""
        return ("pairs", "shared_conversations", "shared_share")


class EngagementTab(ChartedTab[Engagement]):
    """How far people come, how much and how evenly they use twins, whose, and what for."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies", "engagement")
    TITLE = "Engagement"
    HINTS: ClassVar[tuple[Hint, ...]] = (("tab", "panels", "tab"), ("enter", "list", "enter"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "The people or conversations behind the card", show=False),
    ]

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)
        with Container(id="course"):
            yield ChartPanel(engagement_views.DAY_VIEWS, note=engagement_views.CHART_NOTE)
            yield BarList("Funnel", id="funnel")
        with Container(id="spreads"):
            yield BarList("Conversations per user", id="spread")
            yield BarList("Topics", id="kinds")
        with Container(id="places"):
            yield PairsPanel()
            yield HourMap()

    def fetch(self, wanted: Hashable) -> Engagement:
        """Return how the twins are used."""
        assert isinstance(wanted, Filters)
        return self.service.engagement(wanted)

    def courses(self, answer: Engagement) -> Mapping[str, Course]:
        """Return the daily series."""
        return {"chart": engagement_views.course_of(answer)}

    def emptiness(self, answer: Engagement) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: Engagement) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        self.put_figures((*answer.figures, *answer.studied), is_open=is_open)
        self.draw_charts(answer)
        self.query_one("#funnel", BarList).show(engagement_views.people_views(answer))
        self.query_one("#spread", BarList).show(engagement_views.spread_views(answer))
        self.query_one("#kinds", BarList).show(engagement_views.type_views(answer))
        pairs = answer.pairs
        place = Place(limit=max(1, len(pairs.rows)), total=pairs.total)
        self.query_one(PairsPanel).show(pairs.rows, place, Moment(self.service.now(), self.service.timezone))
        self.query_one(HourMap).show(answer.hourly)

    def person_in_focus(self) -> str | None:
        """The person of the pair in focus, or of the bar of a busy one."""
        panel = self.panel_in_focus()
        if isinstance(panel, PairsPanel):
            return None if panel.item is None else panel.item.person.id
        opens = panel.bar.opens if isinstance(panel, BarList) and panel.bar is not None else None
        return opens if isinstance(opens, str) else None

    def twin_in_focus(self) -> str | None:
        """The twin of the pair in focus."""
        panel = self.panel_in_focus()
        return panel.item.twin.id if isinstance(panel, PairsPanel) and panel.item is not None else None

    def maximisable(self) -> Widget | None:
        """The chart, unless another panel has the focus."""
        return self.query_one(ChartPanel)

    def action_open(self) -> None:
        """List what is behind the card in focus."""
        card = self.query_one(KpiGrid).current
        if not card.has_focus or card.figure is None or self.filters is None:
            return
        opens, title = BEHIND[card.figure.key]
        is_shared = card.figure.key == "shared_share"
        self._list(opens, title, replace(self.filters, shared=True) if is_shared else self.filters)

    @on(BarList.Opened)
    def _bar_opened(self, event: BarList.Opened) -> None:
        event.stop()
        opens = event.bar.opens
        if isinstance(opens, str):
            self.post_message(PersonChosen(opens))
        elif self.filters is not None and isinstance(opens, EngagementCell | SessionsCell):
            self._list(opens, f"{event.view.title}: {told(event.bar)}", self.filters)

    def _list(self, opens: EngagementCell | SessionsCell, title: str, filters: Filters) -> None:
        if isinstance(opens, EngagementCell):
            self.post_message(PeopleWanted(title, partial(self._people, filters, opens)))
        else:
            self.post_message(SessionsWanted(opens, title, filters))

    @on(HourMap.Opened)
    def _hour_opened(self, event: HourMap.Opened) -> None:
        event.stop()
        if self.filters is not None:
            title = f"Messages of people, {event.words}"
            self.post_message(SessionsWanted(SessionsCell("hour_of_week", event.key), title, self.filters))

    @on(ListPanel.Opened)
    def _pair_opened(self, event: ListPanel.Opened) -> None:
        event.stop()
        if isinstance(pair := event.item, Pair) and self.filters is not None:
            title = f"{person(pair.person)} with {pair.twin.name or pair.twin.id}"
            cell = SessionsCell("pair", pair_columns.identity(pair))
            self.post_message(SessionsWanted(cell, title, self.filters))

    def _people(self, filters: Filters, cell: EngagementCell, page: int, limit: int) -> PagedList[Person]:
        return self.service.engagement_people(filters, cell, page=page, limit=limit)

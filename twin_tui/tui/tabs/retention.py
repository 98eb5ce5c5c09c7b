"""The fourth tab: who came back, and who stopped."""

from collections.abc import Hashable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from twin_tui.analytics.answers import ActiveDays, Figure, PagedList, Person, Retention, RetentionCell
from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.charted import ChartedTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.links import PeopleWanted
from twin_tui.tui.widgets.chart.course import Course, Span
from twin_tui.tui.widgets.chart.drilled import DrilledChart
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts import retention_views as views
from twin_tui.tui.widgets.parts.cohorts import CohortPanel
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.list_panel import ListPanel
from twin_tui.tui.widgets.parts.retention_lists import STATE_OF, ActiveDaysPanel, BackPanel, StatesPanel
from twin_tui.tui.widgets.parts.retention_words import title_of
from twin_tui.tui.widgets.tables.columns import Moment

CARDS = (
    ("dau", "Daily active users", "Daily active", "DAU"),
    ("wau", "Weekly active users", "Weekly active", "WAU"),
    ("mau", "Monthly active users", "Monthly active", "MAU"),
    ("dau_mau", "DAU/MAU"),
    ("adoption", "Adoption"),
    ("new_users", "New users", "New"),
)
"""Key of the figure, name on the card, shorter names."""


class RetentionTab(ChartedTab[Retention]):
    """How many are active by day, week and month, how many come back, and who is behind each number."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies", "retention")
    TITLE = "Retention"
    HINTS: ClassVar[tuple[Hint, ...]] = (("tab", "panels", "tab"), ("enter", "people", "enter"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "turn_bound", "Coming back: on that day, or on it or later", show=False),
        Binding("n", "others", "The people who could have come back and did not", show=False),
        Binding("enter", "open", "The people behind the card, or the line", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._is_unbounded = False

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)
        with Container(id="middle"):
            yield DrilledChart(views.ACTIVE, note=views.ACTIVE_NOTE)
            with Container(id="side"):
                yield BackPanel()
                yield StatesPanel()
        yield CohortPanel()
        with Container(id="bottom"):
            yield DrilledChart(views.LIFECYCLES, id="lifecycle", note=views.LIFECYCLE_NOTE)
            yield ActiveDaysPanel()

    def wanted_in(self, filters: Filters | None) -> Hashable:
        """Return the filters, and whether coming back later counts."""
        return (filters, self._is_unbounded)

    def fetch(self, wanted: Hashable) -> Retention:
        """Return who came back."""
        assert isinstance(wanted, tuple)
        filters, is_unbounded = wanted
        assert isinstance(filters, Filters)
        return self.service.retention(filters, is_unbounded=is_unbounded)

    def courses(self, answer: Retention) -> Mapping[str, Course]:
        """Return the days of activity, and the steps of the lifecycle."""
        return {"chart": views.active_course(answer), "lifecycle": views.lifecycle_course(answer)}

    def compared_figures(self, answer: Retention) -> tuple[Figure, ...]:
        """Return activity and coming back."""
        return (*answer.figures, *answer.returned)

    def emptiness(self, answer: Retention) -> tuple[str, str] | None:
        """Tell an empty database, and filters that let nobody through, from nobody coming back."""
        if answer.lifecycle.active + answer.lifecycle.dormant:
            return None
        return emptiness((), answer.filters, answer.status)

    def show(self, answer: Retention) -> None:
        """Hand every panel its part; each repaints only what differs."""
        moment = Moment(self.service.now(), self.service.timezone)
        self.put_figures(answer.figures, is_open=not answer.lifecycle.is_complete)
        self.figures = (*answer.figures, *answer.returned, *answer.states)
        self.draw_charts(answer)
        for panel in (
            self.query_one(BackPanel),
            self.query_one(StatesPanel),
            self.query_one(ActiveDaysPanel),
        ):
            panel.show_answer(answer, moment)
        self.query_one(CohortPanel).show_answer(answer)

    def maximisable(self) -> Widget | None:
        """The chart of activity, unless another panel has the focus."""
        return self.query_one("#chart", DrilledChart)

    def action_turn_bound(self) -> None:
        """Count coming back on that day alone, or on any later day, too."""
        self._is_unbounded = not self._is_unbounded
        self.load()

    def action_open(self) -> None:
        """List the people behind the card in focus."""
        card = self.query_one(KpiGrid).current
        if not card.has_focus or card.figure is None:
            return
        key = card.figure.key
        if key in views.ROLLING:
            self._want(RetentionCell("active", views.ROLLING[key]))
        else:
            self._want(RetentionCell("created" if key == "new_users" else "adopted"))

    def action_others(self) -> None:
        """List those who could have come back and did not."""
        back, cohorts = self.query_one(BackPanel), self.query_one(CohortPanel)
        if cohorts.has_the_focus:
            cohorts.action_open(is_retained=False)
        elif back.has_the_focus and back.item is not None:
            self._want(RetentionCell("day", _day_of(back.item), is_retained=False))
        else:
            self.notify("Move to who came back first (tab, arrows), then n lists the others.", timeout=4)

    @on(CohortPanel.CellOpened)
    def _cell_opened(self, event: CohortPanel.CellOpened) -> None:
        event.stop()
        self._want(RetentionCell("week", event.place, event.week, is_retained=event.is_retained))

    @on(ListPanel.Opened)
    def _line_opened(self, event: ListPanel.Opened) -> None:
        event.stop()
        match event.item:
            case Figure(key=key) if key in STATE_OF:
                self._want(RetentionCell("lifecycle", state=STATE_OF[key]))
            case Figure() as figure:
                self._want(RetentionCell("day", _day_of(figure)))
            case ActiveDays(days=days):
                self._want(RetentionCell("active_days", days))
            case _:
                pass

    @on(DrilledChart.ValueOpened)
    def _value_opened(self, event: DrilledChart.ValueOpened) -> None:
        event.stop()
        days = (event.start, event.end)
        if event.key in views.ROLLING:
            self._want(RetentionCell("active", views.ROLLING[event.key], start=event.start))
        elif (state := STATE_OF.get(f"lifecycle_{event.key}")) is not None:
            cell = RetentionCell("lifecycle", state=state, start=event.start)
            self._want(cell, self.around or self.filters, days)
        elif self.filters is not None:
            begun = self.filters.with_period(Period(event.start, event.end))
            self._want(RetentionCell("day", int(event.key.removeprefix("d"))), begun)

    def _want(self, cell: RetentionCell, filters: Filters | None = None, days: Span | None = None) -> None:
        chosen, service, is_unbounded = filters or self.filters, self.service, self._is_unbounded
        if chosen is None:
            return

        def fetch(page: int, limit: int) -> PagedList[Person]:
            return service.retention_people(chosen, cell, is_unbounded=is_unbounded, page=page, limit=limit)

        self.post_message(PeopleWanted(title_of(cell, chosen.period, days, is_unbounded=is_unbounded), fetch))


def _day_of(figure: Figure) -> int:
    """Return N of a figure of coming back on day N."""
    return int(figure.key.removeprefix("d"))

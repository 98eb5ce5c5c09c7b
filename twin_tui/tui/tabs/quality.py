"""The sixth tab: what people did not find, and where twins left them alone."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from twin_tui.analytics.answers import (
    QUALITY_MEASURES,
    DocumentType,
    EmptyText,
    Quality,
    QualityMeasure,
    SessionsCell,
    TwinQuality,
)
from twin_tui.analytics.filters import Filters
from twin_tui.tui.charted import ChartedTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.links import SessionsWanted
from twin_tui.tui.viewed import Option
from twin_tui.tui.widgets.chart.course import Course
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.parts.quality_lists import (
    NO_TEXT,
    NO_TYPE,
    DocumentTypesPanel,
    TextsPanel,
    Trouble,
    TroublePanel,
    troubles,
)
from twin_tui.tui.widgets.parts.quality_views import QualityChart, course_of
from twin_tui.tui.widgets.parts.ranked_twins import MEASURE_CELLS, TwinsPanel
from twin_tui.tui.widgets.tables.columns import Moment

CARDS = (
    ("zero_result_rate", "Zero-result rate", "Zero results", "No hits"),
    ("dead_end_share", "Dead ends", "Ends"),
    ("unanswered_share", "Unanswered messages", "Unanswered", "Open"),
    ("reply_time_median", "Reply time, median", "Reply time", "Reply"),
    ("slow_reply_share", "Slow replies", "Slow"),
    ("documents", "Documents drafted", "Documents", "Docs"),
)
"""Key of the figure, name on the card, shorter names."""
BEHIND: Mapping[str, tuple[SessionsCell, str]] = {
    "zero_result_rate": (SessionsCell("zero_results"), "Queries that found nothing"),
    "dead_end_share": (SessionsCell("dead_end"), "Dead ends"),
    "unanswered_share": (SessionsCell("unanswered"), "Messages without a reply"),
    "slow_reply_share": (SessionsCell("slow_replies"), "Slow replies"),
    "reply_time_median": (SessionsCell("slow_replies"), "Slow replies"),
    "documents": (SessionsCell("documents"), "Documents drafted"),
}
"""What is behind a card, and its title."""


class QualityTab(ChartedTab[Quality]):
    """Cards and chart, dead ends by reason, queries that find nothing, documents by type, twins ranked."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies", "quality")
    TITLE = "Quality"
    HINTS: ClassVar[tuple[Hint, ...]] = (("tab", "panels", "tab"), ("enter", "list", "enter"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "next_order", "Twins: rank by the next figure", show=False),
        Binding("enter", "open", "The conversations behind the card, or the line", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._measure: QualityMeasure = "zero_result_rate"

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)
        with Container(id="middle"):
            yield QualityChart()
            with Container(id="side"):
                yield TroublePanel()
                yield DocumentTypesPanel()
        with Container(id="bottom"):
            yield TextsPanel()
            yield TwinsPanel()

    def view_options(self) -> dict[str, Option]:
        """Return the chart's view and what twins are ranked by."""
        options = super().view_options()
        return options if self._measure == QUALITY_MEASURES[0] else {**options, "rank_by": self._measure}

    def take_options(self, options: Mapping[str, Option]) -> None:
        """Rank and draw so."""
        self._measure = cast("QualityMeasure", options.get("rank_by", QUALITY_MEASURES[0]))
        super().take_options(options)

    def wanted_in(self, filters: Filters | None) -> Hashable:
        """Return filters and what twins are ranked by."""
        return (filters, self._measure)

    def fetch(self, wanted: Hashable) -> Quality:
        """Return what did not work."""
        assert isinstance(wanted, tuple)
        filters, measure = wanted
        assert isinstance(filters, Filters)
        return self.service.quality(filters, measure)

    def courses(self, answer: Quality) -> Mapping[str, Course]:
        """Return the daily series."""
        return {"chart": course_of(answer)}

    def emptiness(self, answer: Quality) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: Quality) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        moment = Moment(self.service.now(), self.service.timezone)
        self.put_figures(answer.figures, is_open=is_open)
        self.draw_charts(answer)
        lines, types = troubles(answer), answer.document_types
        self.query_one(TroublePanel).show(lines, Place(limit=len(lines), total=len(lines)), moment)
        self.query_one(DocumentTypesPanel).show(
            types, Place(limit=max(1, len(types)), total=len(types)), moment
        )
        self.query_one(TextsPanel).show_texts(answer, moment)
        self.query_one(TwinsPanel).show_twins(answer, moment)

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        panel = self.query_one(TwinsPanel)
        return panel.item.twin.id if panel.has_the_focus and panel.item is not None else None

    def maximisable(self) -> Widget | None:
        """The chart, unless another panel has the focus."""
        return self.query_one(QualityChart)

    def action_next_order(self) -> None:
        """Rank twins by the next figure."""
        at = (QUALITY_MEASURES.index(self._measure) + 1) % len(QUALITY_MEASURES)
        self._measure = QUALITY_MEASURES[at]
        self.load()

    def action_open(self) -> None:
        """List the conversations behind the card in focus."""
        card = self.query_one(KpiGrid).current
        if card.has_focus and card.figure is not None:
            self._want(*BEHIND[card.figure.key])

    @on(ListPanel.Opened)
    def _line_opened(self, event: ListPanel.Opened) -> None:
        event.stop()
        match event.item:
            case Trouble() as trouble:
                self._want(trouble.cell, trouble.label)
            case EmptyText() as text:
                self._want(SessionsCell("zero_results", text.key), f"Found nothing: {text.text or NO_TEXT}")
            case DocumentType() as each:
                self._want(SessionsCell("document_type", each.name), f"Documents: {each.name or NO_TYPE}")
            case TwinQuality() as row if self.filters is not None and self.answer is not None:
                cell, words = MEASURE_CELLS[self.answer.measure]
                name = row.twin.name or row.twin.id
                self._want(cell, f"{name}: {words}", replace(self.filters, twin=row.twin.id))
            case _:
                pass

    def _want(self, cell: SessionsCell, title: str, filters: Filters | None = None) -> None:
        chosen = filters or self.filters
        if chosen is not None:
            self.post_message(SessionsWanted(cell, title, chosen))

"""The sixth tab: what people did not find."""

from collections.abc import Hashable
from typing import ClassVar

from textual.app import ComposeResult

from twin_tui.analytics.answers import FigureSheet
from twin_tui.analytics.filters import Filters
from twin_tui.tui.figure_tab import FigureTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.widgets.kpi_card import KpiGrid

CARDS = (
    ("zero_result_rate", "Zero-result rate", "Zero results", "No hits"),
    ("results_returned", "Results returned", "Results"),
    ("queries", "Information retrieved", "Queries"),
    ("reply_time_median", "Reply time, median", "Reply time", "Reply"),
    ("documents", "Documents drafted", "Documents", "Docs"),
    ("document_words", "Words drafted", "Words"),
)
"""Key of the figure, name on the card, shorter names."""


class QualityTab(FigureTab[FigureSheet]):
    """How often a search finds nothing, and how long people wait."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies",)
    TITLE = "Quality"

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)

    def fetch(self, wanted: Hashable) -> FigureSheet:
        """Return what was found and drafted."""
        assert isinstance(wanted, Filters)
        return self.service.figures(wanted)

    def emptiness(self, answer: FigureSheet) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: FigureSheet) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        self.put_figures(answer.figures, is_open=is_open)

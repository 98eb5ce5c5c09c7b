"""The fifth tab: how people use their twins."""

from collections.abc import Hashable
from typing import ClassVar

from textual.app import ComposeResult

from twin_tui.analytics.answers import FigureSheet
from twin_tui.analytics.filters import Filters
from twin_tui.tui.figure_tab import FigureTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.widgets.kpi_card import KpiGrid

CARDS = (
    ("active_users", "Active users", "Users"),
    ("sessions_per_user", "Conversations per user", "Per user"),
    ("power_users", "Power users", "Power"),
    ("messages_per_conversation", "Messages per conversation", "Messages each", "Msgs"),
    ("session_length_median", "Session length, median", "Session length", "Length"),
    ("shared_share", "Shared use", "Shared"),
)
"""Key of the figure, name on the card, shorter names."""


class EngagementTab(FigureTab[FigureSheet]):
    """How much each person does, and what their conversations are like."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies",)
    TITLE = "Engagement"

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)

    def fetch(self, wanted: Hashable) -> FigureSheet:
        """Return how the twins are used."""
        assert isinstance(wanted, Filters)
        return self.service.figures(wanted)

    def emptiness(self, answer: FigureSheet) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: FigureSheet) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        self.put_figures(answer.figures, is_open=is_open)

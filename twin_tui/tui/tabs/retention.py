"""The fourth tab: who came back, and who stopped."""

from collections.abc import Hashable
from typing import ClassVar

from textual.app import ComposeResult

from twin_tui.analytics.answers import FigureSheet
from twin_tui.analytics.filters import Filters
from twin_tui.tui.figure_tab import FigureTab
from twin_tui.tui.filling import emptiness
from twin_tui.tui.widgets.kpi_card import KpiGrid

CARDS = (
    ("dau", "Daily active users", "Daily active", "DAU"),
    ("wau", "Weekly active users", "Weekly active", "WAU"),
    ("mau", "Monthly active users", "Monthly active", "MAU"),
    ("dau_mau", "DAU/MAU"),
    ("adoption", "Adoption"),
    ("new_users", "New users", "New"),
)
"""Key of the figure, name on the card, shorter names."""


class RetentionTab(FigureTab[FigureSheet]):
    """How many are active by day, week and month, and how many of them come back."""

    STYLES: ClassVar[tuple[str, ...]] = ("studies",)
    TITLE = "Retention"

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield KpiGrid(CARDS)

    def fetch(self, wanted: Hashable) -> FigureSheet:
        """Return who was active."""
        assert isinstance(wanted, Filters)
        return self.service.figures(wanted)

    def emptiness(self, answer: FigureSheet) -> tuple[str, str] | None:
        """Tell an empty database and filters that let nothing through apart."""
        return emptiness(answer.figures, answer.filters, answer.status)

    def show(self, answer: FigureSheet) -> None:
        """Hand every panel its part; each repaints only what differs."""
        is_open = bool(answer.days) and not answer.days[-1].is_complete
        self.put_figures(answer.figures, is_open=is_open)

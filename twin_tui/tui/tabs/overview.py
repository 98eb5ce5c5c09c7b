"""The first tab: how much the twins are used, by whom, when and for what."""

from collections.abc import Hashable

from textual.app import ComposeResult
from textual.widgets import Static

from twin_tui.analytics.answers import Overview
from twin_tui.analytics.filters import Filters
from twin_tui.tui.loading import DataTab


class OverviewTab(DataTab[Overview]):
    """Cards, chart, features, leaderboard, hours, latest."""

    TITLE = "Overview"

    def compose_content(self) -> ComposeResult:
        """Yield the panels."""
        yield Static("", id="figures", markup=False)

    def fetch(self, wanted: Hashable) -> Overview:
        """Return the overview of the filters."""
        assert isinstance(wanted, Filters)
        return self.service.overview(wanted)

    def show(self, answer: Overview) -> None:
        """Draw every panel that changed."""
        self.query_one("#figures", Static).update("\n".join(f"{f.label} {f.value}" for f in answer.figures))

"""Everything the first tab shows."""

from dataclasses import dataclass
from datetime import date

from twin_tui.analytics.answers.database import DatabaseStatus
from twin_tui.analytics.answers.feed import ActivityItem
from twin_tui.analytics.answers.figures import DayRow, Feature, Figure, Hourly, Leaderboard, Share, Window
from twin_tui.analytics.filters import Filters


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first tab and ``report overview`` show, read in one transaction."""

    filters: Filters
    window: Window
    previous_window: Window | None
    timezone: str
    start: date | None
    """First local day; for all: the first day with data."""
    end: date
    """The day after the last."""
    figures: tuple[Figure, ...]
    days: tuple[DayRow, ...]
    features: tuple[Feature, ...]
    leaderboard: Leaderboard
    hourly: Hourly
    message_types: tuple[Share, ...]
    platforms: tuple[Share, ...]
    latest: tuple[ActivityItem, ...]
    """The newest eight lines of the feed of type ``all``."""
    status: DatabaseStatus
    document_types: tuple[Share, ...] = ()
    query_types: tuple[Share, ...] = ()

    def figure(self, key: str) -> Figure:
        """Return the figure of that key; raises `KeyError`."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(key)

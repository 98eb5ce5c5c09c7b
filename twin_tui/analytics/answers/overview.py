"""Everything the first tab shows, and the figures alone."""

from dataclasses import dataclass
from datetime import date

from twin_tui.analytics.answers.database import DatabaseStatus
from twin_tui.analytics.answers.feed import ActivityItem
from twin_tui.analytics.answers.figures import DayRow, Feature, Figure, Hourly, Leaderboard, Share, Window
from twin_tui.analytics.filters import Filters


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """Every figure of a period with its daily series, read in one transaction."""

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
    status: DatabaseStatus

    def figure(self, key: str) -> Figure:
        """Return the figure of that key; raises `KeyError`."""
        return _named(self.figures, key)


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
        return _named(self.figures, key)


def _named(figures: tuple[Figure, ...], key: str) -> Figure:
    for figure in figures:
        if figure.key == key:
            return figure
    raise KeyError(key)

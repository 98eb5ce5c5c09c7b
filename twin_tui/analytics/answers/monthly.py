"""Monthly statistics per person."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from twin_tui.analytics.answers.feed import Person
from twin_tui.analytics.answers.figures import Window
from twin_tui.analytics.answers.paged import Paged

MonthlySort = Literal["month", "name", "sessions", "events", "length"]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What one person did in the days of one local month that the period holds."""

    month: date
    """First local day of the month."""
    user: Person
    """Name and e-mail are empty for a person who is not in the table of users."""
    sessions: int
    """Conversations started."""
    documents: int
    queries: int
    lengths: int
    """Conversations started whose length is known: those of at least two messages."""
    length: float | None
    """Mean session length, seconds; ``None`` where no length is known."""

    @property
    def events(self) -> int:
        """Lines of the feed of everything: conversations started, documents drafted, queries run."""
        return self.sessions + self.documents + self.queries


@dataclass(frozen=True, slots=True)
class MonthlyRequest:
    """Which page of the statistics, and in which order."""

    sort: MonthlySort = "month"
    """Ties stand by month, newest first, then by name, then by id; an unknown length is last either way."""
    descending: bool = True
    page: int = 1
    limit: int = 50


@dataclass(frozen=True, slots=True)
class MonthlyPage(Paged):
    """One page of monthly statistics with exact totals."""

    request: MonthlyRequest
    """As answered: ``page`` is within 1 … pages."""
    window: Window
    total: int
    pages: int
    """At least 1."""
    items: tuple[MonthRow, ...]

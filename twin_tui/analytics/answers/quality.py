"""What did not work: queries that found nothing, dead ends, messages without a reply, slow replies."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from twin_tui.analytics.answers.database import DatabaseStatus
from twin_tui.analytics.answers.feed import TwinRef
from twin_tui.analytics.answers.figures import Figure, Window
from twin_tui.analytics.filters import Filters

DeadEndReason = Literal["unanswered", "zero_results", "repeated"]
DEAD_END_REASONS: tuple[DeadEndReason, ...] = ("unanswered", "zero_results", "repeated")
QualityMeasure = Literal["zero_result_rate", "dead_end_share", "unanswered_share", "reply_time_median"]
QUALITY_MEASURES: tuple[QualityMeasure, ...] = (
    "zero_result_rate",
    "dead_end_share",
    "unanswered_share",
    "reply_time_median",
)
"""What twins are ranked by, the worst first."""
SLOW_SECONDS = 60
"""A reply that takes longer is a slow one."""
FEWEST = 5
"""A twin with fewer queries, conversations, messages or replies than that is not ranked by their rate."""


@dataclass(frozen=True, slots=True)
class QualityDay:
    """One local day of the daily series."""

    day: date
    conversations: int
    """Started."""
    dead_ends: int
    """Of these; below by reason, and one of several reasons counts in each."""
    unanswered: int
    zero_results: int
    repeated: int
    queries_known: int
    """Queries with a known number of results."""
    queries_empty: int
    """Of these, those that found nothing."""
    user_messages: int
    unanswered_messages: int
    replies: int
    slow_replies: int
    is_complete: bool
    """False for today."""

    def of(self, reason: DeadEndReason) -> int:
        """Return the dead ends for a reason."""
        return int(getattr(self, reason))


@dataclass(frozen=True, slots=True)
class DeadEndCount:
    """Dead ends for one reason."""

    reason: DeadEndReason
    conversations: int
    share: float | None
    """Of the conversations started."""


@dataclass(frozen=True, slots=True)
class EmptyText:
    """What was looked for and not found, in whatever case it was written."""

    key: str
    """Names it to `AnalyticsService.sessions_behind`, and tells nobody what it is."""
    text: str
    """As written the last time."""
    queries: int
    """Times it found nothing."""
    people: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentType:
    """Documents of one type."""

    name: str
    """"" for none."""
    documents: int
    share: float | None
    words: int | None
    """Of those whose number is known; ``None`` where none is."""
    known: int
    """Documents whose number of words is known."""


@dataclass(frozen=True, slots=True)
class TwinQuality:
    """How well one twin did; every rate stands beside what it is a rate of."""

    rank: int | None
    """By the measure asked for, the worst first, ties share one; ``None``: too few to tell."""
    twin: TwinRef
    queries_known: int
    queries_empty: int
    zero_result_rate: float | None
    conversations: int
    """Started."""
    dead_ends: int
    dead_end_share: float | None
    user_messages: int
    unanswered_messages: int
    unanswered_share: float | None
    replies: int
    reply_time_median: float | None
    """Seconds."""

    def of(self, measure: QualityMeasure) -> float | None:
        """Return the value that twins are ranked by."""
        value: float | None = getattr(self, measure)
        return value

    def n(self, measure: QualityMeasure) -> int:
        """Return what a value is made of."""
        return int(getattr(self, _N[measure]))


_N: dict[QualityMeasure, str] = {
    "zero_result_rate": "queries_known",
    "dead_end_share": "conversations",
    "unanswered_share": "user_messages",
    "reply_time_median": "replies",
}


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything the quality tab and ``report quality`` show, read in one transaction."""

    filters: Filters
    window: Window
    previous_window: Window | None
    timezone: str
    start: date | None
    end: date
    figures: tuple[Figure, ...]
    """Zero-result rate, dead ends, unanswered messages, reply time, slow replies, what was done."""
    days: tuple[QualityDay, ...]
    """The oldest first; also the days of the figures' series."""
    reasons: tuple[DeadEndCount, ...]
    """In the order of `DEAD_END_REASONS`."""
    texts: tuple[EmptyText, ...]
    """The first of them, most often first; empty for who sees no content."""
    texts_total: int
    """How many different texts found nothing."""
    document_types: tuple[DocumentType, ...]
    """Most documents first."""
    measure: QualityMeasure
    twins: tuple[TwinQuality, ...]
    """The first of them, the worst first, then those of which there is too little to tell."""
    twins_total: int
    status: DatabaseStatus

"""One named number with its window, and what is made of many of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Unit = Literal[
    "users",
    "twins",
    "conversations",
    "messages",
    "documents",
    "queries",
    "words",
    "results",
    "ratio",
    "seconds",
    "count",
]
"""What a figure's value counts; ``ratio`` is a fraction of one, ``seconds`` may carry a fraction."""


Direction = Literal["up", "down", "neutral"]
"""In which direction a change is good news."""


Group = Literal["company", "department", "user", "twin"]


Measure = Literal["conversations", "active_users", "messages", "documents", "queries", "per_user"]


@dataclass(frozen=True, slots=True)
class Window:
    """Exact instants ``[start, end)`` of a period, cut at now; ``start`` is ``None`` before any data."""

    start: datetime | None
    end: datetime
    """Aware UTC; the first instant no longer counted."""
    timezone: str
    """IANA name of the report timezone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One named number with everything needed to show, compare and explain it."""

    key: str
    """snake_case, as in reports."""
    label: str
    """As a card's title."""
    unit: Unit
    value: float | int | None
    """``None``: unknown (no data, zero denominator)."""
    previous: float | int | None
    """The same over the previous window; ``None`` when there is no comparison."""
    change: float | None
    """Fraction of ``previous``; for ratios the difference of the fractions; ``None`` prints as a dash."""
    numerator: float | int | None
    denominator: float | int | None
    n: int | None
    """How many things the value is made of (users, queries with a known count, sessions …)."""
    window: Window
    previous_window: Window | None
    """``None`` when nothing is compared."""
    series: tuple[float | None, ...] = ()
    """One value per local day of the period, oldest first."""
    good: Direction = "up"
    definition: str = ""
    """One or two sentences in users' words."""
    parts: tuple[tuple[str, float | int | None, Unit], ...] = ()
    """Figures beside it: (label, value, unit), such as p90 and mean beside a median."""
    compared_with: str = "before"
    """What ``previous`` is of, in words."""
    compared_series: tuple[float | None, ...] = ()
    """Where something to compare with was chosen: for each day of ``series`` what that came to there."""
    unfiltered: bool = False
    """Whether some filter in force does not apply to it (the card says "not filtered")."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One local day of the daily series."""

    day: date
    active_users: int
    new_users: int
    conversations: int
    messages: int
    documents: int
    queries: int
    shared_conversations: int
    active_users_average: float | None
    """Mean of the seven complete days ending here; ``None`` where they are not all there, and for today."""
    conversations_average: float | None
    messages_average: float | None
    is_complete: bool
    """False for today."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Use of one feature: ``conversations``, ``queries``, ``documents``, or shared beside them."""

    feature: str
    """question_asked, info_retrieved, document_drafted, shared_interaction."""
    label: str
    count: int
    share: float | None
    """Of the three; for shared_interaction of the conversations."""
    per_day: float | None
    """Mean per local day of the window."""


@dataclass(frozen=True, slots=True)
class LeaderboardRow:
    """One group of a leaderboard; ties share a rank (1, 2, 2, 4)."""

    rank: int
    id: str
    """User or twin id; the company; company and department joined by U+001F."""
    name: str
    """"" for a NULL or empty group; screens show it as "(none)"."""
    detail: str
    """The user's e-mail, the twin's owner, the department's company; else ""."""
    conversations: int
    active_users: int
    messages: int
    documents: int
    queries: int
    per_user: float | None
    """Conversations per active user."""
    share: float | None
    """Of the total of the ranked measure, all groups."""
    rank_change: int | None
    """Places gained (positive) or lost against the previous period; ``None``: new or no comparison."""


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """Groups in rank order."""

    group: Group
    measure: Measure
    total: int
    """Number of groups, also those beyond ``rows``."""
    rows: tuple[LeaderboardRow, ...]


@dataclass(frozen=True, slots=True)
class Hourly:
    """User messages by local weekday and hour."""

    means: tuple[tuple[float | None, ...], ...]
    """7 × 24, Monday first: mean per such hour in the window; ``None`` where the window has no such hour."""
    counts: tuple[tuple[int, ...], ...]
    """7 × 24 totals."""
    profile: tuple[float | None, ...]
    """24 means per hour of the day."""
    mean: float | None
    """Mean of the 24-hour profile."""
    peaks: tuple[int, ...]
    """The two busiest hours of the day, busiest first; fewer when there is no data."""


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a breakdown."""

    name: str
    count: int
    share: float | None

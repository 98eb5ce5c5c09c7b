"""What the service answers: frozen values, times aware in UTC, days local, unknown as ``None``."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from twin_tui.analytics.filters import Filters

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
ActivityKind = Literal["conversation", "document", "query"]
ActivityType = Literal["conversation", "shared", "document", "query", "all"]
EntryKind = Literal["message", "document", "query"]
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


@dataclass(frozen=True, slots=True)
class Person:
    """Who: id, display name, e-mail."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class TwinRef:
    """Which twin, and whose."""

    id: str
    name: str
    owner: Person


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One line of the feed."""

    time: datetime
    kind: ActivityKind
    session_id: str
    event_id: str
    """Id of the row this line is about: the session's own for a conversation."""
    user: Person
    twin: TwinRef
    what: str
    """Title or topic; document title; query text. May be empty."""
    detail: str
    """Document type, query type; topic of a conversation with a title. May be empty."""
    platform: str
    length_s: float | None
    """Session length in active seconds; ``None`` when unknown."""
    messages: int
    documents: int
    queries: int
    results_count: int | None
    """Of a query line."""
    shared: bool


@dataclass(frozen=True, slots=True)
class ActivityRequest:
    """Which page of which feed."""

    type: ActivityType = "conversation"
    has_documents: bool = False
    has_queries: bool = False
    dated: Literal["started", "active"] = "started"
    search: str = ""
    """Part of a name, e-mail, title, topic or session id, any case."""
    page: int = 1
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One page of the feed with exact totals."""

    request: ActivityRequest
    """As answered: ``page`` is within 1 … pages."""
    total: int
    pages: int
    """At least 1."""
    items: tuple[ActivityItem, ...]

    @property
    def has_next(self) -> bool:
        """Whether a later page exists."""
        return self.request.page < self.pages

    @property
    def has_prev(self) -> bool:
        """Whether an earlier page exists."""
        return self.request.page > 1


@dataclass(frozen=True, slots=True)
class ConversationHeader:
    """Everything above the transcript."""

    session_id: str
    user: Person
    company: str | None
    department: str | None
    twin: TwinRef
    title: str | None
    topic: str | None
    platform: str | None
    started_at: datetime | None
    last_at: datetime | None
    """Time of the last entry."""
    shared: bool
    messages: int
    user_messages: int
    twin_messages: int
    documents: int
    queries: int
    elapsed_s: float | None
    """First to last message; ``None`` below two messages."""
    active_s: float | None
    """Session length: gaps of at most 30 minutes summed."""


@dataclass(frozen=True, slots=True)
class EntryRef:
    """One line of a conversation's index: enough to lay it out and to jump, no text."""

    kind: EntryKind
    id: str
    time: datetime | None
    sender: Literal["user", "twin"] | None
    """Of a message; ``None`` for documents and queries."""
    size: int
    """Characters of its text."""
    message_id: str | None
    """The triggering message of a document or query; ``None``: an orphan."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message, document or query with its text (cut at ``TEXT_LIMIT`` characters)."""

    kind: EntryKind
    id: str
    time: datetime | None
    sender: Literal["user", "twin"] | None
    text: str
    """Message content, document content, query text."""
    is_cut: bool
    """Whether more text is stored than ``text`` holds: ask `entry_text`."""
    size: int
    message_id: str | None
    message_type: str | None
    title: str | None
    """Of a document."""
    type: str | None
    """document_type or query_type."""
    word_count: int | None
    results_count: int | None


TEXT_LIMIT = 65_536
"""Characters of an entry that travel with a window of entries."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A session opened for reading: header and index; the texts come by `entries`."""

    header: ConversationHeader
    index: tuple[EntryRef, ...]
    """Messages in order, each directly followed by its documents and queries; orphans stand by time."""


@dataclass(frozen=True, slots=True)
class Match:
    """One hit of find-in-conversation."""

    entry: int
    """Position in the index."""
    count: int
    """Occurrences within that entry."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter can take."""

    value: str
    """What goes into `Filters`: "" for (none)."""
    label: str
    detail: str
    """E-mail of a user, owner of a twin, company of a department."""
    count: int
    """Conversations, all time."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of every filter, most used first."""

    companies: tuple[Choice, ...]
    departments: tuple[Choice, ...]
    users: tuple[Choice, ...]
    twins: tuple[Choice, ...]
    platforms: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """What is open: for the header line, the footer and reports."""

    name: str
    """File name or host/database; never a password."""
    is_ours: bool
    is_read_only: bool
    missing: tuple[str, ...]
    """Optional columns that are not there, as ``table.column``."""
    is_empty: bool
    """No session at all."""
    first_day: date | None
    """First local day with any data, whole database."""
    last_day: date | None
    as_of: datetime | None
    """The newest data change visible at now: latest timestamp of any row."""


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

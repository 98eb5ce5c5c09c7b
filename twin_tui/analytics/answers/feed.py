"""Who and which twin, and one page of the activity feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from twin_tui.analytics.answers.paged import Paged
from twin_tui.store.kept import NO_MARKS, Marks

ActivityKind = Literal["conversation", "document", "query"]


ActivityType = Literal["conversation", "shared", "document", "query", "all"]


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
    marks: Marks = NO_MARKS
    """What is kept about its session; on lines of the feed only."""


@dataclass(frozen=True, slots=True)
class ActivityRequest:
    """Which page of which feed."""

    type: ActivityType = "conversation"
    has_documents: bool = False
    has_queries: bool = False
    only_unreviewed: bool = False
    """Leave out the sessions marked as reviewed."""
    dated: Literal["started", "active"] = "started"
    search: str = ""
    """Part of a name, e-mail, title, topic or session id, any case."""
    page: int = 1
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ActivityPage(Paged):
    """One page of the feed with exact totals."""

    request: ActivityRequest
    """As answered: ``page`` is within 1 … pages."""
    total: int
    pages: int
    """At least 1."""
    items: tuple[ActivityItem, ...]
    is_marked: bool = False
    """Whether anything is kept about any session of the database."""

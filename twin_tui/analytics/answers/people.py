"""People and twins: the directory, and the page of one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from twin_tui.analytics.answers.feed import ActivityPage, Person, TwinRef
from twin_tui.analytics.answers.figures import Window
from twin_tui.analytics.answers.paged import Paged

Item = TypeVar("Item")

PeopleKind = Literal["users", "twins"]
PeopleStatus = Literal["active", "dormant", "never"]
"""Active in the period; active at another time only; no activity at all. By what the filters let through:
who started a conversation or wrote a message, and the twins this was done with."""
PeopleSort = Literal["last_seen", "name", "conversations", "messages", "documents", "queries"]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the directory; counts are of the period and of what the filters let through."""

    id: str
    name: str
    email: str
    company: str | None
    department: str | None
    created_at: datetime | None
    last_seen: datetime | None
    """The latest of last login, last session start and last message of theirs, whatever is filtered."""
    status: PeopleStatus
    conversations: int
    messages: int
    """Messages of the person, not of twins."""
    documents: int
    queries: int
    twins: int
    """Twins owned, whenever created."""
    shared_uses: int
    """Conversations with someone else's twin."""


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One twin of the directory; counts are of the period and of what the filters let through."""

    id: str
    name: str
    owner: Person
    is_shared: bool | None
    """As set by its owner; ``None`` when unknown."""
    created_at: datetime | None
    last_used: datetime | None
    """The latest of the last session start and the last message of a person, whatever is filtered."""
    status: PeopleStatus
    users: int
    """People who started a conversation or wrote a message with it."""
    outsiders: int
    """Of these, those who do not own it."""
    conversations: int
    messages: int
    """Messages of people and of the twin."""
    documents: int
    queries: int


@dataclass(frozen=True, slots=True)
class PeopleRequest:
    """Which page of which directory, and in which order."""

    kind: PeopleKind = "users"
    search: str = ""
    """Part of a name, e-mail or id, any case; of twins also of the owner's name or e-mail."""
    status: PeopleStatus | None = None
    """Only these; ``None`` lists all."""
    sort: PeopleSort = "last_seen"
    """Ties stand by name, then id; unknown is last either way. Of twins ``last_seen`` is ``last_used``."""
    descending: bool = True
    page: int = 1
    limit: int = 50


@dataclass(frozen=True, slots=True)
class PeoplePage(Paged):
    """One page of the directory with exact totals."""

    request: PeopleRequest
    """As answered: ``page`` is within 1 … pages."""
    total: int
    pages: int
    """At least 1."""
    items: tuple[PersonRow, ...] | tuple[TwinRow, ...]
    active: int
    """How many the search finds of each status, whichever of them is listed."""
    dormant: int
    never: int

    @property
    def everyone(self) -> int:
        """All that the search finds."""
        return self.active + self.dormant + self.never


@dataclass(frozen=True, slots=True)
class PagedList(Generic[Item]):
    """One page of a list inside a larger answer."""

    page: int
    """Within 1 … pages."""
    limit: int
    total: int
    pages: int
    """At least 1."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TwinUse:
    """What one person did with one twin in the period; most conversations first."""

    user: Person
    twin: TwinRef
    conversations: int
    messages: int
    """Messages of the person."""
    documents: int
    queries: int
    last_used: datetime | None
    """The latest session start or message of the person in the period."""

    @property
    def is_owner(self) -> bool:
        """Whether it is the person's own twin."""
        return self.user.id == self.twin.owner.id


@dataclass(frozen=True, slots=True)
class UseDay:
    """One local day of a person's or a twin's page."""

    day: date
    conversations: int
    messages: int
    """Of the person; on a twin's page all messages."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page of each list of a person's or a twin's page; lists it does not have ignore theirs."""

    sessions: int = 1
    documents: int = 1
    queries: int = 1
    twins: int = 1
    uses: int = 1
    used_by: int = 1
    """Of a twin's page: its users."""
    limit: int = 20
    """Lines per page, of every list."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person; lists and counts are of the period.

    Company, department and user of the filters do not apply: the person is named.
    """

    row: PersonRow
    window: Window
    days: tuple[UseDay, ...]
    """One per local day of the period that has begun, oldest first."""
    twins: PagedList[TwinRow]
    """Twins owned, with what anyone did with them; most conversations first."""
    sessions: ActivityPage
    """Sessions with a message in the period, by their last one."""
    documents: ActivityPage
    queries: ActivityPage
    uses: PagedList[TwinUse]
    """Others' twins that the person used: sessions marked as shared."""
    used_by: PagedList[TwinUse]
    """Who used the person's shared twins: sessions marked as shared."""


@dataclass(frozen=True, slots=True)
class TwinPage:
    """Everything about one twin; lists and counts are of the period. Its filter of twins does not apply."""

    row: TwinRow
    description: str | None
    window: Window
    days: tuple[UseDay, ...]
    users: PagedList[TwinUse]
    """Everyone who used it, the owner too; most conversations first."""
    sessions: ActivityPage
    """Sessions with a message in the period, by their last one."""
    documents: ActivityPage
    queries: ActivityPage

"""What a search finds: texts with their snippets, and people, twins and titles apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

from twin_tui.analytics.answers.entry_index import EntryKind
from twin_tui.analytics.answers.feed import Person, TwinRef

SearchOrder = Literal["newest", "relevance"]
Parts = tuple[tuple[str, bool], ...]
"""A text in pieces, as stored, each with whether it is a hit."""
Item = TypeVar("Item")
RELEVANCE_LIMIT = 20_000
"""By relevance, the newest hits that are compared."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is sought, and which page of it."""

    text: str = ""
    """Words, all of which are wanted; "quoted words" in a row; beginnings with a star."""
    by: SearchOrder = "newest"
    page: int = 1
    limit: int = 50
    is_being_typed: bool = False
    """The last word may only be a beginning."""
    is_passing: bool = False
    """The next key may overtake it: it is recorded once it stands still."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One message, document or query that holds what is sought."""

    kind: EntryKind
    id: str
    session_id: str
    time: datetime
    sender: Literal["user", "twin"] | None
    """Of a message."""
    title: str
    """Of a document; may be empty."""
    snippet: Parts
    """A piece of its text around the first hit."""
    conversation: str
    """The session's title or topic; may be empty."""
    user: Person
    twin: TwinRef
    platform: str
    shared: bool


@dataclass(frozen=True, slots=True)
class SessionHit:
    """A conversation whose title or topic holds what is sought."""

    session_id: str
    time: datetime
    title: Parts
    user: Person
    twin: TwinRef
    platform: str
    shared: bool
    event_id: str | None = None
    """Its message, document or query that was asked for by id."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person whose name or e-mail holds what is sought."""

    person: Person
    name: Parts
    email: Parts
    company: str
    department: str


@dataclass(frozen=True, slots=True)
class TwinHit:
    """A twin whose name holds what is sought."""

    twin: TwinRef
    name: Parts


@dataclass(frozen=True, slots=True)
class Few(Generic[Item]):
    """The first of a group, which may be larger."""

    items: tuple[Item, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of texts, and the first people, twins and conversations by name."""

    request: SearchRequest
    terms: tuple[str, ...]
    """How the words were understood; none: nothing was sought."""
    people: Few[PersonHit]
    """By name, within company, department and user; the period does not apply."""
    twins: Few[TwinHit]
    """By name, within their owner's company, department and user."""
    sessions: Few[SessionHit]
    """Newest first, within every filter."""
    hits: tuple[Hit, ...]
    has_next: bool
    """Whether there are, or may be, hits after this page."""
    searched_back_to: datetime | None
    """Where the search ended early: nothing before was looked at. ``None``: everything was."""
    is_indexed: bool
    """Answered by the search index; else by reading."""
    behind: int
    """Rows that neither the index holds nor the search read."""
    named: Few[SessionHit] = Few()
    """Of the id, the beginning of an id, or the permalink that is sought; whatever is filtered."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        names = (self.named, self.people, self.twins, self.sessions)
        return not (self.hits or any(few.items for few in names))

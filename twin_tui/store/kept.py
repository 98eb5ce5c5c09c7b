"""What a desk keeps about sessions, as values: apart from it, so that a feed loads no database for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MarkKind = Literal["reviewed", "pinned", "opened"]


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a session."""

    id: int
    session_id: str
    at: datetime
    """Aware UTC."""
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody reviewed, pinned or opened a session."""

    session_id: str
    kind: MarkKind
    at: datetime
    """Aware UTC."""
    author: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is kept about a session, in brief."""

    reviewed: bool = False
    pinned: bool = False
    notes: int = 0
    """How many."""


NO_MARKS = Marks()
"""Nothing is kept."""


LONGEST_ANNOTATION = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened on a day."""

    id: int
    day: date
    """Local to whoever reads it."""
    at: datetime
    """When it was written; aware UTC."""
    author: str
    text: str

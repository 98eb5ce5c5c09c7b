"""What support keeps about conversations, as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twin_tui.store.kept import LONGEST_ANNOTATION, NO_MARKS, Annotation, Mark, MarkKind, Marks, Note

if TYPE_CHECKING:
    from twin_tui.analytics.answers.search import SessionHit

__all__ = [
    "LONGEST_ANNOTATION",
    "NO_MARKS",
    "Annotation",
    "Kept",
    "Mark",
    "MarkKind",
    "Marks",
    "Note",
    "Shelf",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept about one session."""

    session_id: str
    notes: tuple[Note, ...] = ()
    """The oldest first."""
    reviewed: Mark | None = None
    pinned: Mark | None = None

    @property
    def marks(self) -> Marks:
        """The same in brief."""
        return Marks(self.reviewed is not None, self.pinned is not None, len(self.notes))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Conversations to go back to; those that are no longer in the database are left out."""

    pinned: tuple[SessionHit, ...] = ()
    """The one pinned last first."""
    opened: tuple[SessionHit, ...] = ()
    """The one opened last first, without those that are pinned."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go back to."""
        return not (self.pinned or self.opened)

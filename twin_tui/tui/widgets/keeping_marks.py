"""How it is told in a few cells what is kept about a conversation: legible without colour."""

from twin_tui.analytics.answers import Marks
from twin_tui.text.formatting import compact

REVIEWED_MARK, NOTE_MARK, PINNED_MARK = "✓", "✎", "★"
MARKS_TITLE = f"{REVIEWED_MARK}{NOTE_MARK}{PINNED_MARK}"
"""Heads the column, and tells its signs."""


def mark_cells(marks: Marks) -> str:
    """Return reviewed, notes and pinned as signs, each at its own place.

    >>> mark_cells(Marks(reviewed=True, pinned=True)), mark_cells(Marks(notes=2))
    ('✓ ★', ' ✎ ')
    """
    kept = (
        (marks.reviewed, REVIEWED_MARK),
        (marks.notes > 0, NOTE_MARK),
        (marks.pinned, PINNED_MARK),
    )
    return "".join(sign if is_kept else " " for is_kept, sign in kept)


def mark_words(marks: Marks) -> str:
    """Return the same where there is room for how many; "" where nothing is kept.

    >>> mark_words(Marks(reviewed=True, notes=2)), mark_words(Marks())
    ('✓ ✎2', '')
    """
    notes = f"{NOTE_MARK}{compact(marks.notes)}" if marks.notes else ""
    reviewed = REVIEWED_MARK if marks.reviewed else ""
    return " ".join(filter(None, (reviewed, notes, PINNED_MARK if marks.pinned else "")))

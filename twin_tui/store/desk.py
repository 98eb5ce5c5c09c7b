"""What support keeps about sessions: notes, marks (reviewed, pinned), the sessions opened lately."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from twin_tui.store.annotations import Annotations
from twin_tui.store.audit import os_user
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile
from twin_tui.store.kept import Mark, MarkKind, Marks, Note

LONGEST_NOTE = 10_000
"""Characters of a note."""
MOST_OPENED = 50
"""Sessions opened lately that are kept."""


class Desk:
    """Notes and marks of one database. Every method raises `StoreError`."""

    def __init__(self, file: StoreFile, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file, self._clock = file, clock
        self.annotations = Annotations(file, clock)
        """What happened on which day."""

    def notes(self, session_id: str) -> tuple[Note, ...]:
        """Return the notes of a session, the oldest first."""
        rows = self._file.rows(
            "SELECT id, session_id, at, author, text FROM note WHERE session_id = ? ORDER BY id",
            (session_id,),
        )
        return tuple(
            Note(key, session, datetime.fromisoformat(at), by, text) for key, session, at, by, text in rows
        )

    def note(self, session_id: str, note_id: int) -> Note:
        """Return one note of a session."""
        found = next((note for note in self.notes(session_id) if note.id == note_id), None)
        if found is None:
            raise StoreError(f"There is no note {note_id} about this session.")
        return found

    def worded(self, text: str) -> str:
        """Return a note as it is kept: blanks at its ends do not count."""
        words = text.strip().encode("utf-8", "replace").decode("utf-8")
        if not words:
            raise StoreError("An empty note is not kept.")
        if len(words) > LONGEST_NOTE:
            raise StoreError(f"A note may have {LONGEST_NOTE:,} characters, and this one has {len(words):,}.")
        return words

    def add_note(self, session_id: str, text: str) -> Note:
        """Keep a note."""
        words = self.worded(text)
        at, by = self._now(), os_user()
        with self._file.writing() as conn:
            cursor = conn.execute(
                "INSERT INTO note (session_id, at, author, text) VALUES (?, ?, ?, ?)",
                (session_id, at, by, words),
            )
        return Note(cursor.lastrowid or 0, session_id, datetime.fromisoformat(at), by, words)

    def remove_note(self, session_id: str, note_id: int) -> None:
        """Take a note of a session away."""
        with self._file.writing() as conn:
            taken = conn.execute("DELETE FROM note WHERE id = ? AND session_id = ?", (note_id, session_id))
            if taken.rowcount == 0:
                raise StoreError(f"There is no note {note_id} about this session.")

    def marks(self, session_id: str) -> tuple[Mark, ...]:
        """Return the marks of a session, by kind."""
        return self._marks("session_id = ? ORDER BY kind", (session_id,))

    def brief(self, session_ids: Sequence[str]) -> Mapping[str, Marks]:
        """Return what is kept about some sessions; those about which nothing is are left out."""
        asked = (json.dumps(list(session_ids)),)
        among = "session_id IN (SELECT value FROM json_each(?))"
        notes = dict(
            self._file.rows(f"SELECT session_id, count(*) FROM note WHERE {among} GROUP BY 1", asked)
        )
        kinds = {(mark.session_id, mark.kind) for mark in self._marks(among, asked)}
        known = {*notes, *(session for session, kind in kinds if kind != "opened")}
        return {
            each: Marks((each, "reviewed") in kinds, (each, "pinned") in kinds, notes.get(each, 0))
            for each in known
        }

    def holds_any(self) -> bool:
        """Return whether any session has a note, is reviewed or pinned."""
        found = "EXISTS (SELECT 1 FROM note) OR EXISTS (SELECT 1 FROM mark WHERE kind != 'opened')"
        return any(held for (held,) in self._file.rows(f"SELECT {found}"))

    def marked(self, kind: MarkKind) -> tuple[Mark, ...]:
        """Return the sessions that bear a mark, the latest first."""
        return self._marks("kind = ? ORDER BY at DESC, session_id", (kind,))

    def mark(self, session_id: str, kind: MarkKind) -> Mark:
        """Set a mark, or set it anew."""
        at, by = self._now(), os_user()
        with self._file.writing() as conn:
            conn.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)", (session_id, kind, at, by))
            if kind == "opened":
                conn.execute(
                    "DELETE FROM mark WHERE kind = 'opened' AND session_id NOT IN"
                    " (SELECT session_id FROM mark WHERE kind = 'opened'"
                    " ORDER BY at DESC, session_id LIMIT ?)",
                    (MOST_OPENED,),
                )
        return Mark(session_id, kind, datetime.fromisoformat(at), by)

    def unmark(self, session_id: str, kind: MarkKind) -> None:
        """Take a mark away; there may be none."""
        with self._file.writing() as conn:
            conn.execute("DELETE FROM mark WHERE session_id = ? AND kind = ?", (session_id, kind))

    def _marks(self, condition: str, values: tuple[str, ...]) -> tuple[Mark, ...]:
        rows = self._file.rows(f"SELECT session_id, kind, at, author FROM mark WHERE {condition}", values)
        return tuple(Mark(session, kind, datetime.fromisoformat(at), by) for session, kind, at, by in rows)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

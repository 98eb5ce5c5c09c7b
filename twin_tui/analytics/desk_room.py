"""What support keeps about conversations: notes, marks, what was opened lately; never in the six tables."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from twin_tui.analytics import answers, questions
from twin_tui.analytics.errors import KeepingError
from twin_tui.analytics.reading_room import ReadingRoom
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from twin_tui.analytics.answers import (
        ActivityPage,
        ActivityRequest,
        Annotation,
        Kept,
        MarkKind,
        Note,
        Shelf,
    )
    from twin_tui.store.desk import Desk

Answer = TypeVar("Answer")
LATELY = 20
"""Conversations opened lately that are told."""
_DONE = {True: "reviewed", False: "not reviewed"}


class DeskRoom(ReadingRoom):
    """The façade's notes and marks. Every method raises `RefusedError`, and `KeepingError` where it fails."""

    def kept(self, session_id: str) -> Kept:
        """Return the notes and marks of a session."""
        self.guard.admit()
        if self.desk is None:
            return answers.Kept(session_id)
        with _sentences():
            notes = self.desk.notes(session_id)
            marks = {mark.kind: mark for mark in self.desk.marks(session_id)}
        people = self._participants(session_id) if notes else ()
        told = tuple(replace(note, text=self.guard.words(note.text, people)) for note in notes)
        return answers.Kept(session_id, told, marks.get("reviewed"), marks.get("pinned"))

    def add_note(self, session_id: str, text: str) -> Note:
        """Keep a note about a session; that one was written is noted, and not what it says."""
        desk = self._admitted()
        with _sentences():
            words = desk.worded(text)
        act = Act("note", session_id, detail={"did": "added", "characters": len(words)})
        return self._done(act, lambda: desk.add_note(session_id, words))

    def remove_note(self, session_id: str, note_id: int) -> None:
        """Take a note away, which is noted."""
        desk = self._admitted()
        with _sentences():
            desk.note(session_id, note_id)
        act = Act("note", session_id, str(note_id), {"did": "removed"})
        self._done(act, lambda: desk.remove_note(session_id, note_id))

    def mark(self, session_id: str, kind: MarkKind, *, is_set: bool) -> None:
        """Set a mark or take it away; that a session was reviewed, or is no more, is noted."""
        desk = self._admitted()
        act = Act("mark", session_id, detail={"as": _DONE[is_set]}) if kind == "reviewed" else None
        change = desk.mark if is_set else desk.unmark
        self._done(act, lambda: change(session_id, kind))

    def shelf(self) -> Shelf:
        """Return the conversations that are pinned, and those opened lately."""
        self.guard.admit()
        if self.desk is None:
            return answers.Shelf()
        with _sentences():
            pinned = [mark.session_id for mark in self.desk.marked("pinned")]
            opened = [mark.session_id for mark in self.desk.marked("opened")]
        later = [key for key in opened if key not in set(pinned)]
        places = dict.fromkeys([*pinned, *later])
        hits = self._shown(lambda context: questions.search_shown.sessions_named(context, places, self._told))
        found = {hit.session_id: hit for hit in hits}
        return answers.Shelf(
            tuple(found[key] for key in pinned if key in found),
            tuple(found[key] for key in later if key in found)[:LATELY],
        )

    def _left_out(self, request: ActivityRequest) -> tuple[str, ...]:
        """Return the sessions that a feed is to leave out: those reviewed, where it is to hold no such."""
        if self.desk is None or not request.only_unreviewed:
            return ()
        with _sentences():
            return tuple(mark.session_id for mark in self.desk.marked("reviewed"))

    def _marked(self, page: ActivityPage) -> ActivityPage:
        """Return a page with what is kept about its sessions, where that can be read."""
        if self.desk is None:
            return page
        with contextlib.suppress(StoreError):
            if self.desk.holds_any():
                brief = self.desk.brief(sorted({item.session_id for item in page.items}))
                items = (replace(each, marks=brief.get(each.session_id, each.marks)) for each in page.items)
                return replace(page, items=tuple(items), is_marked=True)
        return page

    def annotations(self) -> tuple[Annotation, ...]:
        """Return what happened on which day, the oldest first; anyone may see it."""
        if self.desk is None:
            return ()
        with _sentences():
            found = self.desk.annotations.latest()
        return tuple(replace(each, text=self.guard.words(each.text, ())) for each in found)

    def annotate(self, day: date, text: str) -> Annotation:
        """Keep what happened on a day; that it was written is noted, and not what it says."""
        kept = self._desk().annotations
        self.guard.note(Act("annotate", detail={"did": "added", "day": day.isoformat()}))
        with _sentences():
            return kept.add(day, text)

    def change_annotation(self, number: int, day: date, text: str | None) -> None:
        """Keep another day of an annotation, and another text where one is given; that it was is noted."""
        kept = self._desk().annotations
        detail: dict[str, Any] = {"did": "changed", "number": number, "day": day.isoformat()}
        self.guard.note(Act("annotate", detail=detail))
        with _sentences():
            kept.change(number, day, text)

    def remove_annotation(self, number: int) -> None:
        """Take an annotation away, which is noted."""
        kept = self._desk().annotations
        self.guard.note(Act("annotate", detail={"did": "removed", "number": number}))
        with _sentences():
            kept.remove(number)

    def _admitted(self) -> Desk:
        """Return what keeps notes and marks on conversations, for who may see these."""
        self.guard.admit()
        return self._desk()

    def _desk(self) -> Desk:
        if self.desk is None:
            raise KeepingError("Nothing is kept here: notes and marks need a state folder.")
        return self.desk

    def _done(self, act: Act | None, change: Callable[[], Answer]) -> Answer:
        self.guard.admit(act)
        with _sentences():
            done = change()
        self.keepings += 1
        return done


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise KeepingError(str(error)) from error

"""Reading a conversation: visits are noted, texts shown as the guard allows, one thing revealed at a time."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from twin_tui.analytics import questions
from twin_tui.analytics.asking import Asking
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twin_tui.analytics.answers import Conversation, Draft, Entry, EntryKind, Match, Person
    from twin_tui.text.masking import Known


class ReadingRoom(Asking):
    """The façade's questions about one session."""

    _opened_last = ""

    def conversation(self, session_id: str) -> Conversation:
        """Header and index of one session; raises `NotFoundError`, `RefusedError`."""
        self.guard.admit()
        found = self._shown(lambda context: questions.conversation.conversation(context, session_id))
        self.guard.visit(session_id, len(found.index))
        self._remember(session_id)
        return found

    def _remember(self, session_id: str) -> None:
        """Keep that a session was opened, once however long it is read; not to be able to is no failure."""
        if self.desk is not None and self._opened_last != session_id:
            self._opened_last = session_id
            with contextlib.suppress(StoreError):
                self.desk.mark(session_id, "opened")

    def entries(self, session_id: str, first: int, count: int) -> tuple[Entry, ...]:
        """Return a window of entries by position in the index, texts cut at ``TEXT_LIMIT``."""
        self.guard.visit(session_id)
        return self._shown(
            lambda context: questions.conversation_entries.entries(context, session_id, first, count),
            self._participants(session_id),
        )

    def entry_text(self, session_id: str, kind: str, entry_id: str) -> str:
        """Return the whole text of one entry."""
        self.guard.visit(session_id)
        text = self._ask(
            lambda context: questions.conversation_entries.entry_text(context, session_id, kind, entry_id)
        )
        return self.guard.words(text, self._participants(session_id))

    def drafts(self, session_id: str, document_id: str) -> tuple[Draft, ...]:
        """Drafts of the same text as a document, the earliest first; it alone where there is no other."""
        self.guard.visit(session_id)
        return self._shown(
            lambda context: questions.conversation_drafts.drafts(context, session_id, document_id),
            self._participants(session_id),
        )

    def find_in_conversation(self, session_id: str, text: str) -> tuple[Match, ...]:
        """Entries whose text (or title) holds ``text``, any case, in index order."""
        self.guard.visit(session_id)
        return self._ask(
            lambda context: questions.conversation_find.find_in_conversation(context, session_id, text)
        )

    def reveal_entry(self, session_id: str, kind: EntryKind, entry_id: str) -> str:
        """Return the whole text of one entry as it is stored; that it was revealed is noted first."""
        self.guard.visit(session_id)
        self.guard.admit(Act("reveal", session_id, entry_id, {"kind": kind}))
        return self._ask(
            lambda context: questions.conversation_entries.entry_text(context, session_id, kind, entry_id)
        )

    def reveal_person(self, user_id: str, session_id: str | None = None) -> Person:
        """Return who a person is; that it was revealed is noted first. Raises `NotFoundError`."""
        self.guard.admit(Act("reveal", session_id, user_id, {"kind": "person"}))
        return self._ask(lambda context: questions.lookup.person_of(context, user_id))

    def _told(self, text: str, people: Sequence[Person]) -> str:
        """Return words about some people as they may be shown."""
        if not self.guard.is_masking:
            return text
        return self.guard.words(text, map(questions.masked.known, people))

    def _participants(self, session_id: str) -> tuple[Known, ...]:
        """Return the people a conversation is surely about; nobody where nothing is masked."""
        if not self.guard.is_masking:
            return ()
        user, owner = self._ask(lambda context: questions.conversation.people_of(context, session_id))
        return questions.masked.known(user), questions.masked.known(owner)

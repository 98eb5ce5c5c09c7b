"""What somebody who asks may see, and what is noted of their asking; applied to every answer."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeVar

from twin_tui.analytics import questions
from twin_tui.analytics.errors import AmbiguousError, AnalyticsError, RefusedError, TicketNeededError
from twin_tui.analytics.search.trace import SearchTrace
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError

if TYPE_CHECKING:
    from twin_tui.text.masking import Known, Masker

Answer = TypeVar("Answer")
Role = Literal["metrics", "support", "admin"]
"""``metrics``: figures, no content; ``support``: content, as a rule masked; ``admin``: everything."""
VISIT_SECONDS = 15 * 60
"""A conversation that is read on within this time was opened once; later it is opened again."""


class Guard:
    """One person's rights over one database. Safe to use from several threads."""

    def __init__(
        self,
        role: Role = "admin",
        *,
        masking_key: bytes | None = None,
        record: Callable[[Act], None] | None = None,
        is_required: bool = False,
        closed: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let ``role`` see what it may, masked with ``masking_key`` if given, and ``record`` what it does.

        With ``is_required`` content stays closed where it cannot be recorded; ``closed`` says in a sentence
        that it is closed until a ticket says why it is read.
        """
        self.role = role
        self.masker: Masker | None = None
        if masking_key is not None:
            from twin_tui.text.masking import Masker as Mask  # noqa: PLC0415 - only where something is masked

            self.masker = Mask(masking_key, self._who)
        self._people: Callable[[str], str | None] = lambda _: None
        self._record, self.is_required, self._closed = record, is_required, closed
        self._monotonic = monotonic
        self.searches = SearchTrace(self._write, is_required=is_required, monotonic=monotonic)
        """What is noted of searches, and when."""
        self.ticket: str | None = None
        """Why content is read, where that was said since: goes into every record from then on."""
        self.when_closed: Callable[[], None] = lambda: None
        """Called, from any thread, whenever something is refused for want of a ticket."""
        self._visits: dict[str, float] = {}
        self._lock = threading.Lock()

    @property
    def is_masking(self) -> bool:
        """Whether names and private parts are hidden."""
        return self.masker is not None

    @property
    def needs_ticket(self) -> bool:
        """Whether content is closed until there is a ticket."""
        return self._closed is not None

    def open_with(self, ticket: str) -> None:
        """Let content be read for a ticket; what is open is opened anew for it."""
        self.searches.settle()
        with self._lock:
            self.ticket, self._closed = ticket, None
            self._visits.clear()
        self.searches.forget()

    def admit(self, act: Act | None = None) -> None:
        """Let content through, noting ``act``; raises `RefusedError` where it stays closed."""
        if self.role == "metrics":
            raise RefusedError("The role metrics sees figures and no content.")
        if self._closed is not None:
            self.when_closed()
            raise TicketNeededError(self._closed)
        if act is not None:
            self.note(act)

    def visit(self, session_id: str, entries: int = 0) -> None:
        """Let a conversation be read; the beginning of a visit is noted, reading on is not."""
        self.admit()
        now = self._monotonic()
        with self._lock:
            last = self._visits.get(session_id)
            is_new = last is None or now - last > VISIT_SECONDS
            if not is_new:
                self._visits[session_id] = now
        if is_new:
            self.note(Act("open", session_id, detail={"entries": entries} if entries else {}))
            with self._lock:
                self._visits[session_id] = now

    @property
    def sees_content(self) -> bool:
        """Whether titles, texts and conversations may be seen at all."""
        return self.role != "metrics" and self._closed is None

    def words(self, text: str, participants: Iterable["Known"] = ()) -> str:
        """Return somebody's words as they may be shown."""
        return text if self.masker is None else self.masker.text(text, participants)

    def hand_over(self, action: str, session_id: str, subject: str | None, size: int) -> None:
        """Note that so many characters of a conversation are copied or exported; raises `RefusedError`."""
        self.admit(Act(action, session_id, subject, {"characters": size}))

    def know(self, people: Callable[[str], str | None]) -> None:
        """Have ``people`` tell who has a casefolded full name or e-mail."""
        self._people = people

    def _who(self, folded: str) -> str | None:
        return self._people(folded)

    def told(self, error: AnalyticsError) -> AnalyticsError:
        """Return an error whose sentence and candidates name nobody who is to stay unknown."""
        if self.masker is None:
            return error
        sentence = self.masker.text(str(error))
        if isinstance(error, AmbiguousError):
            return AmbiguousError(sentence, tuple(map(self.masker.text, error.candidates)))
        return type(error)(sentence)

    def shown(self, answer: Answer, participants: Iterable["Known"] = ()) -> Answer:
        """Return an answer as it may be shown."""
        if self.masker is None:
            return answer
        return questions.masked.masked(answer, self.masker, participants)

    def note(self, act: Act) -> None:
        """Note what somebody did with content, after the search that led there.

        Raises `RefusedError` where that is required and fails.
        """
        self.searches.settle()
        self._write(act)

    def _write(self, act: Act) -> None:
        if self._record is None:
            if self.is_required:
                raise RefusedError("Content stays closed: reading must be recorded, and nothing records it.")
            return
        try:
            self._record(act if self.ticket is None else replace(act, ticket=self.ticket))
        except StoreError as error:
            if self.is_required:
                raise RefusedError(
                    f"Content stays closed, for reading cannot be recorded: {error}"
                ) from error

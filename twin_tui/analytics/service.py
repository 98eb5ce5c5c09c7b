"""The façade: the only door through which screens, reports and scripts ask questions."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import (
    ActivityPage,
    ActivityRequest,
    Choices,
    Conversation,
    DatabaseStatus,
    Entry,
    Group,
    Leaderboard,
    Match,
    Measure,
    Overview,
)
from twin_tui.analytics.filters import Filters

Answer = TypeVar("Answer")


class AnalyticsService:
    """Answers over one open database, for one clock and one report timezone.

    Every method may be called from any thread and raises `AnalyticsError` with one clear sentence.
    """

    def __init__(self, url: str, *, timezone: str = "UTC", clock: Callable[[], datetime]) -> None:
        """Open ``url`` (a path or a database URL) read-only; ``clock`` returns aware UTC instants.

        Raises `DatabaseUnavailableError`; `BadFilterError` for an unknown timezone.
        """
        raise NotImplementedError

    timezone: ZoneInfo

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def close(self) -> None:
        """Interrupt what runs, and close every connection."""

    def now(self) -> datetime:
        """The clock's instant, aware UTC."""

    def today(self) -> date:
        """The local day of now in the report timezone."""

    def status(self) -> DatabaseStatus: ...
    def overview(
        self, filters: Filters, group: Group = "company", measure: Measure = "conversations"
    ) -> Overview: ...
    def leaderboard(
        self, filters: Filters, group: Group, measure: Measure, limit: int | None = None
    ) -> Leaderboard: ...
    def activity(self, filters: Filters, request: ActivityRequest) -> ActivityPage: ...
    def choices(self) -> Choices: ...

    def find_session(self, text: str) -> tuple[str, str | None]:
        """Session id and, when ``text`` names one of its events, that event's id; a unique prefix will do.

        Raises `NotFoundError`, `AmbiguousError`.
        """

    def find_user(self, text: str) -> str:
        """Id of the user with that e-mail, else name, else id, casefolded; raises `NotFoundError`, `AmbiguousError`."""

    def find_twin(self, text: str) -> str: ...
    def conversation(self, session_id: str) -> Conversation:
        """Header and index; raises `NotFoundError`."""

    def entries(self, session_id: str, first: int, count: int) -> tuple[Entry, ...]:
        """A window of entries by position in the index, texts cut at ``TEXT_LIMIT``."""

    def entry_text(self, session_id: str, kind: str, entry_id: str) -> str:
        """The whole text of one entry."""

    def find_in_conversation(self, session_id: str, text: str) -> tuple[Match, ...]:
        """Entries whose text (or title) holds ``text``, any case, in index order."""

    def neighbours(
        self, session_id: str, filters: Filters, request: ActivityRequest
    ) -> tuple[str | None, str | None]:
        """Session ids just newer and just older than this one in that feed."""

    def submit(self, token: object, question: Callable[[], Answer]) -> "Future[Answer]":
        """Run ``question`` (which calls this service) on one of two reader threads, under ``token``."""

    def cancel(self, token: object) -> None:
        """Drop or interrupt what was submitted under ``token``; its future raises `CancelledError`."""

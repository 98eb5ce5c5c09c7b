"""The façade: the only door through which screens, reports and scripts ask questions."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from twin_tui.analytics import (
    activity,
    activity_neighbours,
    choices,
    conversation,
    conversation_entries,
    conversation_find,
    failures,
    leaderboard,
    lookup,
    lookup_session,
    overview,
    people,
    people_pages,
    status,
    windows,
)
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
    PageRequest,
    PeoplePage,
    PeopleRequest,
    PersonPage,
    TwinPage,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.readers import Readers
from twin_tui.analytics.watch import News, Watch
from twin_tui.data.source import Source

Answer = TypeVar("Answer")
FIRST_PAGES = PageRequest()


class AnalyticsService:
    """Answers over one open database, for one clock and one report timezone.

    Every method may be called from any thread and raises `AnalyticsError` with one clear sentence.
    """

    def __init__(self, url: str, *, timezone: str = "UTC", clock: Callable[[], datetime]) -> None:
        """Open ``url`` (a path or a database URL) read-only; ``clock`` returns aware UTC instants.

        Raises `DatabaseUnavailableError`; `BadFilterError` for an unknown timezone.
        """
        self.timezone: ZoneInfo = failures.timezone(timezone)
        self._url, self._clock = url, clock
        self._source = failures.opened(url)
        self._readers = Readers()
        self._watches: list[Watch] = []
        self._opening = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Interrupt what runs, and close every connection."""
        for watch in self._watches:
            watch.stop(wait=True)
        with self._opening:
            self._is_closed = True
        self._readers.close()
        self._source.close()

    def watch(self, tell: Callable[[News], None], *, interval: float | None = None) -> Watch:
        """Return a watch that looks for other programs' writes every ``interval`` seconds once started.

        ``tell`` is called from the watch's thread, and only when there is news. `close` ends it.
        """
        watch = Watch(lambda: self._source, self._reopen, self._clock, tell, interval)
        self._watches.append(watch)
        return watch

    def _reopen(self) -> None:
        """Open anew what the URL names now; questions under way are asked again there."""
        try:
            opened = failures.opened(self._url)
        except DatabaseUnavailableError:
            if not self._source.is_spoilt():
                raise
            # The same file came back without its log: kept connections fail, and new ones beside them too.
            self._source.close()
            opened = failures.opened(self._url)
        with self._opening:
            before = opened if self._is_closed else self._source
            if not self._is_closed:
                self._source = opened
        before.close()

    def now(self) -> datetime:
        """Return the clock's instant, aware UTC."""
        return self._clock()

    def today(self) -> date:
        """Return the local day of now in the report timezone."""
        return windows.local_day(self.now(), self.timezone)

    def status(self) -> DatabaseStatus:
        """Return what is open, and from when to when it holds data."""
        return self._ask(status.status)

    def overview(
        self, filters: Filters, group: Group = "company", measure: Measure = "conversations"
    ) -> Overview:
        """Return everything the first tab shows, read in one transaction."""
        return self._ask(lambda context: overview.overview(context, filters, group, measure))

    def leaderboard(
        self, filters: Filters, group: Group, measure: Measure, limit: int | None = None
    ) -> Leaderboard:
        """Return the groups in rank order, the first ``limit`` of them."""
        return self._ask(lambda context: leaderboard.leaderboard(context, filters, group, measure, limit))

    def activity(self, filters: Filters, request: ActivityRequest) -> ActivityPage:
        """Return one page of the feed with exact totals."""
        return self._ask(lambda context: activity.activity(context, filters, request))

    def neighbours(
        self, session_id: str, filters: Filters, request: ActivityRequest
    ) -> tuple[str | None, str | None]:
        """Session ids just newer and just older than this one in that feed."""
        return self._ask(
            lambda context: activity_neighbours.neighbours(context, session_id, filters, request)
        )

    def choices(self) -> Choices:
        """Return the values of every filter, most used first."""
        return self._ask(choices.choices)

    def find_session(self, text: str) -> tuple[str, str | None]:
        """Session id and, when ``text`` names one of its events, that event's id; a unique prefix will do.

        Raises `NotFoundError`, `AmbiguousError`.
        """
        return self._ask(lambda context: lookup_session.find_session(context, text))

    def find_user(self, text: str) -> str:
        """Id of the user with that e-mail, else name, else id, casefolded.

        Raises `NotFoundError`, `AmbiguousError`.
        """
        return self._ask(lambda context: lookup.find_user(context, text))

    def find_twin(self, text: str) -> str:
        """Id of the twin with that name, else id, casefolded; raises `NotFoundError`, `AmbiguousError`."""
        return self._ask(lambda context: lookup.find_twin(context, text))

    def people(self, filters: Filters, request: PeopleRequest) -> PeoplePage:
        """Return one page of the directory of users or twins with exact totals."""
        return self._ask(lambda context: people.people(context, filters, request))

    def person(self, user_id: str, filters: Filters, pages: PageRequest = FIRST_PAGES) -> PersonPage:
        """Return everything about one person; raises `NotFoundError`."""
        return self._ask(lambda context: people_pages.person(context, user_id, filters, pages))

    def twin(self, twin_id: str, filters: Filters, pages: PageRequest = FIRST_PAGES) -> TwinPage:
        """Return everything about one twin; raises `NotFoundError`."""
        return self._ask(lambda context: people_pages.twin(context, twin_id, filters, pages))

    def conversation(self, session_id: str) -> Conversation:
        """Header and index of one session; raises `NotFoundError`."""
        return self._ask(lambda context: conversation.conversation(context, session_id))

    def entries(self, session_id: str, first: int, count: int) -> tuple[Entry, ...]:
        """Return a window of entries by position in the index, texts cut at ``TEXT_LIMIT``."""
        return self._ask(lambda context: conversation_entries.entries(context, session_id, first, count))

    def entry_text(self, session_id: str, kind: str, entry_id: str) -> str:
        """Return the whole text of one entry."""
        return self._ask(lambda context: conversation_entries.entry_text(context, session_id, kind, entry_id))

    def find_in_conversation(self, session_id: str, text: str) -> tuple[Match, ...]:
        """Entries whose text (or title) holds ``text``, any case, in index order."""
        return self._ask(lambda context: conversation_find.find_in_conversation(context, session_id, text))

    def submit(self, token: object, question: Callable[[], Answer]) -> "Future[Answer]":
        """Run ``question`` (which calls this service) on one of two reader threads, under ``token``."""
        return self._readers.submit(token, question)

    def cancel(self, token: object) -> None:
        """Drop or interrupt what was submitted under ``token``; its future raises `CancelledError`."""
        self._readers.cancel(token)

    def _ask(self, question: Callable[[Context], Answer]) -> Answer:
        """Answer ``question`` in one read transaction, at one instant."""
        source = self._source
        try:
            return self._answer(source, question)
        except DatabaseUnavailableError:
            if source is self._source:
                raise
            return self._answer(self._source, question)

    def _answer(self, source: Source, question: Callable[[Context], Answer]) -> Answer:
        with failures.told(source, self._readers):
            context = Context(source, self.timezone, self._clock(), self._readers.check)
            return self._readers.read(source, lambda: question(context))

"""How a question reaches the database and its answer comes back: one transaction, instant and guard."""

import contextlib
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from zoneinfo import ZoneInfo

from twin_tui.analytics import failures, windows
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.decoding import forget_large_days
from twin_tui.analytics.derived.membership import forget_members
from twin_tui.analytics.errors import AmbiguousError, DatabaseUnavailableError, NotFoundError, RefusedError
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.names import Directory
from twin_tui.analytics.readers import Readers
from twin_tui.analytics.watch import News, Watch
from twin_tui.data.memory import give_back_memory
from twin_tui.data.source import Source

if TYPE_CHECKING:
    from twin_tui.store.desk import Desk
    from twin_tui.text.masking import Known

Answer = TypeVar("Answer")


class Asking:
    """An open database, its readers and its watches: what the façade's questions are asked through."""

    def __init__(
        self,
        url: str,
        *,
        timezone: str = "UTC",
        clock: Callable[[], datetime],
        guard: Guard | None = None,
        desk: "Desk | None" = None,
        readers: Readers | None = None,
        is_plain: bool = False,
    ) -> None:
        """Open ``url`` (a path or a database URL) read-only; ``clock`` returns aware UTC instants.

        ``guard`` says what may be seen and notes what is; without one everything may, unnoted. ``desk`` keeps
        notes and marks; without one there are none. ``readers`` answer what is submitted; without any given,
        two threads of its own.
        ``is_plain`` asks every row even where derived tables could answer.
        Raises `DatabaseUnavailableError`; `BadFilterError` for an unknown timezone.
        """
        self.timezone: ZoneInfo = failures.timezone(timezone)
        self._url, self._clock, self._is_plain = url, clock, is_plain
        self.guard = guard or Guard()
        self.desk = desk
        self.keepings = 0
        """How often notes and marks were changed through this service."""
        self.guard.know(Directory(self._ask))
        self._source = failures.opened(url)
        self._readers = readers or Readers()
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
        with contextlib.suppress(RefusedError):
            self.guard.searches.settle()
        for watch in self._watches:
            watch.stop(wait=True)
        with self._opening:
            self._is_closed = True
        self._readers.close()
        self._source.close()

    def rest(self) -> None:
        """Give back the memory that questions needed, when none is expected soon."""
        forget_large_days()
        forget_members()
        give_back_memory(self._source)

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

    def submit(self, token: object, question: Callable[[], Answer]) -> "Future[Answer]":
        """Run ``question`` (which calls this service) on one of two reader threads, under ``token``."""
        return self._readers.submit(token, question)

    def cancel(self, token: object) -> None:
        """Drop or interrupt what was submitted under ``token``; its future raises `CancelledError`."""
        self._readers.cancel(token)

    def _shown(self, question: Callable[[Context], Answer], participants: Iterable["Known"] = ()) -> Answer:
        """Answer ``question`` as it may be shown to whoever asks."""
        try:
            return self.guard.shown(self._ask(question), participants)
        except (AmbiguousError, NotFoundError) as error:
            raise self.guard.told(error) from None

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
            context = Context(
                source,
                self.timezone,
                self._clock(),
                self._readers.check,
                self._is_plain,
                hides_names=self.guard.is_masking,
            )
            return self._readers.read(source, lambda: question(context))

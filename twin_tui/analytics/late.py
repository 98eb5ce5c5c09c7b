"""A service that opens its database with the first question: screens are drawn before that."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from twin_tui.analytics.readers import Readers
from twin_tui.rollups.local_days import local_day

if TYPE_CHECKING:
    from twin_tui.analytics.guard import Guard
    from twin_tui.analytics.service import AnalyticsService

Answer = TypeVar("Answer")
REST_AFTER = 1.0
"""Seconds without a question after which what questions needed is given back."""


class LateService:
    """Stands for an `AnalyticsService`: clock, timezone and `submit` are there at once.

    Every other method is the opened service's. The first call of one opens the database, in the thread that
    calls, and raises what opening raises; after a failure the next call tries again.
    """

    def __init__(
        self,
        opened: "Callable[[Readers], AnalyticsService]",
        *,
        timezone: str,
        clock: Callable[[], datetime],
    ) -> None:
        """``opened`` returns the service, which answers with the readers given; ``timezone`` is IANA's."""
        self.timezone = ZoneInfo(timezone)
        self._open, self._clock = opened, clock
        self._readers = Readers()
        self._opening = threading.Lock()
        self._service: AnalyticsService | None = None
        self._resting = threading.Lock()
        self._rest: threading.Timer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a method of the service; it opens when it is called, not when it is looked up."""

        def asked(*given: Any, **options: Any) -> Any:
            return getattr(self._opened(), name)(*given, **options)

        return asked

    def _opened(self) -> "AnalyticsService":
        with self._opening:
            if self._service is None:
                self._service = self._open(self._readers)
            return self._service

    @property
    def guard(self) -> "Guard":
        """The opened service's guard: opens the database, too."""
        return self._opened().guard

    @property
    def keepings(self) -> int:
        """How often notes and marks were changed; none while nothing is open."""
        return 0 if self._service is None else self._service.keepings

    def now(self) -> datetime:
        """Return the clock's instant, aware UTC."""
        return self._clock()

    def today(self) -> date:
        """Return the local day of now in the report timezone."""
        return local_day(self._clock(), self.timezone)

    def submit(self, token: object, question: Callable[[], Answer]) -> "Future[Answer]":
        """Run ``question`` (which calls this service) on one of two reader threads, under ``token``."""
        answer = self._readers.submit(token, question)
        answer.add_done_callback(self._answered)
        return answer

    def cancel(self, token: object) -> None:
        """Drop or interrupt what was submitted under ``token``; its future raises `CancelledError`."""
        self._readers.cancel(token)

    def _answered(self, _: object) -> None:
        """Have the service rest once nothing was asked for a while."""
        with self._resting:
            if self._rest is not None:
                self._rest.cancel()
            self._rest = threading.Timer(REST_AFTER, self._lie_down)
            self._rest.daemon = True
            self._rest.start()

    def _lie_down(self) -> None:
        if self._service is not None:
            self._service.rest()

    def close(self) -> None:
        """Interrupt what runs, and close what was opened."""
        with self._resting:
            if self._rest is not None:
                self._rest.cancel()
        self._readers.close()
        if self._service is not None:
            self._service.close()

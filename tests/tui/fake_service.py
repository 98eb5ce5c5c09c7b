"""A service that answers from hand-made values, for screens that are tested without a database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from tests.tui.fake_answers import NOW, STATUS, ZONE, choices, latest, leaderboard, overview
from twin_tui.analytics.answers import (
    ActivityPage,
    ActivityRequest,
    Annotation,
    ChoicePart,
    Choices,
    DatabaseStatus,
    Kept,
    Leaderboard,
    Overview,
)
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.guard import Guard


@dataclass
class FakeService:
    """Answers at once, or fails, or waits: whatever a test sets."""

    answer: Callable[..., Overview] = overview
    error: Exception | None = None
    gate: Event | None = None
    """When set, answers wait for it."""
    asked: list[Any] = field(default_factory=list)
    """Every question, in order."""
    timezone: ZoneInfo = ZONE
    annotated: tuple[Annotation, ...] = ()
    guard: Guard = field(default_factory=Guard)
    keepings: int = 0

    def kept(self, session_id: str) -> Kept:
        return Kept(session_id)

    def __post_init__(self) -> None:
        self._executor = ThreadPoolExecutor(2)

    def close(self) -> None:
        if self.gate is not None:
            self.gate.set()
        self._executor.shutdown()

    def now(self) -> datetime:
        return NOW

    def today(self) -> date:
        return NOW.date()

    def annotations(self) -> tuple[Annotation, ...]:
        return self.annotated

    def status(self) -> DatabaseStatus:
        return STATUS

    def choices(self, part: ChoicePart | None = None) -> Choices:
        kept = {"groups": ("companies", "departments", "platforms"), "users": ("users",), "twins": ("twins",)}
        names = kept[part] if part else ("companies", "departments", "users", "twins", "platforms")
        return replace(Choices((), (), (), (), ()), **{name: getattr(choices(), name) for name in names})

    def overview(self, filters: Filters, group: Any = "company", measure: Any = "conversations") -> Overview:
        self.asked.append(("overview", filters))
        if self.gate is not None:
            self.gate.wait(10)
        if self.error is not None:
            raise self.error
        return self.answer(filters, group, measure)

    def leaderboard(
        self, filters: Filters, group: Any, measure: Any, limit: int | None = None
    ) -> Leaderboard:
        self.asked.append(("leaderboard", group))
        return leaderboard(group, measure)

    def activity(self, filters: Filters, request: ActivityRequest) -> ActivityPage:
        self.asked.append(("activity", filters, request))
        if self.error is not None:
            raise self.error
        return ActivityPage(request, total=8, pages=1, items=latest())

    def submit(self, token: object, question: Callable[[], Any]) -> "Future[Any]":
        return self._executor.submit(question)

    def cancel(self, token: object) -> None:
        """Nothing runs long enough to be interrupted."""

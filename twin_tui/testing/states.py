"""The three states a screen is looked at in: with data, with nothing to show, with a database that fails."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from peewee import OperationalError

from twin_tui.analytics import failures
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Session, Twin, User
from twin_tui.store.desk import Desk
from twin_tui.tui.picture import Shot, aimed

Answer = TypeVar("Answer")
State = Literal["full", "empty", "error"]
STATES: dict[State, str] = {
    "full": "the given database",
    "empty": "a database without rows; a conversation, document, person or twin with nothing in it",
    "error": "the given database, failing at every question",
}
"""What each state is."""
BARE: dict[str, tuple[str | None, str | None, str | None]] = {
    "conversation": ("bare-session", None, None),
    "document": ("bare-session", "bare-document", None),
    "person": (None, None, "bare-user"),
    "twin": (None, None, "bare-twin"),
}
"""What there is to open in the empty state, by screen: session, event, subject."""


class FailingService(AnalyticsService):
    """A service whose database goes away when told so; every answer then fails as a broken disk's does."""

    _is_failing = False
    _texts_fail = False

    def fail(self, *, only_texts: bool = False) -> None:
        """Fail from now on: at everything, or only at the whole text of an entry."""
        self._is_failing, self._texts_fail = not only_texts, only_texts

    def entry_text(self, session_id: str, kind: str, entry_id: str) -> str:
        """Return the whole text of one entry, or fail; raises `AnalyticsError`."""
        if self._texts_fail:
            self._break()
        return super().entry_text(session_id, kind, entry_id)

    def _ask(self, question: Callable[[Context], Answer]) -> Answer:
        if self._is_failing:
            self._break()
        return super()._ask(question)

    def _break(self) -> None:
        with failures.told(self._source, self._readers):
            raise OperationalError("disk I/O error")


@contextmanager
def staged(
    state: State,
    screen: str,
    url: str,
    *,
    timezone: str,
    clock: Callable[[], datetime],
    guard: Guard | None = None,
    desk: Desk | None = None,
) -> Iterator[AnalyticsService]:
    """Yield the service of a state, closed afterwards; a failing one answers until `begin` is called.

    ``guard`` says what may be seen of the given database; without one everything. ``desk`` keeps notes and
    marks on it; without one there are none.
    """
    if state != "empty":
        kind = FailingService if state == "error" else AnalyticsService
        with kind(url, timezone=timezone, clock=clock, guard=guard, desk=desk) as service:
            yield service
        return
    with tempfile.TemporaryDirectory(prefix="twin-tui-") as folder:
        path = Path(folder) / "empty.db"
        _write_bare(path, screen, clock())
        with AnalyticsService(str(path), timezone=timezone, clock=clock) as service:
            yield service


def begin(service: AnalyticsService, screen: str) -> None:
    """Let a failing service fail: at once, for a document only when its text is asked for."""
    if isinstance(service, FailingService):
        service.fail(only_texts=screen == "document")


def _write_bare(path: Path, screen: str, now: datetime) -> None:
    """Write an empty migrated database, with no more in it than the screen needs to be opened."""
    before = now - timedelta(hours=1)
    with open_database(str(path), "create") as source:
        if screen not in BARE:
            return
        with source.writing():
            source.insert_rows(
                User,
                ("id", "email", "full_name", "company", "created_at"),
                [("bare-user", "someone@nowhere.example", "Someone", "Nowhere", before)],
            )
            source.insert_rows(
                Twin,
                ("id", "user_id", "name", "is_shared", "created_at"),
                [("bare-twin", "bare-user", "A twin", False, before)],
            )
            session, event, _ = BARE[screen]
            if session is not None:
                source.insert_rows(
                    Session,
                    ("id", "user_id", "twin_id", "started_at"),
                    [(session, "bare-user", "bare-twin", before)],
                )
            if event is not None:
                source.insert_rows(
                    Document,
                    ("id", "session_id", "title", "content", "created_at"),
                    [(event, session, "A document", "", before)],
                )


def aimed_in(state: State, service: AnalyticsService, filters: Filters, shot: Shot) -> Shot:
    """Return the shot with what its screen opens, where that is not said; raises `PictureError`."""
    if state == "empty" and shot.screen in BARE:
        session, event, subject = BARE[shot.screen]
        return replace(shot, session=session, event=event, subject=subject)
    return aimed(service, filters, shot)

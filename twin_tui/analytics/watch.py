"""Watching an open database for other programs' writes, on a thread of its own."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.data.changes import Changes, Finding, changes_of
from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source

PATIENCE = 3
"""Looks in a row that have to fail before the database counts as lost: a rename is over by then."""
SLOWEST = 5.0
"""Seconds between looks for a database that has been away for long."""
CLOSE_SECONDS = 10.0
"""How long stopping waits for a look under way, as for a server that does not answer."""


@dataclass(frozen=True, slots=True)
class News:
    """What a watch tells."""

    kind: Literal["changed", "lost", "back"]
    """``changed``: ask again; ``lost``: what is shown gets older; ``back``: it is there again, ask again."""
    sentence: str = ""
    """Of ``lost``: why."""
    since: datetime | None = None
    """Of ``lost``: the instant of the last look that succeeded, aware UTC."""


class Watch:
    """Looks again and again, one look at a time; says nothing while there is nothing to say."""

    def __init__(
        self,
        source: Callable[[], Source],
        reopen: Callable[[], None],
        clock: Callable[[], datetime],
        tell: Callable[[News], None],
        interval: float | None = None,
    ) -> None:
        """Watch what ``source`` returns; ``reopen`` puts another there when the tables were replaced."""
        self._source, self._reopen, self._clock, self._tell = source, reopen, clock, tell
        self._interval = interval
        self._changes: Changes | None = None
        self._seen_at = clock()
        self._failures = 0
        self._is_lost = False
        self._wake = threading.Event()
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="twin-tui-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch; what there is now is no news."""
        self._thread.start()

    def look_now(self) -> None:
        """Look at once instead of at the next time."""
        self._wake.set()

    def stop(self, *, wait: bool = False) -> None:
        """End the watch, and ``wait`` until it has let go of the database."""
        self._is_stopped = True
        self._wake.set()
        if wait and self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        try:
            while not self._is_stopped:
                self._look()
                self._wake.wait(self._delay())
                self._wake.clear()
        finally:
            self._drop()

    def _delay(self) -> float:
        shortest = self._interval
        if shortest is None:
            shortest = 0.5 if self._changes is None else self._changes.interval
        doubled = max(0, self._failures - PATIENCE)
        return max(shortest, min(SLOWEST, shortest * 2.0 ** min(doubled, 10)))

    def _look(self) -> None:
        try:
            found = self._find()
            if found == "locked":
                name = self._source().name
                raise DatabaseError(f"{name} is locked by another program.")
        except (DatabaseError, DatabaseUnavailableError) as error:
            self._fail(str(error))
            return
        has_failed = self._failures > 0
        self._failures, self._seen_at = 0, self._clock()
        if self._is_lost:
            self._is_lost = False
            self._say(News("back"))
        elif found == "changed" or has_failed:
            self._say(News("changed"))

    def _find(self) -> Finding:
        if self._changes is None:
            self._changes = changes_of(self._source())
        found = self._changes.look()
        if found != "replaced":
            return found
        self._reopen()
        self._drop()
        self._changes = changes_of(self._source())
        self._changes.look()
        return "changed"

    def _fail(self, sentence: str) -> None:
        self._failures += 1
        if self._failures >= PATIENCE and not self._is_lost:
            self._is_lost = True
            self._say(News("lost", sentence, self._seen_at))

    def _say(self, news: News) -> None:
        if not self._is_stopped:
            self._tell(news)

    def _drop(self) -> None:
        changes, self._changes = self._changes, None
        if changes is not None:
            with contextlib.suppress(DatabaseError):
                changes.close()

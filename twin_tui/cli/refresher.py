"""The refresher inside the open dashboard: takes in what other programs write to a database of ours."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from twin_tui.settings import Settings

if TYPE_CHECKING:
    from twin_tui.data.source import Source
    from twin_tui.rollups.follower import Follower

STOP_SECONDS = 5.0
"""How long leaving waits for a transaction under way, which takes some 50 ms."""


@contextmanager
def refreshing(place: str, settings: Settings) -> Iterator["Refresher"]:
    """Yield the refresher of a database, not yet begun, and end it with the block."""
    refresher = Refresher(place, settings)
    try:
        yield refresher
    finally:
        refresher.stop()


class Refresher:
    """A thread with a connection of its own; where the database may not be written it ends without a word.

    Figures then come from every row, as the status says.
    """

    def __init__(self, place: str, settings: Settings) -> None:
        """Work on the database at ``place``, which twin-tui made."""
        self._place, self._timezone = place, settings.timezone
        self._follower: Follower | None = None
        self._is_stopped = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="twin-tui-refresher", daemon=True)

    def start(self) -> None:
        """Begin, once; returns at once."""
        if not self._thread.is_alive() and not self._is_stopped:
            self._thread.start()

    def stop(self) -> None:
        """End, and wait until the database is let go."""
        with self._lock:
            self._is_stopped = True
            if self._follower is not None:
                self._follower.stop()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        from twin_tui.data.database import open_database  # noqa: PLC0415 - not before the first picture
        from twin_tui.data.errors import DatabaseError  # noqa: PLC0415
        from twin_tui.data.memory import sparing  # noqa: PLC0415
        from twin_tui.rollups.follower import Follower  # noqa: PLC0415

        def opened() -> "Source":
            return sparing(open_database(self._place, "write"))

        try:
            source = opened()
        except DatabaseError:
            return
        follower = Follower(source, self._timezone, reopen=opened)
        try:
            with self._lock:
                if self._is_stopped:
                    return
                self._follower = follower
            follower.run()
        finally:
            follower.close()

"""The right to refresh a PostgreSQL database: an advisory lock, held by a connection of its own."""

import contextlib
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg

from twin_tui.data.source import Source
from twin_tui.rollups.capture.lock import RefresherLock

if TYPE_CHECKING:
    from twin_tui.data.postgres import PostgresSource

LOOP_LOCK: Final = 0x5457494E_00000003
"""Key of the advisory lock a refresher holds for its life."""


class AdvisoryLock(RefresherLock):
    """The server gives it up when the connection ends."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._conn: Any = None

    def acquire(self) -> bool:
        """Ask the server for the lock, through a new connection."""
        if self.is_held():
            return True
        self.release()
        with self.source.failures():
            conn = cast("PostgresSource", self.source).connect_alone()
            try:
                (is_ours,) = conn.execute("SELECT pg_try_advisory_lock(%s)", (LOOP_LOCK,)).fetchone()
            except BaseException:
                conn.close()
                raise
        if not is_ours:
            conn.close()
            return False
        self._conn = conn
        return True

    def is_held(self) -> bool:
        """Return whether the connection still stands."""
        if self._conn is None:
            return False
        try:
            self._conn.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def release(self) -> None:
        """Close the connection."""
        conn, self._conn = self._conn, None
        if conn is not None:
            with contextlib.suppress(psycopg.Error):
                conn.close()

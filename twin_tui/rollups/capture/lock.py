"""One refresher at a time for a database: the second keeps away, and a dead one is not waited for.

This keeps two loops from doing the same work. That two steps never mix is seen to elsewhere: on SQLite by the
write transaction, on PostgreSQL by the lock that `Capture.take` holds until its transaction ends.
"""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Generator

from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source


class BeingRefreshedError(DatabaseError):
    """Another program refreshes the derived tables of this database at the moment."""


class RefresherLock(ABC):
    """The right to refresh one database, given up when its holder ends, however it ends."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @abstractmethod
    def acquire(self) -> bool:
        """Take the lock without waiting; return whether it is held now. Raises `DatabaseError`."""

    @abstractmethod
    def is_held(self) -> bool:
        """Return whether it is still held: a connection may break, a file may be taken away."""

    @abstractmethod
    def release(self) -> None:
        """Give it up; nothing happens when it is not held."""


def lock_of(source: Source) -> RefresherLock:
    """Return the lock of an opened database, not yet taken."""
    if source.is_sqlite:
        from twin_tui.rollups.capture.lock_sqlite import FileLock  # noqa: PLC0415 - they know this module

        return FileLock(source)
    from twin_tui.rollups.capture.lock_postgres import AdvisoryLock  # noqa: PLC0415

    return AdvisoryLock(source)


@contextlib.contextmanager
def alone(source: Source) -> Generator[RefresherLock]:
    """Hold the lock; raises `BeingRefreshedError` where another program does."""
    lock = lock_of(source)
    if not lock.acquire():
        raise BeingRefreshedError(f"{source.name} is being refreshed by another twin-tui.")
    try:
        yield lock
    finally:
        lock.release()

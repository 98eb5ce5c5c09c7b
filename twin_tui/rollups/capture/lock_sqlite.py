"""The right to refresh a SQLite file: an operating system's lock on a small file beside it.

Locks of the operating system end with their process. The file is taken away afterwards; one that a killed
process left behind is in nobody's way. The database itself is never opened for it: closing such a handle
would give up SQLite's own locks.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source
from twin_tui.rollups.capture.lock import RefresherLock

if TYPE_CHECKING:
    from twin_tui.data.sqlite import SqliteSource

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock(RefresherLock):
    """A lock on ``<database>-refresher``, which exists only while it is held."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        path = cast("SqliteSource", source).path
        self._path = path.with_name(path.name + "-refresher")
        self._handle: int | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def acquire(self) -> bool:
        """Make the file and lock it; one that was taken away in between does not count."""
        while not self.is_held():
            self.release()
            try:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
            except OSError as error:
                raise DatabaseError(
                    f"{self.source.name} cannot be refreshed: {self._path.name} beside it cannot be made:"
                    f" {error.strerror}."
                ) from error
            try:
                _lock(handle)
            except OSError:
                os.close(handle)
                return False
            self._handle = handle
        return True

    def is_held(self) -> bool:
        """Return whether the file we locked still bears the name."""
        if self._handle is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._handle), os.stat(self._path))
        except OSError:
            return False

    def release(self) -> None:
        """Take the file away while it is still locked, then close it."""
        if self._handle is None:
            return
        if self.is_held():
            with contextlib.suppress(OSError):
                os.unlink(self._path)
        os.close(self._handle)
        self._handle = None

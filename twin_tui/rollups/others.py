"""Other programs that write to the same SQLite file, and the log that is shared with them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from twin_tui.data.source import Source

RECENT_SECONDS = 5.0
"""For so long after a write of another program it is taken to go on writing."""
_ALONE = {"wal_autocheckpoint": 16_384, "temp_store": 1}
"""What a build sets: the log is moved after so many pages, 64 MiB mostly; 1 stands for files."""


class Others:
    """Tells whether other programs write, and sees to it that the log of a build is no burden to them.

    Pages that a build writes again and again are moved from the log into the file once, if it moves them
    seldom. Beside others it moves them after every transaction: otherwise those would do it, as SQLite lets
    whoever ends a transaction move all there is.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._version: int | None = None
        self._seen: float | None = None
        self._usual: dict[str, int] = {}

    @contextmanager
    def minded(self) -> Iterator[None]:
        """Set the connection up for many rows, until the block ends: what is large is sorted in files."""
        if not self._source.is_sqlite:
            yield
            return
        self._usual = {name: self._source.run(f"PRAGMA {name}")[0][0] for name in _ALONE}
        try:
            self._set(_ALONE)
            yield
        finally:
            self._set(self._usual)

    def are_writing(self) -> bool:
        """Return whether another program wrote lately; called between transactions, often."""
        if not self._source.is_sqlite:
            return False
        ((version,),) = self._source.run("PRAGMA data_version")
        now, before = time.monotonic(), self._seen
        if self._version not in (None, version):
            self._seen = now
        elif before is not None and now - before > RECENT_SECONDS:
            self._seen = None
        self._version = version
        if (self._seen is None) != (before is None):
            name = "wal_autocheckpoint"
            self._set({name: (_ALONE if self._seen is None else self._usual)[name]})
        return self._seen is not None

    def _set(self, pragmas: dict[str, int]) -> None:
        for name, value in pragmas.items():
            self._source.run(f"PRAGMA {name} = {value}")

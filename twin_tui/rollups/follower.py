"""Keeps the derived tables and the search index of one database up to date for as long as it is let."""

import threading
import time
from collections.abc import Callable

from twin_tui.data.changes import Changes, changes_of
from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source
from twin_tui.rollups import search_index
from twin_tui.rollups.audit import audit
from twin_tui.rollups.lock import BeingRefreshedError, alone
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.state import read_state

OTHERS_SECONDS = 5.0
"""Between two looks whether another refresher has ended."""
LONGEST_SECONDS = 30.0
"""Between two attempts while the database is away."""
AUDIT_SECONDS = 60.0
"""Of quiet after changes until rows are counted, for those that went or came untold."""
Tell = Callable[[str], None]
"""Told in a sentence what was done, or what is in the way."""


class Follower:
    """Takes in what other programs write, in short transactions; one per database works, others wait."""

    def __init__(self, source: Source, timezone: str, tell: Tell = lambda _: None) -> None:
        """Work on ``source``, opened for writing; missing tables are made for ``timezone``."""
        self._source, self._timezone, self._tell = source, timezone, tell
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End soon, from any thread: what runs is a transaction of some 50 ms."""
        self._stopped.set()

    def run(self) -> None:
        """Follow until stopped; a database that is away, or followed by another, is waited for."""
        patience = 0.5
        while not self._stopped.is_set():
            try:
                with alone(self._source):
                    patience = 0.5
                    self._follow()
            except BeingRefreshedError as error:
                self._tell(str(error))
                self._stopped.wait(OTHERS_SECONDS)
            except DatabaseError as error:
                self._tell(str(error))
                self._stopped.wait(patience)
                patience = min(LONGEST_SECONDS, patience * 2)

    def once(self) -> None:
        """Take in what there is and return; raises `DatabaseError`."""
        if read_state(self._source) is None:
            rebuild(self._source, self._timezone, should_stop=self._stopped.is_set)
            self._tell("The derived tables were made.")
        done = refresh(self._source, self._stopped.is_set)
        if done.is_rebuilt:
            self._tell("The derived tables were made anew.")
        elif done.sessions:
            self._tell(f"{done.sessions:,} session{'' if done.sessions == 1 else 's'} taken in.")
        if not self._stopped.is_set():
            search_index.sync(self._source, should_stop=self._stopped.is_set)

    def _follow(self) -> None:
        changes = changes_of(self._source)
        try:
            changes.look()
            while not self._stopped.is_set():
                self.once()
                self._await(changes)
        finally:
            changes.close()

    def _await(self, changes: Changes) -> None:
        """Wait until there is something to take in."""
        quiet, is_audited = time.monotonic(), False
        while not self._stopped.is_set():
            if changes.look() in ("changed", "replaced"):
                return
            if not is_audited and time.monotonic() - quiet >= AUDIT_SECONDS:
                is_audited = True
                if found := audit(self._source):
                    self._tell(f"{found:,} change{'' if found == 1 else 's'} found that nobody had told of.")
                    return
            self._stopped.wait(changes.interval)

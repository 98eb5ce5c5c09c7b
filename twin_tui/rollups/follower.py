"""Keeps the derived tables and the search index of one database up to date for as long as it is let."""

import contextlib
import threading
import time
from collections.abc import Callable

from twin_tui.data.changes import Changes, Finding, changes_of
from twin_tui.data.errors import DatabaseError
from twin_tui.data.memory import give_back_memory
from twin_tui.data.source import Source
from twin_tui.rollups.audit import audit
from twin_tui.rollups.capture.lock import BeingRefreshedError, alone
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.search import index as search_index
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

    def __init__(
        self,
        source: Source,
        timezone: str,
        tell: Tell = lambda _: None,
        reopen: Callable[[], Source] | None = None,
    ) -> None:
        """Work on ``source``, opened for writing; missing tables are made for ``timezone``.

        ``reopen`` opens what stands in its place once it was replaced: another file, other tables.
        """
        self._source, self._timezone, self._tell, self._reopen = source, timezone, tell, reopen
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End soon, from any thread: what runs is a transaction of some 50 ms."""
        self._stopped.set()

    def close(self) -> None:
        """Close the database, after `run` has ended; the one it was given is closed once it was replaced."""
        self._source.close()

    def run(self) -> None:
        """Follow until stopped; a database that is away, or followed by another, is waited for."""
        patience = 0.5
        while not self._stopped.is_set():
            try:
                with alone(self._source):
                    patience = 0.5
                    self._follow()
                self._renew()
            except BeingRefreshedError as error:
                self._tell(str(error))
                self._stopped.wait(OTHERS_SECONDS)
            except DatabaseError as error:
                self._tell(str(error))
                self._stopped.wait(patience)
                patience = min(LONGEST_SECONDS, patience * 2)
                with contextlib.suppress(DatabaseError):
                    self._renew()

    def once(self) -> None:
        """Take in what there is and return; raises `DatabaseError`."""
        if read_state(self._source) is None:
            if not self._source.is_ours:
                raise DatabaseError(f"{self._source.name} has no derived tables: twin-tui adopt adds them.")
            rebuild(self._source, self._timezone, should_stop=self._stopped.is_set)
            self._tell("The derived tables were made.")
        done = refresh(self._source, self._stopped.is_set)
        if done.is_rebuilt:
            self._tell("The derived tables were made anew.")
        elif done.sessions:
            self._tell(f"{done.sessions:,} session{'' if done.sessions == 1 else 's'} taken in.")
        if not self._stopped.is_set():
            search_index.sync(self._source, should_stop=self._stopped.is_set)
        give_back_memory(self._source)

    def _renew(self) -> None:
        """Open the database anew, unless it is time to end."""
        if self._reopen is not None and not self._stopped.is_set():
            before, self._source = self._source, self._reopen()
            before.close()

    def _follow(self) -> None:
        """Take in what comes until stopped, or until something else stands in the database's place."""
        changes = changes_of(self._source)
        try:
            changes.look()
            while not self._stopped.is_set():
                self.once()
                if self._await(changes) == "replaced" and self._reopen is not None:
                    return
        finally:
            changes.close()

    def _await(self, changes: Changes) -> Finding:
        """Wait until there is something to take in, or something else in the database's place."""
        quiet, is_audited = time.monotonic(), False
        while not self._stopped.is_set():
            if (finding := changes.look()) in ("changed", "replaced"):
                return finding
            if not is_audited and time.monotonic() - quiet >= AUDIT_SECONDS:
                is_audited = True
                found = audit(self._source)
                give_back_memory(self._source)
                if found:
                    self._tell(f"{found:,} change{'' if found == 1 else 's'} found that nobody had told of.")
                    return "changed"
            self._stopped.wait(changes.interval)
        return "same"

"""Makes the derived tables from nothing, in pieces that never keep a writer waiting, resumable anywhere."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from twin_tui.data.models import Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups import days, tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.day_facts import NOTHING
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.state import note, notes
from twin_tui.rollups.writing import Writing

Tell = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and of what."""
PIECE_SECONDS = 0.05
"""How long one transaction goes on, about: a writer waits for it."""
_EMPTIED = (
    tables.DAY,
    tables.SESSION_DAY,
    tables.SESSION,
    tables.PAIR_MONTH,
    tables.TWIN,
    tables.PERSON,
    tables.CELL,
)
FEWEST, MOST = 20, 5_000
"""Rows one transaction begins with, and takes at most."""


def rebuild(
    source: Source,
    timezone: str,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Make the derived tables anew for the local days of a timezone; return whether they are complete.

    Until they are, they answer nothing. Stopped or interrupted, `resume` goes on from there. Raises
    `DatabaseError`.
    """
    with source.writing():
        if tables.are_there(source) and notes(source).get("version") != str(tables.VERSION):
            tables.drop(source)
        tables.create(source)
        note(source, {"version": str(tables.VERSION), "timezone": timezone, "status": "building"})
        note(source, {"step": "empty", "cursor": None})
    return resume(source, tell, should_stop)


def resume(source: Source, tell: Tell | None = None, should_stop: Callable[[], bool] = lambda: False) -> bool:
    """Go on with a build; return whether the tables are complete by now. Raises `DatabaseError`."""
    build = _Build(source, tell)
    while not should_stop():
        if build.piece():
            return True
    return False


class _Build:
    """One build, in whatever state its notes are: two at once share the work, one piece after another's."""

    def __init__(self, source: Source, tell: Tell | None) -> None:
        self.source = source
        self.zone = ZoneInfo(notes(source)["timezone"])
        self.calendar = Calendar(self.zone)
        self.tell = tell or (lambda *_: None)
        self.total = BaseRows(source).count(Session)
        ((self.done,),) = source.run(f"SELECT count(*) FROM {tables.SESSION}")
        self.size = FEWEST
        """Rows the next transaction takes, more or fewer as the last one was quick or slow."""
        self._created: dict[int, dict[int, tuple[int, int]]] | None = None

    def piece(self) -> bool:
        """Do as much as one transaction may take; return whether everything is done."""
        started = time.monotonic()
        with self.source.writing():
            noted = notes(self.source)
            if noted["status"] == "current":
                return True
            self.writing = Writing(self.source, self.calendar)
            step = noted.get("step", "empty")
            following, cursor = getattr(self, f"_{step}")(noted.get("cursor"), started)
            note(self.source, {"step": following, "cursor": cursor})
            if following is None:
                note(self.source, {"status": "current"})
        taken = time.monotonic() - started
        if taken > PIECE_SECONDS / 2:
            self.size = max(FEWEST, min(MOST, int(self.size * PIECE_SECONDS / taken)))
        else:
            self.size = min(MOST, self.size * 2)
        return following is None

    def _empty(self, cursor: str | None, _: float) -> tuple[str, str | None]:
        table = cursor or _EMPTIED[0]
        self.source.run(f"DELETE FROM {table}")
        self.done = 0
        rest = _EMPTIED[_EMPTIED.index(table) + 1 :]
        return ("empty", rest[0]) if rest else ("users", None)

    def _users(self, cursor: str | None, _: float) -> tuple[str, str | None]:
        ids = self.writing.base.next_ids(User, cursor, self.size)
        self.writing.people.take_users(ids)
        return ("users", ids[-1]) if ids else ("twins", None)

    def _twins(self, cursor: str | None, _: float) -> tuple[str, str | None]:
        ids = self.writing.base.next_ids(Twin, cursor, self.size)
        self.writing.people.take_twins(ids)
        return ("twins", ids[-1]) if ids else ("sessions", None)

    def _sessions(self, cursor: str | None, _: float) -> tuple[str, str | None]:
        base = self.writing.base
        ids = base.next_ids(Session, cursor, self.size)
        if not ids:
            return "days", None
        self.writing.add(self.writing.compute(base.between(cursor, ids[-1])))
        self.done += len(ids)
        self.tell(self.done, max(self.total, self.done), "sessions")
        return "sessions", ids[-1]

    def _days(self, cursor: str | None, started: float) -> tuple[str | None, str | None]:
        if self._created is None:
            self._created = self.writing.people.created_of_all().by_day()
        day = None if cursor is None else int(cursor)
        while True:
            day = self._next_day(day)
            if day is None:
                return None, None
            self._put_day(day, self._created.get(day, {}))
            if time.monotonic() - started > PIECE_SECONDS:
                return "days", str(day)

    def _next_day(self, after: int | None) -> int | None:
        later = [day for day in self._created or () if after is None or day > after]
        ((held,),) = self.source.run(
            f"SELECT min(day) FROM {tables.SESSION_DAY} WHERE day > ?", (-1 if after is None else after,)
        )
        return min([*later, *([] if held is None else [held])], default=None)

    def _put_day(self, day: int, created: dict[int, tuple[int, int]]) -> None:
        rows = self.source.run(
            f"SELECT {', '.join(SessionDay._fields)} FROM {tables.SESSION_DAY} WHERE day = ?", (day,)
        )
        facts = days.whole_day(self.writing.cells, map(SessionDay._make, rows))
        days.put(
            self.source,
            {
                (cell, day): (*created.get(cell, (0, 0)), facts.get(cell, NOTHING))
                for cell in facts.keys() | created.keys()
            },
        )

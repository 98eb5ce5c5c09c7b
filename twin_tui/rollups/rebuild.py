"""Makes the derived tables from nothing, in pieces that never keep a writer waiting, resumable anywhere."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from zoneinfo import ZoneInfo

from twin_tui.data.models import Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups import audit, members, tables
from twin_tui.rollups.base_rows import BaseRows, Stored
from twin_tui.rollups.build_writing import BuildWriting
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.day_building import DayBuilding, Prepared
from twin_tui.rollups.session_order import next_sessions
from twin_tui.rollups.state import note, notes

Tell = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and of what."""
PIECE_SECONDS = 0.05
"""How long one transaction goes on, about: a writer waits for it."""
_PRAGMAS = {"wal_autocheckpoint": 16_384, "temp_store": 1}
"""The log is moved after so many pages, 64 MiB mostly; 1 stands for files."""
_EMPTIED = (
    tables.DAY,
    tables.SESSION_DAY,
    tables.SESSION,
    tables.DEAD_END,
    tables.EMPTY_QUERY,
    tables.DOING,
    tables.TOPIC,
    tables.PAIR_MONTH,
    tables.TWIN,
    tables.PERSON,
    tables.MEMBER,
    tables.CELL,
)
FEWEST, MOST = 200, 2_000
"""Rows one transaction takes at least, and at most."""
_Place = tuple[str | None, str, str | None]
_STEPS = ("empty", "users", "twins", "sessions", "members", "indexes", "days", "last_indexes")


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
    with _for_many_rows(source), source.writing():
        capture.hold(source)
        if tables.are_there(source) and notes(source).get("version") != str(tables.VERSION):
            tables.drop(source)
        tables.create(source)
        tables.drop_indexes(source)
        capture.install(source)
        capture.reset(source)
        note(source, {"version": str(tables.VERSION), "timezone": timezone, "status": "building"})
        note(source, {"step": None, "cursor": None, "build": token_hex(8)})
        audit.begin(source)
    return resume(source, tell, should_stop)


def resume(source: Source, tell: Tell | None = None, should_stop: Callable[[], bool] = lambda: False) -> bool:
    """Go on with a build; return whether the tables are complete by now. Raises `DatabaseError`."""
    build = _Build(source, tell)
    with _for_many_rows(source):
        while not should_stop():
            with _uncollected():
                is_done = build.piece()
            if is_done:
                return True
    return False


@contextmanager
def _for_many_rows(source: Source) -> Iterator[None]:
    """Let SQLite move its log into the file more seldom, and sort what is large in files.

    Pages written again and again are then moved once, and memory does not grow with the rows.
    """
    if not source.is_sqlite:
        yield
        return
    usual = {name: source.run(f"PRAGMA {name}")[0][0] for name in _PRAGMAS}
    try:
        for name, value in _PRAGMAS.items():
            source.run(f"PRAGMA {name} = {value}")
        yield
    finally:
        for name, value in usual.items():
            source.run(f"PRAGMA {name} = {value}")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for reference cycles among rows that have none: up to a tenth of the work."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Build:
    """One build, in whatever state its notes are; what two at once do, one of them throws away."""

    def __init__(self, source: Source, tell: Tell | None) -> None:
        self.source = source
        self.calendar = Calendar(ZoneInfo(notes(source)["timezone"]))
        self.tell = tell or (lambda *_: None)
        self.total = BaseRows(source).count(Session)
        ((self.done,),) = source.run(f"SELECT count(*) FROM {tables.SESSION}")
        self.size = FEWEST
        """Rows the next transaction takes, more or fewer as the last one was quick or slow."""
        self.days = DayBuilding(source, self.calendar)
        self._writing: BuildWriting | None = None
        self._reached: _Place | None = None
        """How far the build had come when this wrote last."""

    def piece(self) -> bool:
        """Do as much as one transaction may take; return whether everything is done.

        What can be worked out beforehand is, so that writers wait for the writing alone.
        """
        noted = notes(self.source)
        if noted["status"] == "current":
            return True
        place = _place(noted)
        if self._reached != place:
            # At the beginning, and when another program went on with it.
            self._writing, self.days = None, DayBuilding(self.source, self.calendar)
        _, step, cursor = place
        with self.source.reading():
            prepared = getattr(self, f"_read_{step}")(cursor)
        started = time.monotonic()
        with self.source.writing():
            capture.hold(self.source)
            now = notes(self.source)
            if now["status"] == "current" or _place(now) != place:
                return now["status"] == "current"
            writing = self._writing = self._writing or BuildWriting(self.source, self.calendar)
            following = getattr(self, f"_write_{step}")(writing, prepared)
            if following is not None:
                note(self.source, {"cursor": following})
            elif step != _STEPS[-1]:
                note(self.source, {"step": _STEPS[_STEPS.index(step) + 1], "cursor": None})
            else:
                tables.survey(self.source)
                note(self.source, {"step": None, "cursor": None, "status": "current"})
            self._reached = _place(notes(self.source))
        taken = time.monotonic() - started
        self.size = max(FEWEST, min(MOST, int(self.size * max(0.5, min(2, PIECE_SECONDS / taken)))))
        return following is None and step == _STEPS[-1]

    def _read_empty(self, cursor: str | None) -> str:
        return cursor or _EMPTIED[0]

    def _write_empty(self, _: BuildWriting, table: str) -> str | None:
        self.done, self._writing = 0, None
        if not self.source.is_sqlite:
            self.source.run(f"DELETE FROM {table}")
        else:
            # Nobody writes to a SQLite file meanwhile: a large table is emptied bit by bit.
            self.source.run(
                f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT ?)", (self.size,)
            )
            if self.source.run(f"SELECT 1 FROM {table} LIMIT 1"):
                return table
        return next(iter(_EMPTIED[_EMPTIED.index(table) + 1 :]), None)

    def _read_users(self, cursor: str | None) -> list[str]:
        return BaseRows(self.source).next_ids(User, cursor, self.size)

    def _write_users(self, writing: BuildWriting, ids: list[str]) -> str | None:
        writing.people.take_users(ids)
        return ids[-1] if ids else None

    def _read_twins(self, cursor: str | None) -> list[str]:
        return BaseRows(self.source).next_ids(Twin, cursor, self.size)

    def _write_twins(self, writing: BuildWriting, ids: list[str]) -> str | None:
        writing.people.take_twins(ids)
        return ids[-1] if ids else None

    def _read_sessions(self, cursor: str | None) -> tuple[Stored, str | None]:
        base = BaseRows(self.source)
        sessions, following = next_sessions(self.source, cursor, self.size)
        these = base.these([session.session_id for session in sessions])
        return Stored(sessions, base.events(these) if sessions else {}), following

    def _write_sessions(self, writing: BuildWriting, prepared: tuple[Stored, str | None]) -> str | None:
        stored, following = prepared
        if following is not None:
            writing.add(stored)
            self.done += len(stored.sessions)
            self.tell(self.done, max(self.total, self.done), "sessions")
        return following

    def _read_members(self, _: str | None) -> None:
        """Nothing is to be read beforehand."""

    def _write_members(self, writing: BuildWriting, _: None) -> None:
        members.make(self.source, writing.cells)

    def _read_indexes(self, cursor: str | None) -> str:
        return cursor or tables.SESSION_INDEXES[0]

    def _write_indexes(self, writing: BuildWriting, name: str) -> str | None:
        if name == tables.SESSION_INDEXES[0]:
            writing.drop_doubled()
        return self._make_index(tables.SESSION_INDEXES, name)

    def _read_days(self, cursor: str | None) -> Prepared:
        return self.days.read(cursor, self.size)

    def _write_days(self, writing: BuildWriting, prepared: Prepared) -> str | None:
        return self.days.write(writing, prepared)

    def _read_last_indexes(self, cursor: str | None) -> str:
        self.days = DayBuilding(self.source, self.calendar)  # What the last one held is of no more use.
        return cursor or tables.DAY_INDEXES[0]

    def _write_last_indexes(self, _: BuildWriting, name: str) -> str | None:
        return self._make_index(tables.DAY_INDEXES, name)

    def _make_index(self, names: Sequence[str], name: str) -> str | None:
        tables.create_index(self.source, name)
        return next(iter(names[names.index(name) + 1 :]), None)


def _place(noted: Mapping[str, str]) -> _Place:
    """Return which build it is, and how far it has come."""
    return noted.get("build"), noted.get("step", _STEPS[0]), noted.get("cursor")

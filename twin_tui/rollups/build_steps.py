"""The steps of a build: what each reads and works out beforehand, and what of it is written then.

Writers wait for the writing alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from twin_tui.data.models import Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups import audit, members, tables
from twin_tui.rollups.base_rows import BaseRows, Stored
from twin_tui.rollups.build_writing import BuildWriting
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.day_building import DayBuilding, Prepared
from twin_tui.rollups.others import Others
from twin_tui.rollups.session_order import next_sessions
from twin_tui.rollups.state import note, notes
from twin_tui.rollups.writing import Rows

Tell = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and of what."""
STEPS = (
    "old_indexes", "empty", "tables", "counts", "users", "twins", "sessions", "members", "indexes", "days",
    "last_indexes",
)  # fmt: skip
MOST_INDEXED_AT_ONCE = 60_000
"""Sessions up to which an index is made in one go beside writers: it keeps them out for 50 ms or so.

Above, indexes are there from the beginning, where others write as the build begins: that takes half as long
again, and several times the log.
"""
_INDEXED = "indexed"
"""Key under which that is noted."""
_EMPTIED = tuple(table for table in tables.TABLES if table != tables.ROLLUP)


@dataclass(frozen=True, slots=True)
class Sessions:
    """What one transaction writes of sessions."""

    rows: Rows
    following: str | None
    """The cursor past them, ``None`` at the end."""


class Steps:
    """What `STEPS` do, one transaction after the other: first it is worked out, which writes nothing.

    Writing it returns a cursor, to go on from there; without one the step is done. Everything raises
    `DatabaseError`.
    """

    def __init__(self, source: Source, calendar: Calendar, tell: Tell, others: Others) -> None:
        self.source, self.calendar, self._tell, self._others = source, calendar, tell, others
        self._base = BaseRows(source)
        self._total, self._done = self._base.count(Session), -1
        self.begin()

    def begin(self) -> None:
        """Forget what is known of the build's rows: it was begun, or another program went on with it."""
        self._days = DayBuilding(self.source, self.calendar)
        self._made: BuildWriting | None = None
        self._is_indexed = _INDEXED in notes(self.source)

    def read(self, step: str, cursor: str | None, size: int) -> Any:
        """Return what the transaction after a cursor writes, some ``size`` rows; inside `Source.reading`."""
        return getattr(self, f"_read_{step}")(cursor, size)

    def write(self, step: str, prepared: Any) -> str | None:
        """Write it, inside the caller's write transaction; return the cursor past it."""
        if self._made is not None:
            self._made.later.make()
        following: str | None = getattr(self, f"_write_{step}")(prepared)
        return following

    @property
    def _writing(self) -> BuildWriting:
        if self._made is None:
            self._made = BuildWriting(self.source, self.calendar)
        return self._made

    def _read_old_indexes(self, *_: object) -> str | None:
        found = tables.late_indexes(self.source) if self.source.is_sqlite else ()
        return next(iter(found), None)

    def _write_old_indexes(self, name: str | None) -> str | None:
        if name is not None:
            tables.drop_index(self.source, name)
        return name

    def _read_empty(self, cursor: str | None, size: int) -> tuple[str, int]:
        return cursor or _EMPTIED[0], size

    def _write_empty(self, place: tuple[str, int]) -> str | None:
        table, size = place
        if tables.take_rows(self.source, table, size):
            return table
        return _after(_EMPTIED, table)

    def _read_tables(self, *_: object) -> bool:
        return self._total > MOST_INDEXED_AT_ONCE and self._others.are_writing()

    def _write_tables(self, is_indexed: bool) -> None:
        if "replaces" in notes(self.source):
            tables.drop_tables(self.source, _EMPTIED)
            note(self.source, {"replaces": None})
        tables.create(self.source)
        if not is_indexed:
            tables.drop_indexes(self.source)
        self._is_indexed = is_indexed
        note(self.source, {_INDEXED: "1" if is_indexed else None})

    def _read_counts(self, *_: object) -> str:
        return audit.sums(self.source)

    def _write_counts(self, sums: str) -> None:
        audit.begin(self.source, sums)

    def _read_users(self, cursor: str | None, size: int) -> str | None:
        ids = self._base.next_ids(User, cursor, size)
        self._writing.people.take_users(ids)
        return ids[-1] if ids else None

    def _write_users(self, following: str | None) -> str | None:
        return following

    def _read_twins(self, cursor: str | None, size: int) -> str | None:
        ids = self._base.next_ids(Twin, cursor, size)
        self._writing.people.take_twins(ids)
        return ids[-1] if ids else None

    def _write_twins(self, following: str | None) -> str | None:
        return following

    def _read_sessions(self, cursor: str | None, size: int) -> Sessions:
        sessions, following = next_sessions(self.source, cursor, size)
        if self._is_indexed:
            # Those that changed their place in the order are in already; they wait in the queue.
            there = {row.session_id for row in self._writing.sessions([each.session_id for each in sessions])}
            sessions = [each for each in sessions if each.session_id not in there]
        these = self._base.these([session.session_id for session in sessions])
        stored = Stored(sessions, self._base.events(these) if sessions else {})
        if self._done < 0:
            ((self._done,),) = self.source.run(f"SELECT count(*) FROM {tables.SESSION}")
        return Sessions(self._writing.compute(stored, {}), following)

    def _write_sessions(self, prepared: Sessions) -> str | None:
        if prepared.following is not None:
            self._writing.add(prepared.rows)
            self._done += len(prepared.rows.sessions)
            self._tell(self._done, max(self._total, self._done), "sessions")
        return prepared.following

    def _read_members(self, *_: object) -> dict[int, int]:
        return members.of_all(self.source, self._writing.cells)

    def _write_members(self, sets: dict[int, int]) -> None:
        members.make(self.source, sets)

    def _read_indexes(self, cursor: str | None, _: int) -> tuple[str, Sequence[str]]:
        name = cursor or tables.SESSION_INDEXES[0]
        return name, () if cursor or self._is_indexed else self._writing.doubled()

    def _write_indexes(self, prepared: tuple[str, Sequence[str]]) -> str | None:
        name, doubled = prepared
        self._writing.drop(doubled)
        tables.create_index(self.source, name)
        return _after(tables.SESSION_INDEXES, name)

    def _read_days(self, cursor: str | None, size: int) -> Prepared:
        return self._days.read(self._writing.cells, cursor, size)

    def _write_days(self, prepared: Prepared) -> str | None:
        return self._days.write(prepared)

    def _read_last_indexes(self, cursor: str | None, _: int) -> str:
        self._days = DayBuilding(self.source, self.calendar)  # What the last one held is of no more use.
        return cursor or tables.DAY_INDEXES[0]

    def _write_last_indexes(self, name: str) -> str | None:
        tables.create_index(self.source, name)
        following = _after(tables.DAY_INDEXES, name)
        if following is None:
            tables.survey(self.source)
        return following


def _after(names: Sequence[str], name: str) -> str | None:
    return next(iter(names[names.index(name) + 1 :]), None)

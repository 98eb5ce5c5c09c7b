"""Rows of `tables.DOING`: made from a whole day's sessions, or changed by those that changed."""

import json
import struct
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import Calendar, micros
from twin_tui.rollups.day_tally import DayRow
from twin_tui.rollups.dead_ends import DeadEndRow
from twin_tui.rollups.details import parsed
from twin_tui.rollups.doings import Doings, Held, Tally
from twin_tui.rollups.local_days import day_start
from twin_tui.rollups.rows import Detail, SessionDay, SessionRow
from twin_tui.rollups.spoilt import SpoiltError
from twin_tui.rollups.statements import delete_by, select_by

COLUMNS = ("day", "sums", "twins", "pairs")
_NOTHING = Doings.of(Tally())
_LAST, _NEVER = date.max.toordinal(), 1 << 62


class ByDay(defaultdict[int, Tally]):
    """What sessions come to, by the day it belongs to."""

    def __init__(self) -> None:
        super().__init__(Tally)

    def add(
        self,
        calendar: Calendar,
        sessions: Iterable[SessionRow],
        by_day: Iterable[SessionDay],
        left: Iterable[DeadEndRow],
    ) -> None:
        """Add all rows of some sessions."""
        for session in sessions:
            if session.started_us is not None:
                self[calendar.day(session.started_us)].add_topic(session.topic_no)
        for row in by_day:
            self[row.day].add_sessions([held(row, parsed(row.detail))])
        for end in left:
            if end.day is not None:
                self[end.day].add_dead_ends(end.twin_no, end.reasons)
            for us in open_instants(end):
                self[calendar.day(us)].add_open(end.twin_no)


def held(row: SessionDay | DayRow, detail: Detail) -> Held:
    """Return what is added up of a session's row."""
    return (
        row.user_no, row.twin_no, row.shared, row.begun, row.user_messages, row.documents, row.queries, detail
    )  # fmt: skip


def open_instants(end: DeadEndRow) -> list[int]:
    """Return when the messages were sent that the twin said nothing after."""
    if end.more:
        instants: list[int] = json.loads(end.more)
        return instants
    return [] if end.open_us is None else [end.open_us]


def change(source: Source, gone: ByDay, new: ByDay) -> None:
    """Bring the rows up to date; raises `SpoiltError` when what went was not in them."""
    days = [day for day in sorted(gone.keys() | new.keys()) if gone.get(day) != new.get(day)]
    held = dict(read(source, days))
    nothing = Tally()
    changed = {}
    for day in days:
        try:
            now = held.get(day, _NOTHING).changed(gone.get(day, nothing), new.get(day, nothing))
        except ValueError as error:
            raise SpoiltError(f"What twins did on day {day}: {error}.") from error
        changed[day] = now
    delete_by(source, tables.DOING, "day", days)
    add(source, changed)


def add(source: Source, doings: Mapping[int, Doings | Tally]) -> None:
    """Write rows of days that have none yet, but for those with nothing in them."""
    source.fill(tables.DOING, COLUMNS, rows_of(doings))


def rows_of(doings: Mapping[int, Doings | Tally]) -> list[tuple[Any, ...]]:
    """Return rows of `COLUMNS`, but for those with nothing in them."""
    return [(day, *each.encode()) for day, each in doings.items() if not each.is_empty]


def read(source: Source, days: Iterable[int]) -> Iterable[tuple[int, Doings]]:
    """Yield the rows of days; raises `SpoiltError` when one is not readable."""
    for day, sums, twins, pairs in select_by(source, tables.DOING, COLUMNS, "day", days):
        try:
            yield day, Doings.decode(sums, bytes(twins), bytes(pairs))
        except (ValueError, LookupError, TypeError, struct.error, zlib.error) as error:
            raise SpoiltError(f"what twins did on day {day} cannot be read: {error}") from error


class DayReader:
    """Adds up whole days from the rows of their sessions, which do not change meanwhile."""

    def __init__(self, source: Source, calendar: Calendar) -> None:
        self._source, self._calendar = source, calendar
        self._several: dict[int, Counter[int]] | None = None

    def read(self, day: int, rows: Iterable[DayRow]) -> Tally:
        """Return what a day comes to, given its rows by session."""
        tally = Tally()
        tally.add_sessions([held(row, row.detail) for row in rows])
        if day > 0:
            self._add_between(tally, self._start(day), _NEVER if day == _LAST else self._start(day + 1))
            for twin_no, count in self._open_of_several().get(day, Counter()).items():
                tally.add_open(twin_no, count)
        return tally

    def _start(self, day: int) -> int:
        return micros(day_start(date.fromordinal(day), self._calendar.zone))

    def _add_between(self, tally: Tally, start: int, end: int) -> None:
        run = self._source.run
        for topic_no, count in run(
            f"SELECT topic_no, count(*) FROM {tables.SESSION} WHERE started_us >= ? AND started_us < ?"
            " GROUP BY topic_no",
            (start, end),
        ):
            tally.add_topic(topic_no, count)
        for twin_no, reasons, count in run(
            f"SELECT twin_no, reasons, count(*) FROM {tables.DEAD_END}"
            " WHERE started_us >= ? AND started_us < ? GROUP BY twin_no, reasons",
            (start, end),
        ):
            tally.add_dead_ends(twin_no, reasons, count)
        for twin_no, count in run(
            f"SELECT twin_no, count(*) FROM {tables.DEAD_END} WHERE open_us >= ? AND open_us < ?"
            " AND open_messages = 1 GROUP BY twin_no",
            (start, end),
        ):
            tally.add_open(twin_no, count)

    def _open_of_several(self) -> dict[int, Counter[int]]:
        """Return the messages of those conversations that left several, by day and twin."""
        if self._several is None:
            found: defaultdict[int, Counter[int]] = defaultdict(Counter)
            for twin_no, more in self._source.run(
                f"SELECT twin_no, more FROM {tables.DEAD_END} WHERE open_messages > 1"
            ):
                for us in json.loads(more):
                    found[self._calendar.day(us)][twin_no] += 1
            self._several = dict(found)
        return self._several

"""Rows by session: computed from the six tables, put in place of the old ones in one write transaction."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from twin_tui.data.source import Source
from twin_tui.rollups import days, pair_months, tables
from twin_tui.rollups.base_rows import BaseRows, Stored
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.dead_ends import DeadEndRow, dead_end
from twin_tui.rollups.empty_queries import EmptyQueryRow
from twin_tui.rollups.members import Place
from twin_tui.rollups.people import People, Person
from twin_tui.rollups.rows import SessionDay, SessionRow
from twin_tui.rollups.session_facts import Events, Thread, session_facts
from twin_tui.rollups.statements import delete_by, select_by
from twin_tui.rollups.topics import Topics


class Rows(NamedTuple):
    """What sessions come to."""

    sessions: list[SessionRow]
    by_day: list[SessionDay]
    dead_ends: list[DeadEndRow]
    """Of those that left anything open."""
    empty: list[EmptyQueryRow]


class Known(NamedTuple):
    """What rows of sessions refer to."""

    sessions: Mapping[str, int]
    """Numbers by id, as those of twins."""
    users: Mapping[str, Person | Place]
    twins: Mapping[str, int]
    topics: Mapping[str, int]


class Writing:
    """The derived tables inside one write transaction of the caller's; everything raises `DatabaseError`."""

    def __init__(self, source: Source, calendar: Calendar) -> None:
        self.source, self.calendar = source, calendar
        self.base = BaseRows(source)
        self.cells = Cells(source)
        self.people = People(self.base, self.cells, calendar)
        self.topics = Topics(source)
        self._next_no: int | None = None
        """The number of the next session that has none."""

    def compute(self, stored: Stored, known: Mapping[str, int]) -> Rows:
        """Return the rows of sessions, as they were stored; people nobody told of are noted.

        ``known`` are the numbers of sessions by id; the others get new ones.
        """
        users = self.people.users({session.user_id for session in stored.sessions})
        twins = self.people.twins({session.twin_id for session in stored.sessions})
        topics = self.topics.numbers({session.topic for session in stored.sessions})
        return rows_of(stored, Known(self._numbered(stored, known), users, twins, topics), self.calendar)

    def _numbered(self, stored: Stored, known: Mapping[str, int]) -> Mapping[str, int]:
        strangers = [each.session_id for each in stored.sessions if each.session_id not in known]
        if not strangers:
            return known
        if self._next_no is None:
            ((largest,),) = self.source.run(f"SELECT max(session_no) FROM {tables.SESSION}")
            self._next_no = 0 if largest is None else largest + 1
        first, self._next_no = self._next_no, self._next_no + len(strangers)
        return {**known, **{session_id: first + place for place, session_id in enumerate(strangers)}}

    def in_time(self, session_ids: Collection[str]) -> list[str]:
        """Return sessions in the order they start in, so that neighbours touch the same days.

        Those without a start, or gone from the six tables, come first.
        """
        started = self.base.starts(self.base.these(session_ids))
        return sorted(session_ids, key=lambda session_id: started.get(session_id) or 0)

    def replace(self, session_ids: Collection[str], changes: days.Changes) -> None:
        """Put sessions' rows in place of the old ones; note in ``changes`` what differs by (cell, day)."""
        before = self.sessions(session_ids)
        known = {row.session_id: row.session_no for row in before}
        old = [SessionDay(*row) for row in self._held(tables.SESSION_DAY, SessionDay, known.values())]
        left = [DeadEndRow(*row) for row in self._held(tables.DEAD_END, DeadEndRow, known.values())]
        rows = self.compute(self.base.stored(self.base.these(session_ids)), known)
        self.delete(known.values())
        self.fill(rows)
        self.topics.move(topics_of(before), topics_of(rows.sessions))
        changes.doings_gone.add(self.calendar, before, old, left)
        changes.doings_new.add(self.calendar, rows.sessions, rows.by_day, rows.dead_ends)
        gone, new = _different(old, rows.by_day), _different(rows.by_day, old)
        pair_months.move(self.source, gone, new)
        for differing, noted in ((gone, changes.gone), (new, changes.new)):
            for row in differing:
                of_row = (row.department_cell, row.platform, row.shared, row.day, row.last_us)
                for cell in self.cells.of_session(*of_row):
                    noted[cell, row.day].append(row)

    def sessions(self, session_ids: Collection[str]) -> list[SessionRow]:
        """Return the rows of sessions as they are there."""
        fields = SessionRow._fields
        found = select_by(self.source, tables.SESSION, fields, "session_id", session_ids)
        return [SessionRow(*row) for row in found]

    def delete(self, numbers: Collection[int]) -> None:
        """Take away the rows of sessions, given their numbers, without what was added up of them."""
        for table in (tables.SESSION, tables.SESSION_DAY, tables.DEAD_END, tables.EMPTY_QUERY):
            delete_by(self.source, table, "session_no", numbers)

    def _held(self, table: str, form: Any, numbers: Collection[int]) -> list[tuple[Any, ...]]:
        return select_by(self.source, table, form._fields, "session_no", numbers)

    def fill(self, rows: Rows) -> None:
        """Add rows of sessions that have none."""
        self.source.fill(tables.SESSION, SessionRow._fields, rows.sessions)
        self.source.fill(tables.SESSION_DAY, SessionDay._fields, rows.by_day)
        self.source.fill(tables.DEAD_END, DeadEndRow._fields, rows.dead_ends)
        self.source.fill(tables.EMPTY_QUERY, EmptyQueryRow._fields, rows.empty)


def rows_of(stored: Stored, known: Known, calendar: Calendar) -> Rows:
    """Return the rows of sessions."""
    numbers, users, twins, topics = known
    rows = Rows([], [], [], [])
    for session in stored.sessions:
        user = users[session.user_id]
        thread = Thread(
            numbers[session.session_id],
            session.session_id,
            session.started_us,
            user.no,
            twins[session.twin_id],
            user.department_cell,
            session.platform,
            session.shared,
        )
        events = stored.events.get(session.session_id) or Events()
        row, its_days = session_facts(thread, events, calendar, topics[session.topic])
        rows.sessions.append(row)
        rows.by_day.extend(its_days)
        if (left := dead_end(thread, events, calendar)) is not None:
            rows.dead_ends.append(left)
        for us, query_id, text in events.empty:
            rows.empty.append(EmptyQueryRow(query_id, thread.session_no, us, *thread[3:], text))
    return rows


def topics_of(sessions: list[SessionRow]) -> Counter[int]:
    """Return how many of these sessions have each topic, by its number."""
    return Counter(session.topic_no for session in sessions)


def _different(rows: list[SessionDay], others: list[SessionDay]) -> list[SessionDay]:
    """Return the rows that days would not find among ``others``: when the session ends is not theirs."""
    known = {row._replace(until_us=0) for row in others}
    return [row for row in rows if row._replace(until_us=0) not in known]

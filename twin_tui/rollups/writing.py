"""Rows by session: computed from the six tables, put in place of the old ones in one write transaction."""

from collections.abc import Collection, Mapping

from twin_tui.data.source import Source
from twin_tui.rollups import days, pair_months, tables
from twin_tui.rollups.base_rows import BaseRows, Stored
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.dead_ends import DeadEndRow, dead_end
from twin_tui.rollups.people import People, Person
from twin_tui.rollups.rows import SessionDay, SessionRow
from twin_tui.rollups.session_facts import Events, Thread, session_facts
from twin_tui.rollups.statements import delete_by, select_by

Rows = tuple[list[SessionRow], list[SessionDay], list[DeadEndRow]]
"""By session; by session and day; of those that left anything open."""


class Writing:
    """The derived tables inside one write transaction of the caller's; everything raises `DatabaseError`."""

    def __init__(self, source: Source, calendar: Calendar) -> None:
        self.source, self.calendar = source, calendar
        self.base = BaseRows(source)
        self.cells = Cells(source)
        self.people = People(self.base, self.cells, calendar)

    def compute(self, stored: Stored) -> Rows:
        """Return the rows of sessions, as they were stored; people nobody told of are noted."""
        users = self.people.users({session.user_id for session in stored.sessions})
        twins = self.people.twins({session.twin_id for session in stored.sessions})
        return rows_of(stored, users, twins, self.calendar)

    def add(self, stored: Stored) -> None:
        """Add rows of sessions that have none; their days and months are left to be made whole."""
        self._fill(*self.compute(stored))

    def drop_doubled(self) -> None:
        """Take away the rows of sessions that were added twice.

        They changed their place in the order while they were added, so they wait in the queue.
        """
        doubled = self.source.run(
            f"SELECT session_id FROM {tables.SESSION} GROUP BY session_id HAVING count(*) > 1"
        )
        for table in (tables.SESSION, tables.SESSION_DAY, tables.DEAD_END) if doubled else ():
            delete_by(self.source, table, "session_id", [session_id for (session_id,) in doubled])

    def in_time(self, session_ids: Collection[str]) -> list[str]:
        """Return sessions in the order they start in, so that neighbours touch the same days.

        Those without a start, or gone from the six tables, come first.
        """
        started = self.base.starts(self.base.these(session_ids))
        return sorted(session_ids, key=lambda session_id: started.get(session_id) or 0)

    def replace(self, session_ids: Collection[str], changes: days.Changes) -> None:
        """Put sessions' rows in place of the old ones; note in ``changes`` what differs by (cell, day)."""
        old = [
            SessionDay(*row)
            for row in select_by(
                self.source, tables.SESSION_DAY, SessionDay._fields, "session_id", session_ids
            )
        ]
        sessions, by_day, dead_ends = self.compute(self.base.stored(self.base.these(session_ids)))
        delete_by(self.source, tables.SESSION, "session_id", session_ids)
        delete_by(self.source, tables.SESSION_DAY, "session_id", session_ids)
        delete_by(self.source, tables.DEAD_END, "session_id", session_ids)
        self._fill(sessions, by_day, dead_ends)
        gone, new = _different(old, by_day), _different(by_day, old)
        pair_months.move(self.source, gone, new)
        for rows, noted in ((gone, changes.gone), (new, changes.new)):
            for row in rows:
                of_row = (row.department_cell, row.platform, row.shared, row.day, row.last_us)
                for cell in self.cells.of_session(*of_row):
                    noted[cell, row.day].append(row)

    def _fill(
        self, sessions: list[SessionRow], by_day: list[SessionDay], dead_ends: list[DeadEndRow]
    ) -> None:
        self.source.fill(tables.SESSION, SessionRow._fields, sessions)
        self.source.fill(tables.SESSION_DAY, SessionDay._fields, by_day)
        self.source.fill(tables.DEAD_END, DeadEndRow._fields, dead_ends)


def rows_of(
    stored: Stored, users: Mapping[str, Person], twins: Mapping[str, int], calendar: Calendar
) -> Rows:
    """Return the rows of sessions, given the people and the twins' numbers by their ids."""
    sessions, by_day, dead_ends = [], [], []
    for session in stored.sessions:
        user = users[session.user_id]
        thread = Thread(
            session.session_id,
            session.started_us,
            user.no,
            twins[session.twin_id],
            user.department_cell,
            session.platform,
            session.shared,
        )
        events = stored.events.get(session.session_id) or Events()
        row, its_days = session_facts(thread, events, calendar)
        sessions.append(row)
        by_day += its_days
        if (left := dead_end(thread, events, calendar)) is not None:
            dead_ends.append(left)
    return sessions, by_day, dead_ends


def _different(rows: list[SessionDay], others: list[SessionDay]) -> list[SessionDay]:
    """Return the rows that days would not find among ``others``: when the session ends is not theirs."""
    known = {row._replace(until_us=0) for row in others}
    return [row for row in rows if row._replace(until_us=0) not in known]

"""What a build writes, transaction by transaction: it knows the people, topics and cells it has met."""

from collections import Counter
from collections.abc import Collection, Mapping

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import Stored
from twin_tui.rollups.build_people import BuildPeople
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.later import Later
from twin_tui.rollups.topics import Topics
from twin_tui.rollups.writing import Known, Rows, Writing, rows_of, topics_of


class BuildWriting(Writing):
    """The derived tables of one build, which alone writes to them: what it adds is worked out beforehand.

    Of no use once a write transaction failed, or another program went on with the build.
    """

    people: BuildPeople

    def __init__(self, source: Source, calendar: Calendar) -> None:
        super().__init__(source, calendar)
        self.later = Later(source)
        """People, topics and cells met for the first time: to be made in the next write transaction."""
        self.cells = Cells(source, self.later)
        self.people = BuildPeople(self.base, self.cells, calendar, self.later)
        self.topics = Topics(source, self.later)

    def compute(self, stored: Stored, known: Mapping[str, int]) -> Rows:
        """Return the rows of sessions, as they were stored; people nobody told of are noted for `later`."""
        users = self.people.places({session.user_id for session in stored.sessions})
        twins = self.people.numbers({session.twin_id for session in stored.sessions})
        topics = self.topics.numbers({session.topic for session in stored.sessions})
        return rows_of(stored, Known(self._numbered(stored, known), users, twins, topics), self.calendar)

    def add(self, rows: Rows) -> None:
        """Add rows of sessions that have none; their days and months are left to be made whole."""
        self.fill(rows)
        self.topics.move(Counter(), topics_of(rows.sessions))

    def doubled(self) -> list[str]:
        """Return the sessions that were added twice, which waits in the queue.

        They changed their place in the order while they were added.
        """
        found = self.source.run(
            f"SELECT session_id FROM {tables.SESSION} GROUP BY session_id HAVING count(*) > 1"
        )
        return [session_id for (session_id,) in found]

    def drop(self, session_ids: Collection[str]) -> None:
        """Take away all rows of sessions."""
        if session_ids:
            rows = self.sessions(session_ids)
            self.topics.move(topics_of(rows), Counter())
            self.delete([row.session_no for row in rows])

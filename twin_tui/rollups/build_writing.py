"""What a build writes, transaction by transaction: it knows the people, topics and cells it has met."""

from collections import Counter
from collections.abc import Mapping

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import Stored
from twin_tui.rollups.build_people import BuildPeople
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.writing import Known, Rows, Writing, rows_of, topics_of


class BuildWriting(Writing):
    """The derived tables inside the write transactions of one build, which alone writes to them.

    Of no use once one of them failed, or another program went on with the build.
    """

    people: BuildPeople

    def __init__(self, source: Source, calendar: Calendar) -> None:
        super().__init__(source, calendar)
        self.people = BuildPeople(self.base, self.cells, calendar)

    def compute(self, stored: Stored, known: Mapping[str, int]) -> Rows:
        """Return the rows of sessions, as they were stored; people nobody told of are noted."""
        users = self.people.places({session.user_id for session in stored.sessions})
        twins = self.people.numbers({session.twin_id for session in stored.sessions})
        topics = self.topics.numbers({session.topic for session in stored.sessions})
        return rows_of(stored, Known(self._numbered(stored, known), users, twins, topics), self.calendar)

    def add(self, stored: Stored) -> None:
        """Add rows of sessions that have none; their days and months are left to be made whole."""
        rows = self.compute(stored, {})
        self.fill(rows)
        self.topics.move(Counter(), topics_of(rows.sessions))

    def drop_doubled(self) -> None:
        """Take away the rows of sessions that were added twice.

        They changed their place in the order while they were added, so they wait in the queue.
        """
        found = self.source.run(
            f"SELECT session_id FROM {tables.SESSION} GROUP BY session_id HAVING count(*) > 1"
        )
        doubled = [session_id for (session_id,) in found]
        if doubled:
            rows = self.sessions(doubled)
            self.topics.move(topics_of(rows), Counter())
            self.delete([row.session_no for row in rows])

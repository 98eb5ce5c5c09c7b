"""The day on which a comparison stops at some clock time: what lies before it, without reading all of it.

What ends before the hour of the cut comes from sums by hour; what reaches into that hour is read session by
session, and anew where the cut divides it.
"""

from twin_tui.analytics.derived.decoding import decoded
from twin_tui.analytics.derived.selection import numbers
from twin_tui.analytics.derived.session_days import SessionDays
from twin_tui.analytics.frame import Bucket
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.calendar import hour_end, hour_of, micros
from twin_tui.rollups.day_facts import DayFacts
from twin_tui.rollups.rows import SessionDay


class CutDay:
    """The cut day of a frame up to the cut."""

    def __init__(self, sessions: SessionDays, cut: Bucket) -> None:
        """``cut`` is the day's first bucket."""
        self._sessions, self.day, self._cut_us = sessions, cut.day.toordinal(), micros(cut.end)
        self._hour = hour_of(self.day, self._cut_us)
        self.hour_us = hour_end(self.day, self._hour - 1)
        """Start of the hour that the cut lies in, microseconds since 1970."""

    def facts(self) -> DayFacts:
        """Return the facts of everything before the cut."""
        if self._sessions.chosen.conditions:
            return DayFacts.of(self._sessions.before(self.day, self._cut_us))
        stored = self._sessions.layer.run(self._of_hours("active, detail"), (self.day,))
        hours = [decoded(*each) for each in stored]
        return DayFacts.merged([DayFacts.of(self.last_rows()), *hours])

    def active(self) -> int:
        """Return who was active before the cut: what `facts` tells of it, sooner."""
        if self._sessions.chosen.conditions:
            return self._sessions.active_before(self.day, self._cut_us)
        stored = self._sessions.layer.run(self._of_hours("active"), (self.day,))
        hours = bitset.union(bytes(active) for (active,) in stored)
        return hours | self._sessions.active_before(self.day, self._cut_us, self.hour_us)

    def last_rows(self) -> list[SessionDay]:
        """Return the sessions that reach into the hour of the cut, by what is dated before the cut."""
        return self._sessions.before(self.day, self._cut_us, self.hour_us)

    def _of_hours(self, columns: str) -> str:
        """Return the select of what ends before the hour of the cut; the day is its parameter."""
        hours = self._sessions.layer.cells("hour")
        cells = tuple(cell.no for cell in hours if int(cell.first) < self._hour)
        return f"SELECT {columns} FROM {tables.DAY} WHERE cell {numbers(cells)} AND day = ?"

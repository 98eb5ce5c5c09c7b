"""The last part of a build: rows by day and cell, and by month, user and twin, made in the order of time.

The rows of a month are written together once its days are, in the order of their key: month by month they
lie side by side, and every page is written once.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from twin_tui.data.source import Source
from twin_tui.rollups import day_tally, days, doing_rows, pair_months, tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.day_tally import Day
from twin_tui.rollups.doings import Tally
from twin_tui.rollups.people import People
from twin_tui.rollups.statements import select_by

_DONE = -1
"""Stands for the number of a month's rows that are written when all of them are."""


class Prepared(NamedTuple):
    """What one transaction writes."""

    days: Sequence[tuple[Any, ...]]
    """Rows by cell and day, and below of what twins did by day, and by month."""
    doings: Sequence[tuple[Any, ...]]
    months: Sequence[tuple[Any, ...]]
    following: str | None
    """The cursor that goes on from there, ``None`` at the end."""


class DayBuilding:
    """Goes through the days of the sessions' rows, which do not change meanwhile.

    A cursor is the last day that is written, with the number of rows written of its month once the month's
    days are.
    """

    def __init__(self, source: Source, calendar: Calendar) -> None:
        self.source, self.calendar = source, calendar
        self._created: dict[int, dict[int, tuple[int, int]]] | None = None
        self._months = pair_months.PairMonths()
        self._doings = doing_rows.DayReader(source, calendar)
        self._ordered: list[pair_months.Key] | None = None
        """The keys of ``_months`` in order, while they are written."""
        self._until: int | None = None
        """The last day that is in ``_months``, together with those before it in its month."""

    def read(self, cells: Cells, cursor: str | None, size: int) -> Prepared:
        """Return some ``size`` rows past the cursor; writes nothing, but ``cells`` may learn of new ones."""
        day, written = _parsed(cursor)
        if day is not None and written > 0:
            return self._of_month(day, written, size)
        last, rows = day, 0
        by_day, doings = dict[days.Key, days.Stored](), dict[int, Tally]()
        while rows < size:
            following = self._next_day(last)
            is_new = last is None or (last == day and written == _DONE)
            if following is None or not (is_new or _month(following) == _month(last)):
                break
            self._reach(last, following)
            found = self._take(following)
            packed = day_tally.packed_day(cells, following, found)
            facts = {cells.no(cell): each for cell, each in packed.items()}
            of_day = self._created_by_day().get(following, {})
            for cell in facts.keys() | of_day.keys():
                by_day[cell, following] = (*of_day.get(cell, (0, 0)), facts.get(cell, days.NO_FACTS))
            doings[following] = self._doings.read(following, found.rows)
            rows, last = len(by_day), following
        if doings:
            return Prepared(days.rows_of(by_day), doing_rows.rows_of(doings), (), str(last))
        if day is None or written == _DONE:
            return Prepared((), (), (), None)
        return self._of_month(day, 0, size)

    def write(self, prepared: Prepared) -> str | None:
        """Write what was read; return the cursor that goes on from there, ``None`` at the end."""
        self.source.fill(tables.DAY, days.COLUMNS, prepared.days)
        self.source.fill(tables.DOING, doing_rows.COLUMNS, prepared.doings)
        self.source.fill(tables.PAIR_MONTH, pair_months.COLUMNS, prepared.months)
        return prepared.following

    def _of_month(self, day: int, written: int, size: int) -> Prepared:
        """Return rows of a day's month, which ends with it."""
        self._reach(day, day)
        if self._ordered is None:
            self._ordered = sorted(self._months.sums)
        ordered = self._ordered
        done = written + size
        rows = self._months.rows(ordered[written:done])
        return Prepared((), (), rows, f"{day}:{done if done < len(ordered) else _DONE}")

    def _reach(self, last: int | None, day: int) -> None:
        """Have in ``_months`` what the month of ``day`` holds through the day ``last``, and nothing else."""
        if last is None or _month(last) != _month(day):
            self._months, self._ordered, self._until = pair_months.PairMonths(), None, last
        elif self._until != last:
            self._months, self._ordered = pair_months.PairMonths(), None
            before = None if last < 1 else pair_months.month_bounds(_month(last))[0] - 1
            while (before := self._next_day(before)) is not None and before <= last:
                self._take(before)

    def _take(self, day: int) -> Day:
        """Read a day, and take it into the months."""
        found = Day.of(select_by(self.source, tables.SESSION_DAY, day_tally.COLUMNS, "day", [day]))
        if found.rows:
            self._months.take(day, found)
        self._until, self._ordered = day, None
        return found

    def _next_day(self, after: int | None) -> int | None:
        later = [day for day in self._created_by_day() if after is None or day > after]
        ((held,),) = self.source.run(
            f"SELECT min(day) FROM {tables.SESSION_DAY} WHERE day > ?", (-1 if after is None else after,)
        )
        return min([*later, *([] if held is None else [held])], default=None)

    def _created_by_day(self) -> dict[int, dict[int, tuple[int, int]]]:
        if self._created is None:
            people = People(BaseRows(self.source), Cells(self.source), self.calendar)
            self._created = people.created_of_all().by_day()
        return self._created


def _month(day: int | None) -> int:
    """Return a day's month; days that stand for no day have one of their own."""
    return pair_months.month_of(day) if day else 0


def _parsed(cursor: str | None) -> tuple[int | None, int]:
    if cursor is None:
        return None, 0
    day, _, written = cursor.partition(":")
    return int(day), int(written or 0)

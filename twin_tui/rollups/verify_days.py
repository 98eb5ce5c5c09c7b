"""Compares days and months with the rows of sessions by day that they are made from; reads only."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import day_tally, days, doing_rows, pair_months, tables
from twin_tui.rollups.cells import Cell
from twin_tui.rollups.doings import Doings
from twin_tui.rollups.people import People
from twin_tui.rollups.spoilt import SpoiltError
from twin_tui.rollups.statements import listed_in, select_by

_Row = tuple[Any, ...]
Compare = Callable[[str, str, Iterable[str], _Row | None, _Row | None], None]
"""Called with table, key in words, columns, what is there and what should be."""


class DayComparison:
    """Goes through the days in the order of time; it holds one day and one month."""

    def __init__(self, source: Source, people: People, compare: Compare) -> None:
        self._source, self._people, self._cells, self._tell = source, people, people.cells, compare
        self._months = pair_months.PairMonths()
        """What the days of one month come to."""
        self._users: Mapping[int, str] = {}
        self._twins: Mapping[int, str] = {}

    def run(self, users: Mapping[int, str], twins: Mapping[int, str]) -> int:
        """Compare days and months with their sessions' rows; return how many rows of days there were.

        Given are the ids of users and twins by their numbers.
        """
        self._users, self._twins = users, twins
        created = self._people.created_of_all().by_day()
        held = [
            day
            for (day,) in self._source.run(
                f"SELECT day FROM {tables.SESSION_DAY} UNION SELECT day FROM {tables.DAY}"
                f" UNION SELECT day FROM {tables.DOING}"
            )
        ]
        count, month, doings = 0, 0, doing_rows.DayReader(self._source, self._people.calendar)
        months = {month for (month,) in self._source.run(f"SELECT DISTINCT month FROM {tables.PAIR_MONTH}")}
        for day in sorted({*held, *created}):
            if day > 0 and pair_months.month_of(day) != month:
                self._compare_month(month)
                month = pair_months.month_of(day)
                months.discard(month)
            rows = select_by(self._source, tables.SESSION_DAY, day_tally.COLUMNS, "day", [day])
            read = day_tally.Day.of(rows)
            if rows:
                self._months.take(day, read)
            expected: dict[Cell, _Row] = {
                cell: (0, 0, *packed) for cell, packed in day_tally.packed_day(self._cells, day, read).items()
            }
            for number, counts in created.get(day, {}).items():
                old = expected.get(self._cells.cell(number), (0, 0, *days.NO_FACTS))
                expected[self._cells.cell(number)] = (*counts, *old[2:])
            count += len(expected)
            self._compare_day(day, expected)
            self._compare_doings(day, Doings.of(doings.read(day, read.rows)))
        for each in (month, *months):
            self._compare_month(each)
        unknown = f"SELECT cell, day FROM {tables.DAY} WHERE cell NOT IN (SELECT no FROM {tables.CELL})"
        for cell, day in self._source.run(unknown):
            self._tell(tables.DAY, f"cell {cell} on day {day}", (), (), None)
        return count

    def _compare_month(self, month: int) -> None:
        """Compare a month with what was added up of it."""
        months, self._months = self._months, pair_months.PairMonths()
        expected = {key: (*sums, months.last_us[key]) for key, sums in months.sums.items()}
        names = ", ".join(pair_months.COLUMNS)

        def compare(key: pair_months.Key, is_there: _Row | None, due: _Row | None) -> None:
            year, index = divmod(month, 12)
            whose = f"user {self._users.get(key[1], '?')}, twin {self._twins.get(key[2], '?')}"
            columns = pair_months.COLUMNS[3:]
            self._tell(tables.PAIR_MONTH, f"{year}-{index + 1:02} {whose}", columns, is_there, due)

        for _, user_no, twin_no, *sums in self._source.run(
            f"SELECT {names} FROM {tables.PAIR_MONTH} WHERE month = ?", (month,)
        ):
            key = (month, user_no, twin_no)
            compare(key, tuple(sums), expected.pop(key, None))
        for key, missing in expected.items():
            compare(key, None, missing)

    def _compare_doings(self, day: int, due: Doings) -> None:
        try:
            is_there: Any = dict(doing_rows.read(self._source, [day])).get(day)
        except SpoiltError as error:
            is_there = error
        pair = ((None if each is None else (each,)) for each in (is_there, None if due.is_empty else due))
        self._tell(tables.DOING, _date(day), ("doings",), *pair)

    def _compare_day(self, day: int, expected: dict[Cell, _Row]) -> None:
        columns = days.COLUMNS[2:9]
        when = _date(day)
        condition, listed = listed_in(self._source, "cell", self._cells.numbers)
        for row in self._source.run(
            f"SELECT {', '.join(days.COLUMNS)} FROM {tables.DAY} WHERE {condition} AND day = ?", (listed, day)
        ):
            cell = self._cells.cell(row[0])
            due = expected.pop(cell, None)
            is_there = (*row[2:9], bytes(row[9]), bytes(row[10]))
            if is_there != due:
                told = (*columns, "detail")
                key = f"{when} {named(cell)}"
                self._tell(
                    tables.DAY, key, told, _readable(is_there), None if due is None else _readable(due)
                )
        for cell, missing in expected.items():
            self._tell(tables.DAY, f"{when} {named(cell)}", (), None, missing)


def _readable(day: _Row) -> _Row:
    """Return a row with its facts unpacked, or why they cannot be."""
    try:
        return (*day[:7], days.unpacked(*day[7:]))
    except SpoiltError as error:
        return (*day[:7], error)


def named(cell: Cell) -> str:
    """Return a cell in words."""
    return " ".join((cell.kind, *(repr(text) for text in (cell.first, cell.second) if text)))


def _date(day: int) -> str:
    return "no day" if day < 1 else date.fromordinal(day).isoformat()

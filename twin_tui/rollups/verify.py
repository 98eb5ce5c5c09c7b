"""Compares derived tables and search index with what the six tables come to; one picture, reads only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from twin_tui.data.models import Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups import bitset, members, tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.cells import NOBODY, Cell, Cells
from twin_tui.rollups.dead_ends import DeadEndRow
from twin_tui.rollups.differences import Difference, Verified
from twin_tui.rollups.empty_queries import EmptyQueryRow
from twin_tui.rollups.people import PERSON_COLUMNS, TWIN_COLUMNS, People, Person
from twin_tui.rollups.people import Twin as TwinRow
from twin_tui.rollups.rows import SessionDay, SessionRow
from twin_tui.rollups.search import tables as search_tables
from twin_tui.rollups.search import verify as search_verify
from twin_tui.rollups.state import notes
from twin_tui.rollups.statements import listed_in
from twin_tui.rollups.topics import Due
from twin_tui.rollups.verify_days import DayComparison, named
from twin_tui.rollups.writing import Known, Rows, rows_of

Tell = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and of what."""
PIECE = 500
"""Sessions, users or twins compared at a time."""
_Row = tuple[Any, ...]
_OfSession = SessionRow | SessionDay | DeadEndRow | EmptyQueryRow
_BY_NUMBER = (
    (tables.SESSION_DAY, SessionDay),
    (tables.DEAD_END, DeadEndRow),
    (tables.EMPTY_QUERY, EmptyQueryRow),
)
"""What names sessions by number, in the order of `Rows`."""
_NOWHERE = -1
"""Stands for the number of someone who has none."""


def verify(source: Source, tell: Tell | None = None) -> Verified:
    """Compare every derived row with a fresh computation of it; the tables must be there.

    Raises `DatabaseError`. Take in what waits before (`refresh`), or differences may only be delay.
    """
    with source.reading():
        return _Comparison(source, tell or (lambda *_: None)).run()


class _Comparison:
    """Goes through the tables, piece by piece."""

    def __init__(self, source: Source, tell: Tell) -> None:
        self.source, self.tell = source, tell
        self.base, self.cells = BaseRows(source), Cells(source)
        self.calendar = Calendar(ZoneInfo(notes(source)["timezone"]))
        self.people = People(self.base, self.cells, self.calendar)
        self.differences: list[Difference] = []
        self.topics = Due(source)

    def run(self) -> Verified:
        """Compare everything."""
        persons = self._table(Person, tables.PERSON, PERSON_COLUMNS)
        twins = self._table(TwinRow, tables.TWIN, TWIN_COLUMNS)
        self._users({person.user_id: person for person in persons if person.is_there})
        self._twins(
            {twin.twin_id: twin for twin in twins if twin.is_there},
            {person.user_id: person.no for person in persons},
        )
        self._members()
        sessions = self._sessions(
            {person.user_id: person for person in persons}, {twin.twin_id: twin.no for twin in twins}
        )
        users = {person.no: person.user_id for person in persons}
        touched = DayComparison(self.source, self.people, self._compare).run(
            users, {twin.no: twin.twin_id for twin in twins}
        )
        self._search()
        return Verified(tuple(self.differences), sessions, touched, capture.behind(self.source))

    def _users(self, known: dict[str, Person]) -> None:
        for ids in self._pieces(User):
            for user in self.base.users(self.base.these(ids)):
                person = known.pop(user.user_id, None)
                is_there = None
                if person is not None:
                    cell = self.cells.cell(person.department_cell)
                    is_there = (person.company, person.department, cell, person.created_us)
                cell = Cell("department", user.company, user.department)
                expected = (user.company, user.department, cell, user.created_us)
                columns = ("company", "department", "department_cell", "created_us")
                self._compare(tables.PERSON, f"user {user.user_id}", columns, is_there, expected)
        for user_id in known:
            self._compare(tables.PERSON, f"user {user_id}", (), (), None)

    def _members(self) -> None:
        expected = members.of_all(self.source, self.cells)
        for cell, people in members.stored(self.source).items():
            self._compare(
                tables.MEMBER,
                named(self.cells.cell(cell)),
                ("people",),
                (bitset.decode(people),),
                (expected.pop(cell, 0),),
            )
        for cell in expected:
            self._compare(tables.MEMBER, named(self.cells.cell(cell)), (), None, ())

    def _twins(self, known: dict[str, TwinRow], owners: Mapping[str, int]) -> None:
        for ids in self._pieces(Twin):
            for twin in self.base.twins(self.base.these(ids)):
                row = known.pop(twin.twin_id, None)
                is_there = (
                    None if row is None else (row.owner_id, row.created_us, row.owner_no, row.is_shared)
                )
                owner_no = None if twin.owner_id is None else owners.get(twin.owner_id, _NOWHERE)
                expected = (twin.owner_id, twin.created_us, owner_no, twin.is_shared)
                columns = ("owner_id", "created_us", "owner_no", "is_shared")
                self._compare(tables.TWIN, f"twin {twin.twin_id}", columns, is_there, expected)
        for twin_id in known:
            self._compare(tables.TWIN, f"twin {twin_id}", (), (), None)

    def _sessions(self, persons: dict[str, Person], twins: dict[str, int]) -> int:
        """Compare sessions' rows, whole and by day."""
        total, done, after = self.base.count(Session), 0, None
        unknown = Person(_NOWHERE, "", 0, "", "", self.cells.find(NOBODY) or _NOWHERE, None)
        for ids in self._pieces(Session):
            stored = self.base.stored(self.base.between(after, ids[-1]))
            users = {each.user_id: persons.get(each.user_id, unknown) for each in stored.sessions}
            twin_nos = {each.twin_id: twins.get(each.twin_id, _NOWHERE) for each in stored.sessions}
            topics = self.topics.take(session.topic for session in stored.sessions)
            held = self._held(after, ids[-1])
            numbers = {each.session_id: _NOWHERE - at for at, each in enumerate(stored.sessions)}
            numbers |= {row.session_id: row.session_no for row in held}
            rows = rows_of(stored, Known(numbers, users, twin_nos, topics), self.calendar)
            self._compare_piece(held, numbers, rows)
            after, done = ids[-1], done + len(ids)
            self.tell(done, max(total, done), "sessions")
        held = self._held(after, None)
        self._compare_piece(held, {row.session_id: row.session_no for row in held}, Rows([], [], [], []))
        strangers = f"session_no NOT IN (SELECT session_no FROM {tables.SESSION})"
        for table, form in _BY_NUMBER:
            self._compare_rows(table, form, self._rows(table, form, strangers), [], {})
        for topic, is_there, due in self.topics.faults():
            rows_of_topic = ((None if each is None else (each,)) for each in (is_there, due))
            self._compare(tables.TOPIC, f"topic {topic!r}", ("sessions",), *rows_of_topic)
        return done

    def _held(self, after: str | None, last: str | None) -> list[SessionRow]:
        """Return the rows of the sessions past ``after`` up to ``last``."""
        bounds = [(sign, bound) for sign, bound in ((">", after), ("<=", last)) if bound is not None]
        condition = " AND ".join(("1 = 1", *(f"session_id {sign} ?" for sign, _ in bounds)))
        return self._rows(tables.SESSION, SessionRow, condition, [bound for _, bound in bounds])

    def _compare_piece(self, held: list[SessionRow], numbers: Mapping[str, int], due: Rows) -> None:
        """Compare all rows of some sessions, whose numbers are given by id."""
        ids = {no: session_id for session_id, no in numbers.items()}
        self._compare_rows(tables.SESSION, SessionRow, held, due.sessions, ids)
        condition, listed = listed_in(self.source, "session_no", ids)
        parts: tuple[Iterable[_OfSession], ...] = (due.by_day, due.dead_ends, due.empty)
        for (table, form), expected in zip(_BY_NUMBER, parts, strict=True):
            found = self._rows(table, form, condition, [listed])
            self._compare_rows(table, form, found, expected, ids)

    def _compare_rows(
        self,
        table: str,
        form: Any,
        found: Iterable[_OfSession],
        due: Iterable[_OfSession],
        ids: Mapping[int, str],
    ) -> None:
        expected = {_key(row, ids): row for row in due}
        for row in found:
            key = _key(row, ids)
            self._compare(table, key, form._fields, row, expected.pop(key, None))
        for key, missing in expected.items():
            self._compare(table, key, form._fields, None, missing)

    def _rows(self, table: str, form: Any, condition: str, params: Sequence[Any] = ()) -> list[Any]:
        columns = ", ".join(form._fields)
        return [
            form(*row) for row in self.source.run(f"SELECT {columns} FROM {table} WHERE {condition}", params)
        ]

    def _search(self) -> None:
        for key, is_there in search_verify.faults(self.source, self.tell):
            told = ("words", "others", "those of its text and tags") if is_there else ("", "–", "a row")
            self.differences.append(Difference(search_tables.ITEM, key, *told))

    def _compare(
        self,
        table: str,
        key: str,
        columns: Iterable[str],
        is_there: _Row | None,
        expected: _Row | None,
    ) -> None:
        if is_there == expected:
            return
        if is_there is None or expected is None:
            told = ("–" if is_there is None else "a row", "–" if expected is None else "a row")
            self.differences.append(Difference(table, key, "", *told))
            return
        column, *values = next(
            each for each in zip(columns, is_there, expected, strict=True) if each[1] != each[2]
        )
        self.differences.append(Difference(table, key, column, *map(str, values)))

    def _pieces(self, model: Any) -> Iterable[list[str]]:
        ids = self.base.next_ids(model, None, PIECE)
        while ids:
            yield ids
            ids = self.base.next_ids(model, ids[-1], PIECE)

    def _table(self, form: Any, table: str, columns: Iterable[str]) -> list[Any]:
        return [form(*row) for row in self.source.run(f"SELECT {', '.join(columns)} FROM {table}")]


def _key(row: _OfSession, ids: Mapping[int, str]) -> str:
    if isinstance(row, EmptyQueryRow):
        return f"query {row.query_id}"
    session = f"session {ids.get(row.session_no, f'number {row.session_no}')}"
    return f"{session} on {date.fromordinal(row.day).isoformat()}" if isinstance(row, SessionDay) else session

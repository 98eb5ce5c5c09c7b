"""Users and twins as the derived tables know them: numbered, and counted on the days they were created."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from twin_tui.rollups import members, tables
from twin_tui.rollups.base_rows import BaseRows, TwinBase, UserBase
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import EVERYTHING, NOBODY, Cell, Cells
from twin_tui.rollups.later import Now
from twin_tui.rollups.statements import select_by

PAGE = 5_000
"""People read at a time."""
UNKNOWN_DAY = 0
"""Stands for the day on which users were created who do not say when: they count as there before."""
PERSON_COLUMNS = ("no", "user_id", "is_there", "company", "department", "department_cell", "created_us")
TWIN_COLUMNS = ("no", "twin_id", "is_there", "owner_id", "created_us", "owner_no", "is_shared")


class Person(NamedTuple):
    """A row of `tables.PERSON`."""

    no: int
    user_id: str
    is_there: int
    company: str
    department: str
    department_cell: int
    created_us: int | None


class Twin(NamedTuple):
    """A row of `tables.TWIN`."""

    no: int
    twin_id: str
    is_there: int
    owner_id: str | None
    created_us: int | None
    owner_no: int | None
    """The number of the owner, of one without a row, too."""
    is_shared: int
    """Whether others may use it; an unknown flag says no."""


@dataclass(slots=True)
class Created:
    """How many more users and twins were created, by (cell, day); less than zero for fewer."""

    users: Counter[tuple[int, int]] = field(default_factory=Counter)
    twins: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, other: "Created") -> None:
        """Take another's numbers in."""
        self.users.update(other.users)
        self.twins.update(other.twins)

    def by_day(self) -> dict[int, dict[int, tuple[int, int]]]:
        """Return the numbers of users and twins by day and cell."""
        found: dict[int, dict[int, tuple[int, int]]] = {}
        for cell, day in self.keys:
            found.setdefault(day, {})[cell] = (self.users[cell, day], self.twins[cell, day])
        return found

    @property
    def keys(self) -> set[tuple[int, int]]:
        """The (cell, day) pairs where something changes."""
        return {key for counts in (self.users, self.twins) for key, count in counts.items() if count}


class People:
    """Users and twins of one database, inside one write transaction."""

    def __init__(self, base: BaseRows, cells: Cells, calendar: Calendar, changes: Now | None = None) -> None:
        self.source, self.base, self.cells, self.calendar = base.source, base, cells, calendar
        self._changes = changes or Now(base.source)
        self._next: dict[str, int] = {}

    def users(self, user_ids: Collection[str]) -> dict[str, Person]:
        """Return the rows of these users; those nobody told of become people who are not there."""
        known = self._persons(user_ids)
        strangers = [
            self._nobody(self._number(tables.PERSON), user_id)
            for user_id in sorted(set(user_ids) - known.keys())
        ]
        self._replace([], strangers)
        return known | {person.user_id: person for person in strangers}

    def twins(self, twin_ids: Collection[str]) -> dict[str, int]:
        """Return the numbers of these twins; those nobody told of become twins that are not there."""
        known = self._twins("twin_id", twin_ids)
        strangers = [
            self._gone(self._number(tables.TWIN), twin_id) for twin_id in sorted(set(twin_ids) - known.keys())
        ]
        self._changes.fill(tables.TWIN, TWIN_COLUMNS, strangers)
        return {twin.twin_id: twin.no for twin in (*known.values(), *strangers)}

    def take_users(self, user_ids: Collection[str]) -> tuple[Created, list[int]]:
        """Read these users anew; return what that changes, and the numbers of those now in another cell."""
        created, moved, rows = Created(), [], []
        old = self._persons(user_ids)
        stored = {user.user_id: user for user in self.base.users(self.base.these(user_ids))}
        owned: dict[str | None, list[Twin]] = {}
        for twin in self._twins("owner_id", user_ids).values():
            owned.setdefault(twin.owner_id, []).append(twin)
        for user_id in sorted(set(user_ids)):
            before = old.get(user_id)
            now = self._person(before, user_id, stored.get(user_id))
            if now is None or now == before:
                continue
            rows.append(now)
            self._count_user(created, before, -1)
            self._count_user(created, now, 1)
            for twin in owned.get(user_id, ()):
                self._count_twin(created, twin, before, -1)
                self._count_twin(created, twin, now, 1)
            if before is not None and before.department_cell != now.department_cell:
                moved.append(now.no)
        self._replace([old[person.user_id] for person in rows if person.user_id in old], rows)
        return created, moved

    def take_twins(self, twin_ids: Collection[str]) -> Created:
        """Read these twins anew, after the users; return what that changes."""
        created, rows = Created(), []
        old = self._twins("twin_id", twin_ids)
        stored = {twin.twin_id: twin for twin in self.base.twins(self.base.these(twin_ids))}
        owners = {twin.owner_id for twin in old.values()} | {twin.owner_id for twin in stored.values()}
        persons = self.users({owner for owner in owners if owner is not None})
        for twin_id in sorted(set(twin_ids)):
            before = old.get(twin_id)
            now = self._twin(before, twin_id, stored.get(twin_id), persons)
            if now is None or now == before:
                continue
            rows.append(now)
            if before is not None:
                self._count_twin(created, before, persons.get(before.owner_id or ""), -1)
            self._count_twin(created, now, persons.get(now.owner_id or ""), 1)
        self._changes.delete(tables.TWIN, "no", [twin.no for twin in rows if twin.twin_id in old])
        self._changes.fill(tables.TWIN, TWIN_COLUMNS, rows)
        return created

    def created_of_all(self) -> Created:
        """Return how many users and twins were created, of everyone known."""
        created, last = Created(), -1
        while persons := self._page(tables.PERSON, PERSON_COLUMNS, last):
            for row in persons:
                self._count_user(created, Person(*row), 1)
            last = persons[-1][0]
        last = -1
        while twins := [Twin(*row) for row in self._page(tables.TWIN, TWIN_COLUMNS, last)]:
            owners = self._persons({twin.owner_id for twin in twins if twin.owner_id is not None})
            for twin in twins:
                self._count_twin(created, twin, owners.get(twin.owner_id or ""), 1)
            last = twins[-1].no
        return created

    def _page(self, table: str, columns: Iterable[str], last: int) -> list[tuple[Any, ...]]:
        """Return rows past a number, so many that memory does not grow with the people."""
        select = f"SELECT {', '.join(columns)} FROM {table} WHERE no > ? ORDER BY no LIMIT {PAGE:d}"
        return self.source.run(select, (last,))

    def _persons(self, user_ids: Iterable[str]) -> dict[str, Person]:
        rows = select_by(self.source, tables.PERSON, PERSON_COLUMNS, "user_id", user_ids)
        return {person.user_id: person for person in (Person(*row) for row in rows)}

    def _twins(self, key: str, ids: Iterable[str]) -> dict[str, Twin]:
        return {
            twin.twin_id: twin
            for twin in (Twin(*row) for row in select_by(self.source, tables.TWIN, TWIN_COLUMNS, key, ids))
        }

    def _replace(self, old: list[Person], new: list[Person]) -> None:
        """Put rows of people in place of old ones, none of whom is gone."""
        self._replace_rows(old, new)
        if new:
            members.move(self.source, self.cells, _places(old), _places(new))

    def _replace_rows(self, old: list[Person], new: list[Person]) -> None:
        self._changes.delete(tables.PERSON, "no", [person.no for person in old])
        self._changes.fill(tables.PERSON, PERSON_COLUMNS, new)

    def _number(self, table: str) -> int:
        if table not in self._next:
            ((largest,),) = self.source.run(f"SELECT max(no) FROM {table}")
            self._next[table] = -1 if largest is None else largest
        self._next[table] += 1
        return self._next[table]

    def _nobody(self, no: int, user_id: str) -> Person:
        return Person(no, user_id, 0, "", "", self.cells.no(NOBODY), None)

    def _person(self, before: Person | None, user_id: str, stored: UserBase | None) -> Person | None:
        if stored is None:
            return None if before is None else self._nobody(before.no, user_id)
        no = self._number(tables.PERSON) if before is None else before.no
        cell = self.cells.no(Cell("department", stored.company, stored.department))
        return Person(no, user_id, 1, stored.company, stored.department, cell, stored.created_us)

    def _gone(self, no: int, twin_id: str) -> Twin:
        return Twin(no, twin_id, 0, None, None, None, 0)

    def _twin(
        self, before: Twin | None, twin_id: str, stored: TwinBase | None, persons: Mapping[str, Person]
    ) -> Twin | None:
        if stored is None:
            return None if before is None else self._gone(before.no, twin_id)
        no = self._number(tables.TWIN) if before is None else before.no
        owner_no = None if stored.owner_id is None else persons[stored.owner_id].no
        return Twin(no, twin_id, 1, stored.owner_id, stored.created_us, owner_no, stored.is_shared)

    def _count_user(self, created: Created, person: Person | None, change: int) -> None:
        if person is None or not person.is_there:
            return
        day = UNKNOWN_DAY if person.created_us is None else self.calendar.day(person.created_us)
        for cell in self.cells.of_person(person.department_cell):
            created.users[cell, day] += change

    def _count_twin(self, created: Created, twin: Twin, owner: Person | None, change: int) -> None:
        if not twin.is_there or twin.created_us is None:
            return
        day = self.calendar.day(twin.created_us)
        cells: tuple[int, ...] = (self.cells.no(EVERYTHING),)
        if owner is not None and owner.is_there:
            cells = self.cells.of_person(owner.department_cell)
        for cell in cells:
            created.twins[cell, day] += change


def _places(people: list[Person]) -> list[members.Place]:
    return [members.Place(person.no, person.department_cell) for person in people]

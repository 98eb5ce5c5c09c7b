"""What companies, departments, users and twins did in a frame's windows, from the derived tables."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any

from peewee import JOIN

from twin_tui.analytics.answers import Group, Measure
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.cut_day import CutDay
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.membership import active, members
from twin_tui.analytics.derived.selection import numbers, of_people, selection
from twin_tui.analytics.derived.session_days import SessionDays
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Bucket, Frame, Slice
from twin_tui.analytics.overview.ranking import PAIR, Name, Tally
from twin_tui.data.models import Twin, User
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.rows import SessionDay

Tallies = dict[Hashable, Tally]
_ACTIVE = "MAX(CASE WHEN begun = 1 OR user_messages > 0 THEN 1 ELSE 0 END)"
_SUMS = "SUM(begun), SUM(messages), SUM(documents), SUM(queries)"
_COLUMN_OF: dict[Group, str] = {
    "company": "department_cell", "department": "department_cell", "user": "user_no", "twin": "twin_no",
}  # fmt: skip


class Leaders:
    """The groups of one leaderboard, by keys that `names` knows.

    A company's key is its text, a department's the pair of texts, ``None`` that of people without an
    account; users and twins go by their numbers.
    """

    def __init__(
        self,
        context: Context,
        layer: Layer,
        filters: Filters,
        frame: Frame,
        *,
        group: Group,
        measure: Measure,
    ) -> None:
        self._context, self._layer, self._frame, self._group = context, layer, frame, group
        self._chosen = selection(layer, filters)
        self._sessions = SessionDays(layer, self._chosen, frame)
        self._is_by_people = group in ("company", "department")
        self._has_members = (
            self._is_by_people and self._chosen.cells is not None and not layer.reaches_beyond_now
        )
        """Whether the active people of a group are those of all who belong to it."""
        self._has_cells = self._has_members and of_people(filters) == filters
        self._counts_people = measure in ("active_users", "per_user")
        self._unfinished: Tallies = {}

    def now(self) -> Tallies:
        """Return what the groups did in the window."""
        tallies = self._tallies(self._frame.current)
        if self._has_members and not self._counts_people:
            self._unfinished = tallies
        return tallies

    def before(self) -> Tallies:
        """Return what they did in the window before it, nothing where nothing is compared."""
        part = self._frame.previous
        return {} if part is None else self._tallies(part)

    def names(self, keys: Collection[Hashable]) -> Mapping[Hashable, Name]:
        """Return what groups go by, and count the people of those that only now turn out to be shown."""
        if self._unfinished:
            self._count_people(self._unfinished, keys, self._frame.current)
        if not self._is_by_people:
            return self._named(keys)
        return {key: _name(key) for key in keys}

    def _tallies(self, part: Slice) -> Tallies:
        tallies: Tallies = defaultdict(Tally)
        days = self._whole_days(part)
        if self._has_cells:
            self._add_cells(tallies, days)
        elif days is not None:
            self._add_sessions(tallies, days)
        self._add_rows(tallies, self._divided(tallies, part))
        if self._has_members and self._counts_people:
            # Last, for whoever was active on a divided day, too, counts once.
            self._count_people(tallies, list(tallies), part)
        return dict(tallies)

    def _whole_days(self, part: Slice) -> tuple[int, int] | None:
        """Return the first and last day of a slice that is taken whole."""
        cut = self._sessions.cut
        days = [
            bucket.day.toordinal()
            for bucket in self._frame.buckets[part.first : part.stop]
            if bucket is not cut and bucket.start < bucket.end
        ]
        return (days[0], days[-1]) if days else None

    def _divided(self, tallies: Tallies, part: Slice) -> list[SessionDay]:
        """Return the rows of a slice's days that are not taken whole; of a cut one most are added at once."""
        past_now, rows = self._sessions.past_now(), []
        for bucket in self._frame.buckets[part.first : part.stop]:
            held = past_now.get(bucket.day.toordinal()) if bucket.start < bucket.end else []
            if bucket is self._sessions.cut:
                rows += self._add_hours(tallies, bucket) if held is None else self._until_cut(held)
            elif held:
                rows += held
        return rows

    def _add_hours(self, tallies: Tallies, cut: Bucket) -> list[SessionDay]:
        """Add what ends before the hour of the cut; return what is left before the cut."""
        if self._chosen.conditions:
            return self._sessions.before_cut()
        cut_day = CutDay(self._sessions, cut)
        early = (cut_day.day, cut_day.hour_us)
        self._add_grouped(tallies, "day = ? AND last_us < ?", early, by_person=self._counts_people)
        return cut_day.last_rows()

    def _until_cut(self, rows: list[SessionDay]) -> list[SessionDay]:
        early = {(row.session_no, row.first_us) for row in self._sessions.before_cut()}
        return [row for row in rows if (row.session_no, row.first_us) in early]

    def _add_rows(self, tallies: Tallies, rows: Iterable[SessionDay]) -> None:
        column = _COLUMN_OF[self._group]
        for row in rows:
            tally = tallies[self._key(getattr(row, column))]
            tally.add(row.begun, row.messages, row.documents, row.queries)
            if row.is_active:
                tally.active.add(row.user_no)

    def _add_sessions(self, tallies: Tallies, days: tuple[int, int]) -> None:
        divided = tuple(self._sessions.past_now())
        others = f" AND day NOT {numbers(divided)}" if len(divided) > 1 else ""
        if len(divided) == 1:
            others = f" AND day <> {divided[0]:d}"
        self._add_grouped(tallies, f"day BETWEEN ? AND ?{others}", days, by_person=not self._has_members)

    def _add_grouped(
        self, tallies: Tallies, condition: str, params: tuple[int, ...], *, by_person: bool
    ) -> None:
        """Add sessions by day; without ``by_person`` it is not told who was active."""
        # The signs keep SQLite from walking the whole table in the order of the groups.
        column, chosen = _COLUMN_OF[self._group], self._chosen
        person = "+user_no" if by_person else "NULL"
        rows = self._layer.run(
            f"SELECT +{column}, {person}, {_SUMS}, {_ACTIVE} FROM {tables.SESSION_DAY}"
            f" WHERE {condition}{chosen.where} GROUP BY 1, 2",
            (*params, *chosen.params),
        )
        for key, person, *sums, is_active in rows:
            tally = tallies[self._key(key)]
            tally.add(*map(int, sums))
            if is_active and by_person:
                tally.active.add(person)

    def _add_cells(self, tallies: Tallies, days: tuple[int, int] | None) -> None:
        if days is None:
            return
        rows = self._layer.run(
            "SELECT cell, SUM(conversations), SUM(messages), SUM(documents), SUM(queries)"
            f" FROM {tables.DAY} WHERE cell {numbers(tuple(self._cells))} AND day BETWEEN ? AND ?"
            " GROUP BY cell",
            days,
        )
        for cell, *sums in rows:
            if any(sums):
                tallies[self._cells[cell]].add(*map(int, sums))

    def _count_people(self, tallies: Tallies, keys: Collection[Hashable], part: Slice) -> None:
        """Add who was active on whole days to what is known of the divided one."""
        days = self._whole_days(part)
        wanted = set(keys)
        cells = tuple(cell for cell, key in self._cells.items() if key in wanted)
        if days is None or not cells:
            return
        everyone = active(self._layer, self._chosen, days)
        sets: defaultdict[Hashable, int] = defaultdict(int)
        for cell, people in members(self._layer, cells).items():
            sets[self._cells[cell]] |= people & everyone
        for key, people in sets.items():
            if key in tallies:
                tally = tallies[key]
                tally.others = people.bit_count()
                tally.active = {person for person in tally.active if not people >> person & 1}

    @cached_property
    def _cells(self) -> dict[int, Hashable]:
        """The keys of the cells that hold the groups' days."""
        chosen, is_company = self._chosen.departments, self._group == "company"
        if chosen is None and is_company:
            found: dict[int, Hashable] = {cell.no: cell.first for cell in self._layer.cells("company")}
        else:
            found = {
                cell.no: cell.first if is_company else (cell.first, cell.second)
                for cell in self._layer.cells("department")
                if chosen is None or cell.no in chosen
            }
        if chosen is None:
            found |= {cell.no: "" if is_company else None for cell in self._layer.cells("nobody")}
        return found

    def _key(self, value: int) -> Hashable:
        if not self._is_by_people:
            return value
        if self._group == "company":
            return self._companies.get(value, "")
        return self._departments.get(value)

    @cached_property
    def _companies(self) -> dict[int, str]:
        return {cell.no: cell.first for cell in self._layer.cells("department")}

    @cached_property
    def _departments(self) -> dict[int, tuple[str, str]]:
        return {cell.no: (cell.first, cell.second) for cell in self._layer.cells("department")}

    def _named(self, keys: Collection[Any]) -> dict[Hashable, Name]:
        is_user = self._group == "user"
        table, id_column = (tables.PERSON, "user_id") if is_user else (tables.TWIN, "twin_id")
        ids: dict[int, str] = {}
        numbered = sorted(keys)
        if numbered:
            sql = f"SELECT no, {id_column} FROM {table} WHERE no {numbers(tuple(numbered))}"
            ids = dict(self._layer.run(sql))
        column = self._context.source.column
        chosen = BaseRows(self._context.source).these(ids.values())
        if is_user:
            people = User.select(column(User.id), column(User.full_name), column(User.email))
            rows = self._context.rows(people.where(chosen(column(User.id)))) if ids else []
            names = {id_: Name(id_, name or "", email or "") for id_, name, email in rows}
        else:
            twins = Twin.select(
                column(Twin.id), column(Twin.name), column(User.full_name), column(User.email)
            )
            twins = twins.join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id))
            rows = self._context.rows(twins.where(chosen(column(Twin.id)))) if ids else []
            names = {id_: Name(id_, name or "", owner or mail or "") for id_, name, owner, mail in rows}
        return {no: names.get(id_, Name(id_, "")) for no, id_ in ids.items()}


def _name(key: Any) -> Name:
    if key is None:
        return Name("", "")
    return Name(key, key) if isinstance(key, str) else Name(PAIR.join(key), key[1], key[0])

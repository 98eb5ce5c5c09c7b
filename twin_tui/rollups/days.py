"""Rows of `tables.DAY`: made from a whole day's sessions, or changed by those that changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from twin_tui.data.source import Source
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.cells import EVERYTHING, Cell, Cells
from twin_tui.rollups.day_facts import NOTHING, DayFacts
from twin_tui.rollups.people import Created
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.statements import listed_in

_COLUMNS = (
    "cell", "day", "new_users", "new_twins", "conversations", "shared", "messages", "documents", "queries",
    "active", "detail",
)  # fmt: skip
_KEPT = ("cell", "new_users", "new_twins", "active", "detail")
Key = tuple[int, int]
"""Number of the cell, ordinal of the day."""
Row = tuple[int, int, DayFacts]
"""New users, new twins, facts."""


@dataclass(slots=True)
class Changes:
    """What is different by now, by (cell, day)."""

    created: Created = field(default_factory=Created)
    gone: defaultdict[Key, list[SessionDay]] = field(default_factory=lambda: defaultdict(list))
    new: defaultdict[Key, list[SessionDay]] = field(default_factory=lambda: defaultdict(list))

    @property
    def keys(self) -> set[Key]:
        """Where anything is."""
        return self.created.keys | self.gone.keys() | self.new.keys()


def whole_day(cells: Cells, rows: Iterable[SessionDay]) -> dict[int, DayFacts]:
    """Return the facts of every cell on one day, given all its rows, by the cell's number."""
    by_department: defaultdict[int, list[SessionDay]] = defaultdict(list)
    by_use: defaultdict[tuple[str, int], list[SessionDay]] = defaultdict(list)
    for row in rows:
        by_department[row.department_cell].append(row)
        by_use[row.platform, row.shared].append(row)
    found: dict[int, DayFacts] = {}
    wider: defaultdict[int, list[DayFacts]] = defaultdict(list)
    for department_cell, members in by_department.items():
        facts = found[department_cell] = DayFacts.of(members)
        for cell in cells.of_person(department_cell):
            if cell != department_cell:
                wider[cell].append(facts)
    for (platform, shared), members in by_use.items():
        facts = found[cells.no(Cell("platform_use", platform, str(shared)))] = DayFacts.of(members)
        wider[cells.no(Cell("platform", platform))].append(facts)
        wider[cells.no(Cell("use", str(shared)))].append(facts)
    found.update((cell, DayFacts.merged(parts)) for cell, parts in wider.items())
    return found


def put(source: Source, rows: dict[Key, Row]) -> None:
    """Write rows in place of those with the same keys; those with nothing in them are only taken away."""
    written = []
    for (cell, day), (new_users, new_twins, facts) in rows.items():
        source.run(f"DELETE FROM {tables.DAY} WHERE cell = ? AND day = ?", (cell, day))
        if facts.is_empty and not new_users and not new_twins:
            continue
        counts = (facts.conversations, facts.shared, facts.messages)
        made = (facts.documents.total(), facts.queries.total())
        packed = (bitset.encode(facts.active), facts.encode())
        written.append((cell, day, new_users, new_twins, *counts, *made, *packed))
    source.fill(tables.DAY, _COLUMNS, written)


def read(source: Source, keys: Iterable[Key]) -> dict[Key, Row]:
    """Return the rows with these keys, empty ones where there are none."""
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    found: dict[Key, Row] = {}
    for cell, day in keys:
        by_day[day].append(cell)
        found[cell, day] = (0, 0, NOTHING)
    for day, cells in by_day.items():
        condition, listed = listed_in(source, "cell", cells)
        for cell, new_users, new_twins, active, detail in source.run(
            f"SELECT {', '.join(_KEPT)} FROM {tables.DAY} WHERE {condition} AND day = ?", (listed, day)
        ):
            found[cell, day] = (new_users, new_twins, DayFacts.decode(bytes(active), bytes(detail)))
    return found


def change(source: Source, cells: Cells, changes: Changes) -> None:
    """Bring the rows up to date; the table of sessions by day holds the new rows already.

    Raises `ValueError` when what went was not in them: then they are not what they should be.
    """
    still = _still_active(source, cells, changes)
    rows = read(source, sorted(changes.keys))
    for key, (new_users, new_twins, facts) in rows.items():
        if changes.gone.get(key) or changes.new.get(key):
            facts = facts.changed(changes.gone[key], changes.new[key], bitset.bitset(still[key]))  # noqa: PLW2901
        created = changes.created
        rows[key] = (new_users + created.users[key], new_twins + created.twins[key], facts)
    put(source, rows)


def _still_active(source: Source, cells: Cells, changes: Changes) -> defaultdict[Key, set[int]]:
    """Return who, of those with rows that went, is active by rows that are there, by key."""
    everyone = cells.no(EVERYTHING)
    still: defaultdict[Key, set[int]] = defaultdict(set)
    for (cell, day), gone in changes.gone.items():
        people = {row.user_no for row in gone if row.is_active} if cell == everyone else ()
        if not people:
            continue
        condition, listed = listed_in(source, "user_no", people)
        for user_no, department_cell, platform, shared in source.run(
            f"SELECT user_no, department_cell, platform, shared FROM {tables.SESSION_DAY}"
            f" WHERE {condition} AND day = ? AND (begun = 1 OR user_messages > 0)",
            (listed, day),
        ):
            for each in cells.of_session(department_cell, platform, shared):
                still[each, day].add(user_no)
    return still

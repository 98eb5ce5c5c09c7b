"""Rows of `tables.DAY`: made from a whole day's sessions, or changed by those that changed."""

import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.cells import EVERYTHING, Cells
from twin_tui.rollups.day_facts import NOTHING, DayFacts
from twin_tui.rollups.day_tally import Packed
from twin_tui.rollups.doing_rows import ByDay
from twin_tui.rollups.people import Created
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.spoilt import SpoiltError
from twin_tui.rollups.statements import listed_in

COLUMNS = (
    "cell", "day", "new_users", "new_twins", "conversations", "shared", "messages", "documents", "queries",
    "active", "detail",
)  # fmt: skip
_KEPT = ("cell", "new_users", "new_twins", "active", "detail")
Key = tuple[int, int]
"""Number of the cell, ordinal of the day."""
Row = tuple[int, int, DayFacts]
"""New users, new twins, facts."""
Stored = tuple[int, int, Packed]
"""The same, facts as they are stored."""


@dataclass(slots=True)
class Changes:
    """What is different by now, by (cell, day)."""

    created: Created = field(default_factory=Created)
    gone: defaultdict[Key, list[SessionDay]] = field(default_factory=lambda: defaultdict(list))
    new: defaultdict[Key, list[SessionDay]] = field(default_factory=lambda: defaultdict(list))
    doings_gone: ByDay = field(default_factory=ByDay)
    """What twins did by the rows that went, and by the new ones: by day alone."""
    doings_new: ByDay = field(default_factory=ByDay)

    @property
    def session_keys(self) -> set[Key]:
        """Where sessions changed."""
        return self.gone.keys() | self.new.keys()

    @property
    def keys(self) -> set[Key]:
        """Where anything changed."""
        return self.created.keys | self.session_keys


def packed(facts: DayFacts) -> Packed:
    """Return facts as they are stored."""
    counts = (facts.conversations, facts.shared, facts.messages)
    made = (facts.documents.total(), facts.queries.total())
    return (*counts, *made, bitset.encode(facts.active), facts.encode())


def unpacked(active: bytes, detail: bytes) -> DayFacts:
    """Return the facts stored in two columns; raises `SpoiltError` when they are not readable."""
    try:
        return DayFacts.decode(bytes(active), bytes(detail))
    except (ValueError, LookupError, TypeError, struct.error, zlib.error) as error:
        raise SpoiltError(f"facts of a day cannot be read: {error}") from error


NO_FACTS = packed(NOTHING)
"""What is stored of a day on which only people or twins were created."""


def put(source: Source, rows: Mapping[Key, Stored]) -> None:
    """Write rows in place of those with the same keys; those with nothing in them are only taken away."""
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    for cell, day in rows:
        by_day[day].append(cell)
    for day, cells in by_day.items():
        condition, listed = listed_in(source, "cell", cells)
        source.run(f"DELETE FROM {tables.DAY} WHERE {condition} AND day = ?", (listed, day))
    add(source, rows)


def add(source: Source, rows: Mapping[Key, Stored]) -> None:
    """Write rows whose keys have none yet, but for those with nothing in them."""
    source.fill(tables.DAY, COLUMNS, rows_of(rows))


def rows_of(stored: Mapping[Key, Stored]) -> list[tuple[Any, ...]]:
    """Return rows of `COLUMNS`, but for those with nothing in them."""
    return [
        (*key, new_users, new_twins, *facts)
        for key, (new_users, new_twins, facts) in stored.items()
        if new_users or new_twins or any(facts[:5])
    ]


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
            found[cell, day] = (new_users, new_twins, unpacked(active, detail))
    return found


def change(source: Source, cells: Cells, changes: Changes) -> None:
    """Bring the rows up to date; the table of sessions by day holds the new rows already.

    Raises `SpoiltError` when what went was not in them: then they are not what they should be.
    """
    still = _still_active(source, cells, changes)
    created = changes.created
    changed = {}
    for key, (new_users, new_twins, facts) in read(source, sorted(changes.session_keys)).items():
        try:
            now = facts.changed(changes.gone[key], changes.new[key], bitset.bitset(still[key]))
        except ValueError as error:
            raise SpoiltError(f"Day {key[1]} of cell {key[0]}: {error}.") from error
        changed[key] = (new_users + created.users[key], new_twins + created.twins[key], packed(now))
    put(source, changed)
    for key in sorted(created.keys - changed.keys()):
        _move_created(source, key, created.users[key], created.twins[key])


def _move_created(source: Source, key: Key, users: int, twins: int) -> None:
    """Add to the numbers of a row, which appears with the first and vanishes when nothing is left."""
    source.fill(
        tables.DAY,
        COLUMNS,
        [(*key, users, twins, *NO_FACTS)],
        "ON CONFLICT (cell, day) DO UPDATE SET"
        f" new_users = {tables.DAY}.new_users + excluded.new_users,"
        f" new_twins = {tables.DAY}.new_twins + excluded.new_twins",
    )
    source.run(
        f"DELETE FROM {tables.DAY} WHERE cell = ? AND day = ? AND new_users = 0 AND new_twins = 0"
        " AND conversations = 0 AND messages = 0 AND documents = 0 AND queries = 0",
        key,
    )


def _still_active(source: Source, cells: Cells, changes: Changes) -> defaultdict[Key, set[int]]:
    """Return who, of those with rows that went, is active by rows that are there, by key."""
    everyone = cells.no(EVERYTHING)
    still: defaultdict[Key, set[int]] = defaultdict(set)
    for (cell, day), gone in changes.gone.items():
        people = {row.user_no for row in gone if row.is_active} if cell == everyone else ()
        if not people:
            continue
        condition, listed = listed_in(source, "user_no", people)
        for user_no, *of_row in source.run(
            f"SELECT user_no, department_cell, platform, shared, day, last_us FROM {tables.SESSION_DAY}"
            f" WHERE {condition} AND day = ? AND (begun = 1 OR user_messages > 0)",
            (listed, day),
        ):
            for each in cells.of_session(*of_row):
                still[each, day].add(user_no)
    return still

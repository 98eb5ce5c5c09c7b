"""The rows of `tables.DAY` of one day, straight from its sessions' rows: what `DayFacts` would store, sooner.

A build makes every day of every cell, and most cells hold little on a day; so nothing is made on the way that
is not stored.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from twin_tui.rollups import bitset, day_codec, multiset
from twin_tui.rollups.calendar import HOUR_US, hour_end
from twin_tui.rollups.cells import EVERYTHING, NOBODY, Cell, Cells, hour_cell
from twin_tui.rollups.rows import Detail

COLUMNS = (
    "user_no", "twin_no", "department_cell", "platform", "shared", "begun", "messages", "user_messages",
    "twin_messages", "documents", "queries", "last_us", "detail",
)  # fmt: skip
"""What is read of a session's row by day."""
SECOND_US = 1_000_000
Packed = tuple[int, int, int, int, int, bytes, bytes]
"""Conversations, shared ones, messages, documents, queries; active people and facts as they are stored."""


class DayRow(NamedTuple):
    """A session's row on the day, its detail read."""

    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int
    begun: int
    messages: int
    user_messages: int
    twin_messages: int
    documents: int
    queries: int
    last_us: int
    detail: Detail
    """Times in the day's unit."""


class Day(NamedTuple):
    """All rows of one day."""

    rows: list[DayRow]
    unit: int
    """Microseconds that one of its times stands for."""

    @classmethod
    def of(cls, stored: Sequence[tuple[Any, ...]]) -> "Day":
        """Return what `COLUMNS` hold of a day."""
        details: list[Detail] = json.loads(f"[{','.join([row[-1] for row in stored])}]")
        unit = 1 if any(map(_is_odd, details)) else SECOND_US
        if unit == 1:
            for detail in details:
                if "s" in detail:
                    _in_micros(detail)
        make = DayRow._make
        return cls([make((*row[:-1], detail)) for row, detail in zip(stored, details, strict=True)], unit)


def packed_day(cells: Cells, ordinal: int, day: Day) -> dict[Cell, Packed]:
    """Return every cell of a day as it is stored; writes nothing."""
    by_department: defaultdict[int, list[DayRow]] = defaultdict(list)
    by_use: defaultdict[tuple[str, int], list[DayRow]] = defaultdict(list)
    by_hour: defaultdict[int, list[DayRow]] = defaultdict(list)
    first_us = hour_end(ordinal, -1)
    for row in day.rows:
        by_department[row[2]].append(row)
        by_use[row[3], row[4]].append(row)
        by_hour[(row[11] - first_us) // HOUR_US].append(row)
    found: dict[Cell, _Tally] = {}
    wider: defaultdict[Cell, list[_Tally]] = defaultdict(list)
    for number, rows in by_department.items():
        department = cells.cell(number)
        tally = found[department] = _Tally(rows)
        if department != NOBODY:
            wider[Cell("company", department.first)].append(tally)
    for (platform, shared), rows in by_use.items():
        tally = found[Cell("platform_use", platform, str(shared))] = _Tally(rows)
        wider[Cell("platform", platform)].append(tally)
        wider[Cell("use", str(shared))].append(tally)
    for hour, rows in by_hour.items():
        tally = found[hour_cell(hour)] = _Tally(rows)
        wider[EVERYTHING].append(tally)
    for cell, parts in wider.items():
        found[cell] = parts[0] if len(parts) == 1 else _Tally.together(parts)
    done: dict[int, Packed] = {}
    for tally in found.values():
        if id(tally) not in done:
            done[id(tally)] = tally.packed(day.unit)
    return {cell: done[id(tally)] for cell, tally in found.items()}


class _Tally:
    """What rows add up to."""

    __slots__ = (
        "active", "begun", "by_twin", "by_user", "counts", "documents", "empty", "found", "hours", "lengths",
        "platforms", "queries", "replies", "results_known", "shared", "types", "words", "words_known",
    )  # fmt: skip

    def __init__(self, rows: Iterable[DayRow] = ()) -> None:
        self.active: set[int] = set()
        self.begun: list[int] = []
        self.shared = self.by_user = self.by_twin = 0
        self.words_known = self.words = self.results_known = self.empty = self.found = 0
        self.types: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.queries: dict[str, int] = {}
        self.platforms: dict[str, int] = {}
        self.hours: dict[int, int] = {}
        self.lengths: list[int] = []
        self.counts: list[int] = []
        self.replies: list[int] = []
        for row in rows:
            self._add(row)

    def _add(self, row: DayRow) -> None:
        user_no, _, _, platform, shared, begun, messages, by_user, by_twin, documents, queries, _, detail = (
            row
        )
        if begun:
            self.begun.append(user_no)
            self.active.add(user_no)
            self.shared += shared
            self.platforms[platform] = self.platforms.get(platform, 0) + 1
            if "l" in detail:
                self.lengths.append(detail["l"])
            if "n" in detail:
                self.counts.append(detail["n"])
        if messages:
            if by_user:
                self.active.add(user_no)
                self.by_user += by_user
                hours = self.hours
                for hour, count in detail.get("h", ()):
                    hours[hour] = hours.get(hour, 0) + count
            self.by_twin += by_twin
            types = self.types
            for name, count in detail.get("t", {}).items():
                types[name] = types.get(name, 0) + count
            if "r" in detail:
                self.replies += detail["r"]
        if documents:
            _add(self.documents, detail.get("d", {}))
            self.words_known += detail.get("dk", 0)
            self.words += detail.get("dw", 0)
        if queries:
            _add(self.queries, detail.get("q", {}))
            self.results_known += detail.get("qk", 0)
            self.empty += detail.get("qe", 0)
            self.found += detail.get("qf", 0)

    @classmethod
    def together(cls, parts: Iterable["_Tally"]) -> "_Tally":
        """Return what several that share no row add up to."""
        whole = cls()
        for part in parts:
            whole.active |= part.active
            whole.begun += part.begun
            whole.shared += part.shared
            whole.by_user += part.by_user
            whole.by_twin += part.by_twin
            whole.words_known += part.words_known
            whole.words += part.words
            whole.results_known += part.results_known
            whole.empty += part.empty
            whole.found += part.found
            _add(whole.types, part.types)
            _add(whole.documents, part.documents)
            _add(whole.queries, part.queries)
            _add(whole.platforms, part.platforms)
            _add(whole.hours, part.hours)
            whole.lengths += part.lengths
            whole.counts += part.counts
            whole.replies += part.replies
        return whole

    def packed(self, unit: int) -> Packed:
        """Return it as it is stored, times given in ``unit`` microseconds."""
        begun = self.begun
        conversations, starters = len(begun), set(begun)
        active = bitset.encoded(self.active)
        if len(starters) == conversations:
            planes = [active if starters == self.active else bitset.encoded(starters)] if starters else []
        else:
            planes = _planes(begun)
        sums = (
            conversations, self.shared, self.by_user, self.by_twin, self.words_known, self.words,
            self.results_known, self.empty, self.found,
        )  # fmt: skip
        sections = [
            multiset.encoded(self.lengths, unit),
            multiset.encoded(self.counts),
            multiset.encoded(self.replies, unit),
            *planes,
        ]
        types, documents, queries = self.types, self.documents, self.queries
        detail = day_codec.encode(sums, (types, documents, queries, self.platforms), self.hours, sections)
        made = sum(documents.values()), sum(queries.values())
        return conversations, self.shared, sum(types.values()), *made, active, detail


def _add(counts: dict[Any, int], more: dict[Any, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count


def _planes(people: Sequence[int]) -> list[bytes]:
    """Return sets of people by binary digit of how often each is among those given."""
    numbers: dict[int, int] = {}
    for person in people:
        numbers[person] = numbers.get(person, 0) + 1
    return [
        bitset.encoded({person for person, number in numbers.items() if number >> digit & 1})
        for digit in range(max(numbers.values()).bit_length())
    ]


def _is_odd(detail: Detail) -> bool:
    """Return whether a detail holds a time other than zero that is not in seconds."""
    return "s" not in detail and bool(detail.get("l") or detail.get("a") or any(detail.get("r", ())))


def _in_micros(detail: Detail) -> None:
    for key in ("l", "a"):
        if key in detail:
            detail[key] *= SECOND_US
    if "r" in detail:
        detail["r"] = [seconds * SECOND_US for seconds in detail["r"]]

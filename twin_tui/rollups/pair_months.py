"""Per month, user and twin: sums moved by exact differences, and the latest sign of life."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.day_tally import Day
from twin_tui.rollups.details import parsed
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.statements import listed_in

Key = tuple[int, int, int]
"""Month, number of the user, number of the twin."""
SUMS = (
    "conversations", "shared", "messages", "user_messages", "documents", "queries", "lengths", "length_us",
)  # fmt: skip
COLUMNS = ("month", "user_no", "twin_no", *SUMS, "last_us")
_ADD = f"""ON CONFLICT (month, user_no, twin_no) DO UPDATE SET
 {", ".join(f"{name} = {tables.PAIR_MONTH}.{name} + excluded.{name}" for name in SUMS)},
 last_us = CASE WHEN {tables.PAIR_MONTH}.last_us >= excluded.last_us OR excluded.last_us IS NULL
 THEN {tables.PAIR_MONTH}.last_us ELSE excluded.last_us END"""


class PairMonths:
    """What rows by session and day come to, per `Key`."""

    def __init__(self) -> None:
        self.sums: dict[Key, list[int]] = {}
        self.last_us: dict[Key, int | None] = {}

    def add(self, rows: Iterable[SessionDay], sign: int = 1) -> None:
        """Add rows, or with ``sign`` -1 take their sums away."""
        for row in rows:
            key = (month_of(row.day), row.user_no, row.twin_no)
            detail = parsed(row.detail)
            length = detail.get("l")
            sums = self.sums.get(key)
            if sums is None:
                sums = self.sums[key] = [0] * len(SUMS)
                self.last_us[key] = None
            sums[0] += sign * row.begun
            sums[1] += sign * row.begun * row.shared
            sums[2] += sign * row.messages
            sums[3] += sign * row.user_messages
            sums[4] += sign * row.documents
            sums[5] += sign * row.queries
            if length is not None:
                sums[6] += sign
                sums[7] += sign * length
            if row.is_active and sign > 0:
                last = row.last_us - detail.get("a", 0)
                self.last_us[key] = max(last, self.last_us[key] or last)

    def take(self, day: int, found: Day) -> None:
        """Add all rows of a day."""
        month, unit = month_of(day), found.unit
        for row in found.rows:
            (
                user_no, twin_no, _, _, shared, begun, messages, user_messages, _, documents, queries,
                last_us, detail,
            ) = row  # fmt: skip
            key = (month, user_no, twin_no)
            sums = self.sums.get(key)
            if sums is None:
                sums = self.sums[key] = [0] * len(SUMS)
                self.last_us[key] = None
            if begun:
                sums[0] += 1
                sums[1] += shared
                if "l" in detail:
                    sums[6] += 1
                    sums[7] += detail["l"] * unit
            sums[2] += messages
            sums[3] += user_messages
            sums[4] += documents
            sums[5] += queries
            if begun or user_messages:
                last = last_us - detail.get("a", 0) * unit
                self.last_us[key] = max(last, self.last_us[key] or last)

    def rows(self, keys: Iterable[Key] | None = None) -> list[tuple[Any, ...]]:
        """Return them as rows of `COLUMNS`, all in the order of their keys or those of some keys."""
        chosen = sorted(self.sums) if keys is None else keys
        return [(*key, *self.sums[key], self.last_us[key]) for key in chosen]


def month_bounds(month: int) -> tuple[int, int]:
    """Return a month's first day and the next one's, as ordinals.

    >>> month_bounds(2026 * 12 + 1) == (date(2026, 2, 1).toordinal(), date(2026, 3, 1).toordinal())
    True
    """
    year, index = divmod(month, 12)
    first = date(year, index + 1, 1).toordinal()
    return first, (
        date(year, 12, 31).toordinal() + 1 if index == 11 else date(year, index + 2, 1).toordinal()
    )


@lru_cache(maxsize=8192)
def month_of(day: int) -> int:
    """Return the month of a day given as ordinal.

    >>> month_of(date(2026, 2, 28).toordinal()) == 2026 * 12 + 1
    True
    """
    local = date.fromordinal(day)
    return local.year * 12 + local.month - 1


def add(source: Source, new: PairMonths) -> None:
    """Add what new rows come to, inside a write transaction."""
    source.fill(tables.PAIR_MONTH, COLUMNS, new.rows(), _ADD)


def move(source: Source, gone: list[SessionDay], new: list[SessionDay]) -> None:
    """Add what new rows come to and take away what those that went did, inside a write transaction.

    The table of sessions by day holds the new rows already.
    """
    change, old = PairMonths(), PairMonths()
    change.add(new)
    old.add(gone)
    lowered = [
        key
        for key, last in old.last_us.items()
        if last is not None and last > (change.last_us.get(key) or last - 1)
    ]
    change.add(gone, -1)
    for key in lowered:
        change.last_us[key] = None
    add(source, change)
    for key in lowered:
        source.run(
            f"UPDATE {tables.PAIR_MONTH} SET last_us = ? WHERE month = ? AND user_no = ? AND twin_no = ?",
            (_latest(source, key), *key),
        )
    condition, listed = listed_in(source, "user_no", {user_no for _, user_no, _ in old.sums})
    source.run(
        f"DELETE FROM {tables.PAIR_MONTH} WHERE {condition}"
        " AND conversations = 0 AND messages = 0 AND documents = 0 AND queries = 0",
        (listed,),
    )


def _latest(source: Source, key: Key) -> int | None:
    month, user_no, twin_no = key
    found = PairMonths()
    rows = source.run(
        f"SELECT {', '.join(SessionDay._fields)} FROM {tables.SESSION_DAY}"
        " WHERE user_no = ? AND day >= ? AND day < ? AND twin_no = ?",
        (user_no, *month_bounds(month), twin_no),
    )
    found.add(SessionDay(*row) for row in rows)
    return found.last_us.get(key)

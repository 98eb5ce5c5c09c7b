"""How many lines of a feed each local day holds, and which days hold a page of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from twin_tui.analytics.derived.feed_asked import COUNT, Lines, last_days
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import numbers
from twin_tui.rollups import tables

_FEW, _MANY, _ALL = 32, 512, 1 << 31
"""Days that are read at once: most pages that are looked at are among the newest."""


@dataclass(frozen=True, slots=True)
class Place:
    """The days that hold a page, and where among their lines, the newest first, it begins."""

    first: int
    last: int
    offset: int
    held: int
    """Lines of these days."""


class DayCounts(Protocol):
    """The days that hold lines, and how many each holds."""

    def total(self) -> int:
        """Return the lines of all days."""

    def walk(self, *, is_newest_first: bool) -> Iterator[tuple[int, int]]:
        """Yield days in order, each with its count, and no day without lines."""


def counts_of(layer: Layer, lines: Lines) -> DayCounts:
    """Return the counts of a feed's lines; they are read when they are asked for."""
    if lines.cells is not None and len(lines.cells) == 1 and not lines.is_empty:
        return _OfCell(layer, lines, lines.cells[0])
    return _OfDays({} if lines.is_empty else _counted(layer, lines))


def newest(counts: DayCounts, limit: int) -> Place | None:
    """Return where the newest lines are; ``None`` without any."""
    return _from_newest(counts.walk(is_newest_first=True), 0, limit)


def place_of(counts: DayCounts, total: int, first: int, limit: int) -> Place | None:
    """Return where up to ``limit`` lines from position ``first`` are, found from the nearer end."""
    if first >= total:
        return None
    if 2 * first <= total:
        return _from_newest(counts.walk(is_newest_first=True), first, limit)
    return _from_oldest(counts.walk(is_newest_first=False), total, first, limit)


def lines_on(layer: Layer, lines: Lines, place: Place) -> int:
    """Return the lines of these kinds on a place's days, whoever's they are."""
    cells = tuple(cell.no for cell in layer.cells("all"))
    rows = layer.run(
        f"SELECT SUM({_held(lines)}) FROM {tables.DAY} WHERE cell {numbers(cells)} AND day BETWEEN ? AND ?",
        (place.first, place.last),
    )
    return int(rows[0][0] or 0)


def _from_newest(days: Iterable[tuple[int, int]], first: int, limit: int) -> Place | None:
    newer = held = offset = last = oldest = 0
    for day, count in days:
        if newer + count > first:
            if not held:
                offset, last = first - newer, day
            held += count
            oldest = day
        newer += count
        if newer >= first + limit:
            break
    return Place(oldest, last, offset, held) if held else None


def _from_oldest(days: Iterable[tuple[int, int]], total: int, first: int, limit: int) -> Place | None:
    older = held = oldest = last = 0
    for day, count in days:
        if older + count > total - first - limit:
            oldest = oldest or day
            held += count
            last = day
        older += count
        if older >= total - first:
            break
    return Place(oldest, last, first - (total - older), held) if held else None


class _OfCell:
    """Counts of one cell, no more of them read than are looked at."""

    def __init__(self, layer: Layer, lines: Lines, cell: int) -> None:
        self._layer, self._lines, self._cell = layer, lines, cell
        self._held = _held(lines)

    def total(self) -> int:
        rows = self._layer.run(
            f"SELECT SUM({self._held}) FROM {tables.DAY} WHERE cell = ? AND day BETWEEN ? AND ?",
            (self._cell, self._lines.first, self._lines.last),
        )
        return int(rows[0][0] or 0)

    def walk(self, *, is_newest_first: bool) -> Iterator[tuple[int, int]]:
        order = "DESC" if is_newest_first else "ASC"
        sql = (
            f"SELECT day, {self._held} FROM {tables.DAY} WHERE cell = ? AND day BETWEEN ? AND ?"
            f" AND {self._held} > 0 ORDER BY day {order} LIMIT ?"
        )
        first, last = self._lines.first, self._lines.last
        for size in (_FEW, _MANY, _ALL):
            rows = self._layer.run(sql, (self._cell, first, last, size))
            yield from rows
            if len(rows) < size:
                return
            first, last = (first, rows[-1][0] - 1) if is_newest_first else (rows[-1][0] + 1, last)


class _OfDays:
    """Counts that were read as a whole."""

    def __init__(self, counts: dict[int, int]) -> None:
        self._days = sorted((day, count) for day, count in counts.items() if count)

    def total(self) -> int:
        return sum(count for _, count in self._days)

    def walk(self, *, is_newest_first: bool) -> Iterator[tuple[int, int]]:
        return iter(self._days[::-1] if is_newest_first else self._days)


def _held(lines: Lines) -> str:
    of_session = "shared" if lines.is_shared else "conversations"
    return " + ".join(of_session if kind == "conversation" else COUNT[kind] for kind in lines.kinds)


def _counted(layer: Layer, lines: Lines) -> Counter[int]:
    span: tuple[Any, ...] = (lines.first, lines.last)
    counts: Counter[int] = Counter()
    if lines.cells is not None:
        sql = f"SELECT day, {_held(lines)} FROM {tables.DAY}"
        for day, count in layer.run(f"{sql} WHERE cell {numbers(lines.cells)} AND day BETWEEN ? AND ?", span):
            counts[day] += count
        return counts
    columns = [COUNT[kind] for kind in lines.kinds if kind != "conversation"]
    if "conversation" in lines.kinds and not lines.is_heard:
        columns.append("begun")
    if columns:
        sql = f"SELECT day, SUM({' + '.join(columns)}) FROM {tables.SESSION_DAY}"
        where = f"WHERE day BETWEEN ? AND ?{lines.where}"
        for day, count in layer.run(f"{sql} {where} GROUP BY day", (*span, *lines.params)):
            counts[day] += int(count)
    if lines.is_heard:
        heard = f"SELECT last_day, COUNT(*) FROM ({last_days(lines)}) heard GROUP BY last_day"
        for day, count in layer.run(heard, (*span, *lines.params)):
            counts[day] += count
    return counts

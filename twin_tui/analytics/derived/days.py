"""One value per bucket of a frame, from the cells of whole days or from the sessions of each day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from twin_tui.analytics.derived.cut_day import CutDay
from twin_tui.analytics.derived.decoding import decoded
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.analytics.derived.session_days import SessionDays, by_day
from twin_tui.analytics.frame import Frame
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.day_facts import COUNTERS, NOTHING, SUMS, DayFacts
from twin_tui.rollups.day_merging import together
from twin_tui.rollups.rows import SessionDay


class Days:
    """The facts of one selection; days before ``since`` know who was active, and nothing else."""

    def __init__(self, layer: Layer, chosen: Selection, frame: Frame, since: int) -> None:
        """``since`` is the ordinal of a local day."""
        self._layer, self._chosen, self._since = layer, chosen, since
        self._buckets = frame.buckets
        self._sessions = SessionDays(layer, chosen, frame)
        self._first, self._last = self._sessions.first, self._sessions.last

    def active(self) -> list[int]:
        """Return the people active in every bucket, whatever ``since`` is; nothing else is looked at."""
        whole, past_now = self._active(self._first, self._last), self._sessions.past_now()
        people: list[int] = []
        for bucket in self._buckets:
            day, start_us, end_us = bucket.day.toordinal(), micros(bucket.start), micros(bucket.end)
            if start_us >= end_us:
                people.append(0)
            elif day in past_now:
                people.append(_people(row for row in past_now[day] if start_us <= row.first_us < end_us))
            elif bucket is self._sessions.cut:
                people.append(CutDay(self._sessions, bucket).active())
            else:
                people.append(whole.get(day, 0))
        return people

    def buckets(self) -> list[DayFacts]:
        """Return the facts of every bucket."""
        whole, past_now = self._whole(), self._sessions.past_now()
        facts: list[DayFacts] = []
        for place, bucket in enumerate(self._buckets):
            day, start_us, end_us = bucket.day.toordinal(), micros(bucket.start), micros(bucket.end)
            is_second = place > 0 and self._buckets[place - 1].day == bucket.day
            if start_us >= end_us:
                facts.append(NOTHING)
            elif day in past_now:
                held = past_now[day]
                facts.append(DayFacts.of(row for row in held if start_us <= row.first_us < end_us))
            elif is_second:
                facts.append(_rest(whole.get(day, NOTHING), facts[-1]))
            elif bucket is self._sessions.cut:
                facts.append(CutDay(self._sessions, bucket).facts())
            else:
                facts.append(whole.get(day, NOTHING))
        return facts

    def _whole(self) -> dict[int, DayFacts]:
        """Return the facts of whole days, as if nothing were cut."""
        cells = self._chosen.cells
        if cells is None:
            return self._from_sessions()
        held: defaultdict[int, list[tuple[bytes, bytes]]] = defaultdict(list)
        for day, *stored in self._cells(cells, "active, detail", self._since, self._last):
            held[day].append((stored[0], stored[1]))
        days = {
            day: decoded(*parts[0]) if len(parts) == 1 else together(parts) for day, parts in held.items()
        }
        early = self._active(self._first, min(self._since - 1, self._last))
        days |= {day: replace(NOTHING, active=active) for day, active in early.items()}
        self._layer.held["active", cells] = {day: facts.active for day, facts in days.items()}
        return days

    def _active(self, first: int, last: int) -> dict[int, int]:
        """Return who was active on whole days, by day."""
        cells = self._chosen.cells
        if cells is None:
            return self._active_in_sessions(first, last)
        stored: defaultdict[int, list[bytes]] = defaultdict(list)
        for day, active in self._cells(cells, "active", first, last):
            stored[day].append(bytes(active))
        return {day: bitset.union(sets) for day, sets in stored.items()}

    def _cells(self, cells: tuple[int, ...], columns: str, first: int, last: int) -> list[tuple[Any, ...]]:
        if first > last:
            return []
        return self._layer.run(
            f"SELECT day, {columns} FROM {tables.DAY} WHERE cell {numbers(cells)} AND day BETWEEN ? AND ?",
            (first, last),
        )

    def _from_sessions(self) -> dict[int, DayFacts]:
        rows = self._sessions.rows("day BETWEEN ? AND ?", (max(self._since, self._first), self._last))
        days = {day: DayFacts.of(held) for day, held in by_day(rows).items()}
        early = self._active_in_sessions(self._first, min(self._since - 1, self._last))
        return days | {day: replace(NOTHING, active=active) for day, active in early.items()}

    def _active_in_sessions(self, first: int, last: int) -> dict[int, int]:
        if first > last:
            return {}
        people: defaultdict[int, set[int]] = defaultdict(set)
        sql = (
            f"SELECT DISTINCT day, user_no FROM {tables.SESSION_DAY}"
            f" WHERE day BETWEEN ? AND ? AND (begun = 1 OR user_messages > 0){self._chosen.where}"
        )
        for day, person in self._layer.run(sql, (first, last, *self._chosen.params)):
            people[day].add(person)
        return {day: bitset.bitset(held) for day, held in people.items()}


def _people(rows: Iterable[SessionDay]) -> int:
    return bitset.bitset(row.user_no for row in rows if row.is_active)


def _rest(whole: DayFacts, first: DayFacts) -> DayFacts:
    """Return the counts of the rest of a day; whoever was active on it at all counts as active.

    The rest is asked for together with what comes before it only, for no window begins inside a day.
    """
    sums = {name: getattr(whole, name) - getattr(first, name) for name in SUMS}
    counters = {name: getattr(whole, name) - getattr(first, name) for name in COUNTERS}
    return replace(NOTHING, active=whole.active, **sums, **counters)

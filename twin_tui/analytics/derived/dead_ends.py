"""Dead ends and messages without a reply from the derived table, counted there as far as can be.

For tables that hold nothing at or after now.
"""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from twin_tui.analytics.answers import Window
from twin_tui.analytics.derived.doings import is_kept, sums
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection
from twin_tui.analytics.derived.session_days import cut_of
from twin_tui.analytics.frame import Frame
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.local_days import day_start

_FIRST = -(1 << 62)
_NAMED = f"JOIN {tables.TWIN} t ON t.no = e.twin_no JOIN {tables.SESSION} s ON s.session_no = e.session_no"
"""Tells the ids of twin and session for the numbers in ``e``."""
_BEGUN = "started_us >= ? AND started_us < ?"
_OPEN = "open_us >= ? AND open_from_us < ?"
_SINGLE = "open_messages = 1 AND open_us >= ? AND open_us < ?"
_SEVERAL = f"open_messages > 1 AND {_OPEN}"


class DerivedEnds:
    """Those of one frame within a selection."""

    def __init__(self, layer: Layer, chosen: Selection, frame: Frame) -> None:
        self._layer, self._chosen, self._frame = layer, chosen, frame
        self._span = _bounds(Window(frame.compared_from, frame.upper, frame.zone.key))
        self._window = _bounds(frame.window)
        cut = cut_of(frame)
        self._cut_day = None if cut is None else cut.day.toordinal()
        """The day that a window divides: its rows are looked at one by one."""
        self._kept = sums(layer, self._days()) if is_kept(layer, chosen) else None

    def dead_counts(self) -> Iterator[tuple[int, int, int]]:
        """Yield dead ends by day and reasons, those of the cut day one by one."""
        if self._kept is None:
            of_days = Counter((day, reasons) for _, day, _, reasons in self._dead if day != self._cut_day)
            yield from ((self._start(day), reasons, count) for (day, reasons), count in of_days.items())
            yield from ((us, reasons, 1) for us, day, _, reasons in self._dead if day == self._cut_day)
            return
        for day, held in self._kept.items():
            if day != self._cut_day:
                yield from ((self._start(day), reasons, count) for reasons, count in held.ends.items())
        if self._cut_day is not None:
            each = f"SELECT started_us, reasons FROM {tables.DEAD_END} WHERE {_BEGUN}"
            for us, reasons in self._run(f"{each} AND day = {self._cut_day:d}", self._span):
                yield us, reasons, 1

    def open_counts(self) -> Iterator[tuple[int, int]]:
        """Yield messages by day, those of several in a row one by one where no day knows them all."""
        if self._kept is None:
            single = [(us, day) for us, day, _, more in self._open if not more]
            of_days = Counter(day for _, day in single if day != self._cut_day)
            yield from ((self._start(day), count) for day, count in of_days.items())
            yield from ((us, 1) for us, day in single if day == self._cut_day)
            for _, _, _, more in self._open:
                yield from ((us, 1) for us in _within(more, self._span))
            return
        for day, held in self._kept.items():
            if day != self._cut_day:
                yield self._start(day), held.open_messages
        yield from self._open_on_cut_day()

    @cached_property
    def _dead(self) -> list[tuple[int, int, int, int]]:
        """When each dead end starts, the day of that, the twin's number, the reasons."""
        columns = "started_us, day, twin_no, reasons"
        return self._run(
            f"SELECT {columns} FROM {tables.DEAD_END} WHERE {_BEGUN}{self._chosen.where}", self._span
        )

    @cached_property
    def _open(self) -> list[tuple[int, int, int, str]]:
        """When the last message was sent, the day of that, the twin's number, the instants of several."""
        columns = "open_us, open_day, twin_no, more"
        return self._run(
            f"SELECT {columns} FROM {tables.DEAD_END} WHERE {_OPEN}{self._chosen.where}", self._span
        )

    def _open_on_cut_day(self) -> Iterator[tuple[int, int]]:
        if self._cut_day is None:
            return
        start = self._start(self._cut_day)
        span = start, min(self._span[1], self._start(self._cut_day + 1))
        for (us,) in self._run(f"SELECT open_us FROM {tables.DEAD_END} WHERE {_SINGLE}", span):
            yield us, 1
        for (more,) in self._run(f"SELECT more FROM {tables.DEAD_END} WHERE {_SEVERAL}", span):
            yield from ((us, 1) for us in _within(more, span))

    def _days(self) -> tuple[int, int]:
        """Return the ordinals of the first and last day that anything is counted of."""
        frame = self._frame
        days = [
            bucket.day.toordinal()
            for bucket in frame.buckets
            if frame.compared_from <= bucket.start < bucket.end
        ]
        return (days[0], days[-1]) if days else (1, 0)

    def dead_by_twin(self) -> Mapping[Hashable, int]:
        """Return the dead ends of the window by twin's number."""
        since, end = self._window
        return Counter(twin_no for us, _, twin_no, _ in self._dead if since <= us < end)

    def open_by_twin(self) -> Mapping[Hashable, int]:
        """Return the messages of the window by twin's number."""
        since, end = self._window
        counts: Counter[Hashable] = Counter()
        for us, _, twin_no, more in self._open:
            if held := len(_within(more, self._window)) if more else since <= us < end:
                counts[twin_no] += held
        return counts

    def _run(self, sql: str, span: tuple[int, int]) -> list[tuple[Any, ...]]:
        return self._layer.run(sql, (*span, *self._chosen.params))

    def _start(self, day: int) -> int:
        return micros(day_start(date.fromordinal(day), self._frame.zone))

    @staticmethod
    def dead_ends(layer: Layer, chosen: Selection, window: Window) -> list[tuple[Any, ...]]:
        """Return (session's id, when it started, twin's id, reasons) of those started in a window."""
        ends = f"SELECT * FROM {tables.DEAD_END} WHERE {_BEGUN}{chosen.where}"
        sql = f"SELECT s.session_id, e.started_us, t.twin_id, e.reasons FROM ({ends}) e {_NAMED}"
        return layer.run(sql, (*_bounds(window), *chosen.params))

    @staticmethod
    def unanswered(layer: Layer, chosen: Selection, window: Window) -> Iterator[tuple[Any, ...]]:
        """Yield (session's id, twin's id, when it was sent) of the messages of a window."""
        span = _bounds(window)

        def left(condition: str) -> list[tuple[Any, ...]]:
            ends = f"SELECT * FROM {tables.DEAD_END} WHERE {condition}{chosen.where}"
            sql = f"SELECT s.session_id, t.twin_id, e.open_us, e.more FROM ({ends}) e {_NAMED}"
            return layer.run(sql, (*span, *chosen.params))

        yield from (row[:3] for row in left(_SINGLE))
        for session_id, twin_id, _, more in left(_SEVERAL):
            yield from ((session_id, twin_id, us) for us in _within(more, span))


def _bounds(window: Window) -> tuple[int, int]:
    return _FIRST if window.start is None else micros(window.start), micros(window.end)


def _within(more: str, span: tuple[int, int]) -> list[int]:
    instants: Iterable[int] = json.loads(more) if more else ()
    return [us for us in instants if span[0] <= us < span[1]]

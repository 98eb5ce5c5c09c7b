"""The feed's lines as positions: how many per hour, and those of one stretch of time in their order.

The order is total: time, then kind, then id by code point, all of them greatest first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

from peewee import SQL, Select, Tuple, Value, fn
from peewee import Query as Statement

from twin_tui.analytics.activity.branches import COLUMNS, KINDS, Branches
from twin_tui.analytics.answers import ActivityKind, ActivityRequest, Window
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Session

_NEAR = 200
"""Lines that are looked at before all of them are."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where one line stands: enough to fetch what it shows."""

    moment: Any
    """Its time as the database gives it."""
    kind: ActivityKind
    event_id: str
    session_id: str


class Feed:
    """The lines of one feed; every method but `beside` costs one statement."""

    def __init__(
        self, context: Context, filters: Filters, request: ActivityRequest, left_out: Sequence[str] = ()
    ) -> None:
        """Without the sessions ``left_out``; raises `BadFilterError` for a type or dating there is not."""
        self._context = context
        self._branches = Branches(context, filters, request, left_out)
        self.window = self._branches.window

    def hours(self) -> list[tuple[datetime, int]]:
        """Return every UTC hour that holds lines, newest first, and how many it holds."""
        selects = []
        for branch in self._branches.within(self.window):
            lines = branch.select.alias("lines")
            hour = self._context.source.dialect.utc_hour(lines.c.moment).alias("in_hour")
            select = Select([lines], [hour, fn.COUNT(SQL("*")).alias("held")])
            selects.append(select.group_by(SQL("in_hour")))
        counts: Counter[str] = Counter()
        for hour, count in self._context.rows(_union(selects)):
            counts[hour] += count
        newest = sorted(counts.items(), reverse=True)
        return [(datetime.fromisoformat(hour).replace(tzinfo=UTC), count) for hour, count in newest]

    def lines(self, span: Window, limit: int, offset: int = 0) -> list[Line]:
        """Return lines of one stretch of time inside the window, newest first."""
        branches = self._branches.within(span)
        if len(branches) == 1:
            return self._read(branches[0].newest_first().limit(limit).offset(offset))
        merged = _merged(branch.newest_first().limit(limit + offset) for branch in branches)
        return self._read(self._in_order(merged).limit(limit).offset(offset))

    def newest_line(self, session_id: str) -> Line | None:
        """Return a session's newest line in this feed."""
        of_session = self._context.source.column(Session.id) == session_id
        branches = self._branches.within(self.window, of_session)
        merged = _merged(branch.newest_first().limit(1) for branch in branches)
        found = self._read(self._in_order(merged).limit(1))
        return found[0] if found else None

    def beside(self, line: Line, *, newer: bool) -> str | None:
        """Return the session whose newest line is the next one newer, or older, than ``line``.

        One statement where a session has one line; else the nearest lines, the newest line of each of their
        sessions, and a look at all sessions only where none of the nearest lines is its session's newest.
        """
        one_each = self._branches.kinds == ("conversation",)
        near = self._beyond(line, 1 if one_each else _NEAR, newer=newer)
        if one_each or not near:
            return near[0].session_id if near else None
        threads = sorted({other.session_id for other in near})
        found = self._nearest(line, threads, newer=newer)
        if len(near) == _NEAR and found not in near:
            found = self._nearest(line, None, newer=newer)
        return None if found is None else found.session_id

    def _beyond(self, line: Line, limit: int, *, newer: bool) -> list[Line]:
        here, newest_first = _place_of(line), not newer
        nearest = []
        for branch in self._branches.within(self.window):
            lines = branch.beyond(here, newer=newer).alias("beyond")
            nearest.append(self._in_order(lines, newest_first=newest_first).limit(limit))
        return self._read(self._in_order(_merged(nearest), newest_first=newest_first).limit(limit))

    def _nearest(self, line: Line, threads: list[str] | None, *, newer: bool) -> Line | None:
        """Return the nearest line beyond ``line`` that is its session's newest; of ``threads`` or of all."""
        narrowed = None if threads is None else self._context.source.column(Session.id).in_(threads)
        lines = _merged(branch.select for branch in self._branches.within(self.window, narrowed))
        newest_first = [part.desc() for part in self._order(lines)]
        turn = fn.ROW_NUMBER().over(partition_by=[lines.c.thread], order_by=newest_first)
        ranked = Select([lines], [*(lines.c[name] for name in COLUMNS), turn.alias("turn")]).alias("ranked")
        newest = _all_of(ranked).where(ranked.c.turn == 1).alias("newest")
        place, here = Tuple(*self._order(newest)), _place_of(line)
        rows = self._in_order(newest, newest_first=not newer).where(place > here if newer else place < here)
        found = self._read(rows.limit(1))
        return found[0] if found else None

    def _in_order(self, table: Any, *, newest_first: bool = True) -> Any:
        order = self._order(table)
        return _all_of(table).order_by(*(part.desc() if newest_first else part.asc() for part in order))

    def _order(self, table: Any) -> tuple[Any, ...]:
        return table.c.moment, table.c.place, self._context.source.dialect.ordered_text(table.c.event)

    def _read(self, statement: Statement) -> list[Line]:
        return [
            Line(moment, KINDS[place], words(event), words(thread))
            for moment, place, event, thread in self._context.rows(statement)
        ]


def _place_of(line: Line) -> Any:
    return Tuple(Value(line.moment), Value(KINDS.index(line.kind)), Value(line.event_id))


def _merged(selects: Iterable[Any]) -> Any:
    """Return the rows of several selects, which may be ordered and limited, as one table."""
    return _union(_all_of(select.alias(f"part{at}")) for at, select in enumerate(selects)).alias("merged")


def _union(selects: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one.union_all(other), selects)


def _all_of(table: Any) -> Any:
    return Select([table], [table.c[name] for name in COLUMNS])

"""The feed's lines as positions, from the derived tables: how many per day, and those of some days in order.

It knows everything but a search. Where sessions go on past now the plain queries are asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from twin_tui.analytics.activity_branches import KINDS, KINDS_OF
from twin_tui.analytics.activity_lines import Line
from twin_tui.analytics.answers import ActivityKind, ActivityRequest
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import numbers, selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup_columns import words
from twin_tui.data.models import Document, Message, Query
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.local_days import day_start, local_day
from twin_tui.rollups.statements import listed_in

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MADE: dict[ActivityKind, Any] = {"document": Document, "query": Query}
_COUNT: dict[ActivityKind, str] = {"document": "documents", "query": "queries"}


def is_served(layer: Layer, request: ActivityRequest) -> bool:
    """Return whether the tables answer a request."""
    return not request.search.strip() and not layer.reaches_beyond_now


class DayFeed:
    """The lines of one feed, counted and found by local day."""

    def __init__(
        self,
        context: Context,
        layer: Layer,
        filters: Filters,
        request: ActivityRequest,
        left_out: Sequence[str] = (),
    ) -> None:
        """Without the sessions ``left_out``."""
        self._context, self._layer = context, layer
        self._kinds = KINDS_OF[request.type]
        self._is_active = request.dated == "active"
        self._window = context.window(filters.period)
        chosen = selection(layer, filters)
        conditions, self._params = list(chosen.conditions), chosen.params
        if request.type == "shared":
            conditions.append("shared = 1")
        for wanted, column in ((request.has_documents, "documents"), (request.has_queries, "queries")):
            if wanted:
                held = f"SELECT session_id FROM {tables.SESSION} WHERE {column} > 0"
                conditions.append(f"session_id IN ({held})")
        if left_out:
            condition, listed = listed_in(layer.source, "session_id", left_out)
            conditions.append(f"NOT ({condition})")
            self._params = (*self._params, listed)
        self._where = "".join(f" AND {condition}" for condition in conditions)
        self._has_all = not conditions
        self._cells = None if len(conditions) > len(chosen.conditions) else chosen.cells
        if request.type == "shared" and not (request.has_documents or request.has_queries or left_out):
            self._cells = chosen.cells
        self._of_session = "shared" if request.type == "shared" else "conversations"
        end, start = self._window.end, self._window.start
        self._last = local_day(end - _MICROSECOND, context.zone).toordinal()
        self._first = 1 if start is None else local_day(start, context.zone).toordinal()
        self._is_empty = start is not None and start >= end

    def days(self) -> list[tuple[int, int]]:
        """Return every day that holds lines, newest first, and how many it holds."""
        if self._is_empty:
            return []
        counts = (
            self._from_sessions() if self._cells is None or self._heard else self._from_cells(self._cells)
        )
        return sorted(((day, count) for day, count in counts.items() if count), reverse=True)

    def lines(self, first: int, last: int, limit: int, offset: int = 0) -> list[Line]:
        """Return lines of some days, newest first."""
        found: list[Line] = []
        many = limit + offset
        for kind in self._kinds:
            if kind == "conversation":
                found += self._heard_in(first, last) if self._heard else self._begun(first, last, many)
            else:
                found += self._made(kind, first, last, many)
        if len(self._kinds) > 1 or self._kinds[0] != "conversation" or self._heard:
            found.sort(key=lambda line: (line.moment, KINDS.index(line.kind), line.event_id), reverse=True)
        return found[offset:many]

    @property
    def _heard(self) -> bool:
        return self._is_active and "conversation" in self._kinds

    def _from_cells(self, cells: tuple[int, ...]) -> Counter[int]:
        columns = [self._of_session if kind == "conversation" else _COUNT[kind] for kind in self._kinds]
        rows = self._layer.run(
            f"SELECT day, {' + '.join(columns)} FROM {tables.DAY}"
            f" WHERE cell {numbers(cells)} AND day BETWEEN ? AND ?",
            (self._first, self._last),
        )
        counts: Counter[int] = Counter()
        for day, count in rows:
            counts[day] += count
        return counts

    def _from_sessions(self) -> Counter[int]:
        counts: Counter[int] = Counter()
        columns = [_COUNT[kind] for kind in self._kinds if kind != "conversation"]
        if "conversation" in self._kinds and not self._heard:
            columns.append("begun")
        span = (self._first, self._last, *self._params)
        if columns:
            sql = f"SELECT day, SUM({' + '.join(columns)}) FROM {tables.SESSION_DAY}"
            for day, count in self._layer.run(
                f"{sql} WHERE day BETWEEN ? AND ?{self._where} GROUP BY day", span
            ):
                counts[day] += int(count)
        if self._heard:
            heard = f"SELECT last_day, COUNT(*) FROM ({self._last_days()}) heard GROUP BY last_day"
            for day, count in self._layer.run(heard, span):
                counts[day] += count
        return counts

    def _last_days(self) -> str:
        """Return the select of sessions with messages in the window, and the last day of such."""
        began = f"session_id NOT IN (SELECT session_id FROM {tables.SESSION} WHERE started_us IS NULL)"
        return (
            f"SELECT session_id, MAX(day) AS last_day FROM {tables.SESSION_DAY}"
            f" WHERE day BETWEEN ? AND ?{self._where} AND messages > 0 AND {began} GROUP BY session_id"
        )

    def _begun(self, first: int, last: int, limit: int) -> list[Line]:
        key = "session_id" if self._layer.source.is_sqlite else 'session_id COLLATE "C"'
        rows = self._layer.run(
            f"SELECT started_us, session_id FROM {tables.SESSION}"
            f" WHERE started_us >= ? AND started_us < ?{self._where}"
            f" ORDER BY started_us DESC, {key} DESC LIMIT {limit:d}",
            (*map(micros, self._span(first, last)), *self._params),
        )
        return [Line(_instant(us), "conversation", key, key) for us, key in rows]

    def _heard_in(self, first: int, last: int) -> list[Line]:
        """Return sessions by their last message in the window, which lies on one of some days."""
        sql = f"SELECT session_id FROM ({self._last_days()}) heard WHERE last_day BETWEEN ? AND ?"
        ids = self._layer.run(sql, (self._first, self._last, *self._params, first, last))
        column = self._context.source.column
        sent, thread = column(Message.created_at), column(Message.session)
        newest = fn.MAX(sent)
        select = Message.select(thread, newest).where(
            BaseRows(self._context.source).these(key for (key,) in ids)(thread)
        )
        within = self._context.scope(Filters()).in_window(Message.created_at, self._window)
        rows = self._context.rows(select.where(within).group_by(Message.session)) if ids else []
        return [Line(self._parsed(moment), "conversation", words(key), words(key)) for key, moment in rows]

    def _made(self, kind: ActivityKind, first: int, last: int, limit: int) -> list[Line]:
        """Return documents or queries; of all sessions the newest only, else those of the days' sessions."""
        model, column = _MADE[kind], self._context.source.column
        made, event, thread = column(model.created_at), column(model.id), column(model.session)
        start, end = self._span(first, last)
        within = self._context.scope(Filters()).within(model.created_at, start, end)
        if self._has_all:
            ordered = self._context.source.dialect.ordered_text(event)

            def build(start: Any, end: Any, limit: Any) -> Any:
                scope = self._context.scope(Filters())
                select = (scope.documents if kind == "document" else scope.queries)(made, event, thread)
                return (
                    select.where((made >= start) & (made < end))
                    .order_by(made.desc(), ordered.desc())
                    .limit(limit)
                )

            instant = self._context.source.dialect.instant
            rows = self._context.again(f"newest of {kind}", build, instant(start), instant(end), limit)
        else:
            sql = f"SELECT session_id FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?{self._where}"
            ids = self._layer.run(f"{sql} AND {_COUNT[kind]} > 0", (first, last, *self._params))
            these = BaseRows(self._context.source).these({key for (key,) in ids})
            rows = (
                self._context.rows(model.select(made, event, thread).where(these(thread) & within))
                if ids
                else []
            )
        return [Line(self._parsed(moment), kind, words(key), words(of)) for moment, key, of in rows]

    def _span(self, first: int, last: int) -> tuple[datetime, datetime]:
        zone = self._context.zone
        start, end = _day_start(first, zone), _day_start(last + 1, zone)
        return start, min(end, self._window.end)

    def _parsed(self, moment: Any) -> datetime:
        parsed = self._context.source.dialect.parse_time(moment)
        return _EPOCH if parsed is None else parsed


def page(feed: DayFeed, days: Iterable[tuple[int, int]], first: int, limit: int) -> list[Line]:
    """Return up to ``limit`` lines from position ``first``, read from the days that hold them."""
    newer = offset = 0
    held: list[int] = []
    for day, count in days:
        if newer + count > first:
            if not held:
                offset = first - newer
            held.append(day)
        newer += count
        if newer >= first + limit:
            break
    return feed.lines(held[-1], held[0], limit, offset) if held else []


def _day_start(ordinal: int, zone: ZoneInfo) -> datetime:
    return day_start(date.fromordinal(min(max(ordinal, 1), date.max.toordinal())), zone)


def _instant(us: int) -> datetime:
    return _EPOCH + us * _MICROSECOND

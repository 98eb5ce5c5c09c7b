"""The feed's lines as positions, from the derived tables: those of a page, found by day and time of day.

It knows everything but a search. Where sessions go on past now the plain queries are asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from twin_tui.analytics.activity.branches import KINDS
from twin_tui.analytics.activity.lines import Line
from twin_tui.analytics.answers import ActivityKind, ActivityRequest
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.feed_asked import COUNT, last_days, lines_of
from twin_tui.analytics.derived.feed_days import Place, counts_of, lines_on, newest, place_of
from twin_tui.analytics.derived.feed_parts import Span, Stretch, narrowed
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.filters import Filters, Period
from twin_tui.data.models import Document, Message, Query
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.local_days import day_start

_DENSE = 50
"""Where one line of so many is asked for, all of them are rather passed."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MADE: dict[ActivityKind, Any] = {"document": Document, "query": Query}


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
        self._context, self._layer, self._filters = context, layer, replace(filters, period=Period())
        self._asked = lines_of(context, layer, filters, request, left_out)
        self._counts = counts_of(layer, self._asked)

    def total(self) -> int:
        """Return how many lines there are."""
        return self._counts.total()

    def page(self, total: int, first: int, limit: int) -> list[Line]:
        """Return up to ``limit`` lines from position ``first`` of ``total``, newest first."""
        return self._at(place_of(self._counts, total, first, limit), limit)

    def newest(self, limit: int) -> list[Line]:
        """Return the newest lines, without counting the rest."""
        return self._at(newest(self._counts, limit), limit)

    def _at(self, place: Place | None, limit: int) -> list[Line]:
        if place is None:
            return []
        asked = self._asked
        stretch = Stretch(self._span(place.first, place.last), place.offset, place.held)
        if asked.has_all and not asked.is_heard:
            stretch = narrowed(self._layer, asked.kinds, stretch, limit)
        span, many = stretch.span, stretch.offset + limit
        found: list[Line] = []
        for kind in asked.kinds:
            if kind != "conversation":
                found += self._made(kind, place, span, many)
            else:
                found += self._heard(place) if asked.is_heard else self._begun(span, many)
            found.sort(key=lambda line: (line.moment, KINDS.index(line.kind), line.event_id), reverse=True)
            if len(found) >= many:
                # Nothing older can be among them any more.
                span = max(span[0], found[many - 1].moment), span[1]
        return found[stretch.offset : many]

    def _begun(self, span: Span, limit: int) -> list[Line]:
        key = "session_id" if self._layer.source.is_sqlite else 'session_id COLLATE "C"'
        rows = self._layer.run(
            f"SELECT started_us, session_id FROM {tables.SESSION}"
            f" WHERE started_us >= ? AND started_us < ?{self._asked.where}"
            f" ORDER BY started_us DESC, {key} DESC LIMIT {limit:d}",
            (*map(micros, span), *self._asked.params),
        )
        return [Line(_instant(us), "conversation", key, key) for us, key in rows]

    def _heard(self, place: Place) -> list[Line]:
        """Return sessions by their last message in the window, which lies on one of some days."""
        asked, column = self._asked, self._context.source.column
        sql = (
            f"SELECT session_id FROM ({last_days(asked)}) heard"
            f" JOIN {tables.SESSION} USING (session_no) WHERE last_day BETWEEN ? AND ?"
        )
        ids = self._layer.run(sql, (asked.first, asked.last, *asked.params, place.first, place.last))
        sent, thread = column(Message.created_at), column(Message.session)
        select = Message.select(thread, fn.MAX(sent)).where(
            BaseRows(self._context.source).these(key for (key,) in ids)(thread)
        )
        within = self._context.scope(Filters()).in_window(Message.created_at, asked.window)
        rows = self._context.rows(select.where(within).group_by(Message.session)) if ids else []
        return [Line(self._parsed(moment), "conversation", words(key), words(key)) for key, moment in rows]

    def _made(self, kind: ActivityKind, place: Place, span: Span, limit: int) -> list[Line]:
        """Return documents or queries: the newest where many are wanted, else those of the days' sessions."""
        model, column = _MADE[kind], self._context.source.column
        made, event, thread = column(model.created_at), column(model.id), column(model.session)
        if self._asked.has_all or self._is_dense(place):
            ordered = self._context.source.dialect.ordered_text(event)

            def build(start: Any, end: Any, limit: Any) -> Any:
                scope = self._context.scope(self._filters)
                select = (scope.documents if kind == "document" else scope.queries)(made, event, thread)
                return (
                    select.where((made >= start) & (made < end))
                    .order_by(made.desc(), ordered.desc())
                    .limit(limit)
                )

            instants = map(self._context.source.dialect.instant, span)
            rows = self._context.again(f"newest of {kind} {self._filters}", build, *instants, limit)
        else:
            sql = (
                f"SELECT session_id FROM {tables.SESSION} WHERE session_no IN"
                f" (SELECT session_no FROM {tables.SESSION_DAY}"
                f" WHERE day BETWEEN ? AND ?{self._asked.where} AND {COUNT[kind]} > 0)"
            )
            ids = self._layer.run(sql, (place.first, place.last, *self._asked.params))
            these = BaseRows(self._context.source).these({key for (key,) in ids})
            within = self._context.scope(Filters()).within(model.created_at, *span)
            select = model.select(made, event, thread).where(these(thread) & within)
            rows = self._context.rows(select) if ids else []
        return [Line(self._parsed(moment), kind, words(key), words(of)) for moment, key, of in rows]

    def _is_dense(self, place: Place) -> bool:
        """Return whether the lines asked for are soon met among all, on the way back in time."""
        filters = self._filters
        is_by_text = any(each is not None for each in (filters.company, filters.department, filters.platform))
        if self._asked.cells is None or self._asked.is_shared or is_by_text:
            return False  # Texts are folded row by row: the days' sessions are found for less.
        key = "lines of all", place.first, place.last
        held = self._layer.held
        if key not in held:
            held[key] = lines_on(self._layer, self._asked, place)
        return bool(_DENSE * place.held >= held[key])

    def _span(self, first: int, last: int) -> Span:
        zone = self._context.zone
        start, end = _day_start(first, zone), _day_start(last + 1, zone)
        return start, min(end, self._asked.window.end)

    def _parsed(self, moment: Any) -> datetime:
        parsed = self._context.source.dialect.parse_time(moment)
        return _EPOCH if parsed is None else parsed


def _day_start(ordinal: int, zone: ZoneInfo) -> datetime:
    return day_start(date.fromordinal(min(max(ordinal, 1), date.max.toordinal())), zone)


def _instant(us: int) -> datetime:
    return _EPOCH + us * _MICROSECOND

"""Where inside some busy days a page of the feed lies: the lines before it are counted, not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from twin_tui.analytics.answers import ActivityKind
from twin_tui.analytics.derived.layer import Layer
from twin_tui.data.models import Document, Query
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros

Span = tuple[datetime, datetime]
"""Aware instants, half-open."""
ENOUGH = 300
"""Lines that are rather read than counted."""
_PARTS = 16
_TIMES = 2
"""How often a stretch is divided at most: a 256th of a day holds few lines of the largest feed."""
_MADE: dict[ActivityKind, Any] = {"document": Document, "query": Query}
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of all sessions in a span, and where among them, the newest first, a page begins."""

    span: Span
    offset: int
    held: int
    """How many lines the span holds."""


def narrowed(layer: Layer, kinds: tuple[ActivityKind, ...], stretch: Stretch, limit: int) -> Stretch:
    """Return a part of a stretch that holds the whole page of up to ``limit`` lines.

    Where an index counts other lines, too (rows without a session, rows not taken in yet), or cannot count,
    the stretch is returned as it is.
    """
    if not all(kind == "conversation" or _is_indexed(layer, kind) for kind in kinds):
        return stretch
    part = stretch
    for _ in range(_TIMES):
        if part.offset + limit <= ENOUGH or part.span[1] - part.span[0] < _PARTS * _SECOND:
            break
        spans = list(_parts(part.span))
        counts = _counts(layer, kinds, spans)
        if sum(counts) != part.held:
            return stretch
        part = _holding(spans, counts, part.offset, limit)
    return part


def _holding(spans: list[Span], counts: list[int], offset: int, limit: int) -> Stretch:
    newer = held = 0
    within: list[Span] = []
    for span, count in zip(spans, counts, strict=True):
        if newer + count > offset:
            within.append(span)
            held += count
        newer += count
        if newer >= offset + limit:
            break
    return Stretch((within[-1][0], within[0][1]), offset - (newer - held), held)


def _parts(span: Span) -> Iterator[Span]:
    """Yield parts of a span, the newest first, parted at whole seconds."""
    start, until = span
    step = (until - start) // _PARTS
    for at in reversed(range(_PARTS)):
        since = (start + at * step).replace(microsecond=0) if at else start
        yield since, until
        until = since


def _counts(layer: Layer, kinds: tuple[ActivityKind, ...], spans: list[Span]) -> list[int]:
    columns, params = [], []
    instant = layer.source.dialect.instant
    for span in spans:
        counts = []
        for kind in kinds:
            table, column = tables.SESSION, "started_us"
            bounds: list[Any] = [micros(each) for each in span]
            if kind != "conversation":
                table, column = _MADE[kind]._meta.table_name, "created_at"
                bounds = [instant(each) for each in span]
            counts.append(f"(SELECT count(*) FROM {table} WHERE {column} >= ? AND {column} < ?)")
            params += bounds
        columns.append(" + ".join(counts))
    return list(map(int, layer.run(f"SELECT {', '.join(columns)}", params)[0]))


def _is_indexed(layer: Layer, kind: ActivityKind) -> bool:
    """Return whether a kind's times are compared as they are stored, in a database with our indexes."""
    field = _MADE[kind].created_at
    return layer.source.is_ours and layer.source.column(field) is field

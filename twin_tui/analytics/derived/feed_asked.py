"""Which lines a feed asks for, in the words of the derived tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from twin_tui.analytics.activity.branches import KINDS_OF
from twin_tui.analytics.answers import ActivityKind, ActivityRequest, Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.rollups import tables
from twin_tui.rollups.local_days import local_day
from twin_tui.rollups.statements import listed_in

COUNT: dict[ActivityKind, str] = {"document": "documents", "query": "queries"}
"""The column that counts the lines of a kind."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one feed: their kinds, what their sessions must be, the local days they may lie on."""

    kinds: tuple[ActivityKind, ...]
    window: Window
    first: int
    last: int
    """Ordinals of the first and the last local day of the window."""
    is_heard: bool
    """Whether conversations are dated by their last message."""
    is_shared: bool
    """Whether it is the feed of shared use."""
    where: str
    """Conditions on a session or its days: text that begins with AND, or empty."""
    params: tuple[Any, ...]
    cells: tuple[int, ...] | None
    """Cells of the days' counts that hold these lines and nothing else; ``None``: there are no such."""

    @property
    def has_all(self) -> bool:
        """Whether every session's lines are asked for."""
        return not self.where

    @property
    def is_empty(self) -> bool:
        """Whether the window holds no instant."""
        return self.window.start is not None and self.window.start >= self.window.end


def lines_of(
    context: Context, layer: Layer, filters: Filters, request: ActivityRequest, left_out: Sequence[str] = ()
) -> Lines:
    """Return what a request asks for, without the sessions ``left_out``."""
    kinds = KINDS_OF[request.type]
    is_heard = request.dated == "active" and "conversation" in kinds
    chosen = selection(layer, filters)
    conditions, params = list(chosen.conditions), chosen.params
    is_shared = request.type == "shared"
    if is_shared:
        conditions.append("shared = 1")
    for wanted, column in ((request.has_documents, "documents"), (request.has_queries, "queries")):
        if wanted:
            conditions.append(f"session_no IN (SELECT session_no FROM {tables.SESSION} WHERE {column} > 0)")
    if left_out:
        condition, listed = listed_in(layer.source, "session_id", left_out)
        conditions.append(f"session_no NOT IN (SELECT session_no FROM {tables.SESSION} WHERE {condition})")
        params = (*params, listed)
    window = context.window(filters.period)
    is_counted = len(conditions) == len(chosen.conditions) + is_shared and not is_heard
    return Lines(
        kinds=kinds,
        window=window,
        first=1 if window.start is None else local_day(window.start, context.zone).toordinal(),
        last=local_day(window.end - _MICROSECOND, context.zone).toordinal(),
        is_heard=is_heard,
        is_shared=is_shared,
        where="".join(f" AND {condition}" for condition in conditions),
        params=params,
        cells=chosen.cells if is_counted else None,
    )


def last_days(lines: Lines) -> str:
    """Return the select of sessions with messages in the window, and the last day of such.

    Its parameters are the first day, the last, and those of the lines.
    """
    began = f"session_no NOT IN (SELECT session_no FROM {tables.SESSION} WHERE started_us IS NULL)"
    return (
        f"SELECT session_no, MAX(day) AS last_day FROM {tables.SESSION_DAY}"
        f" WHERE day BETWEEN ? AND ?{lines.where} AND messages > 0 AND {began} GROUP BY session_no"
    )

"""Where dead ends, unanswered messages and twins' doings come from: derived tables, or all rows."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Protocol

from twin_tui.analytics.answers import Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.dead_ends import DerivedEnds
from twin_tui.analytics.derived.doings import is_kept
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.derived.twin_doings import DerivedDoings, KeptDoings
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.quality.dead_ends import DeadEnd, dead_ends
from twin_tui.analytics.quality.replies import Unanswered, unanswered
from twin_tui.analytics.quality.twins import Doings, PlainDoings
from twin_tui.rollups.calendar import micros


class Ends(Protocol):
    """Dead ends and messages without a reply, of a frame and within filters."""

    def dead_counts(self) -> Iterable[tuple[int, int, int]]:
        """Return (when they start, reasons' bits, how many) over all that the frame compares."""

    def open_counts(self) -> Iterable[tuple[int, int]]:
        """Return (when they were sent, how many) over all that the frame compares."""

    def dead_by_twin(self) -> Mapping[Hashable, int]:
        """Return the dead ends of the frame's window by twin, as `doings_of` tells twins apart."""

    def open_by_twin(self) -> Mapping[Hashable, int]:
        """Return the messages without a reply of the frame's window in the same way."""


class PlainEnds:
    """Read from all rows."""

    def __init__(self, context: Context, filters: Filters, frame: Frame) -> None:
        self._context, self._filters = context, filters
        self._span = Window(frame.compared_from, frame.upper, context.zone.key)
        self._since = micros(frame.lower if frame.window.start is None else frame.window.start)

    @cached_property
    def _dead(self) -> list[DeadEnd]:
        return dead_ends(self._context, self._filters, self._span)

    @cached_property
    def _open(self) -> list[Unanswered]:
        return unanswered(self._context, self._filters, self._span)

    def dead_counts(self) -> Iterable[tuple[int, int, int]]:
        """Return each dead end."""
        return ((end.started_us, end.reasons, 1) for end in self._dead)

    def open_counts(self) -> Iterable[tuple[int, int]]:
        """Return each message."""
        return ((message.sent_us, 1) for message in self._open)

    def dead_by_twin(self) -> Mapping[Hashable, int]:
        """Return those of the window."""
        return Counter(end.twin_id for end in self._dead if end.started_us >= self._since)

    def open_by_twin(self) -> Mapping[Hashable, int]:
        """Return those of the window."""
        return Counter(message.twin_id for message in self._open if message.sent_us >= self._since)


def ends_of(context: Context, filters: Filters, frame: Frame, layer: Layer | None) -> Ends:
    """Return the derived tables' word where they serve the frame and hold nothing of the future."""
    if layer is None or layer.reaches_beyond_now:
        return PlainEnds(context, filters, frame)
    return DerivedEnds(layer, selection(layer, filters), frame)


def doings_of(context: Context, filters: Filters, facts: Facts, layer: Layer | None, ends: Ends) -> Doings:
    """Return what twins did in the window of the facts, in the same way."""
    frame = facts.frame
    if layer is not None and is_kept(layer, selection(layer, filters)):
        return KeptDoings(layer, filters, frame)
    left = ends.dead_by_twin(), ends.open_by_twin()
    if layer is None or layer.reaches_beyond_now:
        return PlainDoings(context, filters, frame.window, left)
    is_known = facts.total("results_known", frame.current) == facts.total("queries", frame.current)
    return DerivedDoings(context, layer, filters, frame, left, are_results_known=is_known)


def dead_ends_of(context: Context, filters: Filters) -> list[DeadEnd]:
    """Return the dead ends started in the period, one by one, from either."""
    window, layer = context.window(filters.period), context.layer
    if layer is None or layer.reaches_beyond_now:
        return dead_ends(context, filters, window)
    chosen = selection(layer, filters)
    return [DeadEnd(*row) for row in DerivedEnds.dead_ends(layer, chosen, window)]


def unanswered_of(context: Context, filters: Filters) -> list[Unanswered]:
    """Return the messages of the period without a reply, one by one, from either."""
    window, layer = context.window(filters.period), context.layer
    if layer is None or layer.reaches_beyond_now:
        return unanswered(context, filters, window)
    chosen = selection(layer, filters)
    return [Unanswered(*row) for row in DerivedEnds.unanswered(layer, chosen, window)]

"""The conversations whose length or messages lie within bounds, from the rows of sessions."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from twin_tui.analytics.answers import Window
from twin_tui.analytics.behind.places import Place, Places
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Sessions(Places):
    """Those started in a window, newest first; for tables that hold nothing at or after now."""

    def __init__(
        self,
        layer: Layer,
        filters: Filters,
        window: Window,
        column: Literal["messages", "length_us"],
        bounds: tuple[int, int | None],
    ) -> None:
        """``bounds`` are the least and the most of the column, both included; no most is no end."""
        low, high = bounds
        chosen = selection(layer, filters)
        start = -(1 << 62) if window.start is None else micros(window.start)
        self._layer = layer
        self._where = (
            f"FROM {tables.SESSION} WHERE started_us >= ? AND started_us < ? AND {column} >= ?"
            f"{'' if high is None else f' AND {column} <= {high:d}'}{chosen.where}"
        )
        self._params = (start, micros(window.end), low, *chosen.params)
        ((count,),) = layer.run(f"SELECT COUNT(*) {self._where}", self._params)
        self.total = int(count)

    def part(self, first: int, count: int) -> list[Place]:
        """Return a page of them."""
        key = "session_id" if self._layer.source.is_sqlite else 'session_id COLLATE "C"'
        rows = self._layer.run(
            f"SELECT started_us, session_id {self._where}"
            f" ORDER BY started_us DESC, {key} DESC LIMIT {count:d} OFFSET {first:d}",
            self._params,
        )
        return [Place(session_id, _EPOCH + timedelta(microseconds=us)) for us, session_id in rows]

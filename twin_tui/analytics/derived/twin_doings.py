"""What twins did in a frame's window, from the derived tables: see `quality_twins.Doings`.

For tables that hold nothing at or after now, so that the window is made of whole days.
"""

from collections import defaultdict
from collections.abc import Collection

from peewee import SQL, fn

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import numbers, selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.lookup_columns import words
from twin_tui.analytics.quality_twins import Replies, Tallies, TwinTally
from twin_tui.data.models import Query, Session
from twin_tui.rollups import tables
from twin_tui.rollups.details import parsed
from twin_tui.rollups.statements import listed_in


class DerivedDoings:
    """Sums over sessions by day; queries by what they found are read from their rows."""

    def __init__(
        self, context: Context, layer: Layer, filters: Filters, frame: Frame, *, are_results_known: bool
    ) -> None:
        """``are_results_known`` says that every query of the window has a known number of results."""
        self._context, self._layer, self._filters, self._frame = context, layer, filters, frame
        self._are_results_known = are_results_known
        self._chosen = selection(layer, filters)
        days = [bucket.day for bucket in frame.buckets[frame.current.first : frame.current.stop]]
        self._days = (days[0].toordinal(), days[-1].toordinal()) if days else None

    def tallies(self) -> Tallies:
        """Return the counts."""
        tallies: Tallies = defaultdict(TwinTally)
        if self._days is None:
            return tallies
        summed = (
            "SELECT twin_no, SUM(begun) AS begun, SUM(user_messages) AS asked, SUM(queries) AS searched"
            f" FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?{self._chosen.where} GROUP BY twin_no"
        )
        rows = self._layer.run(
            f"SELECT t.twin_id, s.begun, s.asked, s.searched FROM ({summed}) s JOIN {tables.TWIN} t"
            " ON t.no = s.twin_no",
            (*self._days, *self._chosen.params),
        )
        for twin_id, begun, asked, searched in rows:
            tallies[twin_id] = TwinTally(
                conversations=int(begun), user_messages=int(asked), queries_known=int(searched)
            )
        for twin_id, count in self._queries(is_known=True):
            tallies[twin_id].queries_empty = count
        if not self._are_results_known:
            for twin_id, count in self._queries(is_known=False):
                tallies[twin_id].queries_known -= count
        return tallies

    def _queries(self, *, is_known: bool) -> list[tuple[str, int]]:
        """Return the queries of the window that found nothing, or whose results are unknown, by twin."""
        scope, column = self._context.scope(self._filters), self._context.source.column
        results = column(Query.results_count)
        chosen = results == 0 if is_known else results.is_null()
        select = scope.queries(column(Session.twin).alias("with_twin"), fn.COUNT(SQL("*"))).where(
            scope.in_window(Query.created_at, self._frame.window) & chosen
        )
        rows = self._context.rows(select.group_by(SQL("with_twin")))
        return [(words(twin), int(count)) for twin, count in rows]

    def replies(self, twins: Collection[str] | None) -> Replies:
        """Return how long replies took."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        if self._days is None:
            return found
        condition, params = "", [*self._days, *self._chosen.params]
        names = f"SELECT no, twin_id FROM {tables.TWIN}"
        if twins is not None:
            which, listed = listed_in(self._context.source, "twin_id", twins)
            known = dict(self._layer.run(f"{names} WHERE {which}", (listed,)))
            condition = f" AND twin_no {numbers(tuple(known))}"
        else:
            known = dict(self._layer.run(names))
        rows = self._layer.run(
            f"SELECT twin_no, detail FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?"
            f"{self._chosen.where}{condition} AND user_messages > 0",
            params,
        )
        for twin_no, detail in rows:
            if waits := parsed(detail).get("r"):
                found[known[twin_no]] += waits
        return found

"""What twins did in a frame's window, from the derived tables: see `quality_twins.Doings`.

For tables that hold nothing at or after now, so that the window is made of whole days.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping

from peewee import SQL, fn

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.lookup_columns import words
from twin_tui.analytics.quality_twins import Replies, Tallies, TwinTally
from twin_tui.data.models import Query, Session
from twin_tui.rollups import tables
from twin_tui.rollups.details import parsed
from twin_tui.rollups.statements import listed_in


class DerivedDoings:
    """Sums over sessions by day; twins go by their numbers."""

    def __init__(
        self,
        context: Context,
        layer: Layer,
        filters: Filters,
        frame: Frame,
        empty: Mapping[str, int],
        *,
        are_results_known: bool,
    ) -> None:
        """``empty`` are the window's queries that found nothing, by twin's id.

        ``are_results_known`` says that every query of the window has a known number of results.
        """
        self._context, self._layer, self._filters, self._frame = context, layer, filters, frame
        self._empty, self._are_results_known = empty, are_results_known
        self._chosen = selection(layer, filters)
        days = [bucket.day for bucket in frame.buckets[frame.current.first : frame.current.stop]]
        self._days = (days[0].toordinal(), days[-1].toordinal()) if days else None

    def tallies(self) -> Tallies:
        """Return the counts."""
        tallies: Tallies = defaultdict(TwinTally)
        if self._days is None:
            return tallies
        rows = self._layer.run(
            "SELECT twin_no, SUM(begun), SUM(user_messages), SUM(queries)"
            f" FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?{self._chosen.where} GROUP BY twin_no",
            (*self._days, *self._chosen.params),
        )
        for twin_no, begun, asked, searched in rows:
            tallies[twin_no] = TwinTally(int(searched), 0, int(begun), 0, int(asked))
        for twin_no, count in self._numbered(self._empty):
            tallies[twin_no].queries_empty = count
        if not self._are_results_known:
            for twin_no, count in self._numbered(self._unknown()):
                tallies[twin_no].queries_known -= count
        return tallies

    def _numbered(self, counts: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        """Yield counts by the numbers of twins instead of their ids."""
        if counts:
            which, listed = listed_in(self._context.source, "twin_id", counts)
            named = f"SELECT no, twin_id FROM {tables.TWIN} WHERE {which}"
            for twin_no, twin_id in self._layer.run(named, (listed,)):
                yield twin_no, counts[twin_id]

    def _unknown(self) -> dict[str, int]:
        """Return the queries of the window whose results are unknown, by twin's id."""
        scope, column = self._context.scope(self._filters), self._context.source.column
        select = scope.queries(column(Session.twin).alias("with_twin"), fn.COUNT(SQL("*"))).where(
            scope.in_window(Query.created_at, self._frame.window) & column(Query.results_count).is_null()
        )
        rows = self._context.rows(select.group_by(SQL("with_twin")))
        return {words(twin): int(count) for twin, count in rows}

    def ids(self, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
        """Return the ids of twins by their numbers."""
        which, listed = listed_in(self._context.source, "no", twins)
        named = f"SELECT no, twin_id FROM {tables.TWIN} WHERE {which}"
        return dict(self._layer.run(named, (listed,)))

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took."""
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        if self._days is None:
            return found
        condition, params = "", [*self._days, *self._chosen.params]
        if twins is not None:
            which, listed = listed_in(self._context.source, "twin_no", twins)
            condition = f" AND {which}"
            params.append(listed)
        rows = self._layer.run(
            f"SELECT twin_no, detail FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?"
            f"{self._chosen.where}{condition} AND user_messages > 0",
            params,
        )
        for twin_no, detail in rows:
            if waits := parsed(detail).get("r"):
                found[twin_no] += waits
        return found

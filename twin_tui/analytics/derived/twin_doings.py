"""What twins did in a frame's window, from the derived tables: see `quality_twins.Doings`.

For tables that hold nothing at or after now, so that the window is made of whole days.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import partial

from peewee import SQL, fn

from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.doings import by_twin, days_of
from twin_tui.analytics.derived.empty_queries import by_twin as empty_by_twin
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.people_sets import levels, union
from twin_tui.analytics.quality.twins import Group, Left, Replies, Tallied, Tallies, TwinTally
from twin_tui.data.models import Query, Session
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import members
from twin_tui.rollups.detail_parts import reply_times
from twin_tui.rollups.doings import COUNTS
from twin_tui.rollups.statements import listed_in


class KeptDoings:
    """Those of everybody, added up for every day; twins go by their numbers."""

    def __init__(self, layer: Layer, filters: Filters, frame: Frame) -> None:
        self._layer, self._chosen = layer, selection(layer, filters)
        self._days = days_of(frame)
        self._counts = dict(zip(COUNTS, by_twin(layer, self._days), strict=True))

    def groups(self, of: str, among: str) -> Iterable[Group]:
        """Return the twins by two of their counts."""
        part, whole = self._counts[of], self._counts[among]
        for count, some in levels(whole, union(whole)):
            for number, twins in levels(part, some) if count else ():
                yield Group(number, count, twins.bit_count(), partial(members, twins))

    def tallies(self, twins: Collection[Hashable]) -> Mapping[Hashable, TwinTally]:
        """Return the counts of some twins."""
        numbers = [twin for twin in twins if isinstance(twin, int)]
        found: dict[Hashable, TwinTally] = {twin: TwinTally() for twin in numbers}
        for name, planes in self._counts.items():
            for digit, plane in enumerate(planes):
                dense = plane.to_bytes((plane.bit_length() + 7) >> 3, "little")
                for twin in numbers:
                    place, bit = divmod(twin, 8)
                    if place < len(dense) and dense[place] >> bit & 1:
                        tally = found[twin]
                        setattr(tally, name, getattr(tally, name) + (1 << digit))
        return found

    def ids(self, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
        """Return the ids of twins by their numbers."""
        return _ids(self._layer, twins)

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took."""
        return _replies(self._layer, self._chosen, self._days, twins)


class DerivedDoings(Tallied):
    """Sums over sessions by day; twins go by their numbers."""

    def __init__(
        self,
        context: Context,
        layer: Layer,
        filters: Filters,
        frame: Frame,
        left: Left,
        *,
        are_results_known: bool,
    ) -> None:
        """``are_results_known`` says that every query of the window has a known number of results."""
        super().__init__(left)
        self._context, self._layer, self._filters, self._frame = context, layer, filters, frame
        self._are_results_known = are_results_known
        self._chosen, self._days = selection(layer, filters), days_of(frame)

    def counted(self) -> Tallies:
        """Return the counts."""
        tallies: Tallies = defaultdict(TwinTally)
        rows = self._layer.run(
            "SELECT twin_no, SUM(begun), SUM(user_messages), SUM(queries)"
            f" FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?{self._chosen.where} GROUP BY twin_no",
            (*self._days, *self._chosen.params),
        )
        for twin_no, begun, asked, searched in rows:
            tallies[twin_no] = TwinTally(int(searched), 0, int(begun), 0, int(asked))
        for twin_no, count in empty_by_twin(self._layer, self._chosen, self._frame.window):
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
        return _ids(self._layer, twins)

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took."""
        return _replies(self._layer, self._chosen, self._days, twins)


def _ids(layer: Layer, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
    which, listed = listed_in(layer.source, "no", twins)
    return dict(layer.run(f"SELECT no, twin_id FROM {tables.TWIN} WHERE {which}", (listed,)))


def _replies(
    layer: Layer, chosen: Selection, days: tuple[int, int], twins: Collection[Hashable] | None
) -> Replies:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    condition, params = "", [*days, *chosen.params]
    if twins is not None:
        which, listed = listed_in(layer.source, "twin_no", twins)
        condition = f" AND {which}"
        params.append(listed)
    rows = layer.run(
        f"SELECT twin_no, detail FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?"
        f"{chosen.where}{condition} AND user_messages > 0",
        params,
    )
    for twin_no, detail in rows:
        if waits := reply_times(detail):
            found[twin_no] += waits
    return found

"""How far back a search on PostgreSQL looks at a time, by what the planner knows of its words.

A word that many texts hold is soon found by walking back in time; a rare one by its list of places, which has
no order. In between both would look at thousands of rows in vain: there the list is cut to a stretch of time
that is likely to hold a page of hits.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from twin_tui.data.source import Source
from twin_tui.rollups.search.store import EARLIEST_US
from twin_tui.rollups.search.tables import ITEM

_COMMON = 30
"""A word that one of so many texts holds is met often enough on the way back."""
_PLACES_PER_ROW = 3
"""Reading a row costs as much as passing some dozen places of an index, and a page has some dozen hits."""
_UNSURE = 3
"""Up to so many times as many as are few are counted: more are surely not few."""
_HITS = 100
"""A stretch is meant to hold so many: a page, and some that are left out."""
_WIDER = 4
"""How much longer each further stretch is."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How to look for the next places."""

    is_walk: bool
    """Whether to go back in time through all texts, rather than through the places of the words."""
    floors: tuple[int, ...]
    """How far back each time, in microseconds since 1970; the last is as far as is asked for."""


class Planner:
    """What the server knows of the index, looked up once for a question."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._numbers: dict[str, float] = {}

    def reach(self, words: str, since_us: int, until_us: int) -> Reach:
        """Return how to look for items of a period that hold ``words``, given as a tsquery."""
        total = self._total
        expected = self._about(words) if total > 0 else 0.0
        if expected * _COMMON >= total:
            return Reach(is_walk=True, floors=(since_us,))
        if expected <= self._few:
            return Reach(is_walk=False, floors=(since_us,))
        floors = self._floors(_HITS * total / expected, since_us, until_us)
        return Reach(is_walk=False, floors=(*floors, since_us))

    def _floors(self, items: float, since_us: int, until_us: int) -> Iterator[int]:
        """Yield instants back to which about so many items lie before ``until_us``, then more and more."""
        bounds = self._bounds
        if len(bounds) < 2:
            return
        at, steps = bisect_right(bounds, until_us) - 1, items * (len(bounds) - 1) / self._total
        while at - steps > 0 and bounds[int(at - steps)] > max(since_us, EARLIEST_US):
            yield bounds[int(at - steps)]
            steps *= _WIDER

    def _about(self, words: str) -> float:
        """Return about how many items hold words; exactly where they are few, as no planner can tell."""
        if words not in self._numbers:
            matches = f"FROM {ITEM} WHERE words @@ CAST(? AS tsquery)"
            ((plan,),) = self._source.run(f"EXPLAIN (FORMAT JSON) SELECT 1 {matches}", (words,))
            number = float(plan[0]["Plan"]["Plan Rows"])
            if number <= _UNSURE * self._few:
                sql = f"SELECT count(*) FROM (SELECT 1 {matches} LIMIT ?) AS held"
                ((held,),) = self._source.run(sql, (words, self._few + 1))
                number = float(held if held <= self._few else max(number, held))
            self._numbers[words] = number
        return self._numbers[words]

    @property
    def _few(self) -> int:
        """So many rows are read at once for less than finding the newest of them would take."""
        return math.isqrt(int(_PLACES_PER_ROW * self._total))

    @cached_property
    def _total(self) -> float:
        """How many items there are, as the server noted; not positive where it did not yet."""
        rows = self._source.run("SELECT reltuples FROM pg_class WHERE oid = to_regclass(?)", (ITEM,))
        return float(rows[0][0]) if rows else 0.0

    @cached_property
    def _bounds(self) -> list[int]:
        """Instants that part the items in portions of one size, ascending."""
        rows = self._source.run(
            "SELECT s.histogram_bounds::text::bigint[] FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname"
            " WHERE c.oid = to_regclass(?) AND s.attname = 'at_us' AND s.histogram_bounds IS NOT NULL",
            (ITEM,),
        )
        return list(rows[0][0]) if rows else []

"""How far back a search on a server looks at a time: never through thousands of rows in vain."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from twin_tui.data.source import Source
from twin_tui.rollups.search.reach import Planner, Reach

ITEMS = 1_000_000
BOUNDS = list(range(0, 1_001_000, 1_000))
"""A thousand portions of a thousand items each."""


class Server:
    """Answers what a planner asks: how many items there are, how many a condition finds, when they were."""

    def __init__(
        self, expected: int, items: int = ITEMS, bounds: Sequence[int] = BOUNDS, *, held: int | None = None
    ) -> None:
        self.expected, self.items, self.bounds = expected, items, list(bounds)
        self.held = expected if held is None else held

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if sql.startswith("EXPLAIN"):
            assert params == ("'word'",)
            return [([{"Plan": {"Plan Rows": self.expected}}],)]
        if "count(*)" in sql:
            return [(min(self.held, params[1]),)]
        if "reltuples" in sql:
            return [(float(self.items),)]
        return [(self.bounds,)] if self.bounds else []


def reach(server: Server, since_us: int = -1, until_us: int = 2_000_000) -> Reach:
    planner = Planner(cast("Source", server))
    return planner.reach("'word'", since_us, until_us)


@pytest.mark.parametrize("server", [Server(100_000), Server(5_000, items=-1), Server(5_000, items=0)])
def test_a_common_word_and_one_of_unknown_frequency_are_met_on_the_way_back(server: Server) -> None:
    assert reach(server) == Reach(is_walk=True, floors=(-1,))


def test_all_places_of_a_rare_word_are_looked_at() -> None:
    assert reach(Server(1_000)) == Reach(is_walk=False, floors=(-1,))


def test_what_the_planner_takes_for_rare_is_counted() -> None:
    assert reach(Server(4_000, held=200)) == Reach(is_walk=False, floors=(-1,))
    assert len(reach(Server(1_000, held=50_000)).floors) > 1


def test_places_in_between_are_looked_at_by_stretches_of_time() -> None:
    # One of two hundred texts holds it: a hundred hits are among twenty thousand.
    assert reach(Server(5_000)) == Reach(is_walk=False, floors=(980_000, 920_000, 680_000, -1))


def test_stretches_lie_in_the_period_that_is_asked_for() -> None:
    found = reach(Server(5_000), since_us=900_000, until_us=1_000_000)
    assert found == Reach(is_walk=False, floors=(980_000, 920_000, 900_000))
    assert reach(Server(5_000), until_us=500_000).floors == (480_000, 420_000, 180_000, -1)
    assert reach(Server(5_000), until_us=-5).floors == (-1,)


def test_where_nothing_is_known_of_times_all_places_are_looked_at() -> None:
    assert reach(Server(5_000, bounds=())) == Reach(is_walk=False, floors=(-1,))

"""Whatever is done to the rows, in whatever order it is taken in: the tables are those of a fresh build."""

import pytest

from tests.rollups.fuzz.walk import Walk


@pytest.mark.parametrize("seed", range(3))
def test_refreshed_tables_are_those_of_a_fresh_build(database_url: str, seed: int) -> None:
    walk = Walk(database_url, seed)
    try:
        for _ in range(70 if walk.scene.is_sqlite else 25):
            walk.step()
        walk.compare()
    finally:
        walk.close()
    assert walk.compared > 3

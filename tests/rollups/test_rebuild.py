"""The derived tables, made from nothing, against a plain count of the same rows."""

from collections.abc import Iterator
from itertools import takewhile
from operator import not_
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.quality_oracle import with_texts
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import replace_rows
from tests.rollups.contents import contents
from tests.rollups.plain_count import PlainCount
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import rebuild as rebuilding
from twin_tui.rollups import tables
from twin_tui.rollups.rebuild import Tell, rebuild, resume
from twin_tui.rollups.state import State, read_state


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


@pytest.fixture
def world(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        yield source


def test_every_derived_row_equals_the_plain_count(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "FEWEST", 2)

    @settings(
        max_examples=40 if source.is_sqlite else 15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 25))
    def check(seed: int, sessions: int) -> None:
        example = case(seed, sessions)
        with_texts(example.world, seed)
        replace_rows(source, example.world)
        assert rebuild(source, example.zone)
        ties = "insertion" if source.is_sqlite else "id"
        expected = PlainCount(example.world, ZoneInfo(example.zone), ties=ties).contents()
        found = contents(source)
        for table, rows in expected.items():
            assert found[table] == rows, table

    check()


def test_sessions_of_people_and_twins_without_a_row_are_nobodys(sqlite_url: str) -> None:
    example = case(7, 20)
    with open_database(sqlite_url, "write") as source:
        replace_rows(source, example.world)
        gone = (example.world.users.pop(0), example.world.twins.pop(0))
        source.db.execute_sql("PRAGMA foreign_keys = 0")
        with source.writing():
            source.run("DELETE FROM users WHERE id = ?", (gone[0]["id"],))
            source.run("DELETE FROM twins WHERE id = ?", (gone[1]["id"],))
        assert rebuild(source, example.zone)
        expected = PlainCount(example.world, ZoneInfo(example.zone), ties="insertion").contents()
        assert contents(source) == expected
        assert any(cell == ("nobody", "", "") for cell, _ in expected["day"])


def test_a_build_answers_nothing_until_it_is_complete(world: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "FEWEST", 1)
    monkeypatch.setattr(rebuilding, "PIECE_SECONDS", 0)
    told: list[tuple[int, int, str]] = []
    for is_complete in in_pieces(world, "UTC", lambda *progress: told.append(progress)):
        state = read_state(world)
        assert state is not None
        assert state.serves("UTC") is is_complete
        if is_complete:
            break
    assert read_state(world) == State(tables.VERSION, "UTC", "current")
    assert told == [(done, len(told), "sessions") for done in range(1, len(told) + 1)]
    assert len(told) > 3


def in_pieces(source: Source, timezone: str, tell: Tell | None = None) -> Iterator[bool]:
    """Rebuild a transaction at a time, as if a process of its own did each; yield whether it is complete."""
    for piece in range(1_000):
        answers = iter((False, True))
        if piece == 0:
            yield rebuild(source, timezone, tell, lambda answers=answers: next(answers))
        else:
            yield resume(source, tell, lambda answers=answers: next(answers))


def test_a_build_that_was_interrupted_goes_on_and_ends_the_same(
    world: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rebuild(world, "Asia/Tokyo")
    whole = contents(world)
    monkeypatch.setattr(rebuilding, "FEWEST", 1)
    monkeypatch.setattr(rebuilding, "PIECE_SECONDS", 0)
    pieces = list(takewhile(not_, in_pieces(world, "Asia/Tokyo")))
    assert len(pieces) > 20, "seven tables emptied, then one row or day at a time"
    assert contents(world) == whole


def test_rebuilding_in_another_timezone_moves_the_days(world: Source) -> None:
    rebuild(world, "UTC")
    before = contents(world)
    rebuild(world, "Pacific/Kiritimati")
    assert read_state(world) == State(tables.VERSION, "Pacific/Kiritimati", "current")
    after = contents(world)
    assert after["session"] == before["session"]
    assert after["session_day"].keys() != before["session_day"].keys()


def test_a_build_ends_with_every_index(world: Source) -> None:
    assert rebuild(world, "UTC")
    assert rebuild(world, "Asia/Tokyo")
    found = {index.name for table in tables.TABLES for index in world.db.get_indexes(table)}
    assert set(tables.INDEXES) <= found
    assert len(tables.INDEXES) > 10

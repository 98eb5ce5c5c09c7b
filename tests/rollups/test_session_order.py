"""A build takes sessions by their start, every one of them once, whatever stands for a start."""

from collections.abc import Iterator

import pytest

from tests.rollups.contents import contents
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import build_steps, tables
from twin_tui.rollups import rebuild as rebuilding
from twin_tui.rollups.others import Others
from twin_tui.rollups.rebuild import rebuild, resume
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.session_order import next_sessions


@pytest.fixture
def world(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        yield source


def taken(source: Source, size: int) -> list[str]:
    found: list[str] = []
    with source.reading():
        sessions, cursor = next_sessions(source, None, size)
        while cursor is not None:
            found += [session.session_id for session in sessions]
            sessions, cursor = next_sessions(source, cursor, size)
    return found


@pytest.mark.parametrize("size", [1, 2, 100])
def test_sessions_come_by_their_start_and_those_without_one_last(world: Source, size: int) -> None:
    dated, undated = (
        [key for (key,) in world.run(f"SELECT id FROM sessions WHERE started_at IS {which} ORDER BY {order}")]
        for which, order in (("NOT NULL", "started_at, id"), ("NULL", "id"))
    )
    assert undated
    assert taken(world, size) == dated + undated


@pytest.mark.parametrize("start", ["12", "x'00ff'", "'no time'", "CAST(x'ff3a' AS TEXT)"])
def test_a_start_that_is_no_time_hides_no_session(world_sqlite: str, start: str) -> None:
    with open_database(world_sqlite, "write") as source:
        ids = {key for (key,) in source.run("SELECT id FROM sessions")}
        for odd in sorted(ids)[:2]:
            with source.writing():
                source.run(f"UPDATE sessions SET started_at = {start} WHERE id = ?", (odd,))
        for size in (1, 100):
            found = taken(source, size)
            assert set(found) == ids
            assert len(found) == len(ids)


@pytest.mark.parametrize("are_writing", [False, True])
def test_a_session_that_moves_ahead_of_a_build_is_in_the_tables_once(
    world: Source, monkeypatch: pytest.MonkeyPatch, are_writing: bool
) -> None:
    monkeypatch.setattr(Others, "are_writing", lambda _: are_writing)
    monkeypatch.setattr(build_steps, "MOST_INDEXED_AT_ONCE", 0)
    monkeypatch.setattr(rebuilding, "FEWEST", 1)
    monkeypatch.setattr(rebuilding, "PIECE_SECONDS", 0)
    first = taken(world, 1)[0]
    answers = iter(lambda: count() > 0, None)

    def count() -> int:
        return int(world.run(f"SELECT count(*) FROM {tables.SESSION} WHERE session_id = ?", (first,))[0][0])

    assert not rebuild(world, "UTC", should_stop=lambda: next(answers))
    with world.writing():
        world.run("UPDATE sessions SET started_at = '2026-06-01 08:00:00' WHERE id = ?", (first,))
    assert resume(world)
    assert refresh(world).is_current
    incremental = contents(world)
    assert first in incremental["session"]
    assert rebuild(world, "UTC")
    assert incremental == contents(world)

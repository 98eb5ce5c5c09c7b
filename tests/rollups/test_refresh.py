"""Taking changes in leaves exactly what a rebuild would make, however they are cut into chunks."""

from collections.abc import Iterator
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.plain_rows import World
from tests.analytics.quality_oracle import with_texts
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import replace_rows
from tests.rollups.contents import contents
from tests.rollups.mutating import change_rows
from tests.rollups.mutations import mutated
from tests.rollups.plain import Writer
from tests.rollups.plain_count import PlainCount
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import portions, tables
from twin_tui.rollups import refresh as refreshing
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import Refreshed, Refresher, refresh
from twin_tui.rollups.state import State, note, read_state


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


@pytest.fixture
def writer(database_url: str) -> Iterator[Writer]:
    with Writer(database_url) as writer:
        yield writer


@pytest.fixture
def world(source: Source) -> World:
    """A world whose derived tables are current."""
    world = case(11, 20).world
    replace_rows(source, world)
    assert rebuild(source, "UTC")
    return world


def refreshed(source: Source) -> Refreshed:
    return refresh(source, pause=lambda _: None)


def counted(source: Source, world: World, zone: str = "UTC") -> dict:
    ties = "insertion" if source.is_sqlite else "id"
    return PlainCount(world, ZoneInfo(zone), ties=ties).contents()


def test_refreshed_rows_equal_the_plain_count(
    source: Source, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 2)

    @settings(
        max_examples=40 if source.is_sqlite else 12,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 20), is_hurried=st.booleans())
    def check(seed: int, sessions: int, is_hurried: bool) -> None:
        monkeypatch.setattr(refreshing, "CHUNK_SECONDS", 0 if is_hurried else 10)
        example, draw = case(seed, sessions), Random(seed)
        world = with_texts(example.world, seed)
        replace_rows(source, world)
        assert rebuild(source, example.zone)
        for _ in range(3):
            before, world = world, mutated(world, draw)
            change_rows(writer, before, world)
            told = refreshed(source)
            assert (told.is_current, told.is_rebuilt) == (True, False)
            found = contents(source)
            for table, rows in counted(source, world, example.zone).items():
                assert found[table] == rows, table

    check()


def test_nothing_to_do_changes_nothing(source: Source, world: World) -> None:
    assert refreshed(source) == Refreshed()
    assert contents(source) == counted(source, world)


def test_without_derived_tables_nothing_is_made(source: Source) -> None:
    assert refreshed(source) == Refreshed(is_current=False)
    assert read_state(source) is None


def test_a_refresh_that_is_stopped_leaves_the_rest_waiting(
    source: Source, world: World, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "CHUNK_SECONDS", 0)
    monkeypatch.setattr(refreshing, "BATCH", 3)
    writer.run("UPDATE sessions SET platform = 'elsewhere'")
    answers = iter((False, True))
    first = refresh(source, lambda: next(answers), lambda _: None)
    assert (first.sessions, first.is_current) == (3, False)
    assert capture.behind(source) > 0
    assert refreshed(source).sessions == len(world.sessions) - 3
    for session in world.sessions:
        session["platform"] = "elsewhere"
    assert contents(source) == counted(source, world)


def test_after_a_transaction_that_took_too_long_the_next_takes_fewer_sessions(
    source: Source, world: World, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 6)
    monkeypatch.setattr(refreshing, "SMALLEST", 2)
    monkeypatch.setattr(refreshing, "CHUNK_SECONDS", 0)
    writer.run("UPDATE sessions SET platform = 'elsewhere'")
    refresher = Refresher(source, ZoneInfo("UTC"))
    taken = [refresher.step() for _ in range(3)]
    assert [step.sessions for step in taken if step] == [6, 2, 2]
    refreshed(source)
    for session in world.sessions:
        session["platform"] = "elsewhere"
    assert contents(source) == counted(source, world)


def test_a_failure_in_the_middle_leaves_the_old_rows_and_the_queue(
    source: Source, world: World, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(source)
    writer.run("DELETE FROM messages")
    waiting = capture.behind(source)
    assert waiting > 0
    with monkeypatch.context() as patch:
        patch.setattr(refreshing.days, "put", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            refreshed(source)
    assert contents(source) == before
    assert capture.behind(source) == waiting
    refreshed(source)
    world.messages.clear()
    assert contents(source) == counted(source, world)


def test_pauses_let_writers_go_first(
    source: Source, world: World, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "CHUNK_SECONDS", 0)
    monkeypatch.setattr(refreshing, "BATCH", 2)
    monkeypatch.setattr(portions, "REST_SECONDS", 60.0)
    monkeypatch.setattr(portions, "WITHOUT_REST_SECONDS", 0.0)
    writer.run("UPDATE sessions SET platform = 'elsewhere'")
    user, written = world.users[0]["id"], []

    def write(_: float) -> None:
        written.append(writer.run("UPDATE users SET company = ? WHERE id = ?", f"C{len(written)}", user))
        assert len(written) < 50

    told = refresh(source, lambda: len(written) > 3, write)
    assert not told.is_current
    refreshed(source)
    for session in world.sessions:
        session["platform"] = "elsewhere"
    world.users[0]["company"] = f"C{len(written) - 1}"
    assert contents(source) == counted(source, world)


def test_rows_that_contradict_one_another_are_all_made_anew(
    source: Source, world: World, writer: Writer
) -> None:
    with source.writing():
        source.run(f"DELETE FROM {tables.DAY}")
    writer.run("UPDATE sessions SET platform = 'elsewhere'")
    told = refreshed(source)
    assert (told.is_rebuilt, told.is_current) == (True, True)
    for session in world.sessions:
        session["platform"] = "elsewhere"
    assert contents(source) == counted(source, world)


def test_too_many_changes_are_a_rebuild(
    source: Source, world: World, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "FEW", 3)
    writer.run("UPDATE messages SET message_type = 'x' WHERE id = ?", world.messages[0]["id"])
    assert not refreshed(source).is_rebuilt
    writer.run("UPDATE messages SET message_type = 'y'")
    assert refreshed(source).is_rebuilt
    for message in world.messages:
        message["message_type"] = "y"
    assert contents(source) == counted(source, world)


def test_tables_of_another_version_are_made_anew(source: Source, world: World) -> None:
    with source.writing():
        note(source, {"version": "0"})
    assert refreshed(source).is_rebuilt
    assert read_state(source) == State(tables.VERSION, "UTC", "current")
    assert contents(source) == counted(source, world)


def test_an_interrupted_build_goes_on(source: Source, world: World) -> None:
    answers = iter((False, False, True))
    assert not rebuild(source, "Asia/Tokyo", should_stop=lambda: next(answers))
    assert refreshed(source) == Refreshed(is_rebuilt=True)
    assert contents(source) == counted(source, world, "Asia/Tokyo")

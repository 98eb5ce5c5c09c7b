"""No transaction beside other writers takes on more than a set amount, and between them is time to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.analytics.quality_oracle import with_texts
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import replace_rows
from tests.rollups.contents import contents
from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import build_steps, portions, removal, tables
from twin_tui.rollups import rebuild as rebuilding
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.others import Others
from twin_tui.rollups.rebuild import rebuild, resume
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.search import sqlite_rows
from twin_tui.rollups.search import tables as search_tables
from twin_tui.rollups.search.sqlite import SqliteStore
from twin_tui.rollups.search.store import Taken
from twin_tui.rollups.state import note, notes

INSERT = "INSERT INTO messages (id, session_id, sender_type, content, created_at) VALUES (?, ?, 'user', ?, ?)"
AT_MOST = 12
"""Rows of a portion."""


@pytest.fixture
def source(sqlite_url: str) -> Iterator[Source]:
    """A file with hundreds of rows in every derived table: far more than a portion."""
    with open_database(sqlite_url, "write") as source:
        world = case(3, 120).world
        replace_rows(source, with_texts(world, 3))
        yield source


@contextmanager
def written(source: Source) -> Iterator[list[int]]:
    """Yield the number of rows that each write transaction changes."""
    found: list[int] = []
    begin, end, at = source._begin_write, source._end_write, [0]
    connection = source.running_connection()

    def begin_counted() -> None:
        begin()
        at[0] = connection.total_changes

    def end_counted(*, is_good: bool) -> None:
        found.append(connection.total_changes - at[0])
        end(is_good=is_good)

    changed: Any = source
    changed._begin_write, changed._end_write = begin_counted, end_counted
    yield found
    del changed._begin_write, changed._end_write


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing ever be too slow, and portions be small."""
    for module in (rebuilding, search_index):
        monkeypatch.setattr(module, "FEWEST", 2)
        monkeypatch.setattr(module, "MOST", AT_MOST)
    monkeypatch.setattr(rebuilding, "PIECE_SECONDS", 60.0)


def rows_in(source: Source, table: str) -> int:
    ((count,),) = source.run(f"SELECT count(*) FROM {table}")
    return int(count)


@pytest.mark.usefixtures("small")
def test_a_build_writes_a_portion_at_a_time_and_takes_the_old_rows_away_so(source: Source) -> None:
    assert rebuild(source, "UTC")
    assert min(rows_in(source, table) for table in (tables.SESSION, tables.SESSION_DAY)) > 8 * AT_MOST
    # A day is written whole: its cells and hours, here some sixty.
    ((of_a_day,),) = source.run(
        f"SELECT max(many) FROM (SELECT count(*) AS many FROM {tables.DAY} GROUP BY day)"
    )
    with written(source) as found:
        assert rebuild(source, "Asia/Tokyo")
    # The first chooses witnesses among the rows, as many whatever there is.
    assert found.pop(0) < 250
    # What a session comes to, days, dead ends, topics and strangers, is no more than ten rows on average.
    assert max(found) <= max(10 * AT_MOST, AT_MOST + of_a_day + 20)
    assert sum(found) > 20 * max(found)


@pytest.mark.usefixtures("small")
def test_tables_of_another_version_go_bit_by_bit_with_indexes_nobody_knows(source: Source) -> None:
    assert rebuild(source, "UTC")
    whole = contents(source)
    with source.writing():
        source.run(f"CREATE INDEX twin_tui_of_old ON {tables.SESSION_DAY} (platform)")
        source.run(f"ALTER TABLE {tables.SESSION_DAY} ADD COLUMN of_old INTEGER NOT NULL DEFAULT 7")
        note(source, {"version": "1"})
    with written(source) as found:
        assert rebuild(source, "UTC")
    assert max(found[1:]) < rows_in(source, tables.SESSION_DAY)
    assert contents(source) == whole
    assert "replaces" not in notes(source)
    names = {name for (name,) in source.run(f"SELECT name FROM pragma_table_info('{tables.SESSION_DAY}')")}
    assert "of_old" not in names
    assert not source.run("SELECT 1 FROM sqlite_master WHERE name = 'twin_tui_of_old'")


@pytest.mark.usefixtures("small")
def test_a_build_of_another_version_that_was_interrupted_still_takes_the_old_tables_away(
    source: Source,
) -> None:
    assert rebuild(source, "UTC")
    with source.writing():
        source.run(f"ALTER TABLE {tables.SESSION_DAY} ADD COLUMN of_old INTEGER NOT NULL DEFAULT 7")
        note(source, {"version": "1"})
    answers = iter((False, True))
    assert not rebuild(source, "UTC", should_stop=lambda: next(answers))
    assert rebuild(source, "UTC")
    names = {name for (name,) in source.run(f"SELECT name FROM pragma_table_info('{tables.SESSION_DAY}')")}
    assert "of_old" not in names


@pytest.mark.usefixtures("small")
def test_beside_other_writers_a_large_build_has_its_indexes_from_the_beginning(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rebuild(source, "UTC")
    whole = contents(source)
    monkeypatch.setattr(Others, "are_writing", lambda _: True)
    monkeypatch.setattr(build_steps, "MOST_INDEXED_AT_ONCE", rows_in(source, "sessions") - 1)
    assert not rebuild(source, "UTC", should_stop=lambda: notes(source).get("step") == "sessions")
    assert rows_in(source, tables.SESSION) == 0
    assert set(tables.SESSION_INDEXES) <= set(tables.late_indexes(source))
    with written(source) as found:
        assert resume(source)
    assert max(found) <= 10 * AT_MOST
    assert contents(source) == whole
    assert "indexed" not in notes(source)
    monkeypatch.setattr(build_steps, "MOST_INDEXED_AT_ONCE", rows_in(source, "sessions"))
    assert not rebuild(source, "UTC", should_stop=lambda: notes(source).get("step") == "sessions")
    assert tables.late_indexes(source) == [], "small ones are made in one go, which is soon done"
    assert resume(source)
    assert contents(source) == whole


@pytest.mark.usefixtures("small")
def test_search_is_filled_and_taken_away_a_portion_at_a_time(source: Source) -> None:
    with written(source) as filled:
        done = search_index.sync(source)
    assert done.items > 20 * AT_MOST
    # Two rows of ours for each item, beside the pages of the full-text index and what it notes.
    assert max(filled) <= 6 * AT_MOST
    search_index.rebuild(source)
    with written(source) as cleared:
        calls = iter([False] * 20 + [True])
        assert not search_index.sync(source, should_stop=lambda: next(calls)).is_whole
    assert max(cleared) <= 6 * AT_MOST
    assert search_index.sync(source) == search_index.Synced(done.items, is_whole=True)


@pytest.mark.usefixtures("small")
def test_search_merges_in_small_steps_and_its_parts_stay_few(source: Source) -> None:
    search_index.sync(source)
    steps = rows_in(source, search_tables.ITEM) // AT_MOST
    ((parts,),) = source.run(f"SELECT count(DISTINCT segid) FROM {search_tables.WORDS}_idx")
    assert steps > 40
    assert parts <= 16
    settings = dict(source.run(f"SELECT k, v FROM {search_tables.WORDS}_config"))
    assert settings["automerge"] == 0, "left to itself it merges in bursts"


@pytest.mark.usefixtures("small")
def test_all_of_it_is_taken_away_a_portion_at_a_time(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    before = source.run("SELECT type, name FROM sqlite_master ORDER BY name")
    assert rebuild(source, "UTC")
    search_index.sync(source)
    monkeypatch.setattr(removal, "FEWEST", 2)
    monkeypatch.setattr(removal, "MOST", AT_MOST)
    with written(source) as found:
        removal.remove(source)
    # The last transaction drops tables that are empty, and the few hundred rows that tell of changes.
    assert max(found[:-1]) <= 3 * AT_MOST
    assert len(found) > 60
    assert source.run("SELECT type, name FROM sqlite_master ORDER BY name") == before


@pytest.mark.usefixtures("small")
def test_taking_it_away_can_be_interrupted(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rebuild(source, "UTC")
    search_index.sync(source)
    whole = contents(source)
    with monkeypatch.context() as patch:
        patch.setattr(removal.tables, "drop", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            removal.remove(source)
    assert refresh(source).is_rebuilt
    assert contents(source) == whole
    assert search_index.sync(source).is_whole


def test_long_texts_are_taken_in_few_at_a_time(
    source: Source, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.sync(source)
    monkeypatch.setattr(sqlite_rows, "BYTES", 1_000)
    monkeypatch.setattr(search_index, "FEWEST", 500)
    ((session, at),) = source.run("SELECT id, started_at FROM sessions WHERE started_at IS NOT NULL LIMIT 1")
    with Writer(sqlite_url) as writer, writer.transaction():
        for number in range(60):
            writer.run(INSERT, f"long-{number}", session, f"number{number} " * (40 if number % 3 else 5), at)
    sizes, put = [], SqliteStore.put

    def sized(store: SqliteStore, taken: Taken) -> None:
        sizes.append(sum(map(len, taken.words)))
        put(store, taken)

    monkeypatch.setattr(SqliteStore, "put", sized)
    assert search_index.sync(source).items == 60
    assert max(sizes) <= 1_000
    for number in (0, 31, 59):
        match = (
            f"SELECT count(*) FROM {search_tables.WORDS} WHERE {search_tables.WORDS} MATCH 'number{number}'"
        )
        assert source.run(match) == [(1,)]


def test_rows_that_change_between_reading_and_writing_are_read_again(
    source: Source, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.sync(source)
    monkeypatch.setattr(portions, "REST_SECONDS", 60.0)
    monkeypatch.setattr(portions, "WITHOUT_REST_SECONDS", 0.0)
    ((session, at),) = source.run("SELECT id, started_at FROM sessions WHERE started_at IS NOT NULL LIMIT 1")
    with Writer(sqlite_url) as writer:
        writer.run(INSERT, "one", session, "a plover", at)
        turns = iter(range(1_000))

        def change(_: float) -> None:
            if next(turns) == 0:
                writer.run("DELETE FROM messages WHERE id = 'one'")
                writer.run(INSERT, "other", session, "a lapwing", at)

        assert search_index.sync(source, pause=change).items == 1
    words = source.run(
        f"SELECT count(*) FROM {search_tables.WORDS} WHERE {search_tables.WORDS} MATCH 'lapwing'"
    )
    assert words == [(1,)]
    assert next(turns) > 0


def test_a_refresh_takes_a_portion_off_what_waits(source: Source, sqlite_url: str) -> None:
    assert rebuild(source, "UTC")
    ((session, at),) = source.run("SELECT id, started_at FROM sessions WHERE started_at IS NOT NULL LIMIT 1")
    with Writer(sqlite_url) as writer, writer.transaction():
        for number in range(capture.SCAN + 10):
            writer.run(INSERT, f"many-{number}", session, "again", at)
    with source.writing():
        taken = capture.take(source, 500)
    assert (taken.sessions, taken.is_more) == ([session], True)
    assert capture.behind(source) == 10


def test_a_refresh_takes_in_people_a_hundred_or_so_at_a_time(source: Source) -> None:
    assert rebuild(source, "UTC")
    some = [f"user-{number}" for number in range(2 * capture.PEOPLE + 7)]
    with source.writing():
        capture.capture_of(source).put(some, "user")
        taken = [capture.take(source, 500).users for _ in range(3)]
    assert [len(users) for users in taken] == [capture.PEOPLE, capture.PEOPLE, 7]
    assert [user for users in taken for user in users] == some

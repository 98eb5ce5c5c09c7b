"""The derived tables and what they note of themselves, on both databases."""

import pytest

from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.rollups import tables
from twin_tui.rollups.state import State, note, notes, read_state


@pytest.fixture
def source(database_url: str):
    with open_database(database_url, "write") as source:
        yield source


def test_a_database_without_the_tables_has_no_state(source: Source) -> None:
    assert read_state(source) is None


def test_tables_are_made_once_and_taken_away_without_a_trace(source: Source) -> None:
    before = set(source.db.get_tables())
    with source.writing():
        tables.create(source)
        tables.create(source)
    assert set(source.db.get_tables()) == before | set(tables.TABLES)
    with source.writing():
        tables.drop(source)
    assert set(source.db.get_tables()) == before
    assert read_state(source) is None


def test_the_state_is_what_was_noted_last(source: Source) -> None:
    with source.writing():
        tables.create(source)
        note(source, {"version": "1", "timezone": "UTC", "status": "building", "cursor": "abc"})
        note(source, {"timezone": "Asia/Tokyo", "status": "current", "cursor": None})
    assert read_state(source) == State(1, "Asia/Tokyo", "current")
    assert "cursor" not in notes(source)


@pytest.mark.parametrize(
    ("state", "serves"),
    [
        (State(tables.VERSION, "UTC", "current"), True),
        (State(tables.VERSION, "UTC", "building"), False),
        (State(tables.VERSION, "Asia/Tokyo", "current"), False),
        (State(tables.VERSION - 1, "UTC", "current"), False),
    ],
)
def test_only_current_tables_of_the_same_version_and_timezone_serve(state: State, serves: bool) -> None:
    assert state.serves("UTC") is serves


def test_filled_rows_come_back_and_emptying_keeps_the_notes(source: Source) -> None:
    with source.writing():
        tables.create(source)
        note(source, {"status": "building"})
        source.fill(
            tables.DAY,
            (
                "cell",
                "day",
                "new_users",
                "new_twins",
                "conversations",
                "shared",
                "messages",
                "documents",
                "queries",
                "active",
                "detail",
            ),
            [(1, 739_000, 0, 0, 1, 0, 2, 0, 0, b"\x00\x01\xff", b"")],
        )
    ((active, messages),) = source.run(f"SELECT active, messages FROM {tables.DAY} WHERE day = ?", (739_000,))
    assert (bytes(active), messages) == (b"\x00\x01\xff", 2)
    with source.writing():
        tables.empty(source)
    assert source.run(f"SELECT 1 FROM {tables.DAY}") == []
    assert notes(source) == {"status": "building"}


def test_nothing_is_written_inside_a_read(source: Source) -> None:
    with source.reading(), pytest.raises(DatabaseError, match="being read"):
        source.fill(tables.ROLLUP, ("key", "value"), [("a", "b")])

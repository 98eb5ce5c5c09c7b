"""Loading many rows at once: quick indexes, nothing lost, nothing half made."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import insert_world
from twin_tui.data.bulk import loading, new_file
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError

USERS = [("u1", "ann@a.example", "Ann"), ("u2", "bea@a.example", "Bea")]
COLUMNS = ("id", "email", "full_name")


def structure(source: Source) -> list[tuple]:
    """Return every index and key of the six tables as the database describes them."""
    if source.is_sqlite:
        return source.run("SELECT name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY name")
    return [
        *source.run("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
        *source.run(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        ),
    ]


def interrupted() -> Iterator[tuple[str, str, str]]:
    yield from USERS
    raise KeyboardInterrupt


def test_indexes_and_keys_are_as_before(database_url: str):
    with open_database(database_url, "write") as source:
        before = structure(source)
        with loading(source):
            assert structure(source) != before
            source.fill("users", COLUMNS, USERS)

        assert structure(source) == before
        assert source.run("SELECT id FROM users ORDER BY id") == [("u1",), ("u2",)]


def test_a_failure_leaves_everything_as_it_was(database_url: str):
    with open_database(database_url, "write") as source:
        before = structure(source)
        with pytest.raises(KeyboardInterrupt), loading(source):
            source.fill("users", COLUMNS, interrupted())

        assert structure(source) == before
        assert source.run("SELECT id FROM users") == []


def test_two_of_one_id_are_refused(database_url: str):
    with open_database(database_url, "write") as source:
        with pytest.raises(DatabaseError), loading(source):
            source.fill("users", COLUMNS, [*USERS, ("u1", "cat@a.example", "Cat")])

        assert source.run("SELECT id FROM users") == []


def test_parents_are_looked_up_again_afterwards(database_url: str):
    with open_database(database_url, "write") as source:
        with loading(source):
            source.fill("users", COLUMNS, USERS)

        with pytest.raises(DatabaseError):
            source.fill("twins", ("id", "user_id", "name"), [("t1", "nobody", "T")])


def test_a_new_file_appears_when_it_is_whole(tmp_path: Path):
    path = tmp_path / "new.db"
    with new_file(path) as source:
        with loading(source):
            source.fill("users", COLUMNS, USERS)
        assert not path.exists()

    assert [each.name for each in tmp_path.iterdir()] == ["new.db"]
    with open_database(str(path)) as source:
        assert source.is_ours
        assert source.run("SELECT count(*) FROM users") == [(2,)]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    connection.close()


def test_a_new_file_is_built_as_any_other(tmp_path: Path, sqlite_url: str):
    with new_file(tmp_path / "new.db") as source, loading(source):
        rows = [(f"s{number}", "u1", "t1") for number in range(5_000)]
        source.fill("users", COLUMNS, USERS)
        source.fill("twins", ("id", "user_id", "name"), [("t1", "u1", "T")])
        source.fill("sessions", ("id", "user_id", "twin_id"), reversed(rows))

    with open_database(str(tmp_path / "new.db"), "write") as made, open_database(sqlite_url) as usual:
        assert sorted(structure(made)) == sorted(structure(usual))
        assert made.run("PRAGMA integrity_check") == [("ok",)]
        plan = made.run("EXPLAIN QUERY PLAN SELECT * FROM sessions WHERE id = 's77'")
        assert "sqlite_autoindex_sessions_1" in plan[0][-1]
        assert made.run("SELECT count(*) FROM sessions WHERE id IN ('s77', 's4999')") == [(2,)]
        with pytest.raises(DatabaseError):
            made.fill("sessions", ("id", "user_id", "twin_id"), [("s77", "u1", "t1")])


def test_a_new_file_refuses_two_of_one_id(tmp_path: Path):
    with pytest.raises(DatabaseError), new_file(tmp_path / "new.db") as source, loading(source):
        source.fill("twins", ("id", "user_id", "name"), [("t1", "u1", "T"), ("t1", "u1", "T")])

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_new_file_that_failed(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), new_file(tmp_path / "new.db") as source, loading(source):
        source.fill("users", COLUMNS, interrupted())

    assert list(tmp_path.iterdir()) == []


def test_a_database_with_rows_can_be_loaded_too(database_url: str):
    with open_database(database_url, "write") as source:
        insert_world(source)
        before = structure(source)
        with loading(source):
            source.fill("users", COLUMNS, USERS)

        assert structure(source) == before

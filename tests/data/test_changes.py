"""Noticing other programs' writes: inserts, updates, deletes, other files, other tables, a lost server."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from twin_tui.data.changes import Changes, changes_of
from twin_tui.data.changes_postgres import MAYBE_SECONDS, PostgresChanges
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import User


@pytest.fixture
def opened(world_url: str) -> Iterator[Source]:
    with open_database(world_url) as source:
        yield source


@pytest.fixture
def changes(opened: Source) -> Iterator[Changes]:
    found = changes_of(opened)
    assert found.look() == "same"
    yield found
    found.close()


def write(url: str, statement: str) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(path_of(url)) as conn:
            conn.execute(statement)
        conn.close()
    else:
        with psycopg.connect(url) as server:
            server.execute(statement)


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO users (id, email, full_name) VALUES ('n', 'n@new.example', 'N')",
        "UPDATE sessions SET title = 'Another title'",
        "DELETE FROM queries",
    ],
)
def test_another_connections_commit_is_noticed_once(changes: Changes, world_url: str, statement: str) -> None:
    assert changes.look() == "same"
    write(world_url, statement)
    assert changes.look() == "changed"
    assert changes.look() == "same"


def test_reading_is_no_change(changes: Changes, opened: Source) -> None:
    assert opened.rows(User.select(User.id))
    assert changes.look() == "same"


def test_other_columns_ask_for_opening_anew(changes: Changes, world_url: str) -> None:
    write(world_url, "ALTER TABLE users ADD COLUMN shoe_size TEXT")
    assert changes.look() == "replaced"


def test_tables_made_anew_ask_for_opening_anew(postgres_url: str) -> None:
    with open_database(postgres_url) as source:
        changes = changes_of(source)
        changes.look()
        write(
            postgres_url,
            "CREATE TABLE q2 (LIKE queries); DROP TABLE queries; ALTER TABLE q2 RENAME TO queries",
        )
        assert changes.look() == "replaced"
        changes.close()


def test_truncation_is_noticed(postgres_url: str) -> None:
    with open_database(postgres_url) as source:
        changes = changes_of(source)
        changes.look()
        write(postgres_url, "TRUNCATE queries")
        assert changes.look() == "changed"
        changes.close()


def test_other_tables_of_a_busy_server_count_now_and_then(postgres_url: str) -> None:
    time = 0.0
    write(postgres_url, "CREATE TABLE elsewhere (n int)")
    with open_database(postgres_url) as source:
        changes = PostgresChanges(source, clock=lambda: time)
        assert changes.look() == "same"
        found = []
        for _ in range(11):
            write(postgres_url, "INSERT INTO elsewhere VALUES (1)")
            found.append(changes.look())
            time += MAYBE_SECONDS / 5
        assert [at for at, one in enumerate(found) if one == "changed"] == [0, 5, 10]
        changes.look()
        time += MAYBE_SECONDS
        assert changes.look() == "same", "what was told is owed no more"
        changes.close()


def test_a_terminated_connection_is_renewed_without_a_word(postgres_url: str) -> None:
    with open_database(postgres_url) as source:
        changes = changes_of(source)
        changes.look()
        end_connections(postgres_url)
        assert changes.look() == "same"
        end_connections(postgres_url)
        write(postgres_url, "INSERT INTO users (id, email, full_name) VALUES ('n', 'n@new.example', 'N')")
        assert changes.look() == "changed"
        changes.close()


def end_connections(url: str, database: str | None = None) -> None:
    name = "current_database()" if database is None else f"'{database}'"
    write(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = {name} AND pid <> pg_backend_pid()",
    )


def test_a_moved_file_is_gone_and_has_to_be_opened_anew_when_it_comes_back(world_sqlite: str) -> None:
    path = path_of(world_sqlite)
    with open_database(world_sqlite) as source:
        changes = changes_of(source)
        changes.look()
        away = path.rename(path.with_name("away.db"))
        for _ in range(2):
            with pytest.raises(DatabaseError, match=r"world\.db is gone"):
                changes.look()
        away.rename(path)
        assert changes.look() == "replaced"
        changes.close()


def test_another_file_of_that_name_asks_for_opening_anew(world_sqlite: str, tmp_path: Path) -> None:
    path = path_of(world_sqlite)
    with open_database(world_sqlite) as source:
        changes = changes_of(source)
        changes.look()
        shutil.copy(path, tmp_path / "other.db").replace(path)
        assert changes.look() == "replaced"
        changes.close()


def test_a_locked_file_says_so_at_once(world_sqlite: str) -> None:
    path = path_of(world_sqlite)
    write(world_sqlite, "PRAGMA journal_mode = DELETE")
    with open_database(world_sqlite) as source:
        changes = changes_of(source)
        changes.look()
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("BEGIN EXCLUSIVE")
        assert changes.look() == "locked"
        conn.execute("ROLLBACK")
        conn.close()
        assert changes.look() == "same"
        changes.close()


def test_a_file_that_became_something_else_is_told(world_sqlite: str) -> None:
    path = path_of(world_sqlite)
    write(world_sqlite, "PRAGMA journal_mode = DELETE")
    with open_database(world_sqlite) as source:
        changes = changes_of(source)
        changes.look()
        with path.open("r+b") as file:
            file.write(b"no database any more" * 400)
        with pytest.raises(DatabaseError, match=r"world\.db"):
            changes.look()
        changes.close()


def test_a_look_holds_back_no_writer(world_sqlite: str) -> None:
    with open_database(world_sqlite) as source:
        changes = changes_of(source)
        changes.look()
        conn = sqlite3.connect(path_of(world_sqlite))
        conn.execute("DELETE FROM queries")
        conn.commit()
        changes.look()
        busy, log, done = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        conn.close()
        changes.close()
    assert (busy, log, done) == (0, 0, 0)

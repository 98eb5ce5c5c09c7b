"""Filling a file without a log: each page is written once, and who is killed leaves a way back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.data.foreign import refusal
from twin_tui.data.bulk import without_log
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import User

COLUMNS = ("id", "email", "full_name")
MANY = 3_000


def journal(source: Source) -> str:
    return str(source.db.execute_sql("PRAGMA journal_mode").fetchone()[0])


def users(count: int) -> list[tuple[str, str, str]]:
    return [(f"u{at}", f"p{at}@a.example", "A name" * 20) for at in range(count)]


def users_and_a_copy(path: Path, target: Path) -> Iterator[tuple[str, str, str]]:
    """Yield rows, copy the file that they were written into so far, fail."""
    yield from users(MANY)
    for ending in ("", "-journal"):
        shutil.copy(f"{path}{ending}", f"{target}{ending}")
    raise KeyboardInterrupt


def left_by_a_killed_writer(url: str, folder: Path, *, application: int | None = None) -> Path:
    """Return a file as it lies there when a writer without a log is killed, with its journal."""
    path = folder / "left.db"
    with open_database(url, "write") as source:
        if application is not None:
            source.db.execute_sql(f"PRAGMA application_id = {application}")
        source.insert_rows(User, COLUMNS, [("first", "first@a.example", "First")])
        with without_log(source):
            source.db.execute_sql("PRAGMA cache_size = 10")
            with pytest.raises(KeyboardInterrupt):
                source.fill("users", COLUMNS, users_and_a_copy(source.path, path))
    assert path.with_name("left.db-journal").stat().st_size > 0
    return path


def test_a_file_has_its_log_back_afterwards(sqlite_url: str) -> None:
    with open_database(sqlite_url, "write") as source:
        with without_log(source):
            assert journal(source) == "delete"
            source.fill("users", COLUMNS, users(3))
        assert journal(source) == "wal"
        assert source.run("SELECT count(*) FROM users") == [(3,)]


def test_a_failure_gives_the_log_back(sqlite_url: str) -> None:
    with open_database(sqlite_url, "write") as source:
        with pytest.raises(KeyboardInterrupt), without_log(source):
            raise KeyboardInterrupt
        assert journal(source) == "wal"


def test_a_file_that_somebody_looks_at_keeps_its_log(sqlite_url: str) -> None:
    with (
        open_database(sqlite_url, "write") as source,
        open_database(sqlite_url) as reader,
        without_log(source),
    ):
        assert journal(source) == "wal"
        with source.writing():
            source.fill("users", COLUMNS, users(3))
            assert reader.run("SELECT count(*) FROM users") == [(0,)], "a reader waits for nobody"
        assert reader.run("SELECT count(*) FROM users") == [(3,)]


def test_what_a_killed_writer_left_is_undone_by_who_looks_next(sqlite_url: str, tmp_path: Path) -> None:
    path = left_by_a_killed_writer(sqlite_url, tmp_path)
    raw = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    with closing(raw), pytest.raises(sqlite3.DatabaseError, match="malformed"):
        raw.execute("SELECT count(*) FROM users").fetchone()
    with open_database(str(path)) as source:
        assert source.run("SELECT id FROM users") == [("first",)]
        assert source.run("PRAGMA integrity_check") == [("ok",)]
    with open_database(str(path), "write") as source:
        assert journal(source) == "wal"


def test_what_another_system_left_is_its_own_to_undo(sqlite_url: str, tmp_path: Path) -> None:
    path = left_by_a_killed_writer(sqlite_url, tmp_path, application=7)
    before = path.read_bytes()
    assert "was left in the middle of a write" in refusal(path)
    assert path.read_bytes() == before

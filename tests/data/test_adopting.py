"""Opening another system's database for tables of our own: its rows and its journal stay as they are."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data.foreign import make_sqlite
from twin_tui.data.database import open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import User


def test_tables_of_ours_are_made_beside_foreign_ones(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "theirs.db")
    with open_database(path, "adopt") as source, source.writing():
        source.db.execute_sql("CREATE TABLE ours (x)")
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM ours").fetchone() == (0,)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert conn.execute("PRAGMA application_id").fetchone() == (0,)
    conn.close()


def test_foreign_rows_are_never_written(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "theirs.db")
    with open_database(path, "adopt") as source:
        for write in (source.insert_rows, source.upsert_rows):
            with pytest.raises(DatabaseError, match="its rows are never written"):
                write(User, ["id", "email", "full_name"], [("u", "u@x", "U")])
        assert source.rows(User.select(source.column(User.id))) == []


def test_writing_rows_still_refuses_a_foreign_database(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "theirs.db")
    with pytest.raises(DatabaseError, match="made by another system"):
        open_database(path, "write")


def test_a_database_of_ours_may_be_opened_so_too(database_url: str) -> None:
    with open_database(database_url, "adopt") as source:
        assert source.is_ours
        assert source.insert_rows(User, ["id", "email", "full_name"], [("u", "u@x", "U")]) == 1


def test_an_empty_database_is_not_adopted(tmp_path: Path) -> None:
    path = tmp_path / "nothing.db"
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 1")
    conn.close()
    with pytest.raises(DatabaseError, match="it has no tables"):
        open_database(str(path), "adopt")


def test_opening_a_file_again_does_not_give_up_the_locks_of_the_first(
    sqlite_url: str, tmp_path: Path
) -> None:
    code = (
        "import sqlite3, sys\n"
        "conn = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: conn.execute('BEGIN EXCLUSIVE')\n"
        "except sqlite3.OperationalError as error: print(error)\n"
        "else: print('got it')"
    )
    path = sqlite_url.removeprefix("sqlite:///")
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()
    with open_database(path, "adopt") as first, first.writing():
        first.db.execute_sql("CREATE TABLE ours (x)")
        open_database(path).close()
        told = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert told.stdout == "database is locked\n"

"""What is no SQLite file of the six tables is refused, each fault in its own words."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.data.foreign import PLAIN, as_nobody, make_sqlite, refusal, state_of
from twin_tui.data import schema, sqlite
from twin_tui.data.database import open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Session, Twin


def test_no_such_file(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    for mode in ("read", "write"):
        assert refusal(path, mode) == f"There is no file {path}."
    assert refusal(tmp_path / "no" / "folder.db") == f"There is no file {tmp_path}/no/folder.db."
    assert state_of(tmp_path) == {}


def test_a_file_as_folder_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file" / "a.db") == f"{tmp_path}/file/a.db cannot be read: Not a directory."


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a folder, not a database file."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == f"{tmp_path}/pipe is not an ordinary file."


def test_zero_bytes(tmp_path: Path) -> None:
    (tmp_path / "zero.db").touch()
    for mode in ("read", "write"):
        assert refusal(tmp_path / "zero.db", mode) == f"{tmp_path}/zero.db is empty: the file has zero bytes."
    assert state_of(tmp_path) == {"zero.db": b""}


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Dear diary, this is no database at all.")
    for mode in ("read", "write", "create"):
        assert refusal(tmp_path / "notes.db", mode) == f"{tmp_path}/notes.db is not a SQLite database."


def test_damaged(sqlite_url: str, tmp_path: Path) -> None:
    whole = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole[: len(whole) // 2])
    assert refusal(cut) == "cut.db is damaged: database disk image is malformed."
    torn = tmp_path / "torn.db"
    torn.write_bytes(whole[:100] + b"\xff" * 3996 + whole[4096:])
    assert refusal(torn) == "torn.db is damaged: database disk image is malformed."


def test_damage_found_while_reading(world_sqlite: str) -> None:
    path = Path(world_sqlite.removeprefix("sqlite:///"))
    conn = sqlite3.connect(path)
    ((root,),) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'idx_twins_user_id'")
    ((size,),) = conn.execute("PRAGMA page_size")
    conn.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    with open_database(world_sqlite) as source:
        assert len(source.rows(Session.select(Session.title))) == 10
        with pytest.raises(DatabaseError, match=r"world\.db is damaged: database disk image is malformed\."):
            source.rows(Twin.select(Twin.name).where(Twin.user == "u-ann"))


def test_another_applications_database(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "shop.db", {"orders": "id"}, "PRAGMA application_id = 99")
    for mode in ("read", "write", "create"):
        assert refusal(path, mode) == (
            "shop.db belongs to another application: it has none of the tables"
            " users, twins, sessions, messages, documents, queries."
        )


def test_no_tables_at_all(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "bare.db", {}, "PRAGMA user_version = 3")
    assert refusal(path) == "bare.db is an empty database: it has no tables."


def test_missing_tables_are_named(tmp_path: Path) -> None:
    without = {table: columns for table, columns in PLAIN.items() if table not in ("queries", "twins")}
    path = make_sqlite(tmp_path / "part.db", without)
    assert refusal(path) == "part.db cannot be read: the tables twins, queries are missing."
    path = make_sqlite(tmp_path / "one.db", {table: PLAIN[table] for table in PLAIN if table != "documents"})
    assert refusal(path) == "one.db cannot be read: the table documents is missing."


def test_missing_required_columns_are_named(tmp_path: Path) -> None:
    tables = {**PLAIN, "sessions": "id TEXT, user_id TEXT, twin_id TEXT"}
    path = make_sqlite(tmp_path / "untimed.db", tables)
    assert refusal(path) == "untimed.db cannot be read: the column sessions.started_at is missing."
    tables = {**PLAIN, "messages": "id TEXT, session_id TEXT, created_at TEXT"}
    path = make_sqlite(tmp_path / "empty.db", tables)
    assert refusal(path) == (
        "empty.db cannot be read: the columns messages.sender_type, messages.content are missing."
    )


def test_a_newer_schema_is_refused_with_both_numbers(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 41")
    conn.close()
    for mode in ("read", "write", "create"):
        assert refusal(path, mode) == (
            "twins.db has schema version 41, and this twin-tui knows versions up to 4:"
            " install a newer twin-tui."
        )


def test_ours_without_tables_says_what_to_run(sqlite_url: str) -> None:
    with open_database(sqlite_url, "write") as source:
        while schema.downgrade(source):
            pass
    assert refusal(sqlite_url) == "twins.db is not set up: run twin-tui migrate on it."
    with open_database(sqlite_url, "create") as source:
        assert schema.status(source).version == 4


def test_no_permission(tmp_path: Path) -> None:
    with as_nobody() as folder:
        path = folder / "private.db"
        make_sqlite(path)
        path.chmod(0)
        assert refusal(path) == f"{path} may not be read: permission denied."
        path.chmod(0o444)
        assert refusal(path, "write") == f"{path} may not be written: permission denied."
        open_database(str(path)).close()
        closed = folder / "closed"
        closed.mkdir()
        make_sqlite(closed / "inside.db")
        closed.chmod(0)
        assert refusal(closed / "inside.db") == f"{closed}/inside.db may not be read: permission denied."
        closed.chmod(0o555)
        assert refusal(closed / "new.db", "create") == (
            f"{closed}/new.db cannot be made: the folder may not be written."
        )


def test_nothing_is_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path / "no" / "new.db", "create")
        == f"There is no folder {tmp_path}/no to make new.db in."
    )


@pytest.mark.parametrize("url", [":memory:", "sqlite:///:memory:", "sqlite://", "sqlite:///", ""])
def test_memory_and_nothing_are_no_files(url: str) -> None:
    assert "names no file" in refusal(url)


def test_an_unknown_scheme_names_the_known(tmp_path: Path) -> None:
    assert refusal("mysql://ann:secret@host/db") == (
        "mysql:// is not supported: give a path, or a URL that begins with"
        " sqlite://, postgresql://, postgres://."
    )


def test_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    path = make_sqlite(tmp_path / "busy.db")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert refusal(path) == "busy.db is locked by another program; try again when that has finished."
    finally:
        holder.close()


def test_a_control_character_in_a_name_does_not_reach_the_sentence(tmp_path: Path) -> None:
    assert "\x1b" not in refusal(tmp_path / "a\x1b[31mb.db")

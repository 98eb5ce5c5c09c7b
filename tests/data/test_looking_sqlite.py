"""Looking at a SQLite file changes nothing, whatever it is called and whoever writes to it."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.data.foreign import PLAIN, as_nobody, make_sqlite, refusal, state_of
from twin_tui.data.database import open_database
from twin_tui.data.models import Session, User
from twin_tui.data.ours import APPLICATION_ID
from twin_tui.data.schema import status

STRANGE = [
    "a b.db",
    "what?.db",
    "100%.db",
    "50%41.db",
    "#1.db",
    "ü ß 日本.db",
    "a&mode=rwc.db",
    "'q\".db",
    "~x.db",
]


@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_open_as_path_and_as_url(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    open_database(str(path), "create").close()
    assert list(state_of(tmp_path)) == [name]
    for url in (str(path), f"sqlite:///{path}"):
        with open_database(url) as source:
            assert source.name == name
            assert source.rows(User.select()) == []


def test_a_url_may_be_escaped(tmp_path: Path) -> None:
    open_database(str(tmp_path / "a b?.db"), "create").close()
    with open_database(f"sqlite:///{tmp_path}/a%20b%3F.db") as source:
        assert source.name == "a b?.db"


def test_three_slashes_are_relative_and_a_tilde_is_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    open_database("here.db", "create").close()
    for url in ("here.db", "sqlite:///here.db", "~/here.db"):
        open_database(url).close()


def test_a_name_that_is_not_text_opens(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.db")
    make_sqlite(tmp_path / name)
    with open_database(str(tmp_path / name)) as source:
        assert source.name == "caf?.db"


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_looking_changes_nothing(tmp_path: Path, journal: str) -> None:
    path = make_sqlite(tmp_path / "their.db", PLAIN, "INSERT INTO users VALUES ('u', 'u@x', 'U')")
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA journal_mode = {journal}")
    conn.close()
    before = state_of(tmp_path)
    with open_database(path) as source:
        assert source.rows(User.select(source.column(User.id))) == [("u",)]
    for mode in ("write", "create"):
        assert refusal(path, mode) == (
            "their.db was made by another system: twin-tui reads it and never writes to it."
        )
    assert state_of(tmp_path) == before


def test_ours_is_looked_at_without_a_change(world_sqlite: str, tmp_path: Path) -> None:
    before = state_of(tmp_path)
    with open_database(world_sqlite) as source:
        assert source.is_ours
        assert source.is_read_only
        assert len(source.rows(User.select())) == 3
        with pytest.raises(Exception, match="readonly"):
            source.db.execute_sql("DELETE FROM users")
    assert state_of(tmp_path) == before


def test_what_a_live_writer_commits_is_seen_and_its_log_left_alone(world_sqlite: str, tmp_path: Path) -> None:
    path = world_sqlite.removeprefix("sqlite:///")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("UPDATE users SET full_name = 'Ann B.' WHERE id = 'u-ann'")
    with open_database(path) as source:
        name = User.select(User.full_name).where(User.id == "u-ann")
        assert source.rows(name) == [("Ann B.",)]
        writer.execute("UPDATE users SET full_name = 'Ann C.' WHERE id = 'u-ann'")
        assert source.rows(name) == [("Ann C.",)]
    assert (tmp_path / "world.db-wal").stat().st_size > 0
    writer.close()


def test_a_wal_file_at_rest_opens_where_nothing_may_be_written(tmp_path: Path) -> None:
    with as_nobody() as folder:
        path = folder / "rest.db"
        with open_database(str(path), "create") as source:
            source.insert_rows(User, ("id", "email", "full_name"), [("u", "u@x", "U")])
        before = state_of(folder)
        path.chmod(0o444)
        folder.chmod(0o555)
        with open_database(str(path)) as source:
            assert source.rows(User.select(User.id)) == [("u",)]
        assert state_of(folder) == before
        folder.chmod(0o777)


def test_a_live_wal_file_without_its_index_where_nothing_may_be_written(tmp_path: Path) -> None:
    with as_nobody() as folder:
        path = folder / "live.db"
        open_database(str(path), "create").close()
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("INSERT INTO users (id, email, full_name) VALUES ('u', 'u@x', 'U')")
        copy = folder / "copy"
        copy.mkdir()
        for name in ("live.db", "live.db-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
        writer.close()
        copy.chmod(0o555)
        sentence = refusal(copy / "live.db")
        copy.chmod(0o777)
    assert sentence == (
        "live.db cannot be opened: SQLite needs to write beside it (a -shm file for its log) and may not;"
        " copy it with its -wal file to a folder that may be written."
    )


def test_a_zero_byte_file_is_filled_by_create(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with open_database(str(tmp_path / "new.db"), "create") as source:
        assert source.is_ours
        assert not source.is_read_only
        newest = len(status(source).applied)
    conn = sqlite3.connect(tmp_path / "new.db")
    assert newest >= 4
    assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert conn.execute("PRAGMA user_version").fetchone() == (newest,)
    conn.close()


def test_a_dump_of_ours_is_still_ours(world_sqlite: str, tmp_path: Path) -> None:
    old = sqlite3.connect(world_sqlite.removeprefix("sqlite:///"))
    new = sqlite3.connect(tmp_path / "restored.db")
    new.executescript("\n".join(old.iterdump()))
    old.close()
    new.close()
    with open_database(str(tmp_path / "restored.db"), "create") as source:
        assert source.is_ours
        assert len(source.rows(Session.select())) == 10

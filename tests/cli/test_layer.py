"""Derived tables from the command line: added on request, kept up, compared, taken away."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.data.foreign import make_sqlite
from twin_tui.cli.refresher import refreshing
from twin_tui.settings import Settings


def tables_of(path: str) -> set[str]:
    conn = sqlite3.connect(path)
    names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE name LIKE 'twin_tui%'")}
    conn.close()
    return names


def rows_of(path: str) -> list[list[tuple[object, ...]]]:
    conn = sqlite3.connect(path)
    found = [
        conn.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in ("users", "twins", "sessions", "messages", "documents", "queries")
    ]
    conn.close()
    return found


@pytest.fixture
def theirs(tmp_path: Path) -> str:
    return make_sqlite(tmp_path / "theirs.db")


def fill(path: str) -> None:
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO users VALUES ('u', 'u@x.example', 'U')")
    conn.execute("INSERT INTO twins VALUES ('t', 'u', 'T')")
    conn.execute("INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-20T09:00:00+02:00')")
    conn.execute("INSERT INTO messages VALUES ('m', 's', 'user', 'hello', '2026-11-20T09:00:00+02:00')")
    conn.commit()
    conn.close()


def test_another_systems_database_is_adopted_on_request_only(twin_tui: Command, theirs: str):
    fill(theirs)
    before = rows_of(theirs)
    for command in ("refresh", "rebuild"):
        refused = twin_tui(command, "--db", theirs)
        assert (refused.code, refused.out) == (3, "")
        assert "twin-tui adopt adds them" in refused.err
    plain = twin_tui("report", "overview", "--db", theirs, "--period", "all", "--json").out
    assert tables_of(theirs) == set()
    adopted = twin_tui("adopt", "--db", theirs)
    assert (adopted.code, adopted.out) == (0, "theirs.db: the derived tables hold days of UTC.\n")
    assert "twin_tui_day" in tables_of(theirs)
    assert rows_of(theirs) == before
    again = twin_tui("report", "overview", "--db", theirs, "--period", "all", "--json").out
    assert [line for line in again.splitlines() if '"now"' not in line] == [
        line for line in plain.splitlines() if '"now"' not in line
    ]
    assert twin_tui("verify", "--db", theirs).code == 0


def test_what_was_adopted_can_be_given_back(twin_tui: Command, theirs: str):
    fill(theirs)
    before = rows_of(theirs)
    twin_tui("adopt", "--db", theirs)
    gone = twin_tui("adopt", "--db", theirs, "--remove")
    assert (gone.code, gone.out) == (0, "theirs.db: the derived tables are gone.\n")
    assert tables_of(theirs) == set()
    assert rows_of(theirs) == before


def test_a_refresh_takes_in_what_was_written_since(twin_tui: Command, world: str):
    assert twin_tui("rebuild", "--db", world).code == 0
    conn = sqlite3.connect(world)
    conn.execute("DELETE FROM messages WHERE id = 'm-3'")
    conn.execute("UPDATE sessions SET platform = 'web' WHERE id = 'talk-plans'")
    conn.commit()
    conn.close()
    late = twin_tui("verify", "--db", world)
    assert late.code == 20
    refreshed = twin_tui("refresh", "--db", world)
    assert (refreshed.code, refreshed.out) == (0, "world.db: up to date.\n")
    assert "2 sessions taken in." in refreshed.err
    held = twin_tui("verify", "--db", world)
    assert (held.code, held.out) == (0, "world.db: the derived tables hold what the six tables say.\n")


def test_a_difference_is_printed_and_ends_with_20(twin_tui: Command, world: str):
    twin_tui("rebuild", "--db", world)
    conn = sqlite3.connect(world)
    conn.execute("UPDATE twin_tui_day SET conversations = conversations + 5")
    conn.commit()
    conn.close()
    ended = twin_tui("verify", "--db", world)
    assert ended.code == 20
    assert "conversations" in ended.out


def test_without_derived_tables_there_is_nothing_to_verify(twin_tui: Command, theirs: str):
    ended = twin_tui("verify", "--db", theirs)
    assert (ended.code, ended.out) == (3, "")
    assert "has no derived tables" in ended.err


def test_rebuilding_for_another_timezone_serves_that_one(twin_tui: Command, world: str):
    assert twin_tui("rebuild", "--db", world, "--tz", "Asia/Tokyo").out == (
        "world.db: the derived tables hold days of Asia/Tokyo.\n"
    )
    assert twin_tui("verify", "--db", world).code == 0


def test_the_open_dashboards_refresher_begins_when_told_and_ends_with_it(world: str):
    with refreshing(world, Settings(database=world)) as refresher:
        refresher.start()
        refresher.start()
    with refreshing(world, Settings(database=world)):
        pass
    with refreshing("nowhere.db", Settings()) as missing:
        missing.start()

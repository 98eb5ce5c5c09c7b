"""Many rows are inserted some at a time: all of them, in their order, and counted."""

import sqlite3
from collections.abc import Iterator

import pytest

from twin_tui.data.sqlite_insert import ROWS, insert

INTO = "INSERT INTO items (id, name)"


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    yield made
    made.close()


def stored(conn: sqlite3.Connection) -> list[tuple[int, str]]:
    return conn.execute("SELECT id, name FROM items ORDER BY rowid").fetchall()


@pytest.mark.parametrize("count", [0, 1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS, 3 * ROWS + 7])
def test_every_row_is_there_and_counted(conn: sqlite3.Connection, count: int) -> None:
    rows = [(at, f"n{at}") for at in range(count)]
    assert insert(conn, INTO, 2, iter(rows)) == count
    assert stored(conn) == rows


def test_only_what_changes_is_counted(conn: sqlite3.Connection) -> None:
    rows = [(at, "old") for at in range(2 * ROWS + 5)]
    insert(conn, INTO, 2, rows)
    changed = [(at, "new" if at % 2 else "old") for at, _ in rows]
    ending = " ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name"
    assert insert(conn, INTO, 2, changed, ending) == len(rows) // 2
    assert stored(conn) == changed


def test_of_rows_with_one_key_the_last_wins(conn: sqlite3.Connection) -> None:
    ending = " ON CONFLICT (id) DO UPDATE SET name = excluded.name"
    insert(conn, INTO, 2, [(7, f"n{at}") for at in range(ROWS + 3)], ending)
    assert stored(conn) == [(7, f"n{ROWS + 2}")]


@pytest.mark.parametrize("odd", [3, ROWS + 3, 2 * ROWS + 3])
def test_a_row_that_does_not_fit_is_an_error(conn: sqlite3.Connection, odd: int) -> None:
    rows = [(at, None if at == odd else "name") for at in range(2 * ROWS + 5)]
    with pytest.raises(sqlite3.IntegrityError):
        insert(conn, INTO, 2, rows)

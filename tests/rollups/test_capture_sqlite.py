"""What only SQLite knows: numbers of rows given anew, REPLACE, files rebuilt by other programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.foreign import PLAIN, make_sqlite
from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.rollups.capture import changes as capture

INSERT = "INSERT INTO messages (id, session_id, sender_type, content) VALUES (?, ?, 'user', '')"
REPLACE = INSERT.replace("INSERT", "REPLACE", 1)


@pytest.fixture
def source(world_sqlite: str) -> Iterator[Source]:
    with open_database(world_sqlite, "write") as source:
        with source.writing():
            capture.install(source)
        yield source


@pytest.fixture
def writer(world_sqlite: str, source: Source) -> Iterator[Writer]:
    with Writer(world_sqlite) as writer:
        yield writer


def sessions(source: Source) -> set[str]:
    with source.writing():
        taken = capture.take(source, 1000)
    assert capture.behind(source) == 0
    assert capture.is_intact(source)
    assert len(taken.sessions) == len(set(taken.sessions))
    return set(taken.sessions)


def top(writer: Writer) -> int:
    ((number,),) = writer.run("SELECT max(rowid) FROM messages")
    return int(number)


def test_a_number_given_anew_is_told(source: Source, writer: Writer) -> None:
    writer.run(INSERT, "a", "s2")
    assert sessions(source) == {"s2"}
    number = top(writer)
    writer.run("DELETE FROM messages WHERE id = 'a'")
    assert sessions(source) == {"s2"}
    writer.run(INSERT, "b", "s3")
    assert top(writer) == number
    assert sessions(source) == {"s3"}


def test_numbers_given_anew_after_a_gap_are_told(source: Source, writer: Writer) -> None:
    for key in "abcd":
        writer.run(INSERT, key, "s2")
    sessions(source)
    number = top(writer)
    for key in "cbd":
        writer.run("DELETE FROM messages WHERE id = ?", key)
    sessions(source)
    writer.run(INSERT, "e", "s3")
    assert top(writer) == number - 2
    assert sessions(source) == {"s3"}


def test_deleting_all_and_beginning_anew_is_told(source: Source, writer: Writer) -> None:
    every = {key for (key,) in writer.run("SELECT session_id FROM messages")}
    writer.run("DELETE FROM messages")
    assert sessions(source) == every
    writer.run(INSERT, "a", "s3")
    assert top(writer) == 1
    assert sessions(source) == {"s3"}


def test_a_deleted_and_reinserted_row_is_told_in_one_go(source: Source, writer: Writer) -> None:
    writer.run(INSERT, "a", "s2")
    sessions(source)
    with writer.transaction():
        writer.run("DELETE FROM messages WHERE id = 'a'")
        writer.run(INSERT, "a", "s3")
    assert sessions(source) == {"s2", "s3"}


@pytest.mark.parametrize("recursive", [0, 1])
def test_a_replaced_row_is_told(source: Source, writer: Writer, recursive: int) -> None:
    writer.run(f"PRAGMA recursive_triggers = {recursive}")
    writer.run(INSERT, "a", "s2")
    sessions(source)
    for key in ("a", "a", "m01"):
        ((session,),) = writer.run("SELECT session_id FROM messages WHERE id = ?", key)
        writer.run(REPLACE, key, session)
        assert sessions(source) == {session}


def test_replacing_a_session_tells_what_its_cascade_took(source: Source, writer: Writer) -> None:
    writer.run(
        "REPLACE INTO sessions (id, user_id, twin_id)"
        " SELECT id, user_id, twin_id FROM sessions AS s WHERE s.id = 's2'"
    )
    assert writer.run("SELECT 1 FROM messages WHERE session_id = 's2'") == []
    assert sessions(source) == {"s2"}


def test_an_update_that_takes_anothers_id_tells_of_both(source: Source, writer: Writer) -> None:
    writer.run(INSERT, "a", "s2")
    writer.run(INSERT, "b", "s3")
    sessions(source)
    writer.run("UPDATE OR REPLACE messages SET id = 'b' WHERE id = 'a'")
    assert writer.run("SELECT session_id FROM messages WHERE id IN ('a', 'b')") == [("s2",)]
    assert sessions(source) == {"s2", "s3"}
    writer.run(INSERT, "c", "s4")
    assert sessions(source) == {"s4"}


@pytest.mark.parametrize("policy", ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"])
def test_a_writers_conflict_clause_does_not_disturb_the_queue(
    source: Source, writer: Writer, policy: str
) -> None:
    for session in ("s3", "s4"):
        writer.run(f"UPDATE OR {policy} messages SET session_id = ? WHERE id = 'm01'", session)
    assert sessions(source) == {"s1", "s3", "s4"}
    writer.run(INSERT.replace("INSERT", f"INSERT OR {policy}"), "a", "s2")
    assert sessions(source) == {"s2"}


@pytest.mark.parametrize("name", ["rowid", "oid", "_rowid_"])
def test_a_row_given_another_number_is_told(source: Source, writer: Writer, name: str) -> None:
    writer.run(INSERT, "a", "s2")
    sessions(source)
    number = top(writer)
    for other in (number + 50, -3):
        writer.run(f"UPDATE messages SET {name} = ? WHERE id = 'a'", other)
        assert sessions(source) == {"s2"}
    writer.run(INSERT, "b", "s3")
    assert top(writer) == number
    assert sessions(source) == {"s3"}


def test_a_row_given_the_number_of_a_witness_that_went_is_no_alarm(source: Source, writer: Writer) -> None:
    ((number,),) = writer.run("SELECT min(w.row) FROM twin_tui_witness w WHERE w.no = 4")
    writer.run("DELETE FROM messages WHERE rowid = ?", number)
    writer.run("UPDATE messages SET rowid = ? WHERE id = 'm20'", number)
    assert len(sessions(source)) == 2


def test_a_change_of_case_is_a_change(tmp_path: Path) -> None:
    tables = {
        **PLAIN,
        "sessions": "id TEXT PRIMARY KEY, user_id TEXT, twin_id TEXT COLLATE NOCASE, started_at TEXT",
    }
    path = make_sqlite(tmp_path / "f.db", tables, "INSERT INTO sessions VALUES ('s', 'u', 'a', '2026-01-01')")
    with open_database(path, "adopt") as source, Writer(path) as writer:
        with source.writing():
            capture.install(source)
        writer.run("UPDATE sessions SET twin_id = 'A'")
        assert sessions(source) == {"s"}


def test_compacting_the_file_loses_nothing(source: Source, writer: Writer) -> None:
    writer.run("DELETE FROM messages WHERE id = 'm03'")
    sessions(source)
    writer.run(INSERT, "a", "s2")
    writer.run("VACUUM")
    assert sessions(source) == {"s2"}


def test_numbers_that_mean_other_rows_are_noticed(source: Source, writer: Writer) -> None:
    writer.run("DELETE FROM messages WHERE id = 'm03'")
    for number in range(40):
        writer.run(INSERT, f"x{number}", "s2")
    sessions(source)
    writer.run(INSERT, "above", "s2")
    names = [name for (name,) in writer.run("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    texts = [sql for (sql,) in writer.run("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    with writer.transaction():
        for name in names:
            writer.run(f"DROP TRIGGER {name}")
        writer.run("CREATE TEMP TABLE held AS SELECT * FROM messages ORDER BY rowid")
        writer.run("DELETE FROM messages")
        writer.run("INSERT INTO messages SELECT * FROM held")
        for text in texts:
            writer.run(text)
    assert not capture.is_intact(source)
    with source.writing():
        capture.reset(source)
    assert capture.is_intact(source)


def test_rows_that_vanish_from_the_end_untold_are_noticed(source: Source, writer: Writer) -> None:
    ((text,),) = writer.run("SELECT sql FROM sqlite_master WHERE name = 'twin_tui_capture_messages_deleted'")
    writer.run("DROP TRIGGER twin_tui_capture_messages_deleted")
    writer.run("DELETE FROM messages WHERE rowid = (SELECT max(rowid) FROM messages)")
    writer.run(text)
    assert not capture.is_intact(source)


def test_a_table_made_anew_is_noticed(source: Source, writer: Writer) -> None:
    writer.run("PRAGMA foreign_keys = 0")
    with writer.transaction():
        writer.run("CREATE TABLE other AS SELECT * FROM queries")
        writer.run("DROP TABLE queries")
        writer.run("ALTER TABLE other RENAME TO queries")
    assert not capture.is_intact(source)


def test_witnesses_stay_few_and_true_while_rows_come_and_go(source: Source, writer: Writer) -> None:
    for number in range(60):
        writer.run(INSERT, f"x{number}", "s2")
        if number % 3 == 0:
            writer.run("DELETE FROM messages WHERE id = ?", f"x{number}")
        if number % 5 == 0:
            writer.run("UPDATE messages SET id = 'y' || id WHERE id = ?", f"x{number}")
        sessions(source)
    assert writer.run(
        "SELECT max(n) <= 16 FROM (SELECT count(*) AS n FROM twin_tui_witness GROUP BY no)"
    ) == [(1,)]


NUMBERED = {
    **PLAIN,
    "messages": "id INTEGER PRIMARY KEY, session_id INTEGER, sender_type TEXT, content TEXT, created_at TEXT",
    "sessions": "id INTEGER PRIMARY KEY, user_id TEXT, twin_id TEXT, started_at TIMESTAMP",
}


def test_rows_numbered_by_their_id_are_told_wherever_they_come_in(tmp_path: Path) -> None:
    insert = "INSERT INTO messages (id, session_id, sender_type, content) VALUES (?, ?, 'user', '')"
    path = make_sqlite(
        tmp_path / "f.db",
        NUMBERED,
        "INSERT INTO sessions VALUES (7, 'u', 't', '2026-01-01'), (8, 'u', 't', '2026-01-01')",
        "INSERT INTO messages VALUES (10, 7, 'user', '', '2026-01-01')",
    )
    with open_database(path, "adopt") as source, Writer(path) as writer:
        with source.writing():
            capture.install(source)
        writer.run(insert, 3, 8)
        assert sessions(source) == {"8"}
        writer.run(insert.replace("INSERT", "REPLACE"), 10, 8)
        assert sessions(source) == {"7", "8"}
        writer.run(insert, None, 7)
        assert sessions(source) == {"7"}
        writer.run("DELETE FROM messages WHERE id = 3")
        assert sessions(source) == {"8"}
        writer.run("UPDATE messages SET id = 2 WHERE id = 11")
        assert sessions(source) == {"7"}


def refusal(path: str) -> str:
    with open_database(path, "adopt") as source:
        with pytest.raises(DatabaseError) as caught, source.writing():
            capture.install(source)
        assert source.run("SELECT name FROM sqlite_master WHERE name LIKE 'twin_tui%'") == []
    return str(caught.value)


def test_a_view_cannot_be_watched(tmp_path: Path) -> None:
    tables = {name: columns for name, columns in PLAIN.items() if name != "queries"}
    path = make_sqlite(
        tmp_path / "f.db",
        tables,
        f"CREATE TABLE q ({PLAIN['queries']})",
        "CREATE VIEW queries AS SELECT * FROM q",
    )
    assert refusal(path) == "f.db cannot be adopted: queries is a view."


def test_a_table_without_row_numbers_cannot_be_watched(tmp_path: Path) -> None:
    tables = {name: columns for name, columns in PLAIN.items() if name != "twins"}
    path = make_sqlite(tmp_path / "f.db", tables, f"CREATE TABLE twins ({PLAIN['twins']}) WITHOUT ROWID")
    assert refusal(path) == "f.db cannot be adopted: twins has no row numbers (it is WITHOUT ROWID)."


def test_a_table_that_hides_its_row_numbers_cannot_be_watched(tmp_path: Path) -> None:
    tables = {**PLAIN, "users": f"{PLAIN['users']}, rowid TEXT"}
    path = make_sqlite(tmp_path / "f.db", tables)
    assert "users has a column named rowid" in refusal(path)

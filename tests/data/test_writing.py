"""Writing through a source: all or nothing, counted, in the stored form of times and texts."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from peewee import fn

from tests.world import at
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Document, Message, Session, User

COUNT_USERS = User.select(fn.COUNT(User.id))


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


def add_user(source: Source, ref: str) -> None:
    source.insert_rows(User, ("id", "email", "full_name"), [(ref, f"{ref}@x", ref)])


def test_an_exception_while_writing_undoes_everything(writer: Source) -> None:
    def work() -> None:
        with writer.writing():
            add_user(writer, "a")
            with writer.writing():
                add_user(writer, "b")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert writer.rows(COUNT_USERS) == [(0,)]


def test_a_row_that_does_not_fit_is_named_and_nothing_stays(writer: Source) -> None:
    rows = [("a", "a@x", "A"), ("b", "a@x", "B")]
    with pytest.raises(DatabaseError, match="A row does not fit into"):
        writer.insert_rows(User, ("id", "email", "full_name"), rows)
    with pytest.raises(DatabaseError, match="A row does not fit into"):
        writer.insert_rows(Session, ("id", "user_id", "twin_id"), [("s", "nobody", "nothing")])
    assert writer.rows(COUNT_USERS) == [(0,)]


def test_a_text_no_database_can_store_is_refused(writer: Source) -> None:
    with pytest.raises(DatabaseError):
        add_user(writer, "lone \ud800")
    assert writer.rows(COUNT_USERS) == [(0,)]
    with pytest.raises(DatabaseError, match="characters that no database can store"):
        writer.rows(User.select(User.id).where(User.id == "\udcff"))


def test_insert_says_how_many_and_takes_any_iterable(writer: Source) -> None:
    users = ((f"{n:05}", f"{n}@x", "N", None, at("2026-01-01 00:00")) for n in range(1_234))
    columns = ("id", "email", "full_name", "company", "created_at")
    assert writer.insert_rows(User, columns, users) == 1_234
    assert writer.insert_rows(User, columns, []) == 0
    assert writer.rows(COUNT_USERS) == [(1_234,)]


def test_times_are_stored_as_utc_whatever_offset_they_bear(writer: Source) -> None:
    given = [
        at("2026-11-23 12:00"),
        datetime.fromisoformat("2026-11-23T13:00:00.000001+01:00"),
        datetime(2026, 11, 23, 12),  # noqa: DTZ001 - naive means UTC
        None,
    ]
    rows = [(str(n), f"{n}@x", "", when) for n, when in enumerate(given)]
    writer.insert_rows(User, ("id", "email", "full_name", "created_at"), rows)
    stored = writer.rows(User.select(User.created_at).order_by(User.id))
    noon = at("2026-11-23 12:00")
    assert [writer.dialect.parse_time(value) for (value,) in stored] == [
        noon, noon.replace(microsecond=1), noon, None,
    ]  # fmt: skip
    if writer.is_sqlite:
        texts = ["2026-11-23 12:00:00", "2026-11-23 12:00:00.000001", "2026-11-23 12:00:00", None]
        assert [value for (value,) in stored] == texts


def test_text_of_every_script_and_mark_survives(writer: Source) -> None:
    texts = ["\t\n\\N\r\x01", "日本語 العربية 😀", "'; DROP TABLE users; --", "", "\\.", "\u202e"]
    rows = [(str(n), f"{n}@x", text) for n, text in enumerate(texts)]
    writer.insert_rows(User, ("id", "email", "full_name"), rows)
    assert [name for (name,) in writer.rows(User.select(User.full_name).order_by(User.id))] == texts


def test_upsert_counts_only_what_really_changes(writer: Source) -> None:
    columns = ("id", "email", "full_name", "company", "created_at")
    noon = at("2026-11-23 12:00")
    first = [(str(n), f"{n}@x", "N", None, noon) for n in range(700)]
    assert writer.upsert_rows(User, columns, first) == 700
    assert writer.upsert_rows(User, columns, first) == 0
    changed = [("0", "0@x", "M", None, noon), ("1", "1@x", "N", "North", noon), ("2", "2@x", "N", None, None)]
    assert writer.upsert_rows(User, columns, [*changed, *first[3:], ("new", "new@x", "N", None, noon)]) == 4
    assert writer.upsert_rows(User, ("id", "email", "full_name"), [("0", "0@x", "O")]) == 1
    name, company = writer.rows(
        User.select(User.full_name, User.company).where(User.id.in_(("0", "1"))).order_by(User.id)
    )
    assert (name, company) == (("O", None), ("N", "North"))


def test_of_upserted_rows_with_one_id_the_last_wins(writer: Source) -> None:
    rows = [("a", "a@x", "first"), ("a", "a@x", "last")]
    writer.upsert_rows(User, ("id", "email", "full_name"), rows)
    assert writer.rows(User.select(User.full_name)) == [("last",)]


def test_upserting_a_parent_keeps_its_children(world_url: str) -> None:
    with open_database(world_url, "write") as source:
        source.upsert_rows(
            Message, ("id", "session_id", "sender_type", "content"), [("m01", "s1", "user", "New")]
        )
        assert source.rows(Document.select(Document.message_id).where(Document.id == "d1")) == [("m01",)]


def test_a_file_replaced_under_an_open_writer_is_not_written(sqlite_url: str, tmp_path: Path) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with open_database(sqlite_url, "write") as source:
        add_user(source, "a")
        os.rename(path, tmp_path / "moved.db")
        with pytest.raises(DatabaseError, match="was moved or replaced while it was open"):
            add_user(source, "b")
        with open_database(path, "create"):
            assert source.is_replaced()
            with pytest.raises(DatabaseError, match="was moved or replaced while it was open"):
                add_user(source, "c")


def test_a_writer_waits_for_a_lock_and_says_so_when_it_lasts(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twin_tui.data.sqlite.BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    with open_database(sqlite_url, "write") as source:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"twins\.db is locked by another program"):
            add_user(source, "a")
        assert source.rows(COUNT_USERS) == [(0,)]
        holder.execute("ROLLBACK")
        add_user(source, "a")
    holder.close()


def test_foreign_keys_and_recursive_triggers_are_on_where_we_write(sqlite_url: str) -> None:
    with open_database(sqlite_url, "write") as source:
        pragmas = ("foreign_keys", "recursive_triggers", "journal_mode", "synchronous")
        assert [source.db.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [1, 1, "wal", 1]


def test_rows_are_found_by_thousands_of_ids(writer: Source) -> None:
    noon = at("2026-11-23 12:00")
    columns = ("id", "email", "created_at")
    users = [(f"{n:05}", f"{n}@x", "N", noon) for n in range(1_234)]
    writer.insert_rows(User, ("id", "email", "full_name", "created_at"), users)
    found = writer.rows_by_id(User, columns, [*(ref for ref, *_ in users[3:]), "none"])
    assert sorted((ref, email) for ref, email, _ in found) == [(ref, email) for ref, email, *_ in users[3:]]
    assert {writer.dialect.parse_time(when) for *_, when in found} == {noon}
    assert writer.rows_by_id(User, columns, []) == []
    with pytest.raises(DatabaseError, match="characters that no database can store"):
        writer.rows_by_id(User, columns, ["\udcff"])

"""SQLite files another system wrote read right: missing columns, other types, other spellings of time."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from peewee import fn

from tests.data.foreign import MISSING, PLAIN, make_sqlite
from tests.world import at
from twin_tui.data.columns import COLUMNS
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Query, Session, Twin, User


def test_every_optional_column_may_be_missing_and_reads_as_null(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "least.db",
        PLAIN,
        "INSERT INTO documents VALUES ('d', 's', '2026-11-01 00:00:00')",
        "INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-01 00:00:00')",
    )
    with open_database(path) as source:
        assert not source.is_ours
        assert source.is_read_only
        assert source.missing == MISSING
        for place in MISSING:
            table, _, column = place.partition(".")
            field = COLUMNS[table, column]
            select = field.model.select(fn.COUNT(source.column(field)))
            assert source.rows(select) == [(0,)]
        flag = fn.COALESCE(source.column(Session.is_shared_twin), False)
        assert source.rows(Session.select(source.column(Session.title), flag)) == [(None, 0)]


def test_extra_columns_other_index_names_and_upper_case_do_not_matter(tmp_path: Path) -> None:
    tables = {table.upper(): f"{columns.upper()}, MOOD TEXT" for table, columns in PLAIN.items()}
    path = make_sqlite(
        tmp_path / "loud.db",
        tables,
        "CREATE INDEX by_time ON sessions (started_at)",
        "INSERT INTO users VALUES ('u', 'u@x', 'U', 'good')",
    )
    with open_database(path) as source:
        assert source.rows(User.select(source.column(User.full_name))) == [("U",)]


def test_views_will_do(tmp_path: Path) -> None:
    tables = {f"raw_{table}": columns for table, columns in PLAIN.items()}
    views = [f"CREATE VIEW {table} AS SELECT * FROM raw_{table}" for table in PLAIN]
    path = make_sqlite(
        tmp_path / "views.db", tables, *views, "INSERT INTO raw_users VALUES ('u', 'u@x', 'U')"
    )
    with open_database(path) as source:
        assert source.rows(User.select(source.column(User.id))) == [("u",)]
        assert source.dialect.insertion_order(User) is None


def test_tables_without_rowid_know_no_insertion_order(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "keyed.db", {**PLAIN, "users": "id TEXT, email, full_name"})
    conn = sqlite3.connect(path)
    conn.execute("DROP TABLE messages")
    conn.execute(f"CREATE TABLE messages ({PLAIN['messages']}) WITHOUT ROWID")
    conn.close()
    with open_database(path) as source:
        assert source.dialect.insertion_order(Message) is None
        assert source.dialect.insertion_order(User) is not None


NOON = at("2026-10-01 12:00")
SPELLINGS = {
    "2026-10-01 12:00:00": NOON,
    "2026-10-01T12:00:00": NOON,
    "2026-10-01T12:00:00Z": NOON,
    "2026-10-01 12:00:00+00": NOON,
    "2026-10-01 12:00:00 UTC": NOON,
    "2026-10-01T14:00:00+02:00": NOON,
    "2026-10-01T06:30:00-0530": NOON,
    "2026-10-01 12:00": NOON,
    "2026-10-01 12:00:00.000": NOON,
    "20261001T120000": NOON,
    " 2026-10-01 12:00:00 ": NOON,
    "1790856000": NOON,
    "1790856000.25": NOON.replace(microsecond=250_000),
    1790856000: NOON,
    1790856000.25: NOON.replace(microsecond=250_000),
    1790856000123: NOON.replace(microsecond=123_000),
    1790856000123456: NOON.replace(microsecond=123_456),
    1790856000123456789: NOON.replace(microsecond=123_456),
    "2026-10-01T12:00:00.5": NOON.replace(microsecond=500_000),
    "2026-10-01": at("2026-10-01 00:00"),
    "20261001": at("2026-10-01 00:00"),
    "": None,
    "yesterday": None,
    "2026-02-30 12:00:00": None,
    "2026-10-01 25:00:00": None,
    "9" * 40: None,
    b"2026-10-01T12:00:00Z": NOON,
    b"\xff\xfe": None,
    None: None,
}


@pytest.mark.parametrize("declared", ["TIMESTAMP", "TEXT", ""])
def test_every_spelling_of_a_time_is_its_instant(tmp_path: Path, declared: str) -> None:
    tables = {
        **PLAIN,
        "messages": f"id, session_id TEXT, sender_type TEXT, content TEXT, created_at {declared}",
    }
    path = make_sqlite(tmp_path / "times.db", tables)
    conn = sqlite3.connect(path)
    rows = [(number, value) for number, value in enumerate(SPELLINGS)]
    conn.executemany("INSERT INTO messages (id, created_at) VALUES (?, ?)", rows)
    conn.commit()
    conn.close()
    with open_database(path) as source:
        time = source.column(Message.created_at)
        read = source.rows(
            Message.select(time, source.dialect.micros(time)).order_by(
                source.dialect.insertion_order(Message)
            )
        )
        known = [when for when in SPELLINGS.values() if when is not None]
        for bound in (NOON, at("2026-10-01 12:00:00.100000"), at("2026-10-01 00:00:00.000001")):
            at_or_after = source.rows(
                Message.select(fn.COUNT(time)).where(time >= source.dialect.instant(bound))
            )
            assert at_or_after == [(sum(when >= bound for when in known),)]
    assert [source.dialect.parse_time(value) for value, _ in read] == list(SPELLINGS.values())
    assert [micros and datetime.fromtimestamp(micros // 10**6, NOON.tzinfo) for _, micros in read] == [
        when and when.replace(microsecond=0) for when in SPELLINGS.values()
    ]


@pytest.mark.parametrize(
    "other",
    [
        "2026-10-01T12:00:00",
        "2026-10-01 12:00:00.5",
        "2026-10-01 12:00:00+02:00",
        1790856000,
        "2026-02-30 00:00:00",
    ],
)
def test_one_other_spelling_among_many_is_found(tmp_path: Path, other: object) -> None:
    path = make_sqlite(tmp_path / "one.db")
    conn = sqlite3.connect(path)
    canonical = [(str(number), "2026-10-01 11:59:59.999999") for number in range(500)]
    conn.executemany(
        "INSERT INTO messages (id, created_at) VALUES (?, ?)",
        [*canonical[:250], ("x", other), *canonical[250:]],
    )
    conn.commit()
    conn.close()
    with open_database(path) as source:
        assert source.column(Message.created_at) is not Message.created_at
        assert source.column(Session.started_at) is Session.started_at


def test_times_spelled_as_ours_are_compared_as_they_are(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "plain.db",
        PLAIN,
        "INSERT INTO messages (id, created_at) VALUES ('a', '2026-10-01 12:00:00'), ('b', NULL),"
        " ('c', '2024-02-29 23:59:59.000001')",
    )
    with open_database(path) as source:
        assert source.column(Message.created_at) is Message.created_at


def test_another_program_writing_into_ours_is_noticed(world_sqlite: str) -> None:
    conn = sqlite3.connect(world_sqlite.removeprefix("sqlite:///"))
    conn.execute(
        "INSERT INTO messages VALUES ('x', 's1', 'user', 'hi', 'general', '2026-11-17T10:30:00+01:00')"
    )
    conn.commit()
    conn.close()
    with open_database(world_sqlite) as source:
        time = source.column(Message.created_at)
        found = source.rows(
            Message.select(Message.id).where(time == source.dialect.instant(at("2026-11-17 09:30")))
        )
        assert found == [("x",)]
        assert source.column(Document.created_at) is Document.created_at


FLAGS = {
    1: True,
    0: False,
    "true": True,
    "False": False,
    "t": True,
    "f": False,
    "yes": True,
    "": None,
    None: None,
    2: True,
}


def test_flags_and_counts_of_any_type(tmp_path: Path) -> None:
    tables = {
        **PLAIN,
        "twins": "id INTEGER PRIMARY KEY, user_id TEXT, name TEXT, is_shared BOOLEAN",
        "queries": "id INTEGER PRIMARY KEY, session_id, query_text TEXT, results_count TEXT, created_at",
    }
    path = make_sqlite(tmp_path / "types.db", tables)
    conn = sqlite3.connect(path)
    conn.executemany("INSERT INTO twins (is_shared) VALUES (?)", [(flag,) for flag in FLAGS])
    conn.executemany(
        "INSERT INTO queries (results_count) VALUES (?)", [(0,), ("12",), ("many",), ("",), (None,), ("3.0",)]
    )
    conn.commit()
    conn.close()
    with open_database(path) as source:
        flags = source.rows(Twin.select(source.column(Twin.is_shared)).order_by(Twin.id))
        counts = source.rows(Query.select(source.column(Query.results_count)).order_by(Query.id))
        ids = source.rows(Twin.select(source.column(Twin.id)).order_by(Twin.id))
    assert [flag if flag is None else bool(flag) for (flag,) in flags] == list(FLAGS.values())
    assert [count for (count,) in counts] == [0, 12, None, None, None, 3]
    assert [type(ref) for (ref,) in ids] == [str] * len(FLAGS)


def test_bytes_bad_utf8_and_nulls_are_read_as_text(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "bytes.db", {**PLAIN, "sessions": PLAIN["sessions"] + ", title TEXT"})
    conn = sqlite3.connect(path)
    conn.execute(
        "INSERT INTO messages (id, sender_type, content) VALUES ('a', 'user', CAST(x'4869ff' AS TEXT))"
    )
    conn.execute("INSERT INTO messages (id, sender_type, content) VALUES ('b', NULL, x'c384')")
    conn.execute(
        "INSERT INTO messages (id, sender_type, content) VALUES ('c', 'user', 'a' || char(0) || 'b')"
    )
    conn.execute("INSERT INTO users VALUES ('u', NULL, CAST(x'c3c4' AS TEXT))")
    conn.execute("INSERT INTO sessions (id, title) VALUES ('s', NULL)")
    conn.commit()
    conn.close()
    with open_database(path) as source:
        sender, content = source.column(Message.sender_type), source.column(Message.content)
        assert source.rows(Message.select(sender, content).order_by(Message.id)) == [
            ("user", "Hi\ufffd"),
            ("", "Ä"),
            ("user", "a\0b"),
        ]
        assert source.rows(Message.select(Message.id).where(source.dialect.contains(content, "HI"))) == [
            ("a",)
        ]
        assert source.rows(Message.select(Message.id).where(source.dialect.contains(content, "ä"))) == [
            ("b",)
        ]
        assert source.rows(User.select(source.column(User.email), source.column(User.full_name))) == [
            ("", "\ufffd\ufffd")
        ]
        assert source.rows(Session.select(source.column(Session.title))) == [(None,)]


def test_ids_may_be_sixteen_bytes(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "ids.db",
        {**PLAIN, "users": "id BLOB PRIMARY KEY, email TEXT, full_name TEXT"},
        "INSERT INTO users VALUES (x'00112233445566778899aabbccddeeff', 'u@x', 'U')",
    )
    with open_database(path) as source:
        assert source.rows(User.select(source.column(User.id))) == [("00112233445566778899aabbccddeeff",)]


def test_a_file_in_utf16_reads_and_searches(tmp_path: Path) -> None:
    path = tmp_path / "wide.db"
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA encoding = 'UTF-16le'")
    for table, columns in PLAIN.items():
        conn.execute(f"CREATE TABLE {table} ({columns})")
    conn.execute("INSERT INTO users VALUES ('u', 'u@x', 'Ärger')")
    conn.commit()
    conn.close()
    with open_database(str(path)) as source:
        name = source.column(User.full_name)
        assert source.rows(User.select(name).where(source.dialect.contains(name, "ÄRG"))) == [("Ärger",)]


def test_an_alias_has_its_columns_too(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "alias.db", PLAIN, "INSERT INTO users VALUES ('u', 'u@x', 'U')")
    owner = User.alias()
    with open_database(path) as source:
        select = owner.select(source.column(User.full_name, owner), source.column(User.company, owner))
        assert source.rows(select.where(source.column(owner.id) == "u")) == [("U", None)]

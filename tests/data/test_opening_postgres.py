"""Opening a PostgreSQL database: refusals in words without the password, and other systems' tables."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from peewee import fn

from tests.data.foreign import MISSING, PLAIN, refusal
from tests.postgres import PASSWORD, Server
from tests.world import at
from twin_tui.data import postgres
from twin_tui.data.columns import COLUMNS
from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Query, Session, Twin, User

Make = Callable[..., str]


@pytest.fixture
def make(postgres_server: Server) -> Iterator[Make]:
    """Make a database with these tables and statements, return its URL."""
    made = []

    def make_one(tables: dict[str, str], *statements: str) -> str:
        url = postgres_server.make()
        made.append(url)
        with psycopg.connect(url) as conn:
            for table, columns in tables.items():
                conn.execute(f"CREATE TABLE {table} ({columns})".encode())
            for statement in statements:
                conn.execute(statement.encode())
        return url

    yield make_one
    for url in made:
        postgres_server.drop(url)


def test_a_wrong_password(postgres_server: Server) -> None:
    url = postgres_server.url("postgres", "guest:%73wordfish")
    assert refusal(url) == "localhost/postgres: wrong user or password."
    assert refusal(postgres_server.url("postgres", "guest")) == "localhost/postgres: wrong user or password."
    right = postgres_server.url("postgres", f"guest:{PASSWORD}")
    assert refusal(right) == "localhost/postgres is an empty database: it has no tables."


def test_an_unknown_user(postgres_server: Server) -> None:
    assert (
        refusal(postgres_server.url("postgres", "nemo"))
        == "localhost/postgres: the server knows no such user."
    )


def test_no_such_database(postgres_server: Server) -> None:
    sentence = "localhost/atlantis: there is no such database on the server."
    for mode in ("read", "write", "create"):
        assert refusal(postgres_server.url("atlantis"), mode) == sentence


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        sentence = refusal(f"postgresql://ann:s3cret@127.0.0.1:{port}/twins")
    assert sentence.startswith(f"127.0.0.1:{port}/twins: the server cannot be reached (")
    assert "s3cret" not in sentence


def test_an_unknown_host() -> None:
    sentence = refusal("postgresql://ann:s3cret@no-such-host.invalid/twins")
    assert sentence.startswith("no-such-host.invalid/twins: the server cannot be reached (")
    assert "s3cret" not in sentence


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3/cret@host/db",
        "postgresql://ann:s3cret@host:x/db",
        "postgres://a?b=s3cret",
        "postgres://ann:12/cret@host/db",
    ],
)
def test_a_url_that_is_none_does_not_echo_the_password(url: str) -> None:
    sentence = refusal(url)
    assert sentence.startswith("The PostgreSQL URL cannot be understood: write postgresql://")
    assert "cret" not in sentence


def test_without_the_driver_the_sentence_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "HAS_DRIVER", False)
    assert refusal("postgresql://host/db") == "PostgreSQL needs its driver: pip install 'twin-tui[postgres]'."


def test_everything_but_postgresql_works_without_the_driver(tmp_path: Path) -> None:
    script = """
import sys
sys.modules["psycopg"] = None
from twin_tui.data.database import open_database
from twin_tui.data.errors import DatabaseError
with open_database(sys.argv[1], "create") as source:
    assert source.is_ours
try:
    open_database("postgresql://host/db")
except DatabaseError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "PostgreSQL needs its driver: pip install 'twin-tui[postgres]'.\n"


def test_an_empty_database_is_filled_by_create_alone(make: Make) -> None:
    url = make({})
    assert refusal(url).endswith("is an empty database: it has no tables.")
    with open_database(url, "create") as source:
        assert source.is_ours
    with open_database(url.replace("postgresql://", "postgres://")) as source:
        assert source.is_ours
        assert source.is_read_only


def test_another_applications_database(make: Make) -> None:
    url = make({"orders": "id int"})
    for mode in ("read", "write", "create"):
        assert "belongs to another application: it has none of the tables users, twins" in refusal(url, mode)


def test_a_missing_table_and_a_missing_column_are_named(make: Make) -> None:
    tables = {table: columns for table, columns in PLAIN.items() if table != "messages"}
    assert refusal(make(tables)).endswith("cannot be read: the table messages is missing.")
    tables = {**PLAIN, "queries": "id text, session_id text, query_text text"}
    assert refusal(make(tables)).endswith("cannot be read: the column queries.created_at is missing.")


def test_a_role_without_rights_is_told_which_and_may_lack_optional_columns(
    make: Make, postgres_server: Server
) -> None:
    url = make(
        {**PLAIN, "users": PLAIN["users"] + ", company text"},
        "GRANT SELECT ON twins, sessions, messages, documents TO guest",
        "GRANT SELECT (id, email, full_name) ON users TO guest",
        "GRANT SELECT (id, session_id, query_text) ON queries TO guest",
        "INSERT INTO users VALUES ('u', 'u@x', 'U', 'North')",
    )
    theirs = url.replace("postgres@", f"guest:{PASSWORD}@")
    assert refusal(theirs).endswith(": the role may not read queries.created_at.")
    with psycopg.connect(url) as conn:
        conn.execute("GRANT SELECT ON queries TO guest")
    with open_database(theirs) as source:
        assert "users.company" in source.missing
        assert source.rows(User.select(source.column(User.full_name), source.column(User.company))) == [
            ("U", None)
        ]


def test_another_systems_tables_are_read_and_never_written(make: Make) -> None:
    url = make(PLAIN)
    for mode in ("write", "create"):
        assert refusal(url, mode).endswith(
            "was made by another system: twin-tui reads it and never writes to it."
        )
    with open_database(url) as source:
        assert not source.is_ours
        assert source.missing == MISSING
        for place in MISSING:
            table, _, column = place.partition(".")
            field = COLUMNS[table, column]
            assert source.rows(field.model.select(fn.COUNT(source.column(field)))) == [(0,)]
        with pytest.raises(Exception, match="read-only"), source.reading():
            source.db.execute_sql("DELETE FROM users")


def test_tables_are_found_along_the_search_path(make: Make) -> None:
    url = make(
        {},
        "CREATE SCHEMA app",
        *(f"CREATE TABLE app.{table} ({columns})" for table, columns in PLAIN.items()),
    )
    assert "is an empty database" in refusal(url)
    with open_database(f"{url}&options=-csearch_path%3Dapp") as source:
        assert source.rows(User.select(source.column(User.id))) == []


def test_uuid_ids_and_other_types_read_as_ours(make: Make) -> None:
    ref = "00112233-4455-6677-8899-aabbccddeeff"
    tables = {
        **PLAIN,
        "users": "id uuid, email citext_like, full_name varchar(40), department char(8), created_at date",
        "twins": "id bigint, user_id uuid, name text, is_shared integer",
        "sessions": "id uuid, user_id uuid, twin_id bigint, started_at timestamptz, is_shared_twin text",
        "queries": "id text, session_id uuid, query_text text, results_count numeric, created_at bigint",
    }
    domain = "CREATE DOMAIN citext_like AS text"
    url = make({}, domain, *(f"CREATE TABLE {table} ({columns})" for table, columns in tables.items()))
    with psycopg.connect(url) as conn:
        conn.execute("INSERT INTO users VALUES (%s, 'u@x', NULL, 'Sales', '2026-11-01')", (ref,))
        conn.execute(
            "INSERT INTO twins VALUES (7, %s, 'T', 1), (8, %s, 'U', 0), (9, %s, 'V', NULL)", (ref, ref, ref)
        )
        conn.execute(
            "INSERT INTO sessions VALUES (%s, %s, 7, '2026-11-01 03:00:00.5+02', 'yes'),"
            " (%s, %s, 7, 'infinity', 'no')",
            (ref, ref, ref, ref),
        )
        conn.execute("INSERT INTO queries VALUES ('q', %s, 'q', 3.0, 1790856000123)", (ref,))
    with open_database(url) as source:
        parse, column = source.dialect.parse_time, source.column
        fields = (User.id, User.email, User.full_name, User.department, User.created_at)
        ((*texts, created),) = source.rows(User.select(*map(column, fields)))
        assert texts == [ref, "u@x", "", "Sales"]
        assert parse(created) == at("2026-11-01 00:00")
        twins = source.rows(
            Twin.select(column(Twin.id), column(Twin.user), column(Twin.is_shared)).order_by(Twin.id)
        )
        assert twins == [("7", ref, True), ("8", ref, False), ("9", ref, None)]
        start = column(Session.started_at)
        early = Session.select(start, column(Session.is_shared_twin), source.dialect.utc_minute(start))
        assert source.rows(early.where(column(Session.user) == ref, start.is_null(False))) == [
            (datetime(2026, 11, 1, 1, 0, 0, 500_000), True, "2026-11-01 01:00")  # noqa: DTZ001
        ]
        assert source.rows(Session.select(fn.COUNT(Session.id)).where(start.is_null())) == [(1,)]
        ((count, asked),) = source.rows(Query.select(column(Query.results_count), column(Query.created_at)))
        assert (count, parse(asked)) == (3, at("2026-10-01 12:00:00.123"))


NOON = at("2026-10-01 12:00")
SPELLINGS = {
    "2026-10-01 12:00:00": NOON,
    "2026-10-01T12:00:00": NOON,
    "2026-10-01T12:00:00Z": NOON,
    "2026-10-01 12:00:00 UTC": NOON,
    "2026-10-01 12:00:00+00": NOON,
    "2026-10-01T14:00:00+02:00": NOON,
    "2026-10-01T06:30:00-0530": NOON,
    "2026-10-01 12:00": NOON,
    " 2026-10-01 12:00:00,250 ": NOON.replace(microsecond=250_000),
    "2026-10-01": at("2026-10-01 00:00"),
    "2024-02-29 00:00:00": at("2024-02-29 00:00"),
    "2026-02-29 00:00:00": None,
    "0000-01-01 00:00:00": None,
    "2026-13-01 00:00:00": None,
    "2026-10-01 25:00:00": None,
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize("kind", ["text", "varchar(60)", "char(40)"])
def test_every_spelling_of_a_time_is_its_instant(make: Make, kind: str) -> None:
    url = make(
        {**PLAIN, "messages": f"id int, session_id text, sender_type text, content text, created_at {kind}"}
    )
    with psycopg.connect(url) as conn:
        for number, text in enumerate(SPELLINGS):
            conn.execute("INSERT INTO messages (id, created_at) VALUES (%s, %s)", (number, text))
    with open_database(url) as source:
        time = source.column(Message.created_at)
        read = source.rows(Message.select(time).order_by(Message.id))
        later = source.rows(Message.select(fn.COUNT(time)).where(time >= source.dialect.instant(NOON)))
    assert [source.dialect.parse_time(value) for (value,) in read] == list(SPELLINGS.values())
    assert later == [(sum(when is not None and when >= NOON for when in SPELLINGS.values()),)]

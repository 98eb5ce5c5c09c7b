import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from peewee import SQL, Select
from psycopg import ClientCursor

from tests.analytics.test_statements import faults
from tests.data.foreign import MISSING, PLAIN, make_sqlite, state_of
from tests.operations.broken import EXPECTED, break_world
from tests.postgres import Server
from tests.world import NOW
from twin_tui.analytics.readers import Readers
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.operations import check_words
from twin_tui.operations.examination import CHECKS, examine
from twin_tui.operations.findings import Finding


def clock() -> datetime:
    return NOW


def found(url: str, examples: int = 50) -> dict[str, Finding]:
    with open_database(url) as source:
        return {finding.key: finding for finding in examine(source, clock, examples)}


def told(finding: Finding) -> list[tuple[str, str | None, str | None]]:
    return [(each.id, each.session_id, each.about) for each in finding.examples]


def test_every_kind_of_oddity_is_found_with_the_rows_behind_it(world_url: str):
    break_world(world_url)
    findings = found(world_url)
    expected = dict(EXPECTED)
    if not world_url.startswith("sqlite"):
        expected["garbled_sessions"] = []
    assert {key: told(finding) for key, finding in findings.items()} == expected
    assert {key: finding.count for key, finding in findings.items()} == {
        key: len(rows) for key, rows in expected.items()
    }
    assert list(findings) == list(expected)


def test_a_world_in_order_shows_only_what_it_is_known_for(world_url: str):
    findings = found(world_url)
    odd = {key: [each.id for each in finding.examples] for key, finding in findings.items() if finding.count}
    assert odd == {
        "future_sessions": ["s9"],
        "future_messages": ["m22", "m24"],
        "undated_sessions": ["s10"],
        "undated_messages": ["m23"],
        "undated_documents": ["d6"],
        "wrong_word_counts": ["d1"],
    }


def test_an_empty_database_has_nothing_odd(database_url: str):
    assert [finding.count for finding in found(database_url).values()] == [0] * (len(CHECKS) + 1)


def test_rows_are_the_first_by_id_and_counts_stay_whole(world_sqlite: str):
    break_world(world_sqlite)
    two, none = found(world_sqlite, 2), found(world_sqlite, 0)
    assert [each.id for each in two["empty_sessions"].examples] == ["x-empty", "x-no-twin"]
    assert (two["empty_sessions"].count, none["empty_sessions"].count) == (7, 7)
    assert not any(finding.examples for finding in none.values())


def test_word_counts_are_read_in_parts(world_url: str, monkeypatch: pytest.MonkeyPatch):
    break_world(world_url)
    whole = found(world_url)["wrong_word_counts"]
    monkeypatch.setattr(check_words, "AT_ONCE", 1)
    assert found(world_url)["wrong_word_counts"] == whole


def test_a_foreign_file_is_examined_as_far_as_its_columns_go_and_stays_as_it_is(tmp_path: Path):
    path = make_sqlite(
        tmp_path / "other.db",
        PLAIN,
        "INSERT INTO users VALUES ('u', 'u@x.example', 'U')",
        "INSERT INTO twins VALUES ('t', 'u', 'T')",
        "INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-01T10:00:00+02:00')",
        "INSERT INTO messages VALUES ('m', 's', 'user', 'before', '2026-11-01T07:59:59Z')",
        "INSERT INTO messages VALUES ('n', 's', 'user', 'after', '2026-11-01T08:00:00Z')",
        "INSERT INTO documents VALUES ('d', 's', 'some day')",
    )
    before = state_of(tmp_path)
    findings = found(path)
    assert state_of(tmp_path) == before
    odd = {key: [each.id for each in finding.examples] for key, finding in findings.items() if finding.count}
    assert odd == {"messages_before_session": ["m"], "undated_documents": ["d"]}
    unasked = {key: finding.missing for key, finding in findings.items() if finding.count is None}
    assert {column for columns in unasked.values() for column in columns} <= MISSING
    assert unasked == {
        "shared_flag_drift": ("sessions.is_shared_twin",),
        "strangers_on_private_twins": ("twins.is_shared",),
        "future_users": ("users.created_at",),
        "future_twins": ("twins.created_at",),
        "undated_users": ("users.created_at",),
        "undated_twins": ("twins.created_at",),
        "documents_with_stray_message": ("documents.message_id",),
        "queries_with_stray_message": ("queries.message_id",),
        "messages_with_several_documents": ("documents.message_id",),
        "messages_with_several_queries": ("queries.message_id",),
        "negative_results": ("queries.results_count",),
        "wrong_word_counts": ("documents.content", "documents.word_count"),
    }


THEIRS = """
CREATE TYPE sender AS ENUM ('user', 'twin', 'system');
CREATE TABLE users (id uuid PRIMARY KEY, email varchar(80), full_name text, created_at timestamptz);
CREATE TABLE twins (id uuid PRIMARY KEY, user_id uuid, name text, is_shared smallint);
CREATE TABLE sessions (id bigint PRIMARY KEY, user_id uuid, twin_id uuid, is_shared_twin text,
 started_at timestamptz);
CREATE TABLE messages (id bigint PRIMARY KEY, session_id bigint, sender_type sender, content text,
 created_at timestamptz);
CREATE TABLE documents (id bigint PRIMARY KEY, session_id bigint, message_id bigint, content text,
 word_count bigint, created_at text);
CREATE TABLE queries (id bigint PRIMARY KEY, session_id bigint, query_text text, results_count numeric,
 created_at timestamp);
INSERT INTO users VALUES ('00000000-0000-0000-0000-00000000000a', 'a@x.example', 'A', '2026-11-01'),
 ('00000000-0000-0000-0000-00000000000b', 'A@X.example', 'B', 'infinity');
INSERT INTO twins VALUES ('00000000-0000-0000-0000-00000000000c',
 '00000000-0000-0000-0000-00000000000a', 'T', 0);
INSERT INTO sessions VALUES (1, '00000000-0000-0000-0000-00000000000b',
 '00000000-0000-0000-0000-00000000000c', 'no', '2026-11-01 10:00+02'), (2,
 '00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000c', NULL, '2026-11-02');
INSERT INTO messages VALUES (10, 1, 'system', '', '2026-11-01 07:59:59Z');
INSERT INTO documents VALUES (20, 1, 10, 'one two', 3, 'some day'), (21, 1, 11, 'one', 1, '2026-11-03'),
 (22, 1, 10, 'one', NULL, '2026-11-03T10:00:00Z');
INSERT INTO queries VALUES (30, 3, 'a', -1.0, '2026-11-03');
"""
"""Another system's tables on PostgreSQL: other types everywhere, columns missing."""


def test_another_systems_tables_on_postgresql_are_examined(postgres_server: Server):
    name = "theirs_examined"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    url = postgres_server.url(name)
    with psycopg.connect(url) as server:
        server.execute(THEIRS.encode())
    odd = {key: told(finding) for key, finding in found(url).items() if finding.count}
    ann, ben = "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"
    assert odd == {
        "empty_sessions": [("2", "2", None)],
        "shared_flag_drift": [("1", "1", "the twin is another's")],
        "strangers_on_private_twins": [("1", "1", ben)],
        "messages_before_session": [("10", "1", "2026-11-01 07:59:59Z")],
        "undated_users": [(ben, None, None)],
        "undated_documents": [("20", "1", None)],
        "queries_without_session": [("30", "3", "3")],
        "documents_with_stray_message": [("21", "1", "11")],
        "messages_with_several_documents": [("10", "1", "2 documents")],
        "unknown_senders": [("10", "1", "system")],
        "negative_results": [("30", "3", "-1")],
        "same_email": [(ann, None, "a@x.example"), (ben, None, "A@X.example")],
        "wrong_word_counts": [("20", "1", "says 3, has 2")],
    }
    postgres_server.drop(url)


@pytest.fixture
def opened(world_url: str) -> Iterator[Source]:
    with open_database(world_url) as source:
        yield source


def test_an_interrupted_caller_stops_the_statement_that_runs(opened: Source):
    """Ctrl+C reaches the thread that waits; the other one must be stopped, not waited for."""
    began = threading.Event()
    failures: list[BaseException] = []
    rows = opened.rows

    def endless(select: object) -> list[tuple[object, ...]]:
        began.set()
        counted = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
        try:
            return rows(Select(columns=[SQL(counted)]))
        except DatabaseError as error:
            failures.append(error)
            raise

    opened.rows = endless  # type: ignore[method-assign]

    def interrupted(*_: object) -> None:
        assert began.wait(30)
        raise KeyboardInterrupt

    class Impatient:
        result = interrupted

    submit = Readers.submit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Readers, "submit", lambda *given: (submit(*given), Impatient())[1])
        with pytest.raises(KeyboardInterrupt):
            examine(opened, clock)
    assert [type(error).__name__ for error in failures] == ["InterruptedReadError"]


def test_every_statement_suits_a_sharded_server(world_postgres: str):
    statements: list[str] = []
    break_world(world_postgres)
    with open_database(world_postgres) as source:
        rows = source.rows

        def recorded(select: object) -> list[tuple[object, ...]]:
            sql, parameters = source.db.get_sql_context().sql(select).query()
            with ClientCursor(source.running_connection()) as cursor:
                statements.append(cursor.mogrify(sql, parameters))
            return rows(select)

        source.rows = recorded  # type: ignore[method-assign]
        examine(source, clock)
    assert len(statements) > 60
    assert [(fault, statement) for statement in statements for fault in faults(statement)] == []

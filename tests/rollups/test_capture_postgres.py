"""What only a server knows: many writers at once, roles without rights, TRUNCATE."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import psycopg
import pytest

from tests.postgres import Server
from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.rollups.capture import changes as capture

INSERT = "INSERT INTO messages (id, session_id, sender_type, content) VALUES (?, ?, 'user', '')"


@pytest.fixture
def source(world_postgres: str) -> Iterator[Source]:
    with open_database(world_postgres, "write") as source:
        with source.writing():
            capture.install(source)
        yield source


@pytest.fixture
def writer(world_postgres: str, source: Source) -> Iterator[Writer]:
    with Writer(world_postgres) as writer:
        yield writer


def sessions(source: Source, limit: int = 1000) -> list[str]:
    with source.writing():
        return capture.take(source, limit).sessions


def test_a_line_that_shows_late_is_not_lost(world_postgres: str, source: Source, writer: Writer) -> None:
    with Writer(world_postgres) as slow:
        slow.run("BEGIN")
        slow.run(INSERT, "early", "s2")
        writer.run(INSERT, "later", "s3")
        assert sessions(source) == ["s3"]
        slow.run("COMMIT")
    assert sessions(source) == ["s2"]
    assert capture.behind(source) == 0


def test_a_reset_leaves_what_is_still_under_way(world_postgres: str, source: Source, writer: Writer) -> None:
    with Writer(world_postgres) as slow:
        slow.run("BEGIN")
        slow.run(INSERT, "early", "s2")
        writer.run(INSERT, "later", "s3")
        with source.writing():
            capture.reset(source)
        slow.run("COMMIT")
    assert sessions(source) == ["s2"]


def test_nothing_is_lost_among_many_writers(world_postgres: str, source: Source) -> None:
    """Every session written to is taken at least once after its last row is there."""
    seen: dict[str, int] = {}
    written: dict[str, int] = {}
    ended = threading.Event()

    def write(number: int) -> None:
        with Writer(world_postgres) as writer:
            for turn in range(40):
                session = f"s{(number * 7 + turn) % 8 + 1}"
                writer.run("BEGIN")
                writer.run(INSERT, f"{number}-{turn}", session)
                writer.run("SELECT pg_sleep(?)", (number + turn) % 3 / 1000)
                writer.run("ROLLBACK" if turn % 10 == 9 else "COMMIT")

    def refresh() -> None:
        while True:
            is_last = ended.is_set()
            with source.writing():
                for session in capture.take(source, 3).sessions:
                    ((count,),) = source.run("SELECT count(*) FROM messages WHERE session_id = ?", (session,))
                    seen[session] = count
            if is_last and not capture.behind(source):
                return

    with ThreadPoolExecutor(6) as pool:
        refreshing = pool.submit(refresh)
        writing = [pool.submit(write, number) for number in range(5)]
        wait(writing, 60)
        ended.set()
        for each in (*writing, refreshing):
            each.result(60)
    written.update(source.run("SELECT session_id, count(*) FROM messages WHERE id LIKE '%-%' GROUP BY 1"))
    every = dict(source.run("SELECT session_id, count(*) FROM messages GROUP BY 1"))
    assert len(written) == 8
    assert seen == {session: every[session] for session in written}


def test_a_second_refresher_waits_and_finds_the_queue_emptied(source: Source, writer: Writer) -> None:
    writer.run("DELETE FROM sessions WHERE id = 's2'")
    begun = threading.Event()

    def second() -> list[str]:
        begun.set()
        return sessions(source)

    with ThreadPoolExecutor(1) as pool:
        with source.writing():
            assert capture.take(source, 10).sessions == ["s2"]
            waiting = pool.submit(second)
            begun.wait(10)
        assert waiting.result(10) == []


def test_truncating_means_that_only_a_rebuild_helps(source: Source, writer: Writer) -> None:
    writer.run("TRUNCATE queries")
    assert not capture.is_intact(source)
    with source.writing():
        capture.reset(source)
    assert capture.is_intact(source)


@pytest.fixture
def clerk(world_postgres: str, source: Source, postgres_server: Server) -> Iterator[Writer]:
    """A writer that may write messages and nothing else."""
    name = world_postgres.partition("@/")[2].partition("?")[0]
    postgres_server.run(
        "DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    for statement in (
        "GRANT SELECT, INSERT, UPDATE, DELETE ON messages TO clerk",
        "CREATE SCHEMA clerk AUTHORIZATION clerk",
    ):
        postgres_server.run(statement, name)
    with Writer(postgres_server.url(name, "clerk")) as writer:
        yield writer


def test_a_writer_needs_no_rights_on_the_queue(source: Source, clerk: Writer) -> None:
    clerk.run(INSERT, "a", "s2")
    clerk.run("UPDATE messages SET session_id = 's3' WHERE id = 'a'")
    clerk.run("DELETE FROM messages WHERE id = 'm01'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        clerk.run("SELECT * FROM twin_tui_queue")
    assert sorted(sessions(source)) == ["s1", "s2", "s3"]


def test_a_writers_own_names_lead_nothing_astray(source: Source, clerk: Writer) -> None:
    for name in ("twin_tui_queue", "twin_tui_new", "twin_tui_old"):
        clerk.run(f"CREATE TABLE clerk.{name} (kind text, id text, session_id text)")
    clerk.run("CREATE DOMAIN clerk.text AS pg_catalog.text CHECK (VALUE = 'nothing')")
    clerk.run("SET search_path = clerk, public, pg_catalog")
    clerk.run(
        "INSERT INTO public.messages (id, session_id, sender_type, content) VALUES ('a', 's2', 'user', '')"
    )
    clerk.run("UPDATE public.messages SET session_id = 's3' WHERE id = 'a'")
    clerk.run("DELETE FROM public.messages WHERE id = 'm01'")
    assert clerk.run("SELECT * FROM clerk.twin_tui_queue") == []
    assert sorted(sessions(source)) == ["s1", "s2", "s3"]


def test_other_types_of_ids_and_partitions_are_told(postgres_server: Server) -> None:
    url = postgres_server.make()
    columns = "id bigint, session_id bigint, sender_type text, content text, created_at timestamptz"
    rows = "(1, 7, 'user', '', '2026-01-05'), (2, 8, '', '', '2026-02-05')"
    with Writer(url) as writer:
        for statement in (
            "CREATE TABLE users (id uuid PRIMARY KEY, email text, full_name text, company json)",
            "CREATE TABLE twins (id int PRIMARY KEY, user_id uuid, name text)",
            "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id uuid, twin_id int, started_at date)",
            f"CREATE TABLE messages ({columns}) PARTITION BY RANGE (created_at)",
            "CREATE TABLE messages_1 PARTITION OF messages FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
            "CREATE TABLE messages_2 PARTITION OF messages FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')",
            "CREATE TABLE documents (id int, session_id bigint, created_at timestamp)",
            "CREATE TABLE queries (id int, session_id bigint, query_text text, created_at timestamp)",
        ):
            writer.run(statement)
        with open_database(url, "adopt") as source:
            with source.writing():
                capture.install(source)
            writer.run(f"INSERT INTO messages VALUES {rows}")
            assert sorted(sessions(source)) == ["7", "8"]
            writer.run("UPDATE messages SET created_at = '2026-02-06' WHERE id = 1")
            assert sessions(source) == ["7"]
            user = "6f8a2f0c-63bb-4b0a-9c3c-000000000001"
            writer.run("INSERT INTO users VALUES (?, 'e', 'n', '\"Acme\"')", user)
            writer.run("UPDATE users SET company = '\"Other\"'")
            with source.writing():
                assert capture.take(source, 9).users == [user]
            assert capture.is_intact(source)
    postgres_server.drop(url)


def test_a_view_cannot_be_watched(postgres_server: Server, world_postgres: str) -> None:
    with Writer(world_postgres) as writer:
        writer.run("DROP TABLE twin_tui_migration")
        writer.run("ALTER TABLE queries RENAME TO other")
        writer.run("CREATE VIEW queries AS SELECT * FROM other")
    with open_database(world_postgres, "adopt") as source:
        with pytest.raises(DatabaseError) as caught, source.writing():
            capture.install(source)
        assert str(caught.value).endswith("cannot be adopted: queries is a view.")
        assert "twin_tui_queue" not in source.db.get_tables()

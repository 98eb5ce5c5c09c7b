"""Reading through a source: transactions, threads, interruption, lost connections."""

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from peewee import SQL, fn

from tests.postgres import Server
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError, InterruptedReadError
from twin_tui.data.models import User

ENDLESS = User.select(
    SQL("(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n > 0) SELECT sum(n) FROM c)")
)
COUNT_USERS = User.select(fn.COUNT(User.id))


@pytest.fixture
def world(world_url: str) -> Iterator[Source]:
    with open_database(world_url) as source:
        yield source


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


def add_user(source: Source, ref: str) -> None:
    source.insert_rows(User, ("id", "email", "full_name"), [(ref, f"{ref}@x", ref)])


def in_thread(work: Any) -> list[Any]:
    """Run ``work`` in another thread; return its result or the exception it raised."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return outcome


def test_rows_are_plain_tuples_and_statements_are_counted(world: Source) -> None:
    before = world.statements
    assert world.rows(User.select(User.id).order_by(User.id)) == [("u-ann",), ("u-ben",), ("u-cho",)]
    world.rows(COUNT_USERS)
    assert world.statements == before + 2


def test_statements_of_several_threads_are_all_counted(world: Source) -> None:
    before = world.statements
    threads = [
        threading.Thread(target=lambda: [world.rows(COUNT_USERS) for _ in range(20)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.statements == before + 80


def test_a_reading_sees_one_picture_however_others_write(world_url: str) -> None:
    with open_database(world_url) as reader, open_database(world_url, "write") as other:
        with reader.reading():
            assert reader.rows(COUNT_USERS) == [(3,)]
            add_user(other, "new")
            assert reader.rows(COUNT_USERS) == [(3,)]
            with reader.reading():
                assert reader.rows(COUNT_USERS) == [(3,)]
            assert reader.rows(COUNT_USERS) == [(3,)]
        assert reader.rows(COUNT_USERS) == [(4,)]


def test_an_exception_inside_a_reading_leaves_the_source_usable(world: Source) -> None:
    with pytest.raises(ZeroDivisionError), world.reading():
        raise ZeroDivisionError
    with pytest.raises(DatabaseError), world.reading():
        world.rows(User.select(SQL("no_such_column")))
    assert world.rows(COUNT_USERS) == [(3,)]


def test_a_reader_writes_nothing(world: Source) -> None:
    with pytest.raises(DatabaseError, match="open for reading only"):
        add_user(world, "x")


def test_nothing_is_written_inside_a_read(writer: Source) -> None:
    with writer.reading(), pytest.raises(DatabaseError, match="nothing is written inside a read"):
        add_user(writer, "x")


def wait_for_start(source: Source, started: threading.Event, holder: list[Any]) -> Any:
    with source.reading():
        holder.append(source.running_connection())
        started.set()
        return source.rows(ENDLESS)


def test_a_running_statement_is_interrupted_from_another_thread(world: Source) -> None:
    started, holder = threading.Event(), []
    stop = threading.Event()

    def interrupt() -> None:
        started.wait(10)
        while not stop.wait(0.05):
            world.interrupt(holder[0])

    watcher = threading.Thread(target=interrupt)
    watcher.start()
    (outcome,) = in_thread(lambda: wait_for_start(world, started, holder))
    stop.set()
    watcher.join()
    assert isinstance(outcome, InterruptedReadError)
    assert in_thread(lambda: world.rows(COUNT_USERS)) == [[(3,)]]


def test_an_interruption_of_nothing_does_no_harm(world: Source) -> None:
    with world.reading():
        conn = world.running_connection()
        world.interrupt(conn)
        assert world.rows(COUNT_USERS) == [(3,)]
    world.interrupt(conn)
    assert world.rows(COUNT_USERS) == [(3,)]


def test_closing_stops_what_runs_in_other_threads(world_url: str) -> None:
    source = open_database(world_url)
    started, holder = threading.Event(), []
    outcomes: list[Any] = []
    thread = threading.Thread(
        target=lambda: outcomes.extend(in_thread(lambda: wait_for_start(source, started, holder)))
    )
    thread.start()
    started.wait(10)
    source.close()
    thread.join(10)
    assert isinstance(outcomes[0], DatabaseError)
    with pytest.raises(DatabaseError, match="is closed"):
        source.rows(COUNT_USERS)
    source.close()


def terminate_others(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_lost_while_idle_is_replaced(world_postgres: str) -> None:
    with open_database(world_postgres) as source:
        assert source.rows(COUNT_USERS) == [(3,)]
        terminate_others(world_postgres)
        assert source.rows(COUNT_USERS) == [(3,)]


def test_a_read_whose_connection_is_lost_runs_again(world_postgres: str) -> None:
    with open_database(world_postgres) as source:
        attempts = []

        def work() -> Any:
            first = source.rows(COUNT_USERS)
            attempts.append(first)
            if len(attempts) == 1:
                terminate_others(world_postgres)
            return source.rows(COUNT_USERS)

        assert source.run_read(work) == [(3,)]
        assert len(attempts) == 2


def test_a_lost_write_is_not_tried_again(world_postgres: str) -> None:
    with open_database(world_postgres, "write") as source:
        attempts = []

        def work() -> None:
            with source.writing():
                attempts.append(1)
                terminate_others(world_postgres)
                add_user(source, "x")

        with pytest.raises(DatabaseError):
            work()
        assert attempts == [1]
        assert source.rows(COUNT_USERS) == [(3,)]


def test_settings_last_no_longer_than_a_transaction(world_postgres: str) -> None:
    with open_database(world_postgres) as source:
        show = SQL("current_setting('TimeZone'), current_setting('statement_timeout')")
        assert source.rows(User.select(show).limit(1)) == [("UTC", "1min")]
        raw = source.db.connection()
        assert raw.execute("SHOW timezone").fetchone() == ("Asia/Kathmandu",)
        assert raw.execute("SHOW statement_timeout").fetchone() == ("0",)
        source.db.close()


def test_a_roles_own_limit_is_kept(world_postgres: str, postgres_server: Server) -> None:
    name = world_postgres.partition("@/")[2].partition("?")[0]
    postgres_server.run(f"ALTER DATABASE {name} SET statement_timeout = '200ms'")
    with open_database(world_postgres) as source:
        with pytest.raises(DatabaseError, match="took too long and was stopped by the server"):
            source.rows(ENDLESS)
        assert source.rows(COUNT_USERS) == [(3,)]


def test_threads_share_the_pool_and_give_back(world_postgres: str) -> None:
    with open_database(world_postgres) as source:
        outcomes = [in_thread(lambda: source.rows(COUNT_USERS)) for _ in range(20)]
        assert outcomes == [[[(3,)]]] * 20
        assert len(source.db._connections) <= 2
        assert not source.db._in_use


def test_a_stream_gives_every_row_in_lists_and_of_one_moment(database_url):
    with open_database(database_url, "write") as source, open_database(database_url, "write") as other:
        for ref in "abcd":
            add_user(source, ref)
        select = User.select(User.id).order_by(User.id)
        with source.reading():
            stream = source.stream(select, 3)
            first = next(stream)
            in_thread(lambda: add_user(other, "e"))
            assert [first, *stream] == [[("a",), ("b",), ("c",)], [("d",)]]
            assert list(source.stream(select, 9)) == [[("a",), ("b",), ("c",), ("d",)]]
        assert len(source.rows(select)) == 5

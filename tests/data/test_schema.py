"""The schema's history moves safely, up and down, on both databases."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.data.reference import INDEXES, OF_SECOND, OURS_TOO, only_there, written_indexes
from tests.postgres import Server
from tests.world import TABLES as WORLD
from tests.world import insert_world
from twin_tui.data import schema
from twin_tui.data.columns import TABLES
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.ours import HISTORY_TABLE, known_migrations

FIRST, SECOND, THIRD = "0001_six_tables", "0002_time_ordered_reading", "0003_whole_sessions"
LAST = "0004_ids_by_code_point"


def down_to_first(source: Source) -> None:
    """Take all steps back but the first, which makes the tables."""
    while schema.status(source).applied != (FIRST,):
        schema.downgrade(source)


def counts(source: Source) -> dict[str, int]:
    return {
        table: source.db.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in TABLES
        if table in source.db.get_tables()
    }


WORLD_COUNTS = {model._meta.table_name: len(rows) for model, _, rows in WORLD}


@pytest.fixture
def migrated(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


@pytest.fixture
def inhabited(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        yield source


def test_a_missing_time_defaults_to_now_in_utc(migrated: Source) -> None:
    with migrated.writing():
        migrated.db.execute_sql("INSERT INTO users (id, email, full_name) VALUES ('u', 'u@x', 'U')")
    ((created,),) = migrated.db.execute_sql("SELECT created_at FROM users").fetchall()
    when = migrated.dialect.parse_time(created)
    assert when is not None
    assert abs(when - datetime.now(UTC)) < timedelta(minutes=5)


def test_deleting_a_session_takes_its_rows_and_deleting_a_message_cuts_links(inhabited: Source) -> None:
    with inhabited.writing():
        inhabited.db.execute_sql("DELETE FROM sessions WHERE id = 's1'")  # m01-m04, d1, d6
        inhabited.db.execute_sql("DELETE FROM messages WHERE id = 'm07'")  # d2, q2
    left = counts(inhabited)
    assert (left["messages"], left["documents"], left["queries"]) == (24 - 4 - 1, 6 - 2, 5)
    ((document,), (search,)) = inhabited.db.execute_sql(
        "SELECT message_id FROM documents WHERE id = 'd2' UNION ALL"
        " SELECT message_id FROM queries WHERE id = 'q2'"
    ).fetchall()
    assert document is None
    assert search is None


def test_a_step_down_and_up_again_keeps_every_row(inhabited: Source) -> None:
    assert schema.downgrade(inhabited) == LAST
    assert written_indexes(inhabited) == INDEXES | OURS_TOO
    assert schema.downgrade(inhabited) == THIRD
    assert written_indexes(inhabited) == INDEXES | OF_SECOND
    assert schema.downgrade(inhabited) == SECOND
    assert written_indexes(inhabited) == INDEXES
    assert counts(inhabited) == WORLD_COUNTS
    assert schema.status(inhabited).pending == (SECOND, THIRD, LAST)
    assert schema.upgrade(inhabited) == (SECOND, THIRD, LAST)
    assert written_indexes(inhabited) == INDEXES | OURS_TOO | only_there(inhabited)
    assert counts(inhabited) == WORLD_COUNTS


def test_tables_that_hold_rows_are_not_dropped_without_a_yes(inhabited: Source) -> None:
    down_to_first(inhabited)
    with pytest.raises(
        DatabaseError, match=r"0001_six_tables would drop tables that hold rows: documents, m"
    ):
        schema.downgrade(inhabited)
    assert counts(inhabited) == WORLD_COUNTS
    assert schema.status(inhabited).applied == (FIRST,)


def test_all_the_way_down_and_up_again_leaves_a_database_that_works(inhabited: Source) -> None:
    down_to_first(inhabited)
    assert schema.downgrade(inhabited, yes=True) == FIRST
    assert counts(inhabited) == {}
    assert schema.downgrade(inhabited, yes=True) is None
    assert schema.upgrade(inhabited) == (FIRST, SECOND, THIRD, LAST)
    insert_world(inhabited)
    assert counts(inhabited) == WORLD_COUNTS


def test_empty_tables_are_dropped_without_asking(migrated: Source) -> None:
    assert tuple(schema.downgrade(migrated) for _ in range(4)) == (LAST, THIRD, SECOND, FIRST)
    assert counts(migrated) == {}


def test_status_tells_when_in_utc(migrated: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    schema.downgrade(migrated)
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        schema.upgrade(migrated)
    finally:
        monkeypatch.undo()
        time.tzset()
    state = schema.status(migrated)
    assert (state.applied, state.pending, state.unknown) == (known_migrations(), (), ())
    assert state.version == 4
    assert abs(state.applied_at[LAST] - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_history_with_an_unknown_newer_migration_is_refused(database_url: str) -> None:
    with open_database(database_url, "write") as source, source.writing():
        source.db.execute_sql(
            f"INSERT INTO {HISTORY_TABLE} (name, applied) VALUES ('0007_tomorrow', '2027-01-01 00:00:00')"
        )
    for mode in ("read", "write", "create"):
        with pytest.raises(DatabaseError, match="schema version 7, and this twin-tui knows versions up to 4"):
            open_database(database_url, mode)


def test_an_unknown_migration_among_the_known_is_refused(database_url: str) -> None:
    with open_database(database_url, "write") as source, source.writing():
        source.db.execute_sql(
            f"INSERT INTO {HISTORY_TABLE} (name, applied) VALUES ('0002_another_way', '2027-01-01 00:00:00')"
        )
    with pytest.raises(DatabaseError, match="a migration that this twin-tui does not know: 0002_another_way"):
        open_database(database_url)


def test_a_reader_upgrades_nothing(database_url: str) -> None:
    with open_database(database_url, "write") as source:
        schema.downgrade(source)
    with open_database(database_url) as source:
        assert schema.status(source).pending == (LAST,)
        for change in (schema.upgrade, schema.downgrade):
            with pytest.raises(DatabaseError, match="open for reading only"):
                change(source)
    with open_database(database_url) as source:
        assert schema.status(source).pending == (LAST,)


def upgrade_together(url: str) -> list[tuple[str, ...] | Exception]:
    """Bring a database up to date from four threads at once; return the migrations each found applied."""
    outcomes: list[tuple[str, ...] | Exception] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            with open_database(url, "create") as source:
                outcomes.append(schema.status(source).applied)
        except Exception as error:
            outcomes.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_upgrades_at_once_wait_for_each_other_sqlite(tmp_path: object) -> None:
    assert upgrade_together(f"{tmp_path}/new.db") == [known_migrations()] * 4


def test_upgrades_at_once_wait_for_each_other_postgres(postgres_server: Server) -> None:
    url = postgres_server.make()
    try:
        assert upgrade_together(url) == [known_migrations()] * 4
    finally:
        postgres_server.drop(url)


def test_migrations_import_nothing_of_ours() -> None:
    for path in schema.migrations_folder().glob("*.py"):
        text = path.read_text("utf-8")
        assert "twin_tui" not in text
        assert "def up(" in text
        assert "def down(" in text

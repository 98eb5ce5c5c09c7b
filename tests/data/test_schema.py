"""The migrated schema is the schema reference, column by column, and its history moves safely."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.postgres import Server
from tests.world import TABLES as WORLD
from tests.world import insert_world
from twin_tui.data import schema
from twin_tui.data.columns import TABLES
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import MODELS
from twin_tui.data.ours import HISTORY_TABLE, known_migrations

FIRST, SECOND = "0001_six_tables", "0002_time_ordered_reading"

# The schema reference: name, type, whether NULL is allowed, default. Ids are declared NOT NULL besides.
NOW, NO, NONE = "now", "false", None
REFERENCE = {
    "users": (
        ("id", "TEXT", False, NONE),
        ("email", "TEXT", False, NONE),
        ("full_name", "TEXT", False, NONE),
        ("company", "TEXT", True, NONE),
        ("department", "TEXT", True, NONE),
        ("created_at", "TIMESTAMP", True, NOW),
        ("last_login_at", "TIMESTAMP", True, NONE),
    ),
    "twins": (
        ("id", "TEXT", False, NONE),
        ("user_id", "TEXT", False, NONE),
        ("name", "TEXT", False, NONE),
        ("description", "TEXT", True, NONE),
        ("is_shared", "BOOLEAN", True, NO),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "sessions": (
        ("id", "TEXT", False, NONE),
        ("user_id", "TEXT", False, NONE),
        ("twin_id", "TEXT", False, NONE),
        ("platform", "TEXT", True, "'slack'"),
        ("title", "TEXT", True, NONE),
        ("topic", "TEXT", True, NONE),
        ("is_shared_twin", "BOOLEAN", True, NO),
        ("started_at", "TIMESTAMP", True, NOW),
    ),
    "messages": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("sender_type", "TEXT", False, NONE),
        ("content", "TEXT", False, NONE),
        ("message_type", "TEXT", True, "'general'"),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "documents": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("message_id", "TEXT", True, NONE),
        ("document_type", "TEXT", True, NONE),
        ("title", "TEXT", True, NONE),
        ("content", "TEXT", False, NONE),
        ("word_count", "INTEGER", True, NONE),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "queries": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("message_id", "TEXT", True, NONE),
        ("query_text", "TEXT", False, NONE),
        ("query_type", "TEXT", True, NONE),
        ("results_count", "INTEGER", True, "0"),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
}
CASCADES = {
    ("twins", "user_id", "users", "id", "CASCADE"),
    ("sessions", "user_id", "users", "id", "CASCADE"),
    ("sessions", "twin_id", "twins", "id", "CASCADE"),
    ("messages", "session_id", "sessions", "id", "CASCADE"),
    ("documents", "session_id", "sessions", "id", "CASCADE"),
    ("documents", "message_id", "messages", "id", "SET NULL"),
    ("queries", "session_id", "sessions", "id", "CASCADE"),
    ("queries", "message_id", "messages", "id", "SET NULL"),
}
INDEXES = {
    ("users", "idx_users_email", ("email",)),
    ("users", "idx_users_last_login", ("last_login_at",)),
    ("twins", "idx_twins_user_id", ("user_id",)),
    ("twins", "idx_twins_is_shared", ("is_shared",)),
    ("sessions", "idx_sessions_user_id", ("user_id",)),
    ("sessions", "idx_sessions_twin_id", ("twin_id",)),
    ("sessions", "idx_sessions_is_shared_twin", ("is_shared_twin",)),
    ("sessions", "idx_sessions_started_at", ("started_at",)),
    ("messages", "idx_messages_session_id", ("session_id",)),
    ("messages", "idx_messages_message_type", ("message_type",)),
    ("documents", "idx_documents_session_id", ("session_id",)),
    ("documents", "idx_documents_message_id", ("message_id",)),
    ("queries", "idx_queries_session_id", ("session_id",)),
    ("queries", "idx_queries_message_id", ("message_id",)),
}
OURS_TOO = {
    ("users", "idx_users_created_at", ("created_at",)),
    ("twins", "idx_twins_created_at", ("created_at",)),
    ("sessions", "idx_sessions_started_at_id", ("started_at", "id")),
    ("sessions", "idx_sessions_user_id_started_at", ("user_id", "started_at")),
    ("sessions", "idx_sessions_twin_id_started_at", ("twin_id", "started_at")),
    ("messages", "idx_messages_created_at", ("created_at", "session_id", "sender_type", "message_type")),
    ("messages", "idx_messages_session_id_created_at", ("session_id", "created_at", "sender_type")),
    ("documents", "idx_documents_created_at", ("created_at", "id")),
    ("documents", "idx_documents_session_id_created_at", ("session_id", "created_at")),
    ("queries", "idx_queries_created_at", ("created_at", "id")),
    ("queries", "idx_queries_session_id_created_at", ("session_id", "created_at")),
}
SPELLINGS = {
    "timestamp without time zone": "TIMESTAMP",
    "CURRENT_TIMESTAMP": NOW,
    "timezone('utc'::text, now())": NOW,
    "FALSE": NO,
    "'slack'::text": "'slack'",
    "'general'::text": "'general'",
}


def counts(source: Source) -> dict[str, int]:
    return {
        table: source.db.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in TABLES
        if table in source.db.get_tables()
    }


def written_indexes(source: Source) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (table, index.name, tuple(index.columns))
        for table in TABLES
        for index in source.db.get_indexes(table)
        if index.name.startswith("idx_")
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


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_schema_reference(migrated: Source, table: str) -> None:
    found = tuple(
        (
            column.name,
            SPELLINGS.get(column.data_type, column.data_type.upper()),
            column.null,
            SPELLINGS.get(column.default, column.default),
        )
        for column in migrated.db.get_columns(table)
    )
    assert found == REFERENCE[table]
    assert migrated.db.get_primary_keys(table) == ["id"]


def test_children_go_with_their_parents_and_links_to_messages_are_cut(migrated: Source) -> None:
    found = {
        (table, key.column, key.dest_table, key.dest_column, key.on_delete)
        for table in TABLES
        for key in migrated.db.get_foreign_keys(table)
    }
    assert found == CASCADES


def test_indexes_bear_the_names_and_columns_of_the_schema_reference(migrated: Source) -> None:
    assert written_indexes(migrated) == INDEXES | OURS_TOO


def test_only_the_email_and_ids_are_unique(migrated: Source) -> None:
    unique = {
        (table, tuple(index.columns))
        for table in TABLES
        for index in migrated.db.get_indexes(table)
        if index.unique
    }
    assert unique == {("users", ("email",))} | {(table, ("id",)) for table in TABLES}


def test_models_describe_the_migrated_tables(migrated: Source) -> None:
    for model in MODELS:
        described = [
            (field.column_name, "TEXT" if field.column_name.endswith("id") else field.field_type, field.null)
            for field in model._meta.sorted_fields
        ]
        table = model._meta.table_name
        assert described == [(name, kind, null) for name, kind, null, _ in REFERENCE[table]]
        keys = {
            (table, field.column_name, field.rel_model._meta.table_name, "id", field.on_delete)
            for field in model._meta.refs
        }
        assert keys == {key for key in CASCADES if key[0] == table}


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
    assert schema.downgrade(inhabited) == SECOND
    assert written_indexes(inhabited) == INDEXES
    assert counts(inhabited) == WORLD_COUNTS
    assert schema.status(inhabited).pending == (SECOND,)
    assert schema.upgrade(inhabited) == (SECOND,)
    assert written_indexes(inhabited) == INDEXES | OURS_TOO
    assert counts(inhabited) == WORLD_COUNTS


def test_tables_that_hold_rows_are_not_dropped_without_a_yes(inhabited: Source) -> None:
    schema.downgrade(inhabited)
    with pytest.raises(
        DatabaseError, match=r"0001_six_tables would drop tables that hold rows: documents, m"
    ):
        schema.downgrade(inhabited)
    assert counts(inhabited) == WORLD_COUNTS
    assert schema.status(inhabited).applied == (FIRST,)


def test_all_the_way_down_and_up_again_leaves_a_database_that_works(inhabited: Source) -> None:
    schema.downgrade(inhabited)
    assert schema.downgrade(inhabited, yes=True) == FIRST
    assert counts(inhabited) == {}
    assert schema.downgrade(inhabited, yes=True) is None
    assert schema.upgrade(inhabited) == (FIRST, SECOND)
    insert_world(inhabited)
    assert counts(inhabited) == WORLD_COUNTS


def test_empty_tables_are_dropped_without_asking(migrated: Source) -> None:
    assert (schema.downgrade(migrated), schema.downgrade(migrated)) == (SECOND, FIRST)
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
    assert state.version == 2
    assert abs(state.applied_at[SECOND] - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_history_with_an_unknown_newer_migration_is_refused(database_url: str) -> None:
    with open_database(database_url, "write") as source, source.writing():
        source.db.execute_sql(
            f"INSERT INTO {HISTORY_TABLE} (name, applied) VALUES ('0007_tomorrow', '2027-01-01 00:00:00')"
        )
    for mode in ("read", "write", "create"):
        with pytest.raises(DatabaseError, match="schema version 7, and this twin-tui knows versions up to 2"):
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
        assert schema.status(source).pending == (SECOND,)
        for change in (schema.upgrade, schema.downgrade):
            with pytest.raises(DatabaseError, match="open for reading only"):
                change(source)
    with open_database(database_url) as source:
        assert schema.status(source).pending == (SECOND,)


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

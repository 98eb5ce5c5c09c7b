"""Sessions and messages in monthly partitions: everything answers and cascades as before."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import ActivityRequest, MonthlyRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Message
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd

SCRIPT = Path(__file__).parent.parent / "scripts" / "partition_postgres.py"
COLUMNS = ("id", "session_id", "sender_type", "content", "created_at")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("partition_postgres", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def parted(world_postgres: str, script: ModuleType) -> str:
    """The world, its sessions and messages partitioned."""
    with open_database(world_postgres, "write") as source:
        list(script.partition(source))
    return world_postgres


def partitions(source: Source, table: str) -> dict[str, int]:
    """Return the rows of each partition."""
    found = source.run(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass(?)", (table,)
    )
    return {name: source.run(f"SELECT count(*) FROM {name}")[0][0] for (name,) in found}


def answers(url: str) -> list[object]:
    week = Filters(Period.of_preset("7d", NOW.date()))
    with AnalyticsService(url, timezone="Europe/Berlin", clock=lambda: NOW) as service:
        return [
            service.overview(week),
            service.overview(Filters()),
            service.activity(Filters(), ActivityRequest(type="all")),
            service.monthly(Filters(), MonthlyRequest()),
            service.conversation("s3"),
            service.entries("s3", 0, 20),
            service.person("u-ann", Filters()),
        ]


def test_every_answer_is_as_before(world_postgres: str, script: ModuleType):
    before = answers(world_postgres)
    with open_database(world_postgres, "write") as source:
        told = list(script.partition(source, ahead=2))
        held = partitions(source, "messages")

    assert told[:2] == [
        "sessions: in monthly partitions by started_at",
        "messages: in monthly partitions by created_at",
    ]
    assert repr(answers(world_postgres)) == repr(before)
    assert held["messages_default"] == 1  # m23 has no time
    assert held["messages_2026_11"] == 23
    assert len(held) >= 4


def test_doing_it_again_makes_only_what_is_missing(parted: str, script: ModuleType):
    with open_database(parted, "write") as source:
        before = set(partitions(source, "messages"))
        assert list(script.partition(source)) == []
        assert set(partitions(source, "messages")) == before
        (made, _) = list(script.partition(source, ahead=4))

    assert made.startswith("sessions_")


def test_rows_of_a_month_without_partition_are_kept_and_moved_later(parted: str, script: ModuleType):
    row = ("late", "s1", "user", "From another year.", datetime(2031, 5, 6, tzinfo=UTC))
    with open_database(parted, "write") as source:
        source.insert_rows(Message, COLUMNS, [row])
        assert partitions(source, "messages")["messages_default"] == 2

        assert list(script.partition(source)) == ["messages_2031_05: made"]

        held = partitions(source, "messages")
    assert (held["messages_default"], held["messages_2031_05"]) == (1, 1)


def test_children_go_with_their_parents_and_need_them(parted: str):
    with open_database(parted, "write") as source:
        with source.writing():
            source.run("DELETE FROM messages WHERE id = 'm07'")
        assert source.run("SELECT message_id FROM documents WHERE id = 'd2'") == [(None,)]
        with source.writing():
            source.run("DELETE FROM users WHERE id = 'u-cho'")
        for table in ("messages", "documents", "queries"):
            assert source.run(f"SELECT 1 FROM {table} WHERE session_id = 's3'") == []
        assert source.run("SELECT 1 FROM messages WHERE session_id = 's1' LIMIT 1") == [(1,)]
        with pytest.raises(DatabaseError):
            source.insert_rows(Message, COLUMNS, [("m99", "nobody", "user", "?", NOW)])


def test_rows_are_updated_by_id_whatever_their_month(parted: str):
    moved = ("m01", "s1", "user", "Said another day.", datetime(2026, 10, 2, 9, tzinfo=UTC))
    new = ("m98", "s1", "user", "New.", NOW)
    with open_database(parted, "write") as source:
        assert source.upsert_rows(Message, COLUMNS, [moved, new]) == 2
        assert source.upsert_rows(Message, COLUMNS, [moved, new]) == 0
        found = source.run("SELECT id, content FROM messages WHERE id IN ('m01', 'm98') ORDER BY id")
        count = source.run("SELECT count(*) FROM messages")

    assert found == [("m01", "Said another day."), ("m98", "New.")]
    assert count == [(25,)]


def test_two_of_one_id_in_a_month_are_refused(parted: str):
    with open_database(parted, "write") as source, pytest.raises(DatabaseError):
        source.insert_rows(Message, COLUMNS, [("m01", "s1", "user", "Twice.", NOW)])


def test_months_can_be_dropped(parted: str, script: ModuleType):
    with open_database(parted, "write") as source:
        assert list(script.partition(source, drop_before=date(2026, 11, 1))) == []
        assert list(script.partition(source, drop_before=date(2026, 12, 1))) == ["messages_2026_11: dropped"]
        assert source.run("SELECT count(*) FROM messages WHERE created_at IS NOT NULL") == [(0,)]
        assert source.run("SELECT count(*) FROM documents WHERE message_id IS NOT NULL") == [(0,)]


def test_a_large_sample_goes_into_partitions_too(parted: str):
    with open_database(parted, "write") as source:
        counts = write_crowd(source, CrowdOptions(300, NOW.date(), NOW), force=True)

        assert source.run("SELECT count(*) FROM messages") == [(300,)] == [(counts["messages"],)]


def test_other_databases_are_refused(world_sqlite: str, script: ModuleType):
    with open_database(world_sqlite, "write") as source, pytest.raises(DatabaseError, match="PostgreSQL"):
        list(script.partition(source))

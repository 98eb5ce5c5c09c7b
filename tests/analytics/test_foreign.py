"""The same world in another system's tables gives the same figures: other types, spellings, fewer columns."""

import sqlite3
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgres
from tests.analytics.test_kpis import EXPECTED
from tests.data.foreign import PLAIN, make_sqlite
from tests.world import NOW, TABLES
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

WEEK = Filters(Period.of_preset("7d", date(2026, 11, 23)))
ABSENT = {"last_login_at", "message_type", "content", "description", "topic"}
"""Columns that this other system does not have (messages keep their content)."""


def kept(table: str, columns: tuple[str, ...]) -> list[str]:
    return [name for name in columns if name not in ABSENT or (table, name) == ("messages", "content")]


def copy_world(
    execute: Callable[[str, tuple[Any, ...]], Any], mark: str, change: Callable[[str, Any], Any]
) -> None:
    """Insert the world's rows, each value changed to how the other system stores it."""
    for model, columns, rows in TABLES:
        table = model._meta.table_name
        names = kept(table, columns)
        places = ", ".join([mark] * len(names))
        for row in rows:
            values = dict(zip(columns, row, strict=True))
            execute(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",
                tuple(change(name, values[name]) for name in names),
            )


def told(service: AnalyticsService) -> dict[str, tuple[Any, ...]]:
    figures = service.overview(WEEK).figures
    return {figure.key: (figure.value, figure.previous, figure.change) for figure in figures}


def make_other_sqlite(path: Path) -> None:
    """The world in a file without keys, times at any offset."""
    zones = [timezone(timedelta(hours=hours)) for hours in (0, 2, -7)]

    def spelled(name: str, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(zones[value.minute % 3]).isoformat()
        return int(value) if isinstance(value, bool) else value

    with sqlite3.connect(path) as connection:
        for model, columns, _ in TABLES:
            table = model._meta.table_name
            connection.execute(
                f"CREATE TABLE {table} ({', '.join(kept(table, columns))}, tenant TEXT DEFAULT 'x')"
            )
        copy_world(connection.execute, "?", spelled)
    connection.close()


def test_a_sqlite_file_with_offsets_and_fewer_columns(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    make_other_sqlite(path)
    with AnalyticsService(str(path), clock=lambda: NOW) as service:
        assert told(service) == EXPECTED
        assert not service.status().is_ours
        assert [share.name for share in service.overview(WEEK).message_types] == [""]


def fill_other_postgres(url: str) -> None:
    """The world in tables without keys, ids as UUIDs, times with a zone."""
    kinds = {"created_at": "timestamptz", "started_at": "timestamptz", "is_shared_twin": "boolean"}
    kinds |= {"is_shared": "boolean", "word_count": "bigint", "results_count": "smallint"}

    def spelled(name: str, value: Any) -> Any:
        is_id = (name == "id" or name.endswith("_id")) and value is not None
        return uuid.uuid5(uuid.NAMESPACE_URL, value) if is_id else value

    def kind(name: str) -> str:
        return "uuid" if name == "id" or name.endswith("_id") else kinds.get(name, "varchar(2000)")

    with psycopg.connect(url, autocommit=True) as connection:
        for model, columns, _ in TABLES:
            table = model._meta.table_name
            described = ", ".join(f"{name} {kind(name)}" for name in kept(table, columns))
            connection.execute(f"CREATE TABLE {table} ({described}, tenant text)")
        copy_world(connection.execute, "%s", spelled)


@pytest.fixture
def other_postgres(postgres_server: postgres.Server) -> Any:
    url = postgres_server.make("template0")
    yield url
    postgres_server.drop(url)


def test_a_postgresql_with_uuids_and_zoned_times(other_postgres: str) -> None:
    fill_other_postgres(other_postgres)
    with AnalyticsService(other_postgres, clock=lambda: NOW) as service:
        assert told(service) == EXPECTED
        ann = str(uuid.uuid5(uuid.NAMESPACE_URL, "u-ann"))
        overview = service.overview(Filters(WEEK.period, user=ann))
        assert overview.figure("conversations").value == 3
        board = service.leaderboard(WEEK, "user", "messages")
        assert (board.rows[0].id, board.rows[0].name) == (ann, "Ann Berg")


def test_sums_of_columns_that_are_missing_are_unknown_not_zero(tmp_path: Path) -> None:
    moment = NOW.strftime("%Y-%m-%d 01:00:00")
    path = make_sqlite(
        tmp_path / "plain.db",
        PLAIN,
        f"INSERT INTO sessions VALUES ('s', 'u', 't', '{moment}')",
        f"INSERT INTO documents VALUES ('d', 's', '{moment}')",
        f"INSERT INTO queries VALUES ('q', 's', 'x', '{moment}')",
    )
    with AnalyticsService(path, clock=lambda: NOW) as service:
        figures = {figure.key: figure for figure in service.overview(WEEK).figures}
    for key, count in (("document_words", "documents"), ("results_returned", "queries")):
        assert figures[count].value == 1
        assert figures[count].parts[0][1] is None
        assert figures[key].value is None
        assert figures[key].series[-1] is None
        assert figures[key].series[0] == 0  # a day without rows has no words, which is known

"""Derived tables beside another system's rows: other types, spellings, fewer columns, no keys."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.analytics.test_foreign import fill_other_postgres, make_other_sqlite, other_postgres, told
from tests.analytics.test_kpis import EXPECTED
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import tables
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.verify import verify

__all__ = ["other_postgres"]


def check_right(source: Source) -> None:
    found = verify(source)
    assert found.differences == ()
    assert (found.behind, found.sessions > 3) == (0, True)


def steps_of_one_session(source: Source) -> str:
    """Return how the database would look up the messages of one session."""
    from twin_tui.rollups.base_rows import BaseRows, Message

    base = BaseRows(source)
    thread = source.column(Message.session)
    sql, values = (
        source.db.get_sql_context().sql(Message.select(thread).where(base.these(["s"])(thread))).query()
    )
    explain = "EXPLAIN QUERY PLAN" if source.is_sqlite else "EXPLAIN"
    return " ".join(str(row[-1]) for row in source.db.execute_sql(f"{explain} {sql}", values).fetchall())


def test_a_sqlite_file_with_offsets_and_fewer_columns(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    make_other_sqlite(path)
    with open_database(str(path), "adopt") as source:
        assert rebuild(source, "UTC")
        check_right(source)
        assert "twin_tui_messages_lookup" in steps_of_one_session(source)
        with sqlite3.connect(path) as other:
            other.execute("UPDATE messages SET created_at = '2026-11-01T23:59:59+02:00'")
            other.execute("DELETE FROM sessions WHERE rowid % 2")
        other.close()
        refresh(source, pause=lambda _: None)
        check_right(source)


def test_a_postgresql_with_uuids_and_zoned_times(other_postgres: str) -> None:
    fill_other_postgres(other_postgres)
    with open_database(other_postgres, "adopt") as source:
        assert rebuild(source, "UTC")
        check_right(source)
        with source.writing():
            source.run("SET LOCAL enable_seqscan = off")
            assert "twin_tui_messages_lookup" in steps_of_one_session(source)
        with psycopg.connect(other_postgres, autocommit=True) as other:
            other.execute("UPDATE messages SET created_at = '2026-11-01T23:59:59+02:00'")
            other.execute("DELETE FROM sessions WHERE title IS NULL OR title < 'M'")
        refresh(source, pause=lambda _: None)
        check_right(source)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_figures_are_the_same_with_derived_tables(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if engine == "sqlite":
        url = str(tmp_path / "other.db")
        make_other_sqlite(Path(url))
    else:
        url = request.getfixturevalue("other_postgres")
        fill_other_postgres(url)
    with open_database(url, "adopt") as source:
        assert rebuild(source, "UTC")
    with AnalyticsService(url, clock=lambda: NOW) as service:
        assert told(service) == EXPECTED


def test_taking_the_tables_away_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    make_other_sqlite(path)
    with sqlite3.connect(path) as other:
        before = other.execute("SELECT type, name FROM sqlite_master").fetchall()
    with open_database(str(path), "adopt") as source:
        rebuild(source, "UTC")
        with source.writing():
            from twin_tui.rollups.capture import changes as capture

            capture.remove(source)
            tables.drop(source)
    assert other.execute("SELECT type, name FROM sqlite_master").fetchall() == before
    other.close()

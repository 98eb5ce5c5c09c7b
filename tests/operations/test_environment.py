import os
import sqlite3
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tests.data.foreign import MISSING, make_sqlite
from twin_tui.data.database import open_database
from twin_tui.operations import environment
from twin_tui.operations.findings import Fact
from twin_tui.settings import load_settings


def facts_of(url: str) -> dict[str, Fact]:
    with open_database(url) as source:
        return {fact.key: fact for fact in environment.database(source)}


def test_a_database_of_ours_is_described_on_both_engines(world_url: str):
    facts = facts_of(world_url)
    rows = {key: fact.value for key, fact in facts.items() if key.startswith("rows_")}
    assert rows == {
        "rows_users": 3,
        "rows_twins": 2,
        "rows_sessions": 10,
        "rows_messages": 24,
        "rows_documents": 6,
        "rows_queries": 5,
    }
    assert facts["is_ours"].value is True
    assert facts["is_ours"].hint is None
    assert facts["schema_version"].value == len(list(Path("migrations").glob("0*.py")))
    assert facts["missing_columns"].value is None
    assert facts["is_writable"].value is True
    assert isinstance(facts["bytes"].value, int)
    assert facts["bytes"].value > 50_000
    if world_url.startswith("sqlite"):
        assert facts["kind"].value == f"SQLite {sqlite3.sqlite_version}"
        assert facts["journal_mode"].value == "wal"
    else:
        assert str(facts["kind"].value).startswith("PostgreSQL 1")
        assert "journal_mode" not in facts


def test_a_foreign_file_says_that_it_is_and_what_it_lacks(tmp_path: Path):
    facts = facts_of(make_sqlite(tmp_path / "other.db"))
    assert facts["is_ours"].value is False
    assert "never writes" in (facts["is_ours"].hint or "")
    assert "schema_version" not in facts
    assert facts["missing_columns"].value == ", ".join(sorted(MISSING))
    assert facts["journal_mode"].value == "delete"
    assert "WAL" in (facts["journal_mode"].hint or "")


def test_a_role_that_may_only_read_is_seen(world_postgres: str):
    with open_database(world_postgres, "write") as source, source.writing():
        for statement in (
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest",
            f'ALTER DATABASE "{source.db.database}" SET role TO guest',
        ):
            source.db.execute_sql(statement)
    assert facts_of(world_postgres)["is_writable"].value is False


def test_a_driver_that_is_not_there_is_told_with_how_to_get_it():
    def version(name: str) -> str:
        if name == "psycopg":
            raise PackageNotFoundError(name)
        return "9.9"

    facts = {fact.key: fact for fact in environment.programs(version)}
    assert facts["psycopg"].value is None
    assert "twin-tui[postgres]" in (facts["psycopg"].hint or "")
    assert (facts["textual"].value, facts["textual"].hint) == ("9.9", None)
    assert {"twin_tui", "python", "peewee", "plotext", "sqlite"} <= set(facts)


def test_folders_that_may_not_be_written_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = load_settings({}, {})
    fine = {fact.key: fact.hint for fact in environment.folders(found)}
    monkeypatch.setattr(os, "access", lambda *_: False)
    bad = {fact.key: fact.hint for fact in environment.folders(found)}
    assert fine["data_folder"] is fine["log_folder"] is None
    assert bad["data_folder"] == bad["log_folder"] == "may not be written"
    assert fine["config_file"] == "not there; defaults hold"

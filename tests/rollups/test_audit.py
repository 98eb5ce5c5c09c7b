"""Rows that go or come untold are found by counting, and taken in; on SQLite, where REPLACE does that."""

from collections.abc import Iterator

import pytest

from tests.rollups.contents import contents
from tests.rollups.fuzz.walk import fresh
from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.rollups.audit import audit
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh


@pytest.fixture
def source(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        rebuild(source, "Europe/Berlin")
        yield source


@pytest.fixture
def writer(world_url: str, source: Source) -> Iterator[Writer]:
    with Writer(world_url, foreign_keys=False) as writer:
        yield writer


def test_nothing_is_found_where_all_was_told(source: Source, writer: Writer) -> None:
    assert audit(source) == 0
    writer.run("DELETE FROM messages WHERE id = 'm03'")
    writer.run("DELETE FROM sessions WHERE id = 's2'")
    writer.run("INSERT INTO messages (id, session_id, sender_type, content) VALUES ('x', 's3', 'user', '')")
    writer.run("INSERT INTO messages (id, session_id, sender_type, content) VALUES ('y', 'no', 'user', '')")
    refresh(source)
    assert audit(source) == 0
    assert capture.behind(source) == 0


def test_the_first_audit_after_a_build_writes_nothing(world_sqlite: str) -> None:
    with open_database(world_sqlite, "write") as source, open_database(world_sqlite) as reader:
        rebuild(source, "Europe/Berlin")
        before = reader.run("PRAGMA data_version")
        assert audit(source) == 0
        assert reader.run("PRAGMA data_version") == before


MESSAGE = "(id, session_id, sender_type, content, created_at)"
REPLACED = (
    f"REPLACE INTO messages {MESSAGE} VALUES ('m05', 's3', 'user', '', '2026-11-19 23:30:40')",
    "REPLACE INTO documents (id, session_id, content) SELECT id, 's5', '' FROM documents WHERE id = 'd1'",
    "REPLACE INTO users (id, email, full_name) SELECT 'other', email, 'A' FROM users WHERE id = 'u-ann'",
    f"INSERT INTO messages (rowid, {MESSAGE[1:]} VALUES (-5, 'x', 's3', 'user', '', '2026-11-19 23:30:40')",
)


@pytest.mark.parametrize("statement", REPLACED)
def test_rows_that_replace_hides_are_found(world_sqlite: str, statement: str) -> None:
    with open_database(world_sqlite, "write") as source, Writer(world_sqlite, foreign_keys=False) as writer:
        rebuild(source, "Europe/Berlin")
        writer.run(statement)
        refresh(source)
        assert contents(source) != fresh(source)
        assert audit(source) > 0
        assert not refresh(source).is_rebuilt
        assert contents(source) == fresh(source)
        assert audit(source) == 0


def test_replacing_rows_in_their_place_is_no_alarm_twice(world_sqlite: str) -> None:
    with open_database(world_sqlite, "write") as source, Writer(world_sqlite) as writer:
        rebuild(source, "Europe/Berlin")
        audit(source)
        writer.run("REPLACE INTO messages SELECT * FROM messages")
        refresh(source)
        assert audit(source) == 0
        assert source.run("SELECT value FROM twin_tui_rollup WHERE key = 'audited'") != []
        assert contents(source) == fresh(source)

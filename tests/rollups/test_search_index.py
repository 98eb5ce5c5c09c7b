"""The search index kept up while others write: nothing is read twice, nothing lost, nothing left behind."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.data.foreign import PLAIN, make_sqlite
from tests.rollups.plain import Writer
from tests.world import NOW
from twin_tui.analytics.answers import SearchRequest
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import Message
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.search import tables as search_tables

INSERT = "INSERT INTO messages (id, session_id, sender_type, content, created_at) VALUES (?, ?, 'user', ?, ?)"
THEN = "2026-11-20 10:00:00"


@pytest.fixture
def source(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        yield source


@pytest.fixture
def writer(world_url: str) -> Iterator[Writer]:
    with Writer(world_url) as writer:
        yield writer


def found(url: str, text: str) -> list[str]:
    with AnalyticsService(url, clock=lambda: NOW) as service:
        page = service.search(Filters(), SearchRequest(text))
        assert page.is_indexed
        return [hit.id for hit in page.hits]


def test_the_index_is_made_once_and_then_takes_in_what_is_new(
    source: Source, world_url: str, writer: Writer
) -> None:
    assert search_index.behind(source) is None
    first = search_index.sync(source)
    assert first.is_whole
    # 23 dated messages, 5 dated documents, 5 queries, 9 started sessions, 3 users, 2 twins
    assert first.items == 47
    assert search_index.sync(source).items == 0
    assert search_index.behind(source) == 0
    writer.run(INSERT, "new", "s2", "an albatross", THEN)
    assert search_index.behind(source) == 1
    assert found(world_url, "albatross") == ["new"], "what is not in the index yet is read beside it"
    assert search_index.sync(source).items == 1
    assert search_index.behind(source) == 0
    assert found(world_url, "albatross") == ["new"]


def test_one_new_message_of_a_long_session_is_all_that_is_read(source: Source, writer: Writer) -> None:
    rows = [
        (f"long-{at}", "s2", "user", f"line {at}", datetime(2026, 11, 20, tzinfo=UTC)) for at in range(3_000)
    ]
    source.insert_rows(Message, ("id", "session_id", "sender_type", "content", "created_at"), rows)
    search_index.sync(source)
    writer.run(INSERT, "last", "s2", "the last one", THEN)
    assert search_index.sync(source).items == 1


def test_changed_and_deleted_rows_are_followed(source: Source, world_url: str, writer: Writer) -> None:
    search_index.sync(source)
    assert found(world_url, "shorter") == ["m03"]
    writer.run("UPDATE messages SET content = 'Make it a heron.' WHERE id = 'm03'")
    assert search_index.sync(source).items == 1
    assert (found(world_url, "shorter"), found(world_url, "heron")) == ([], ["m03"])
    writer.run("UPDATE messages SET message_type = 'query' WHERE id = 'm03'")
    assert search_index.behind(source) == 0, "a change of what is not searched counts for nothing"
    writer.run("DELETE FROM sessions WHERE id = 's1'")
    search_index.sync(source)
    assert found(world_url, "heron") == []
    assert search_index.behind(source) == 0


def test_a_message_that_came_before_its_session_is_found_once_that_is_there(
    world_url: str, source: Source
) -> None:
    search_index.sync(source)
    with Writer(world_url, foreign_keys=False) as writer:
        writer.run(INSERT, "early", "late-session", "a curlew", THEN)
        search_index.sync(source)
        assert found(world_url, "curlew") == []
        writer.run(
            "INSERT INTO sessions (id, user_id, twin_id, started_at)"
            " VALUES ('late-session', 'u-ann', 't-ann', ?)",
            THEN,
        )
        if not source.is_sqlite:
            # A replica's session fires no triggers: the rows are told of as its own writers would.
            writer.run(f"INSERT INTO {search_tables.QUEUE} (kind, key) VALUES (3, 'late-session')")
    search_index.sync(source)
    assert found(world_url, "curlew") == ["early"]


def test_a_sync_that_is_stopped_goes_on_where_it_was(
    source: Source, world_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FEWEST", "MOST"):
        monkeypatch.setattr(search_index, name, 4)
    items = rounds = 0
    while True:
        calls = iter((False, False, True))
        done = search_index.sync(source, should_stop=lambda calls=calls: next(calls), pause=lambda _: None)
        items, rounds = items + done.items, rounds + 1
        if done.is_whole:
            break
        with AnalyticsService(world_url, clock=lambda: NOW) as service:
            page = service.search(Filters(), SearchRequest("decisions"))
            assert not page.is_indexed
            assert [hit.id for hit in page.hits] == ["d5"]
    assert items == 47
    assert rounds > 4
    assert found(world_url, "decisions") == ["d5"]


def test_a_step_that_fails_changes_nothing(
    source: Source, world_url: str, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.sync(source)
    writer.run(INSERT, "new", "s2", "an albatross", THEN)
    with monkeypatch.context() as patched:
        patched.setattr(type(search_index.store_of(source)), "put", _fail)
        with pytest.raises(RuntimeError, match="in the middle"):
            search_index.sync(source)
    assert search_index.behind(source) == 1
    assert search_index.sync(source).items == 1
    assert found(world_url, "albatross") == ["new"]


def _fail(*_: object) -> None:
    raise RuntimeError("in the middle")


def test_an_index_of_another_version_answers_nothing_and_is_made_anew(source: Source, world_url: str) -> None:
    search_index.sync(source)
    with source.writing():
        search_tables.note(source, {"version": "0"})
    with AnalyticsService(world_url, clock=lambda: NOW) as service:
        assert not service.search(Filters(), SearchRequest("decisions")).is_indexed
    assert search_index.sync(source).items == 47
    assert found(world_url, "decisions") == ["d5"]


def test_an_index_that_is_no_longer_told_of_changes_is_made_anew(
    source: Source, world_url: str, writer: Writer
) -> None:
    search_index.sync(source)
    writer.run(
        "DROP TRIGGER twin_tui_search_update_0"
        if source.is_sqlite
        else "DROP TRIGGER twin_tui_search_update ON messages"
    )
    writer.run("UPDATE messages SET content = 'Make it a heron.' WHERE id = 'm03'")
    assert search_index.sync(source).items == 47
    assert found(world_url, "heron") == ["m03"]


def test_the_index_is_taken_away_without_a_trace(source: Source, writer: Writer) -> None:
    before = set(source.db.get_tables())
    search_index.sync(source)
    with source.writing():
        search_index.remove(source)
    assert set(source.db.get_tables()) == before
    writer.run("UPDATE messages SET content = 'x' WHERE id = 'm03'")
    writer.run("DELETE FROM messages WHERE id = 'm03'")
    writer.run(INSERT, "new", "s2", "an albatross", THEN)


def test_an_emptied_table_of_a_server_begins_the_index_anew(world_postgres: str) -> None:
    with open_database(world_postgres, "write") as source, Writer(world_postgres) as writer:
        search_index.sync(source)
        writer.run("TRUNCATE messages CASCADE")
        assert search_index.sync(source).is_whole
        assert found(world_postgres, "shorter") == []
        assert found(world_postgres, "travel") == ["q1"] or found(world_postgres, "travel") == []


@pytest.mark.parametrize("recursive", [0, 1])
def test_a_row_in_anothers_place_is_taken_in_though_no_trigger_told(
    world_sqlite: str, recursive: int
) -> None:
    with open_database(world_sqlite, "write") as source, Writer(world_sqlite) as writer:
        writer.run(INSERT, "top", "s2", "a plover", THEN)
        search_index.sync(source)
        writer.run(f"PRAGMA recursive_triggers = {recursive}")
        writer.run(INSERT.replace("INSERT", "REPLACE", 1), "top", "s2", "a lapwing", THEN)
        search_index.sync(source)
        assert (found(world_sqlite, "plover"), found(world_sqlite, "lapwing")) == ([], ["top"])
        writer.run("DELETE FROM messages WHERE id = 'top'")
        writer.run(INSERT, "other", "s3", "a plover again", THEN)
        search_index.sync(source)
        assert (found(world_sqlite, "plover"), found(world_sqlite, "lapwing")) == (["other"], [])


def test_rows_that_were_numbered_anew_are_all_taken_in_again(world_sqlite: str) -> None:
    with open_database(world_sqlite, "write") as source, Writer(world_sqlite, foreign_keys=False) as writer:
        search_index.sync(source)
        writer.run("UPDATE messages SET rowid = rowid + 1000")
        assert search_index.sync(source).is_whole
        assert found(world_sqlite, "shorter") == ["m03"]


def test_the_least_another_system_may_have_is_indexed_too(tmp_path: Path) -> None:
    url = make_sqlite(
        tmp_path / "theirs.db",
        PLAIN,
        "INSERT INTO users VALUES ('u', 'u@a.example', 'Una')",
        "INSERT INTO twins VALUES ('t', 'u', 'Tom')",
        "INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-20T09:00:00+02:00')",
        "INSERT INTO messages VALUES ('m', 's', 'user', 'a sandpiper', '2026-11-20T09:00:00+02:00')",
        "INSERT INTO documents VALUES ('d', 's', '2026-11-20 09:00:00')",
    )
    with open_database(url, "adopt") as source, Writer(f"sqlite:///{url}") as writer:
        assert search_index.sync(source).is_whole
        assert found(url, "sandpiper") == ["m"]
        writer.run("UPDATE messages SET content = 'a sanderling'")
        search_index.sync(source)
        assert (found(url, "sandpiper"), found(url, "sanderling")) == ([], ["m"])


def test_where_rows_have_no_numbers_there_is_no_index_and_search_reads(tmp_path: Path) -> None:
    tables = {**PLAIN, "messages": PLAIN["messages"]}
    path = make_sqlite(tmp_path / "theirs.db", tables)
    with Writer(f"sqlite:///{path}") as writer:
        writer.run("DROP TABLE messages")
        writer.run(f"CREATE TABLE messages ({PLAIN['messages']}) WITHOUT ROWID")
        writer.run("INSERT INTO users VALUES ('u', 'u@a.example', 'Una')")
        writer.run("INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-20 09:00:00')")
        writer.run("INSERT INTO messages VALUES ('m', 's', 'user', 'a sandpiper', '2026-11-20 09:00:00')")
    with open_database(path, "adopt") as source:
        assert search_index.sync(source) == search_index.Synced(0, is_whole=False)
    with AnalyticsService(path, clock=lambda: NOW) as service:
        page = service.search(Filters(), SearchRequest("sandpiper"))
        assert ([hit.id for hit in page.hits], page.is_indexed) == (["m"], False)

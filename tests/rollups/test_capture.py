"""Whose derived rows changed, told exactly once, whoever wrote and however; on both databases."""

import contextlib
from collections.abc import Iterator

import pytest

from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import User
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.capture.changes import Taken

NOTHING = Taken([], [], [], is_more=False)


@pytest.fixture
def source(world_url: str) -> Iterator[Source]:
    with open_database(world_url, "write") as source:
        with source.writing():
            capture.install(source)
            capture.reset(source)
        yield source


@pytest.fixture
def writer(world_url: str, source: Source) -> Iterator[Writer]:
    with Writer(world_url) as writer:
        yield writer


def take(source: Source, limit: int = 1000) -> Taken:
    with source.writing():
        return capture.take(source, limit)


def changed(source: Source) -> dict[str, set[str]]:
    taken = take(source)
    assert not taken.is_more
    assert capture.behind(source) == 0
    assert take(source) == NOTHING
    assert capture.is_intact(source)
    found = {"sessions": taken.sessions, "users": taken.users, "twins": taken.twins}
    assert all(len(ids) == len(set(ids)) for ids in found.values())
    return {name: set(ids) for name, ids in found.items() if ids}


def message(writer: Writer, key: str, session: str, when: str = "2026-03-01 10:00:00") -> None:
    writer.run(
        "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
        " VALUES (?, ?, 'user', '', ?)",
        key,
        session,
        when,
    )


def test_nothing_waits_where_nothing_changed(source: Source) -> None:
    assert capture.behind(source) == 0
    assert take(source) == NOTHING
    assert capture.is_intact(source)


def test_inserts_are_told_by_their_session_however_late_their_time(source: Source, writer: Writer) -> None:
    message(writer, "late", "s2", "2001-01-01 00:00:00")
    writer.run("INSERT INTO documents (id, session_id, content) VALUES ('d-new', 's4', '')")
    writer.run("INSERT INTO queries (id, session_id, query_text) VALUES ('q-new', 's5', '')")
    writer.run(
        "INSERT INTO sessions (id, user_id, twin_id) SELECT 'new', user_id, twin_id FROM sessions LIMIT 1"
    )
    assert capture.behind(source) >= 4
    assert changed(source)["sessions"] == {"s2", "s4", "s5", "new"}


def test_new_and_changed_people_and_twins_are_told(source: Source, writer: Writer) -> None:
    writer.run("INSERT INTO users (id, email, full_name) VALUES ('u-new', 'n@example.com', 'New')")
    writer.run("INSERT INTO twins (id, user_id, name) VALUES ('t-new', 'u-new', 'T')")
    assert changed(source) == {"users": {"u-new"}, "twins": {"t-new"}}
    writer.run("UPDATE users SET company = 'Other' WHERE id = 'u-new'")
    writer.run("UPDATE twins SET created_at = NULL WHERE id = 't-new'")
    assert changed(source) == {"users": {"u-new"}, "twins": {"t-new"}}
    writer.run("DELETE FROM users WHERE id = 'u-new'")
    assert changed(source) == {"users": {"u-new"}, "twins": {"t-new"}}


@pytest.mark.parametrize(
    ("statement", "sessions"),
    [
        ("UPDATE messages SET created_at = '2020-01-01 00:00:00' WHERE session_id = 's2'", {"s2"}),
        ("UPDATE messages SET sender_type = 'bot' WHERE session_id = 's2'", {"s2"}),
        ("UPDATE messages SET message_type = NULL WHERE session_id = 's2'", {"s2"}),
        ("UPDATE messages SET session_id = 's3' WHERE session_id = 's2'", {"s2", "s3"}),
        ("UPDATE documents SET session_id = 's3' WHERE session_id = 's1'", {"s1", "s3"}),
        ("UPDATE queries SET results_count = 77 WHERE session_id IN ('s2', 's3')", {"s2", "s3"}),
        ("UPDATE sessions SET platform = 'fax' WHERE id = 's4'", {"s4"}),
        ("UPDATE sessions SET is_shared_twin = NULL, started_at = NULL WHERE id = 's4'", {"s4"}),
        ("UPDATE messages SET content = 'other' WHERE session_id = 's2'", {"s2"}),
        ("UPDATE documents SET content = 'other', session_id = session_id", set()),
        ("UPDATE sessions SET title = 'other'", set()),
        ("UPDATE users SET last_login_at = '2026-01-01 00:00:00', full_name = 'X'", set()),
        ("DELETE FROM messages WHERE session_id = 's2'", {"s2"}),
        ("DELETE FROM sessions WHERE id = 's1'", {"s1"}),
    ],
)
def test_only_changes_that_matter_are_told(
    source: Source, writer: Writer, statement: str, sessions: set[str]
) -> None:
    writer.run(statement)
    assert changed(source) == ({"sessions": sessions} if sessions else {})


def test_a_new_id_is_told_with_the_old_one(world_url: str, source: Source) -> None:
    with Writer(world_url, foreign_keys=False) as writer:
        writer.run("UPDATE sessions SET id = 'renamed' WHERE id = 's2'")
        assert changed(source) == {"sessions": {"s2", "renamed"}}
        writer.run("UPDATE users SET id = 'renamed' WHERE id = 'u-ann'")
        assert changed(source) == {"users": {"u-ann", "renamed"}}


def test_a_cascade_tells_every_session_it_took(source: Source, writer: Writer) -> None:
    wanted = {
        key
        for (key,) in writer.run(
            "SELECT id FROM sessions WHERE user_id = 'u-ann'"
            " OR twin_id IN (SELECT id FROM twins WHERE user_id = 'u-ann')"
        )
    }
    twins = {key for (key,) in writer.run("SELECT id FROM twins WHERE user_id = 'u-ann'")}
    writer.run("DELETE FROM users WHERE id = 'u-ann'")
    assert wanted
    assert twins
    assert changed(source) == {"sessions": wanted, "users": {"u-ann"}, "twins": twins}


def test_deleting_without_foreign_keys_is_told_as_well(world_url: str, source: Source) -> None:
    with Writer(world_url, foreign_keys=False) as writer:
        writer.run("DELETE FROM sessions WHERE id = 's2'")
        writer.run("DELETE FROM users WHERE id = 'u-ann'")
        assert changed(source) == {"sessions": {"s2"}, "users": {"u-ann"}}
        message(writer, "orphan", "s2")
        assert changed(source) == {"sessions": {"s2"}}


def test_what_is_rolled_back_is_not_told(source: Source, writer: Writer) -> None:
    writer.run("BEGIN")
    message(writer, "never", "s2")
    writer.run("DELETE FROM sessions WHERE id = 's3'")
    writer.run("ROLLBACK")
    assert changed(source) == {}


def test_what_was_taken_waits_again_after_a_crash(source: Source, writer: Writer) -> None:
    message(writer, "new", "s2")
    writer.run("DELETE FROM sessions WHERE id = 's3'")
    with contextlib.suppress(ZeroDivisionError), source.writing():
        capture.take(source, 10)
        raise ZeroDivisionError
    assert capture.behind(source) > 0
    assert changed(source) == {"sessions": {"s2", "s3"}}


def test_a_long_session_is_told_once_and_its_queue_stays_short(source: Source, writer: Writer) -> None:
    with writer.transaction():
        for number in range(3000):
            message(writer, f"many-{number}", "s2")
    assert changed(source) == {"sessions": {"s2"}}
    writer.run("UPDATE messages SET session_id = 's3' WHERE session_id = 's2'")
    assert capture.behind(source) <= 4
    writer.run("DELETE FROM sessions WHERE id = 's3'")
    assert capture.behind(source) <= 8
    assert changed(source) == {"sessions": {"s2", "s3"}}


def test_more_than_the_limit_is_told_in_portions(source: Source, writer: Writer) -> None:
    every = {key for (key,) in writer.run("SELECT id FROM sessions")}
    writer.run("UPDATE sessions SET started_at = '2026-01-01 00:00:00'")
    for number, key in enumerate(sorted(every)):
        message(writer, f"x-{number}", key)
    found: list[Taken] = []
    while not found or found[-1].is_more:
        found.append(take(source, 3))
        assert len(found[-1].sessions) <= 3
    assert len(found) >= len(every) / 3
    assert {key for taken in found for key in taken.sessions} == every
    assert capture.behind(source) == 0


def test_sessions_put_back_wait_again(source: Source) -> None:
    with source.writing():
        capture.put(source, ["s2", "s3"])
    assert capture.behind(source) == 2
    assert changed(source) == {"sessions": {"s2", "s3"}}


def test_a_reset_forgets_what_waits(source: Source, writer: Writer) -> None:
    message(writer, "new", "s2")
    writer.run("DELETE FROM sessions WHERE id = 's3'")
    with source.writing():
        capture.reset(source)
    assert changed(source) == {}
    message(writer, "newer", "s4")
    assert changed(source) == {"sessions": {"s4"}}


def test_installing_again_changes_nothing(source: Source, writer: Writer) -> None:
    message(writer, "new", "s2")
    with source.writing():
        capture.install(source)
    assert changed(source) == {"sessions": {"s2"}}


def test_removing_leaves_no_trace_and_writers_alone(source: Source, writer: Writer) -> None:
    before = set(source.db.get_tables())
    with source.writing():
        capture.remove(source)
        capture.remove(source)
    assert before - set(source.db.get_tables()) >= {"twin_tui_queue"}
    assert not [table for table in source.db.get_tables() if "queue" in table or "mark" in table]
    writer.run("DELETE FROM sessions WHERE id = 's2'")
    assert not capture.is_intact(source)


def test_a_lost_trigger_means_that_changes_may_be_unknown(source: Source, writer: Writer) -> None:
    if writer.is_sqlite:
        writer.run("DROP TRIGGER twin_tui_capture_messages_deleted")
    else:
        writer.run("ALTER TABLE messages DISABLE TRIGGER twin_tui_capture_delete")
    assert not capture.is_intact(source)
    with source.writing():
        capture.install(source)
    assert capture.is_intact(source)


def test_an_upsert_of_ours_counts_rows_and_not_lines_of_the_queue(source: Source) -> None:
    columns = ("id", "email", "full_name", "company")
    rows = [(f"u-{n}", f"{n}@example.com", "N", "A") for n in range(3)]
    assert source.insert_rows(User, columns, rows) == 3
    changed_rows = [(key, email, name, "B") for key, email, name, _ in rows[:2]]
    assert source.upsert_rows(User, columns, [*changed_rows, rows[2]]) == 2

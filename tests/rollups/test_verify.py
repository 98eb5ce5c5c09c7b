"""A comparison finds every derived row that is not what it should be, and nothing else."""

import contextlib
from collections.abc import Iterator

import pytest

from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import replace_rows
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import tables
from twin_tui.rollups.differences import Difference
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh
from twin_tui.rollups.search.index import sync
from twin_tui.rollups.verify import verify

WRONG = (
    ("UPDATE twin_tui_session SET messages = messages + 1", tables.SESSION, "messages"),
    ("UPDATE twin_tui_session_day SET last_us = last_us + 1", tables.SESSION_DAY, "last_us"),
    ("UPDATE twin_tui_session_day SET detail = '{}'", tables.SESSION_DAY, "detail"),
    ("UPDATE twin_tui_day SET new_users = new_users + 1", tables.DAY, "new_users"),
    ("UPDATE twin_tui_day SET shared = shared + 1", tables.DAY, "shared"),
    ("UPDATE twin_tui_day SET active = EMPTY", tables.DAY, "detail"),
    ("UPDATE twin_tui_dead_end SET reasons = 7 - reasons", tables.DEAD_END, "reasons"),
    ("DELETE FROM twin_tui_dead_end", tables.DEAD_END, ""),
    ("UPDATE twin_tui_pair_month SET last_us = 1", tables.PAIR_MONTH, "last_us"),
    ("UPDATE twin_tui_person SET company = 'Other'", tables.PERSON, "company"),
    ("UPDATE twin_tui_member SET people = EMPTY", tables.MEMBER, "people"),
    ("DELETE FROM twin_tui_member", tables.MEMBER, ""),
    ("UPDATE twin_tui_twin SET created_us = 1", tables.TWIN, "created_us"),
    ("UPDATE twin_tui_twin SET owner_no = owner_no + 1", tables.TWIN, "owner_no"),
    ("UPDATE twin_tui_twin SET is_shared = 1 - is_shared", tables.TWIN, "is_shared"),
    ("UPDATE twin_tui_session SET topic_no = topic_no + 1", tables.SESSION, "topic_no"),
    ("UPDATE twin_tui_topic SET sessions = sessions + 1", tables.TOPIC, "sessions"),
    ("DELETE FROM twin_tui_topic", tables.TOPIC, ""),
    ("UPDATE twin_tui_empty_query SET text = 'another'", tables.EMPTY_QUERY, "text"),
    ("DELETE FROM twin_tui_empty_query", tables.EMPTY_QUERY, ""),
    ("UPDATE twin_tui_doing SET sums = '[[],0,[],[]]'", tables.DOING, "doings"),
    ("UPDATE twin_tui_doing SET twins = EMPTY", tables.DOING, "doings"),
    ("UPDATE twin_tui_doing SET pairs = EMPTY", tables.DOING, "doings"),
    ("UPDATE twin_tui_doing SET day = day + 100000", tables.DOING, ""),
    ("DELETE FROM twin_tui_session", tables.SESSION, ""),
    ("DELETE FROM twin_tui_session_day", tables.SESSION_DAY, ""),
    ("DELETE FROM twin_tui_day", tables.DAY, ""),
    ("DELETE FROM twin_tui_pair_month", tables.PAIR_MONTH, ""),
    ("UPDATE twin_tui_session SET session_id = 'zzz' || session_id", tables.SESSION, ""),
    ("UPDATE twin_tui_session_day SET session_no = session_no + 100000", tables.SESSION_DAY, ""),
    ("UPDATE twin_tui_dead_end SET session_no = session_no + 100000", tables.DEAD_END, ""),
    ("UPDATE twin_tui_empty_query SET session_no = session_no + 100000", tables.EMPTY_QUERY, ""),
    ("UPDATE twin_tui_day SET day = day + 100000", tables.DAY, ""),
    ("UPDATE twin_tui_day SET cell = cell + 100000", tables.DAY, ""),
    ("UPDATE twin_tui_pair_month SET month = month + 12", tables.PAIR_MONTH, ""),
)
"""Statements that spoil a derived row, and in which table and column it shows."""


class UndoneError(Exception):
    """Rolls back what was spoilt."""


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    """A database whose derived tables are current."""
    with open_database(database_url, "write") as source:
        replace_rows(source, case(11, 20).world)
        assert rebuild(source, "Europe/Berlin")
        yield source


def test_what_was_just_made_is_right(source: Source) -> None:
    found = verify(source)
    assert found.differences == ()
    assert (found.sessions, found.behind) == (20, 0)
    assert found.days > 20


def test_a_comparison_needs_no_right_to_write(source: Source) -> None:
    with open_database(source.url, "read") as reader:
        assert verify(reader) == verify(source)


def test_every_wrong_row_is_found(source: Source) -> None:
    empty = "x''" if source.is_sqlite else "''::bytea"
    for statement, table, column in WRONG:
        with contextlib.suppress(UndoneError), source.writing():
            source.run(statement.replace("EMPTY", empty))
            found = verify(source).differences
            assert table in {difference.table for difference in found}, statement
            assert column in {each.column for each in found if each.table == table}, statement
            raise UndoneError
    assert verify(source).differences == ()


def test_a_difference_says_what_is_there_and_what_should_be(source: Source) -> None:
    ((session, count),) = source.run("SELECT session_id, messages FROM twin_tui_session ORDER BY 1 LIMIT 1")
    with source.writing():
        source.run("UPDATE twin_tui_session SET messages = 99 WHERE session_id = ?", (session,))
    assert verify(source).differences == (
        Difference(tables.SESSION, f"session {session}", "messages", "99", str(count)),
    )


def test_what_waits_is_counted_and_differs_until_it_is_taken_in(source: Source) -> None:
    with source.writing():
        source.run("UPDATE sessions SET platform = 'elsewhere'")
    waiting = verify(source)
    assert waiting.behind > 0
    assert {difference.column for difference in waiting.differences} == {"platform"}
    refresh(source, pause=lambda _: None)
    assert verify(source).differences == ()


def test_progress_ends_with_all_sessions(source: Source) -> None:
    told: list[tuple[int, int, str]] = []
    verify(source, lambda *progress: told.append(progress))
    assert told == [(20, 20, "sessions")]


@pytest.fixture
def searched(source: Source) -> Source:
    """The same database with a search index that holds everything."""
    assert sync(source, pause=lambda _: None).is_whole
    return source


def test_a_search_index_that_holds_every_row_is_right(searched: Source) -> None:
    with searched.writing():
        searched.run("UPDATE messages SET content = 'Zwölf Kraniche, 東京' WHERE sender_type = 'twin'")
        searched.run("UPDATE users SET company = 'Elsewhere'")
    sync(searched, pause=lambda _: None)
    refresh(searched, pause=lambda _: None)
    with open_database(searched.url, "read") as reader:
        assert verify(reader).differences == ()


def test_rows_that_wait_for_the_search_index_are_no_differences(searched: Source) -> None:
    with searched.writing():
        searched.run("UPDATE documents SET title = 'Another title'")
    assert verify(searched).differences == ()


@pytest.mark.parametrize(
    ("sqlite", "postgres", "column"),
    [
        ("DELETE FROM twin_tui_search_item", "DELETE FROM twin_tui_search_item", ""),
        (
            "INSERT INTO twin_tui_search_words (twin_tui_search_words) VALUES ('delete-all')",
            "UPDATE twin_tui_search_item SET words = ''",
            "words",
        ),
        (
            "INSERT INTO twin_tui_search_words (rowid, words) SELECT no, 'heron' FROM twin_tui_search_item",
            "UPDATE twin_tui_search_item SET words = words || 'heron'::tsvector",
            "words",
        ),
        (
            "UPDATE twin_tui_search_item SET no = no + (1 << 50)",
            "UPDATE twin_tui_search_item SET at_us = at_us + 1",
            "words",
        ),
    ],
    ids=["missing", "without words", "with a word too many", "at another time"],
)
def test_what_the_search_index_would_not_find_is_a_difference(
    searched: Source, sqlite: str, postgres: str, column: str
) -> None:
    with contextlib.suppress(UndoneError), searched.writing():
        searched.run(sqlite if searched.is_sqlite else postgres)
        found = verify(searched).differences
        assert {(each.table, each.column) for each in found} == {("twin_tui_search_item", column)}
        assert {each.key.split()[0] for each in found} >= {"message", "session", "user", "twin"}
        raise UndoneError

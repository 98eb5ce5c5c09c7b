"""Ids and their beginnings beside a search index: it tells what begins so, and changes nothing else."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.analytics.feed_worlds import asked, load
from tests.analytics.test_lookup import FOUND, NOWHERE, START, world
from twin_tui.analytics.errors import AmbiguousError, NotFoundError
from twin_tui.analytics.lookup.sessions import find_session
from twin_tui.data.database import open_database
from twin_tui.data.models import Message
from twin_tui.data.source import Source
from twin_tui.rollups.search import begun
from twin_tui.rollups.search import index as search_index

COLUMNS = ("id", "session_id", "sender_type", "content", "created_at")


@pytest.fixture(scope="module")
def source(module_database_url: str) -> Iterator[Source]:
    """A database whose index lacks one message yet, and holds one that is gone."""
    with open_database(module_database_url, "write") as filling:
        load(filling, world())
        gone = ("gone-1", "abcd-1111", "user", "hello", START)
        with filling.writing():
            filling.insert_rows(Message, COLUMNS, [gone])
        search_index.sync(filling)
        with filling.writing():
            filling.insert_rows(Message, COLUMNS, [("msg-99", "abcd-1111", "user", "hello", START)])
            filling.db.execute(Message.delete().where(Message.id == "gone-1"))
    with open_database(module_database_url, "read") as opened:
        yield opened


@FOUND
def test_the_same_is_found(source: Source, text: str, found: tuple[str, str | None]) -> None:
    assert asked(source, partial(find_session, text=text)) == found


@NOWHERE
def test_nothing_else_is_found(source: Source, text: str) -> None:
    with pytest.raises(NotFoundError, match="No session, message, document or query"):
        asked(source, partial(find_session, text=text))


def test_what_the_index_lacks_yet_is_found_and_what_is_gone_is_not(source: Source) -> None:
    assert asked(source, partial(find_session, text="msg-9")) == ("abcd-1111", "msg-99")
    with pytest.raises(AmbiguousError, match="4 events begin with 'msg-'"):
        asked(source, partial(find_session, text="msg-"))
    with pytest.raises(NotFoundError):
        asked(source, partial(find_session, text="gone"))


def test_where_too_many_begin_so_all_are_read(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begun, "_MOST", 1)
    with pytest.raises(AmbiguousError, match="4 events begin with 'msg-'"):
        asked(source, partial(find_session, text="msg-"))


def test_beginnings_are_looked_up_by_the_key_of_the_index(source: Source) -> None:
    if source.is_sqlite:
        assert begun.events_begun(source, ["msg-"]) is None  # Its own keys are in that order.
        return
    with source.reading():
        source.run("SET LOCAL enable_seqscan = off")
        source.run("SET LOCAL enable_bitmapscan = off")
        select = f"SELECT id FROM twin_tui_search_item WHERE kind = 0 AND {begun._BEGINS}"
        plan = " ".join(row[0] for row in source.run(f"EXPLAIN {select}", ("msg-", "msg.", 9)))
    assert "twin_tui_search_item_pkey" in plan
    assert "Index Cond: ((kind = 0) AND (id >= " in plan
    assert "Sort" not in plan

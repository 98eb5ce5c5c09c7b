"""Feed, conversation, lookup and choices of databases that another system wrote."""

import sqlite3
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.analytics.feed_worlds import asked
from twin_tui.analytics.activity.neighbours import neighbours
from twin_tui.analytics.activity.page import activity
from twin_tui.analytics.answers import ActivityRequest, Choice
from twin_tui.analytics.choices import choices
from twin_tui.analytics.conversation.entries import entries, entry_text
from twin_tui.analytics.conversation.find import find_in_conversation
from twin_tui.analytics.conversation.timeline import conversation
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup.names import find_twin, find_user
from twin_tui.analytics.lookup.sessions import find_session
from twin_tui.data.database import open_database
from twin_tui.data.source import Source

KEYS = {
    name: str(uuid.uuid5(uuid.NAMESPACE_DNS, name))
    for name in ("u", "t", "s1", "s2", "m1", "m2", "d", "q1", "q2")
}
DDL = """
CREATE TABLE users (id {id} PRIMARY KEY, email varchar(200), full_name varchar(200), hobby text);
CREATE TABLE twins (id {id} PRIMARY KEY, user_id {id}, name varchar(80));
CREATE TABLE sessions (id {id} PRIMARY KEY, user_id {id}, twin_id {id}, started_at {time});
CREATE TABLE messages
 (id {id} PRIMARY KEY, session_id {id}, sender_type varchar(20), content text, created_at {time});
CREATE TABLE documents (id {id} PRIMARY KEY, session_id {id}, message_id {id}, title text, created_at {time});
CREATE TABLE queries (id {id} PRIMARY KEY, session_id {id}, query_text text, created_at {time});
INSERT INTO users VALUES ('{u}', 'ada@acme.example', 'Ada Weiß', 'chess');
INSERT INTO twins VALUES ('{t}', '{u}', 'Desk');
INSERT INTO sessions VALUES
 ('{s1}', '{u}', '{t}', '2026-11-16T10:00:00+01:00'),
 ('{s2}', '{u}', '{t}', '2026-11-16T09:30:00Z');
INSERT INTO messages VALUES
 ('{m1}', '{s1}', 'user', 'Straße?', '2026-11-16T10:00:00+01:00'),
 ('{m2}', '{s1}', 'assistant', 'strasse', '2026-11-16T09:10:00.5Z');
INSERT INTO documents VALUES ('{d}', '{s1}', '{m1}', 'Plan of the Straße', '2026-11-16T10:05:00+01:00');
INSERT INTO queries VALUES
 ('{q1}', '{s1}', 'map', '2026-11-16T09:06:00+00:00'), ('{q2}', '{s2}', 'map', '2026-11-16T10:31:00+01:00');
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Source]:
    """A database without optional columns, with offsets in its times and, on PostgreSQL, uuid ids."""
    if request.param == "sqlite":
        path = tmp_path / "foreign.db"
        with sqlite3.connect(path) as connection:
            connection.executescript(DDL.format(id="TEXT", time="TIMESTAMP", **KEYS))
        connection.close()
        with open_database(str(path)) as source:
            yield source
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.make()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(DDL.format(id="uuid", time="timestamptz", **KEYS))
    with open_database(url) as source:
        yield source
    server.drop(url)


def test_the_feed_reads_what_is_there(foreign: Source) -> None:
    page = asked(foreign, partial(activity, filters=Filters(), request=ActivityRequest(type="all")))
    assert [(item.kind, item.event_id) for item in page.items] == [
        ("query", KEYS["q2"]),
        ("conversation", KEYS["s2"]),
        ("query", KEYS["q1"]),
        ("document", KEYS["d"]),
        ("conversation", KEYS["s1"]),
    ]
    first = page.items[-1]
    assert (first.time, first.what, first.platform) == (datetime(2026, 11, 16, 9, tzinfo=UTC), "", "")
    assert (first.messages, first.documents, first.queries, first.length_s) == (2, 1, 1, 600.5)
    assert (page.items[0].results_count, page.items[0].shared) == (None, False)
    assert page.items[0].twin.owner.email == "ada@acme.example"


def test_switches_search_and_filters_work(foreign: Source) -> None:
    def total(filters: Filters = Filters(), **values: object) -> int:  # noqa: B008
        return asked(foreign, partial(activity, filters=filters, request=ActivityRequest(**values))).total

    assert total(has_documents=True) == total(dated="active") == 1
    assert total(search="WEISS") == total(Filters(user=KEYS["u"], twin=KEYS["t"])) == 2
    assert total(Filters(company="", platform="", shared=False), search=KEYS["s1"][:8].upper()) == 1
    assert total(Filters(company="Acme")) == total(type="shared") == 0
    for kind in ("conversation", "all"):
        question = partial(neighbours, filters=Filters(), request=ActivityRequest(type=kind))
        assert asked(foreign, partial(question, session_id=KEYS["s1"])) == (KEYS["s2"], None)
        assert asked(foreign, partial(question, session_id=KEYS["s2"])) == (None, KEYS["s1"])


def test_a_conversation_opens_without_document_texts(foreign: Source) -> None:
    answer = asked(foreign, partial(conversation, session_id=KEYS["s1"]))
    order = [KEYS[name] for name in ("m1", "d", "q1", "m2")]
    assert [entry.id for entry in answer.index] == order
    assert (answer.header.title, answer.header.company, answer.header.twin_messages) == (None, None, 1)
    shown = asked(foreign, partial(entries, session_id=KEYS["s1"], first=0, count=10))
    assert [(entry.text, entry.title, entry.type) for entry in shown] == [
        ("Straße?", None, None),
        ("", "Plan of the Straße", None),
        ("map", None, None),
        ("strasse", None, None),
    ]
    assert (
        asked(foreign, partial(entry_text, session_id=KEYS["s1"], kind="document", entry_id=KEYS["d"])) == ""
    )
    found = asked(foreign, partial(find_in_conversation, session_id=KEYS["s1"], text="STRASSE"))
    assert [(match.entry, match.count) for match in found] == [(0, 1), (1, 1), (3, 1)]


def test_lookups_and_choices_know_its_rows(foreign: Source) -> None:
    assert asked(foreign, partial(find_session, text=KEYS["s2"][:9])) == (KEYS["s2"], None)
    assert asked(foreign, partial(find_session, text=KEYS["q2"].upper())) == (KEYS["s2"], KEYS["q2"])
    assert asked(foreign, partial(find_user, text="ada weiß")) == KEYS["u"]
    assert asked(foreign, partial(find_twin, text="desk")) == KEYS["t"]
    offered = asked(foreign, choices)
    assert offered.twins == (Choice(KEYS["t"], "Desk", "Ada Weiß", 2),)
    assert offered.companies == (Choice("", "(none)", "", 2),)

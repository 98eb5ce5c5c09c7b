"""One session opened for reading: its order, its header, its texts, its matches."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.feed_oracle import occurrences, timeline
from tests.analytics.feed_worlds import (
    NOW,
    RandomWorld,
    World,
    asked,
    document,
    load,
    message,
    query,
    session,
    twin,
    user,
)
from twin_tui.analytics.answers import TEXT_LIMIT, Conversation, Match
from twin_tui.analytics.conversation.entries import entries, entry_text
from twin_tui.analytics.conversation.find import find_in_conversation
from twin_tui.analytics.conversation.timeline import conversation
from twin_tui.analytics.errors import NotFoundError
from twin_tui.data.database import open_database
from twin_tui.data.models import Message
from twin_tui.data.source import Source

START = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HERE = NOW.replace(tzinfo=None)


def thread(*rows: dict[str, Any]) -> World:
    """A session ``s`` of Bob with Ada's twin, holding those rows; another session ``o`` beside it."""
    world = World(
        users=[
            user("ada", "Ada", "ada@acme.example"),
            user("bob", "Bob", "bob@acme.example", company="Acme", department="Sales"),
        ],
        twins=[twin("t", "ada", "Ada's twin")],
        sessions=[
            session("s", "bob", "t", START, title="Offer", topic="sales", platform="web", shared=True),
            session("o", "ada", "t", START),
        ],
        messages=[message("elsewhere", "o", START)],
    )
    for row in rows:
        table = "messages" if "content" in row and "sender_type" in row else None
        getattr(world, table or ("documents" if "content" in row else "queries")).append(row)
    return world


def rich() -> World:
    return thread(
        message("m1", "s", START, "user", "Please draft an OFFER, an offer!"),
        message("m2", "s", START + MINUTE, "twin", "Here is the offer."),
        message("m3", "s", START + 2 * HOUR, "user", "Straße"),
        message("m4", "s", None, "twin", "when?"),
        message("m5", "s", HERE, "user", "offer of the future"),
        document(
            "d1", "s", START + 3 * HOUR, "m1", title="Offer", text="offer text", type="proposal", words=2
        ),
        document("d2", "s", START + 30 * MINUTE, "elsewhere", title=None, text="Strasse"),
        query("q1", "s", START + MINUTE, "m1", text="offers?", type="crm", results=0),
        query("q2", "s", None, None, text="lost"),
        query("q3", "s", START, "m5", text="asked by what is not there yet"),
    )


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


def opened(source: Source, key: str = "s", **values: Any) -> Conversation:
    return asked(source, partial(conversation, session_id=key), **values)


def ids(answer: Conversation) -> list[str]:
    return [entry.id for entry in answer.index]


def test_what_a_message_set_going_follows_it_and_orphans_stand_by_time(source: Source) -> None:
    load(source, rich())
    answer = opened(source)
    assert ids(answer) == ["m1", "q1", "d1", "q3", "m2", "d2", "m3", "m4", "q2"]
    by_id = {entry.id: entry for entry in answer.index}
    assert [by_id[key].message_id for key in ("m1", "q1", "d1", "d2", "q2", "q3")] == [
        None,
        "m1",
        "m1",
        None,
        None,
        None,
    ]
    assert (by_id["m2"].sender, by_id["d1"].sender, by_id["m2"].size) == ("twin", None, 18)
    assert (by_id["m4"].time, by_id["m1"].time) == (None, START.replace(tzinfo=UTC))


def test_the_header_counts_what_the_index_holds(source: Source) -> None:
    load(source, rich())
    header = opened(source).header
    assert (header.user.name, header.company, header.department) == ("Bob", "Acme", "Sales")
    assert (header.twin.name, header.twin.owner.email, header.shared) == (
        "Ada's twin",
        "ada@acme.example",
        True,
    )
    assert (header.title, header.topic, header.platform) == ("Offer", "sales", "web")
    assert (header.messages, header.user_messages, header.twin_messages) == (4, 2, 2)
    assert (header.documents, header.queries) == (2, 3)
    assert header.started_at == START.replace(tzinfo=UTC)
    assert header.last_at == (START + 3 * HOUR).replace(tzinfo=UTC)  # a document, after the last message
    assert (header.elapsed_s, header.active_s) == (7200, 60)  # 9:00, 9:01, 11:00: only the minute is active


def test_a_gap_of_half_an_hour_is_active_and_one_longer_is_not(source: Source) -> None:
    half = timedelta(minutes=30)
    late = START + half + half + timedelta(microseconds=1)
    load(source, thread(message("a", "s", START), message("b", "s", START + half), message("c", "s", late)))
    header = opened(source).header
    assert (header.elapsed_s, header.active_s) == (3600.000001, 1800)


def test_one_message_has_no_length(source: Source) -> None:
    load(source, thread(message("a", "s", START), message("b", "s", None)))
    header = opened(source).header
    assert (header.messages, header.elapsed_s, header.active_s) == (2, None, None)


def test_an_empty_session_opens(source: Source) -> None:
    load(source, thread())
    answer = opened(source)
    assert (len(answer.index), answer.header.messages, answer.header.last_at) == (0, 0, None)
    assert asked(source, partial(entries, session_id="s", first=0, count=5)) == ()
    assert asked(source, partial(find_in_conversation, session_id="s", text="x")) == ()


@pytest.mark.parametrize("key", ["nowhere", "", "a\0b", "\ud800", "S"])
def test_an_unknown_session_is_said(source: Source, key: str) -> None:
    load(source, thread())
    with pytest.raises(NotFoundError, match="There is no session"):
        opened(source, key)


def test_a_session_of_the_future_is_not_there(source: Source) -> None:
    load(source, thread())
    with pytest.raises(NotFoundError):
        opened(source, now=START.replace(tzinfo=UTC))
    assert opened(source, now=START.replace(tzinfo=UTC) + MINUTE).header.session_id == "s"


def test_messages_of_one_instant_keep_the_order_they_came_in(source: Source) -> None:
    load(source, thread(*(message(key, "s", START) for key in ("c", "a", "B"))))
    assert ids(opened(source)) == (["c", "a", "B"] if source.is_sqlite else ["B", "a", "c"])


def test_every_random_conversation_reads_in_the_order_of_the_slow_way(source: Source) -> None:
    @examples(60 if source.is_sqlite else 20)
    @given(
        seed=st.integers(0, 2**40),
        wanted=st.sampled_from(("hello", "STRASSE", "aa", "ä", "\\", "i̇", "本", "zz")),
    )
    def check(seed: int, wanted: str) -> None:
        world = RandomWorld(seed).build(3)
        load(source, world)
        ties = "insertion" if source.is_sqlite else "id"
        stored = {row["id"]: row for row in [*world.messages, *world.documents, *world.queries]}
        for row in world.sessions:
            if row["started_at"] is not None and row["started_at"] >= HERE:
                continue
            answer = opened(source, row["id"])
            told = [(entry.kind, entry.id, entry.message_id) for entry in answer.index]
            assert told == timeline(world, row["id"], NOW, ties=ties)
            window = asked(source, partial(entries, session_id=row["id"], first=0, count=100))
            assert [(entry.kind, entry.id, entry.message_id) for entry in window] == told
            matches = []
            for at, (entry, ref) in enumerate(zip(window, answer.index, strict=True)):
                held = stored[entry.id]
                text = held.get("content", held.get("query_text"))
                assert (entry.text, entry.size, ref.size) == (text, len(text), len(text))
                count = occurrences(text, wanted) + occurrences(held.get("title"), wanted)
                matches += [Match(at, count)] if count else []
            found = asked(source, partial(find_in_conversation, session_id=row["id"], text=wanted))
            assert list(found) == matches

    check()


def test_a_window_of_entries_carries_their_texts(source: Source) -> None:
    load(source, rich())
    opened(source)
    found, drafted = asked(source, partial(entries, session_id="s", first=1, count=2))
    assert (found.kind, found.text, found.type, found.results_count) == ("query", "offers?", "crm", 0)
    assert (drafted.kind, drafted.title, drafted.text) == ("document", "Offer", "offer text")
    assert (drafted.type, drafted.word_count, drafted.message_id) == ("proposal", 2, "m1")
    [first] = asked(source, partial(entries, session_id="s", first=-5, count=1))
    assert (first.sender, first.message_type, first.title) == ("user", "general", None)
    for first_at, count in ((9, 5), (0, 0), (3, -1)):
        assert asked(source, partial(entries, session_id="s", first=first_at, count=count)) == ()
    assert len(asked(source, partial(entries, session_id="s", first=7, count=50))) == 2


def test_a_huge_text_is_cut_and_told_in_full_when_asked(source: Source) -> None:
    text = "é" * 1_000_000
    load(
        source,
        thread(message("m", "s", START, text=text), message("n", "s", START + MINUTE, text="x" * TEXT_LIMIT)),
    )
    cut, whole = asked(source, partial(entries, session_id="s", first=0, count=2))
    assert (cut.text, cut.is_cut, cut.size) == (text[:TEXT_LIMIT], True, 1_000_000)
    assert (len(whole.text), whole.is_cut) == (TEXT_LIMIT, False)
    assert asked(source, partial(entry_text, session_id="s", kind="message", entry_id="m")) == text


@pytest.mark.parametrize(
    ("kind", "entry"),
    [("message", "elsewhere"), ("document", "m1"), ("message", "m5"), ("twin", "m1"), ("message", "a\0b")],
)
def test_the_text_of_what_is_not_in_the_session_is_not_told(source: Source, kind: str, entry: str) -> None:
    load(source, rich())
    with pytest.raises(NotFoundError, match="in session 's'"):
        asked(source, partial(entry_text, session_id="s", kind=kind, entry_id=entry))


def test_find_counts_in_messages_titles_documents_and_queries(source: Source) -> None:
    load(source, rich())
    at = {entry.id: place for place, entry in enumerate(opened(source).index)}

    def found(text: str) -> tuple[Match, ...]:
        return asked(source, partial(find_in_conversation, session_id="s", text=text))

    assert found("Offer") == (
        Match(at["m1"], 2),
        Match(at["q1"], 1),
        Match(at["d1"], 2),  # once in its title, once in its text
        Match(at["m2"], 1),
    )
    assert found("STRASSE") == (Match(at["d2"], 1), Match(at["m3"], 1))
    assert found("") == found("\0") == found("%") == ()


def test_positions_stay_those_the_reader_saw(source: Source) -> None:
    load(source, rich())
    opened(source)
    with source.writing():
        source.db.execute(Message.delete().where(Message.id == "m2"))
        source.insert_rows(
            Message,
            ["id", "session_id", "sender_type", "content", "created_at"],
            [("new", "s", "user", "now first", START - MINUTE)],
        )
    window = asked(source, partial(entries, session_id="s", first=4, count=2))
    assert [(entry.id, entry.text) for entry in window] == [("m2", ""), ("d2", "Strasse")]
    assert ids(opened(source))[0] == "new"
    assert asked(source, partial(entries, session_id="s", first=0, count=1))[0].text == "now first"


def test_statements_do_not_grow_with_the_conversation(source: Source) -> None:
    many = [message(f"m{at:04}", "s", START + at * MINUTE, text=f"text {at}") for at in range(5_000)]
    many += [document(f"d{at}", "s", START, f"m{at:04}", title="Offer") for at in range(0, 5_000, 50)]
    load(source, thread(*many))
    before = source.statements
    answer = opened(source)
    assert (source.statements - before, len(answer.index)) == (4, 5_100)
    assert answer.header.messages == 5_000
    before = source.statements
    window = asked(source, partial(entries, session_id="s", first=5_000, count=100))
    assert source.statements - before == 2  # messages and documents: no query among them
    assert [entry.id for entry in window] == [ref.id for ref in answer.index[5_000:]]
    assert len(asked(source, partial(entries, session_id="s", first=0, count=6_000))) == 5_100
    before = source.statements
    matches = asked(source, partial(find_in_conversation, session_id="s", text="TEXT 49"))
    assert source.statements - before == 3
    assert len(matches) == 111  # 49, 490…499, 4900…4999

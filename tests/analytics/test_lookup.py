"""From typed words to the one session, user or twin that is meant."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest

from tests.analytics.feed_worlds import NOW, World, asked, document, load, message, query, session, twin, user
from twin_tui.analytics.errors import AmbiguousError, NotFoundError
from twin_tui.analytics.lookup.names import find_twin, find_user
from twin_tui.analytics.lookup.sessions import find_session
from twin_tui.data.database import open_database
from twin_tui.data.source import Source

START = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001
HERE = NOW.replace(tzinfo=None)


def world() -> World:
    return World(
        users=[
            user("u-1", "Ada Weiß", "ada@acme.example"),
            user("u-2", "Bob", "BOB@acme.example"),
            user("u-3", "bob", "other@acme.example"),
            user("u-4", "u-1", "odd@acme.example"),
            user("u-5", "Late", "late@acme.example", created_at=HERE),
        ],
        twins=[
            twin("t-1", "u-1", "Helper"),
            twin("t-2", "u-2", "helper"),
            twin("T-3", "u-2", "Ähre\x1b[2J"),
            twin("t-3", "u-2", "Other"),
        ],
        sessions=[
            session("abcd-1111", "u-1", "t-1", START, title="First"),
            session("abcd-2222", "u-1", "t-1", None, title="\x1b[2Jsecond\nline"),
            session("efgh-3333", "u-2", "t-1", START),
            session("late-4444", "u-2", "t-1", HERE),
        ],
        messages=[
            message("msg-77-a", "abcd-1111", START),
            message("msg-77-b", "abcd-1111", START),
            message("msg-88", "efgh-3333", None),
            message("hidden-1", "late-4444", START),
            message("hidden-2", "efgh-3333", HERE),
            message("twice", "efgh-3333", START),
        ],
        documents=[document("abcd-doc", "efgh-3333", START), document("twice", "abcd-1111", START)],
        queries=[query("qry-1-long", "efgh-3333", START)],
    )


@pytest.fixture(scope="module")
def source(module_database_url: str) -> Iterator[Source]:
    with open_database(module_database_url, "write") as filling:
        load(filling, world())
    with open_database(module_database_url, "read") as opened:
        yield opened


FOUND = pytest.mark.parametrize(
    ("text", "found"),
    [
        ("abcd-1111", ("abcd-1111", None)),
        (" ABCD-1111 ", ("abcd-1111", None)),
        ("abcd-1", ("abcd-1111", None)),
        ("EFGH", ("efgh-3333", None)),
        ("msg-88", ("efgh-3333", "msg-88")),
        ("msg-8", ("efgh-3333", "msg-88")),
        ("abcd-doc", ("efgh-3333", "abcd-doc")),
        ("qry-", ("efgh-3333", "qry-1-long")),
        ("abcd-2", ("abcd-2222", None)),
    ],
)
NOWHERE = pytest.mark.parametrize(
    "text", ["", "  ", "zzzz", "late-4444", "hidden-1", "hidden-2", "hidd", "a\0b", "\ud800", "%%%%", "____"]
)


@FOUND
def test_a_session_is_found_by_ids_and_their_beginnings(
    source: Source, text: str, found: tuple[str, str | None]
) -> None:
    assert asked(source, partial(find_session, text=text)) == found


@NOWHERE
def test_a_session_that_is_not_there_is_said(source: Source, text: str) -> None:
    with pytest.raises(NotFoundError, match="No session, message, document or query"):
        asked(source, partial(find_session, text=text))


def test_a_short_beginning_is_explained(source: Source) -> None:
    with pytest.raises(NotFoundError, match="needs at least 4 characters"):
        asked(source, partial(find_session, text="efg"))


def test_several_sessions_are_named_on_safe_lines(source: Source) -> None:
    with pytest.raises(AmbiguousError, match="2 sessions begin with 'abcd'") as raised:
        asked(source, partial(find_session, text="abcd"))
    assert raised.value.candidates == (
        "abcd-1111 · 2026-11-16 · Ada Weiß · First",
        "abcd-2222 · Ada Weiß · ␛[2Jsecond line",
    )


def test_several_events_are_named(source: Source) -> None:
    with pytest.raises(AmbiguousError, match="2 events begin with 'msg-77'") as raised:
        asked(source, partial(find_session, text="msg-77"))
    assert raised.value.candidates[0] == "msg-77-a · message in session abcd-1111"
    with pytest.raises(AmbiguousError, match="Several sessions hold an event 'twice'"):
        asked(source, partial(find_session, text="twice"))


def test_more_candidates_than_ten_are_not_listed(database_url: str) -> None:
    many = world()
    many.sessions += [session(f"many-{at:02}", "u-1", "t-1", START) for at in range(12)]
    with open_database(database_url, "write") as source:
        load(source, many)
        with pytest.raises(AmbiguousError, match="More than 10 sessions") as raised:
            asked(source, partial(find_session, text="many"))
        assert len(raised.value.candidates) == 10


def test_finding_a_session_takes_at_most_four_statements(source: Source) -> None:
    for text, statements in (("abcd-1111", 1), ("msg-88", 2), ("efgh", 3), ("qry-", 4)):
        before = source.statements
        asked(source, partial(find_session, text=text))
        looked = 0 if source.is_sqlite or text != "qry-" else 1  # For a search index.
        assert source.statements - before == statements + looked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ADA@acme.example", "u-1"),
        ("ada weiss", "u-1"),
        ("U-2", "u-2"),
        ("u-1", "u-4"),  # a name comes before an id
        ("", ""),
    ],
)
def test_a_user_is_found_by_mail_then_name_then_id(source: Source, text: str, found: str) -> None:
    assert asked(source, partial(find_user, text=text)) == found


def test_users_of_one_name_are_named(source: Source) -> None:
    with pytest.raises(AmbiguousError, match="2 users answer to 'BOB'") as raised:
        asked(source, partial(find_user, text="BOB"))
    assert raised.value.candidates == (
        "Bob <BOB@acme.example> (u-2)",
        "bob <other@acme.example> (u-3)",
    )


def test_an_unknown_user_brings_similar_ones(source: Source) -> None:
    with pytest.raises(NotFoundError) as raised:
        asked(source, partial(find_user, text="weiss"))
    assert str(raised.value) == (
        "There is no user with the e-mail, name or id 'weiss'. Similar: Ada Weiß <ada@acme.example> (u-1)."
    )
    for text in ("late@acme.example", "nobody", " ", "a\0b"):
        with pytest.raises(NotFoundError, match="There is no user"):
            asked(source, partial(find_user, text=text))


def test_a_twin_is_found_by_name_then_id(source: Source) -> None:
    assert asked(source, partial(find_twin, text="OTHER")) == "t-3"
    assert asked(source, partial(find_twin, text="t-1")) == "t-1"
    assert asked(source, partial(find_twin, text="T-3")) == "T-3"  # as typed before another case
    assert asked(source, partial(find_twin, text="t-3")) == "t-3"
    assert asked(source, partial(find_twin, text="")) == ""


def test_twins_of_one_name_are_listed_with_their_owners(source: Source) -> None:
    with pytest.raises(AmbiguousError, match="2 twins answer to 'HELPER'") as raised:
        asked(source, partial(find_twin, text="HELPER"))
    assert raised.value.candidates == ("Helper of Ada Weiß (t-1)", "helper of Bob (t-2)")


def test_similar_twins_are_safe_to_draw(source: Source) -> None:
    with pytest.raises(NotFoundError) as raised:
        asked(source, partial(find_twin, text="äHR"))
    assert str(raised.value).endswith("Similar: Ähre␛[2J of Bob (T-3).")

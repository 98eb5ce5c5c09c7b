"""A search for an id, the beginning of one, or a permalink: it names its session, whatever is filtered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import SearchPage, SearchRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Session

WHEN = datetime(2025, 3, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SESSIONS = (
    ("1bec1123-aa00", "Offer for Ann Berg", WHEN),
    ("1bec1123-bb00", None, WHEN),
    ("1bec11", "The short one", WHEN),
    ("0ddba11", "Not yet", LATER),
    ("wordlike", "Named by a word", WHEN),
    ("deadbeeffade", "Named by hexadecimal digits", WHEN),
)


@pytest.fixture
def url(world_url: str) -> str:
    with open_database(world_url, "write") as source, source.writing():
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "title", "topic", "started_at"),
            [(key, "u-ann", "t-ann", title, "plans", at) for key, title, at in SESSIONS],
        )
        source.insert_rows(
            Message,
            ("id", "session_id", "sender_type", "content", "created_at"),
            [("m-4711", "1bec1123-bb00", "user", "hello", WHEN)],
        )
    return world_url


@pytest.fixture
def service(url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(url, clock=lambda: NOW) as service:
        yield service


def named(page: SearchPage) -> list[tuple[str, str | None]]:
    return [(hit.session_id, hit.event_id) for hit in page.named.items]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1bec1123-aa00", [("1bec1123-aa00", None)]),
        (" 1BEC1123-AA00 ", [("1bec1123-aa00", None)]),
        ("1bec1123-b", [("1bec1123-bb00", None)]),
        ("1bec1123", [("1bec1123-aa00", None), ("1bec1123-bb00", None)]),
        ("1bec11", [("1bec11", None)]),
        ("1bec1", []),
        ("s1", [("s1", None)]),
        ("s", []),
        ("m-4711", [("1bec1123-bb00", "m-4711")]),
        ("twin://1bec1123-bb00/m-4711", [("1bec1123-bb00", "m-4711")]),
        ("twin://1bec1123-bb00", [("1bec1123-bb00", None)]),
        ("twin://1bec1123-b/m-4711", [("1bec1123-bb00", "m-4711")]),
        ("twin://nowhere-at-all", []),
        ("0ddba11", []),
        ("wordlike", [("wordlike", None)]),
        ("wordli", []),
        ("DeadBeef", [("deadbeeffade", None)]),
        ("1bec1123-aa00 offer", []),
        ("a\0bcdefg", []),
    ],
)
def test_an_id_names_its_session(
    service: AnalyticsService, typed: str, found: list[tuple[str, str | None]]
) -> None:
    narrow = Filters(Period.between(date(2026, 11, 20), date(2026, 11, 21)), company="South")
    assert named(service.search(narrow, SearchRequest(typed, is_being_typed=True))) == found


def test_what_it_names_is_told_as_every_conversation_is(service: AnalyticsService) -> None:
    titled, plain = service.search(Filters(), SearchRequest("1bec1123")).named.items
    assert (titled.title, plain.title) == ((("Offer for Ann Berg", False),), (("plans", False),))
    assert (titled.user.id, titled.twin.id, titled.time.year) == ("u-ann", "t-ann", 2025)


def test_it_stands_on_the_first_page_only(service: AnalyticsService) -> None:
    assert named(service.search(Filters(), SearchRequest("1bec1123", page=2))) == []


def test_many_that_begin_so_are_the_first_of_more(service: AnalyticsService, url: str) -> None:
    with open_database(url, "write") as source, source.writing():
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "started_at"),
            [(f"feedbeef-{at:02}", "u-ann", "t-ann", WHEN) for at in range(12)],
        )
    few = service.search(Filters(), SearchRequest("feedbeef")).named
    assert [hit.session_id for hit in few.items] == [f"feedbeef-{at:02}" for at in range(10)]
    assert few.has_more


def test_it_names_nobody_where_names_are_masked(url: str) -> None:
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(url, clock=lambda: NOW, guard=guard) as service:
        (hit,) = service.search(Filters(), SearchRequest("1bec1123-aa00")).named.items
    assert hit.session_id == "1bec1123-aa00"
    assert "Offer for" in hit.title[0][0]
    assert not any("Ann" in text for text in (hit.title[0][0], hit.user.name, hit.twin.owner.name))


def test_an_index_finds_what_begins_so_on_either_database(url: str) -> None:
    with open_database(url, "write") as source, source.writing():
        ordered = source.dialect.ordered_text(source.column(Session.id))
        begun = Session.select(Session.id).where((ordered >= "1bec") & (ordered < "1bed"))
        text, params = begun.order_by(ordered).sql()
        if not source.is_sqlite:
            # Of a few rows reading all is quicker.
            source.run("SET LOCAL enable_seqscan = off")
            source.run("SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN " if source.is_sqlite else "EXPLAIN "
        plan = " ".join(
            str(row) for row in source.run(explain + text.replace(source.db.param, "?"), tuple(params))
        )
    assert ("sqlite_autoindex_sessions_1" if source.is_sqlite else "idx_sessions_id_code_point") in plan
    assert "SORT" not in plan.upper().replace("SORTED", "")

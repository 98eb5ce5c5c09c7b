"""The conversations behind a number: which, why, where they open, and who may see them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.world import NOW, at
from twin_tui.analytics.answers import SessionsCell
from twin_tui.analytics.errors import BadFilterError, RefusedError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Query, Session

WEEK = Filters(Period.of_preset("7d", NOW.date()))
NOON = at("2026-11-21 12:00")
HOSTILE = "ask Ann Berg\x1b[2J\x1b]52;c;AAAA\x07[/nope]"


def after(seconds: int):
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def service(world_url: str) -> Iterator[AnalyticsService]:
    """The world with four conversations more: each a dead end, one for two reasons, and one that is none."""
    with open_database(world_url, "write") as source, source.writing():
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "platform", "title", "is_shared_twin", "started_at"),
            [
                ("x1", "u-ann", "t-ann", "slack", "Nothing found", False, after(0)),
                ("x2", "u-ben", "t-ann", "slack", "Again", True, after(1)),
                ("x3", "u-cho", "t-ann", "slack", "Found late", True, after(2)),
                ("x4", "u-cho", "t-ann", "slack", None, True, after(3)),
            ],
        )
        source.insert_rows(
            Message,
            ("id", "session_id", "sender_type", "message_type", "created_at", "content"),
            [
                ("x1a", "x1", "user", "query", after(10), "Where is the plan?"),
                ("x1b", "x1", "twin", "general", after(20), "I found nothing."),
                ("x2a", "x2", "user", "query", after(10), " Where is the PLAN?\n"),
                ("x2b", "x2", "twin", "general", after(20), "Where is the plan?"),
                ("x2c", "x2", "user", "query", after(30), "where is the plan?"),
                ("x3a", "x3", "user", "query", after(10), "And now?"),
                ("x3b", "x3", "user", "general", after(40), "Thanks"),
                ("x3c", "x3", "twin", "general", after(50), "Gladly."),
                ("x4a", "x4", "user", "general", after(10), " "),
                ("x4b", "x4", "user", "general", after(11), " "),
                ("x4c", "x4", "twin", "general", after(12), "?"),
            ],
        )
        source.insert_rows(
            Query,
            ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
            [
                ("y1", "x1", "x1a", HOSTILE, "general", 0, after(15)),
                ("y2", "x2", "x2a", HOSTILE.upper(), "general", 0, after(15)),
                ("y3", "x2", "x2a", "plan", "general", 0, after(16)),
                ("y4", "x3", "x3a", " PLAN ", "general", 0, after(15)),
            ],
        )
    with AnalyticsService(world_url, clock=lambda: NOW) as opened:
        yield opened


def lines(service: AnalyticsService, kind: str, key: str = "", filters: Filters = WEEK) -> list[tuple]:
    found = service.sessions_behind(filters, SessionsCell(kind, key))
    assert found.total == len(found.items)
    return [(line.item.session_id, line.item.event_id, line.reason) for line in found.items]


def test_dead_ends_tell_their_reasons_and_open_at_what_they_are_about(service: AnalyticsService) -> None:
    # x2 ends on a message of the person, who asked the same thing before, in other case and with blanks
    # around it; its query that found nothing is not the end, for the person wrote after it. s5's query found
    # nothing too, but a document followed. x3: the person thanked. x4: two messages of nothing but blanks.
    unanswered, empty, again = (
        "no reply at the end",
        "last query found nothing",
        "asked the same twice",
    )
    assert lines(service, "dead_end") == [
        ("x2", "x2c", f"{unanswered}, {again}"),
        ("x1", "y1", empty),
        ("s4", "m11", unanswered),
    ]
    assert lines(service, "dead_end", "repeated") == [("x2", "x2c", f"{unanswered}, {again}")]
    assert lines(service, "dead_end", "zero_results") == [("x1", "y1", empty)]
    assert [key for key, *_ in lines(service, "dead_end", "unanswered")] == ["x2", "s4"]


def test_a_document_after_it_makes_a_query_no_end(service: AnalyticsService, world_url: str) -> None:
    with open_database(world_url, "write") as source, source.writing():
        columns = ("id", "session_id", "document_type", "content", "created_at")
        source.insert_rows(Document, columns, [("x1d", "x1", "memo", "A plan.", after(17))])
    assert lines(service, "dead_end", "zero_results") == []


def test_queries_that_find_nothing_are_listed_by_their_text_in_any_case(service: AnalyticsService) -> None:
    found = lines(service, "zero_results")
    assert [(key, event) for key, event, _ in found] == [
        ("s5", "q3"),
        ("x2", "y3"),
        ("x3", "y4"),
        ("x1", "y1"),
    ]
    assert found[1][2] == "plan · 2 times"


def test_pages_are_cut_and_brought_within_bounds(service: AnalyticsService) -> None:
    cell = SessionsCell("zero_results")
    page = service.sessions_behind(WEEK, cell, page=9, limit=3)
    assert (page.page, page.pages, page.total) == (2, 2, 4)
    assert [line.item.session_id for line in page.items] == ["x1"]


def test_filters_narrow_what_is_behind_a_number(service: AnalyticsService) -> None:
    own = Filters(WEEK.period, shared=False)
    assert [key for key, *_ in lines(service, "zero_results", filters=own)] == ["s5", "x1"]
    before = Filters(Period.between(at("2026-11-20").date(), at("2026-11-20").date()))
    assert [key for key, *_ in lines(service, "dead_end", filters=before)] == ["s4"]


@pytest.mark.parametrize("cell", [SessionsCell("weather"), SessionsCell("dead_end", "weather")])
def test_a_number_that_does_not_exist_is_refused(service: AnalyticsService, cell: SessionsCell) -> None:
    with pytest.raises(BadFilterError, match="weather"):
        service.sessions_behind(WEEK, cell)


def test_the_role_metrics_sees_no_conversations(world_sqlite: str) -> None:
    closed = AnalyticsService(world_sqlite, clock=lambda: NOW, guard=Guard("metrics"))
    with closed, pytest.raises(RefusedError):
        closed.sessions_behind(WEEK, SessionsCell("dead_end"))


def test_masked_reasons_name_nobody(service: AnalyticsService, world_url: str) -> None:
    plain = service.sessions_behind(WEEK, SessionsCell("zero_results"))
    assert any("Ann Berg" in line.reason for line in plain.items)
    with AnalyticsService(world_url, clock=lambda: NOW, guard=Guard("support", masking_key=b"k")) as masked:
        for line in masked.sessions_behind(WEEK, SessionsCell("zero_results")).items:
            assert "Ann Berg" not in line.reason
            assert "ann berg" not in line.reason.casefold()
            assert line.item.user.email.endswith("@masked.invalid")

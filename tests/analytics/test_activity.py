"""The feed page by page on a world small enough to count by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.analytics.feed_worlds import NOW, World, asked, document, load, message, query, session, twin, user
from twin_tui.analytics.activity.neighbours import neighbours
from twin_tui.analytics.activity.page import activity, latest
from twin_tui.analytics.answers import ActivityPage, ActivityRequest
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.data.database import open_database
from twin_tui.data.source import Source

MONDAY = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ALL = Filters()


def small_world() -> World:
    """Ada owns the twin; Bob uses it too. Three sessions over a week, one of them asleep since Monday."""
    return World(
        users=[user("ada", "Ada Weiß", "ada@acme.example", company="Acme"), user("bob", "Bob")],
        twins=[twin("t1", "ada", "Ada's twin")],
        sessions=[
            session("s1", "ada", "t1", MONDAY, title="Offer", topic="sales"),
            session("s2", "bob", "t1", MONDAY + DAY, title=" ", topic="research", shared=True),
            session("s3", "ada", "t1", MONDAY + 2 * DAY, platform=None),
            session("s4", "ada", "t1", NOW.replace(tzinfo=None), title="not yet"),
            session("s5", "ada", "t1", None, title="no time"),
        ],
        messages=[
            message("m1", "s1", MONDAY),
            message("m2", "s1", MONDAY + 20 * MINUTE, "twin"),
            message("m3", "s1", MONDAY + 3 * DAY, "twin"),
            message("m4", "s2", MONDAY + DAY),
            message("m5", "s2", None),
        ],
        documents=[
            document("d1", "s1", MONDAY + MINUTE, "m1", title="Offer for Köln", type="proposal"),
            document("d2", "s2", MONDAY + 8 * DAY, title="of the future"),
        ],
        queries=[
            query("q1", "s1", MONDAY + MINUTE, "m1", text="prices", type="crm", results=1),
            query("q2", "s1", MONDAY + 2 * MINUTE, "m1", text="discounts", results=0),
        ],
    )


@pytest.fixture
def empty(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


@pytest.fixture
def source(empty: Source) -> Source:
    load(empty, small_world())
    return empty


def page(source: Source, filters: Filters = ALL, **values: object) -> ActivityPage:
    return asked(source, lambda context: activity(context, filters, ActivityRequest(**values)))


def ids(answer: ActivityPage) -> list[str]:
    return [item.event_id for item in answer.items]


def test_a_conversation_line_shows_who_with_whom_what_and_how_much(source: Source) -> None:
    newest, shared, oldest = page(source).items
    assert (oldest.time, oldest.event_id, oldest.kind) == (MONDAY.replace(tzinfo=UTC), "s1", "conversation")
    assert (oldest.user.name, oldest.user.email) == ("Ada Weiß", "ada@acme.example")
    assert (oldest.what, oldest.detail, oldest.platform) == ("Offer", "sales", "slack")
    assert (oldest.messages, oldest.documents, oldest.queries) == (3, 1, 2)
    assert oldest.length_s == 20 * 60  # the gap of three days is no active time
    assert (shared.user.name, shared.twin.name, shared.twin.owner.name) == ("Bob", "Ada's twin", "Ada Weiß")
    assert (shared.shared, oldest.shared) == (True, False)
    assert (shared.what, shared.detail) == ("research", "")  # a blank title is none
    assert (shared.messages, shared.length_s) == (1, None)  # one has no time; one alone has no length
    assert (newest.what, newest.platform, newest.documents) == ("", "", 0)


def test_types_list_their_own_events(source: Source) -> None:
    assert ids(page(source, type="conversation")) == ["s3", "s2", "s1"]
    assert ids(page(source, type="shared")) == ["s2"]
    assert ids(page(source, type="document")) == ["d1"]
    assert ids(page(source, type="query")) == ["q2", "q1"]
    assert ids(page(source, type="all")) == ["s3", "s2", "q2", "q1", "d1", "s1"]


def test_document_and_query_lines_say_what_was_made(source: Source) -> None:
    found, drafted = page(source, type="query").items[1], page(source, type="document").items[0]
    assert (found.what, found.detail, found.results_count) == ("prices", "crm", 1)
    assert page(source, type="query").items[0].results_count == 0
    assert (drafted.what, drafted.detail, drafted.session_id) == ("Offer for Köln", "proposal", "s1")


def test_active_conversations_stand_at_their_last_message_of_the_period(source: Source) -> None:
    thursday = Filters(Period.between((MONDAY + 3 * DAY).date(), (MONDAY + 3 * DAY).date()))
    assert ids(page(source, thursday)) == []
    answer = page(source, thursday, dated="active")
    assert [(item.event_id, item.time) for item in answer.items] == [
        ("s1", (MONDAY + 3 * DAY).replace(tzinfo=UTC))
    ]
    early = Filters(Period.between(MONDAY.date(), (MONDAY + DAY).date()))
    assert [item.time for item in page(source, early, dated="active").items] == [
        (MONDAY + DAY).replace(tzinfo=UTC),
        (MONDAY + 20 * MINUTE).replace(tzinfo=UTC),
    ]


def test_toggles_ask_for_documents_and_queries_made_before_now(source: Source) -> None:
    assert ids(page(source, has_documents=True)) == ["s1"]
    assert ids(page(source, has_queries=True)) == ["s1"]
    assert page(source, has_documents=True, type="shared").total == 0


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("WEISS", ["s3", "s1"]),  # ß is ss in another case
        ("ada@ACME", ["s3", "s1"]),
        ("offer", ["s1"]),
        ("RESEARCH", ["s2"]),
        ("S2", ["s2"]),
        ("  bob ", ["s2"]),
        ("%", []),
        ("_", []),
        ("no such thing", []),
        ("a\0b", []),
        ("\ud800", []),
        ("", ["s3", "s2", "s1"]),
        (" ", ["s3", "s2", "s1"]),
    ],
)
def test_search_finds_parts_of_names_titles_topics_and_ids(
    source: Source, search: str, found: list[str]
) -> None:
    assert ids(page(source, search=search)) == found


def test_a_document_is_found_by_its_own_title(source: Source) -> None:
    assert ids(page(source, type="document", search="köln")) == ["d1"]
    assert ids(page(source, type="query", search="köln")) == []


def test_page_and_limit_are_brought_within_bounds(source: Source) -> None:
    last = page(source, page=99, limit=2)
    assert (last.request.page, last.pages, ids(last)) == (2, 2, ["s1"])
    assert (last.has_next, last.has_prev) == (False, True)
    first = page(source, page=-3, limit=0)
    assert (first.request.page, first.request.limit, first.pages, ids(first)) == (1, 1, 3, ["s3"])
    assert page(source, limit=10_000).request.limit == 500
    nothing = page(source, Filters(user="nobody"), page=7)
    assert (nothing.total, nothing.pages, nothing.request.page, nothing.items) == (0, 1, 1, ())


def test_an_unknown_type_is_refused(source: Source) -> None:
    with pytest.raises(BadFilterError, match="no feed of type 'message'"):
        page(source, type="message")


def test_events_of_one_instant_keep_one_order_across_pages(empty: Source) -> None:
    world = small_world()
    world.sessions = [session(f"s{at:03}", "ada", "t1", MONDAY) for at in range(30)]
    world.messages = []
    world.documents = [document(f"x{at:03}", f"s{at:03}", MONDAY) for at in range(30)]
    world.queries = [query(f"x{at:03}", f"s{at:03}", MONDAY) for at in range(30)]
    load(empty, world)
    seen: list[tuple[str, str]] = []
    for number in range(1, 14):
        answer = page(empty, type="all", page=number, limit=7)
        seen += [(item.kind, item.event_id) for item in answer.items]
    kinds = ("query", "document", "conversation")
    assert seen == [
        (kind, f"{'s' if kind == 'conversation' else 'x'}{at:03}")
        for kind in kinds
        for at in range(29, -1, -1)
    ]


def test_a_huge_text_does_not_travel(empty: Source) -> None:
    world = small_world()
    world.queries = [query("q", "s1", MONDAY, text="é" * 1_000_000)]
    world.sessions[0]["title"] = "t" * 100_000
    load(empty, world)
    assert page(empty, type="query").items[0].what == "é" * 500
    assert page(empty).items[-1].what == "t" * 500


@pytest.mark.parametrize(
    ("kind", "statements"), [("conversation", 6), ("shared", 6), ("document", 7), ("query", 7), ("all", 8)]
)
def test_a_page_costs_a_fixed_number_of_statements(source: Source, kind: str, statements: int) -> None:
    many = small_world()
    many.sessions += [session(f"x{at}", "bob", "t1", MONDAY + at * HOUR, shared=True) for at in range(60)]
    many.documents += [document(f"e{at}", f"x{at}", MONDAY + at * HOUR) for at in range(60)]
    many.queries += [query(f"r{at}", f"x{at}", MONDAY + at * HOUR) for at in range(60)]
    load(source, many)
    for filters in (ALL, Filters(company="acme", shared=False), Filters(Period.of_preset("30d", NOW.date()))):
        for number in (1, 2):
            before = source.statements
            page(source, filters, type=kind, page=number, search="e" if number == 2 else "")
            assert source.statements - before <= statements
    before = source.statements
    page(source, type=kind, limit=500)
    assert source.statements - before == statements


def test_the_latest_lines_need_no_count(source: Source) -> None:
    before = source.statements
    lines = asked(source, lambda context: latest(context, ALL, 3))
    assert [line.event_id for line in lines] == ["s3", "s2", "q2"]
    assert source.statements - before == 6  # derived tables, lines, sessions, lengths, counts, queries


def test_neighbours_are_the_sessions_above_and_below(source: Source) -> None:
    def beside(key: str, filters: Filters = ALL, **values: object) -> tuple[str | None, str | None]:
        request = ActivityRequest(**values)
        return asked(source, lambda context: neighbours(context, key, filters, request))

    assert beside("s3") == (None, "s2")
    assert beside("s2") == ("s3", "s1")
    assert beside("s1") == ("s2", None)
    assert beside("s1", dated="active") == (None, "s2")  # its last message is of Thursday
    assert beside("s3", type="shared") == (None, "s2")  # not in this feed: where it started
    assert beside("s1", type="all") == ("s2", None)
    assert beside("s2", search="weiß") == ("s3", "s1")
    assert beside("nowhere") == (None, None)
    assert beside("s5") == (None, None)
    assert beside("a\0b") == (None, None)


@pytest.mark.parametrize(("kind", "statements"), [("conversation", 3), ("all", 5)])
def test_neighbours_cost_a_fixed_number_of_statements(source: Source, kind: str, statements: int) -> None:
    before = source.statements
    request = ActivityRequest(type=kind, search="a")
    assert asked(source, lambda context: neighbours(context, "s2", ALL, request)) == ("s3", "s1")
    assert source.statements - before == statements


def test_neighbours_are_found_behind_many_lines_of_busy_sessions(source: Source) -> None:
    busy = small_world()
    busy.queries += [query(f"b{at:03}", "s2", MONDAY + DAY + at * MINUTE) for at in range(300)]
    busy.queries += [query(f"c{at:03}", "s3", MONDAY + at * MINUTE) for at in range(300)]
    load(source, busy)
    request = ActivityRequest(type="all")
    before = source.statements
    assert asked(source, lambda context: neighbours(context, "s2", ALL, request)) == ("s3", "s1")
    assert asked(source, lambda context: neighbours(context, "s3", ALL, request)) == (None, "s2")
    assert asked(source, lambda context: neighbours(context, "s1", ALL, request)) == ("s2", None)
    assert source.statements - before <= 3 * 7


def test_a_page_within_a_period_reads_nothing_of_the_future(source: Source) -> None:
    earlier = MONDAY.replace(tzinfo=UTC) + MINUTE
    answer = asked(source, lambda context: activity(context, ALL, ActivityRequest(type="all")), now=earlier)
    assert ids(answer) == ["s1"]
    assert answer.items[0].queries == 0
    assert replace(answer.request, type="conversation") == ActivityRequest()

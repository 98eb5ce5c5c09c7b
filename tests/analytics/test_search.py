"""How far a search goes, what it costs, and what stands above the texts; on the hand-countable world."""

from collections.abc import Iterator

import pytest

from tests.analytics.search_worlds import NOW as THEN
from tests.analytics.search_worlds import Author
from tests.analytics.sought import SOUGHT
from tests.world import NOW
from twin_tui.analytics.answers import SearchRequest
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.search import walk as search_walk
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.search import store as search_store
from twin_tui.text.search_terms import MOST_CHARACTERS

MESSAGES = ("id", "session_id", "sender_type", "content", "created_at")


@pytest.fixture(params=["index", "reading"])
def service(world_url: str, request: pytest.FixtureRequest) -> Iterator[AnalyticsService]:
    if request.param == "index":
        with open_database(world_url, "write") as source:
            search_index.sync(source)
    with AnalyticsService(world_url, clock=lambda: NOW) as service:
        yield service


def test_people_twins_and_conversations_are_found_by_name(service: AnalyticsService) -> None:
    page = service.search(Filters(), SearchRequest("ann*"))
    assert [hit.person.id for hit in page.people.items] == ["u-ann"]
    assert page.people.items[0].name == (("Ann", True), (" Berg", False))
    assert [hit.twin.id for hit in page.twins.items] == ["t-ann"]
    page = service.search(Filters(), SearchRequest("travel"))
    assert [hit.session_id for hit in page.sessions.items] == ["s5", "s2"]
    assert [hit.id for hit in page.hits] == ["q1", "m05"]
    assert [hit.conversation for hit in page.hits] == ["Travel policy"] * 2


def test_names_obey_company_and_user_and_titles_every_filter(service: AnalyticsService) -> None:
    def found(filters: Filters, text: str) -> tuple[int, int, int]:
        page = service.search(filters, SearchRequest(text))
        return len(page.people.items), len(page.twins.items), len(page.sessions.items)

    assert found(Filters(), "north") == (2, 0, 0)
    assert found(Filters(company="south"), "north") == (0, 0, 0)
    assert found(Filters(user="u-ben"), "north") == (1, 0, 0)
    assert found(Filters(), "twin") == (0, 2, 0)
    assert found(Filters(user="u-ben"), "twin") == (0, 1, 0)
    assert found(Filters(), "travel") == (0, 0, 2)
    assert found(Filters(twin="t-ben"), "travel") == (0, 0, 1)
    assert found(Filters(shared=True), "travel") == (0, 0, 1)


def test_rows_of_the_future_and_without_a_time_are_not_found(service: AnalyticsService) -> None:
    for text in ("morning", "tomorrow", "note", "when"):
        page = service.search(Filters(), SearchRequest(text))
        assert not [hit for hit in page.hits if hit.id in ("m22", "d6", "m23")]
        assert not [hit for hit in page.sessions.items if hit.session_id in ("s9", "s10")]


def test_relevance_prefers_dense_texts_and_titles(service: AnalyticsService) -> None:
    page = service.search(Filters(), SearchRequest("quarter", by="relevance"))
    # The document holds it in its title and again in its few words; the message once.
    assert [hit.id for hit in page.hits] == ["d1", "m01"]


def test_a_last_word_still_being_typed_may_go_on(service: AnalyticsService) -> None:
    assert service.search(Filters(), SearchRequest("decis")).is_empty
    page = service.search(Filters(), SearchRequest("decis", is_being_typed=True))
    assert ([hit.id for hit in page.hits], page.terms) == (["d5"], ("decis*",))


def test_an_order_that_does_not_exist_is_refused(service: AnalyticsService) -> None:
    with pytest.raises(BadFilterError, match="newest, relevance"):
        service.search(Filters(), SearchRequest("a", by="best"))  # type: ignore[arg-type]


TYPED = (
    *(
        '"',
        "*",
        "AND",
        "a AND",
        "(a",
        "a)",
        "NEAR(a, 5)",
        "words:a",
        "^a",
        "a'b",
        "a\\",
        "{a b}: c",
        "-a",
        "a:*",
    ),
    *("a & b | !c", "a <-> b", "'a'", "%", "_", "\0", "\ud800", "a\0b", "💥", "x" * 5_000, "a " * 3_000),
    *("'" * 999, "ａ" * (MOST_CHARACTERS + 5)),
)


def test_whatever_is_typed_is_answered(service: AnalyticsService) -> None:
    for text in TYPED:
        for is_being_typed in (False, True):
            service.search(Filters(), SearchRequest(text, is_being_typed=is_being_typed))


@pytest.mark.parametrize(("text", "statements"), [("zebra", 12), ("travel", 17)])
def test_a_page_costs_few_statements(world_url: str, text: str, statements: int) -> None:
    with open_database(world_url, "write") as source:
        search_index.sync(source)
    with AnalyticsService(world_url, clock=lambda: NOW) as service:
        before = service._source.statements
        service.search(Filters(), SearchRequest(text))
        assert service._source.statements - before <= statements


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_search_that_ends_early_tells_how_far_it_is_complete(
    database_url: str, is_indexed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_store.sizes, "__defaults__", (6,))
    monkeypatch.setattr(search_walk.by_index, "__defaults__", (None, 3))
    monkeypatch.setattr(search_walk, "MOST_PLACES", 6)
    monkeypatch.setattr(search_walk, "_MOST_READ", {})
    monkeypatch.setattr(search_walk, "_MOST_READ_ELSE", 12)
    monkeypatch.setattr(search_walk, "_FIRST_READ", 6)
    monkeypatch.setattr(search_walk, "_AT_ONCE", 6)
    author = Author(5)
    with open_database(database_url, "write") as source:
        author.begin(source)
        for _ in range(60):
            author.add_text(source)
        if is_indexed:
            search_index.sync(source)
    ended = 0
    with AnalyticsService(database_url, clock=lambda: THEN) as service:
        for sought in SOUGHT:
            page = service.search(Filters(), SearchRequest(sought.typed, limit=500))
            times = {key: author.world.texts[key].at for key in author.world.found(sought, Filters())}
            back = page.searched_back_to
            wanted = [key for key, at in times.items() if back is None or (at is not None and at >= back)]
            assert [(hit.kind, hit.id) for hit in page.hits][: len(wanted)] == wanted
            assert back is None or len(page.hits) == len(wanted)
            ended += back is not None
    assert ended > 3

"""What a search finds is what a plain comparison finds: in every script, by the index and by reading."""

import pytest

from tests.analytics.search_worlds import NOW, Author
from tests.analytics.sought import SOUGHT
from twin_tui.analytics.answers import SearchRequest
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.search import walk as search_walk
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.search import numbers as search_numbers
from twin_tui.rollups.search import reach as search_reach
from twin_tui.rollups.search import store as search_store

SEEDS = range(2)


def compare(url: str, author: Author, *, is_indexed: bool) -> None:
    with AnalyticsService(url, clock=lambda: NOW) as service:
        for sought in author.draw.sample(SOUGHT, 9):
            for filters in (Filters(), author.filters()):
                wanted = author.world.found(sought, filters)
                asked = SearchRequest(sought.typed, limit=500)
                page = service.search(filters, asked)
                assert [(hit.kind, hit.id) for hit in page.hits] == wanted, (sought, filters)
                assert page.is_indexed == is_indexed
                assert (page.searched_back_to, page.has_next) == (None, False)
                ranked = service.search(filters, SearchRequest(sought.typed, by="relevance", limit=500))
                assert sorted((hit.kind, hit.id) for hit in ranked.hits) == sorted(wanted)
                number = author.draw.randint(1, 3)
                turned = service.search(filters, SearchRequest(sought.typed, page=number, limit=3))
                assert [hit.id for hit in turned.hits] == [
                    key for _, key in wanted[number * 3 - 3 : number * 3]
                ]
                assert turned.has_next == (len(wanted) > number * 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_search_finds_what_a_plain_comparison_finds(
    database_url: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_store.sizes, "__defaults__", (5,))
    monkeypatch.setattr(search_walk.by_index, "__defaults__", (None, 2))
    monkeypatch.setattr(search_numbers, "PLACE_BITS", 2)
    for name, number in (("_COMMON", 0), ("_PLACES_PER_ROW", 1), ("_HITS", 1)):
        monkeypatch.setattr(search_reach, name, number)
    author = Author(seed)
    with open_database(database_url, "write") as source:
        author.begin(source)
        compare(database_url, author, is_indexed=False)
        search_index.sync(source)
        compare(database_url, author, is_indexed=True)
        for _ in range(2):
            for _ in range(14):
                author.change(source)
            compare_unsynced(database_url, author)
            assert search_index.sync(source).is_whole
            compare(database_url, author, is_indexed=True)
        search_index.rebuild(source)
        search_index.sync(source)
        compare(database_url, author, is_indexed=True)


def compare_unsynced(url: str, author: Author) -> None:
    """Rows that are new or changed are found before the index holds them."""
    with AnalyticsService(url, clock=lambda: NOW) as service:
        for sought in SOUGHT:
            page = service.search(Filters(), SearchRequest(sought.typed, limit=500))
            assert [(hit.kind, hit.id) for hit in page.hits] == author.world.found(sought, Filters()), sought

"""The feed and the conversations of the hand-countable world, asked through the service."""

from collections.abc import Iterator

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

WEEK = Filters(Period.of_preset("7d", NOW.date()))


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


def feed(service: AnalyticsService, filters: Filters = WEEK, **values: object) -> list[str]:
    page = service.activity(filters, ActivityRequest(**values))
    assert page.total == len(page.items)
    return [item.event_id for item in page.items]


def test_the_week_by_type(service: AnalyticsService) -> None:
    assert feed(service) == ["s6", "s5", "s4", "s3", "s2", "s1"]
    assert feed(service, type="shared") == ["s3", "s2"]
    assert feed(service, type="document") == ["d3", "d2", "d1"]
    assert feed(service, type="query") == ["q5", "q3", "q2", "q1"]
    assert feed(service, type="all") == [
        *("q5", "s6", "d3", "q3", "s5", "s4", "d2", "q2", "s3", "q1", "s2", "d1", "s1")
    ]


def test_every_type_totals_the_figure_of_its_name(service: AnalyticsService) -> None:
    narrowed = (
        Filters(),
        WEEK,
        Filters(company="north"),
        Filters(WEEK.period, user="u-ann", platform="SLACK"),
    )
    names = {
        "conversation": "conversations",
        "shared": "shared_conversations",
        "document": "documents",
        "query": "queries",
    }
    for filters in narrowed:
        overview = service.overview(filters)
        totals = {
            kind: service.activity(filters, ActivityRequest(type=kind)).total for kind in (*names, "all")
        }
        assert {kind: totals[kind] for kind in names} == {
            kind: overview.figure(key).value for kind, key in names.items()
        }
        assert totals["all"] == totals["conversation"] + totals["document"] + totals["query"]
        newest = service.activity(filters, ActivityRequest(type="all", limit=8)).items
        assert overview.latest == newest


def test_lines_show_lengths_and_counts(service: AnalyticsService) -> None:
    by_id = {item.event_id: item for item in service.activity(WEEK, ActivityRequest()).items}
    assert {key: item.length_s for key, item in by_id.items()} == {
        "s1": 660,
        "s2": 20,
        "s3": 100,
        "s4": None,
        "s5": 1215,
        "s6": 45.5,
    }
    assert (by_id["s1"].messages, by_id["s1"].documents, by_id["s1"].queries) == (4, 1, 0)
    assert (by_id["s6"].messages, by_id["s6"].queries) == (2, 1)  # m24 bears exactly now
    assert (by_id["s2"].user.name, by_id["s2"].twin.owner.name) == ("Ben Ito", "Ann Berg")


def test_switches_and_search(service: AnalyticsService) -> None:
    assert feed(service, has_documents=True) == ["s5", "s3", "s1"]
    assert feed(service, has_documents=True, has_queries=True) == ["s5", "s3"]
    assert feed(service, search="TRAVEL") == ["s5", "s2"]
    friday = Filters(Period.parse("2026-11-20", NOW.date()))
    assert feed(service, friday) == ["s4"]
    assert feed(service, friday, dated="active") == ["s4", "s3"]  # m09 and m10 answer the night before


def test_a_conversation_with_its_documents_and_queries(service: AnalyticsService) -> None:
    third = service.conversation("s3")
    assert [entry.id for entry in third.index] == ["m07", "q2", "d2", "m08", "m09", "m10"]
    assert (third.header.elapsed_s, third.header.active_s) == (30_640, 100)
    fifth = [entry.id for entry in service.conversation("s5").index]
    assert fifth == ["m12", "m13", "m14", "q3", "m15", "d3"]
    assert [match.entry for match in service.find_in_conversation("s5", "STRASSE")] == [2, 3]
    assert [entry.id for entry in service.conversation("s1").index][-1] == "d6"  # no message, no time
    assert service.entries("s5", 5, 1)[0].title == "旅程表"
    assert service.entry_text("s5", "document", "d3").startswith("一日目")


def test_neighbours_and_lookups(service: AnalyticsService) -> None:
    assert service.neighbours("s3", WEEK, ActivityRequest()) == ("s4", "s2")
    assert service.find_session("q3") == ("s5", "q3")
    assert service.find_user("BEN@north.example") == "u-ben"
    assert service.find_twin("ann's TWIN") == "t-ann"
    assert [choice.value for choice in service.choices().companies] == ["North", "South"]

"""What did not work in the hand-countable week, and how twins are ranked by it."""

from collections.abc import Iterator

import pytest

from tests.world import NOW, at
from twin_tui.analytics.answers import DeadEndCount, DocumentType, Quality
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Query

WEEK = Filters(Period.of_preset("7d", NOW.date()))


@pytest.fixture
def service(world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world_url, clock=lambda: NOW) as opened:
        yield opened


def figure(answer: Quality, key: str):
    return next(each for each in answer.figures if each.key == key)


def test_figures_of_the_week(service: AnalyticsService) -> None:
    answer = service.quality(WEEK)
    # s4 ends on m11; s5's query found nothing, but a document and a reply followed: 1 of 6 conversations.
    ends = figure(answer, "dead_end_share")
    assert (ends.numerator, ends.denominator, ends.previous) == (1, 6, 0)
    assert answer.reasons == (
        DeadEndCount("unanswered", 1, 1 / 6),
        DeadEndCount("zero_results", 0, 0.0),
        DeadEndCount("repeated", 0, 0.0),
    )
    # m11 of 9 messages by people.
    open_ = figure(answer, "unanswered_share")
    assert (open_.numerator, open_.denominator) == (1, 9)
    # 30 30 20 60 40 5 10 45.5 s: none took longer than a minute, 60 s is not longer.
    slow = figure(answer, "slow_reply_share")
    assert (slow.numerator, slow.denominator) == (0, 8)
    assert figure(answer, "zero_result_rate").value == pytest.approx(1 / 3)
    assert answer.previous_window is not None


def test_days_texts_and_documents_of_the_week(service: AnalyticsService) -> None:
    answer = service.quality(WEEK)
    assert [(day.day.day, day.conversations, day.dead_ends) for day in answer.days] == [
        (17, 1, 0), (18, 1, 0), (19, 1, 0), (20, 1, 1), (21, 0, 0), (22, 1, 0), (23, 1, 0),
    ]  # fmt: skip
    assert not answer.days[-1].is_complete
    (text,) = answer.texts
    assert (text.text, text.queries, text.people, text.last_at) == (
        "hotel straße",
        1,
        1,
        at("2026-11-22 10:20:10"),
    )
    assert answer.document_types == (
        DocumentType("email", 1, 1 / 3, 6, 1),
        DocumentType("proposal", 1, 1 / 3, None, 0),
        DocumentType("report", 1, 1 / 3, 420, 1),
    )


def test_a_twin_with_too_few_queries_is_told_and_not_ranked(
    service: AnalyticsService, world_url: str
) -> None:
    # t-ann knows the results of q1 and q5 and found both, t-ben of q3 and found nothing: under five each.
    rows = service.quality(WEEK).twins
    assert [(row.rank, row.twin.name, row.queries_empty, row.queries_known) for row in rows] == [
        (None, "Ann's twin", 0, 2),
        (None, "Ben's twin", 1, 1),
    ]
    with open_database(world_url, "write") as source, source.writing():
        columns = ("id", "session_id", "query_text", "results_count", "created_at")
        made = [(f"z{n}", "s1", "Vacation", n % 2, at(f"2026-11-17 10:0{n}")) for n in range(5)]
        source.insert_rows(Query, columns, made)
    rows = service.quality(WEEK).twins
    assert [(row.rank, row.twin.name, row.queries_empty, row.queries_known) for row in rows] == [
        (1, "Ann's twin", 3, 7),
        (None, "Ben's twin", 1, 1),
    ]


def test_twins_are_ranked_by_what_is_asked_for(service: AnalyticsService) -> None:
    rows = service.quality(WEEK, "reply_time_median").twins
    # t-ann: 30 30 20 60 40 45.5 s; t-ben: 5 and 10 s, too few.
    assert [(row.rank, row.twin.name, row.reply_time_median, row.replies) for row in rows] == [
        (1, "Ann's twin", 35.0, 6),
        (None, "Ben's twin", 7.5, 2),
    ]
    with pytest.raises(BadFilterError, match="charm"):
        service.quality(WEEK, "charm")  # type: ignore[arg-type]


def test_nothing_at_all_is_told_apart_from_nothing_wrong(service: AnalyticsService) -> None:
    empty = service.quality(Filters(WEEK.period, platform="fax"))
    assert figure(empty, "conversations").value == 0
    assert (empty.texts, empty.twins, empty.document_types) == ((), (), ())
    assert figure(empty, "dead_end_share").value is None

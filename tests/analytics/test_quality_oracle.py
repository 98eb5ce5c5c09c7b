"""What did not work against a brute-force count, plain and from the derived tables, and who is behind it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.oracle import Oracle
from tests.analytics.quality_oracle import (
    MINUTE,
    RATES,
    REASONS,
    QualityOracle,
    folded,
    ranks,
    rate,
    with_texts,
)
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import Changeable, replace_rows
from twin_tui.analytics.answers import FEWEST, QUALITY_MEASURES, Quality, SessionsCell
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_what_did_not_work_equals_the_plain_count(database_url: str, writer: Source, way: str) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 12)
        @given(
            seed=st.integers(0, 2**40),
            sessions=st.integers(0, 25),
            measure=st.sampled_from(QUALITY_MEASURES),
        )
        def check(seed: int, sessions: int, measure: str) -> None:
            example = case(seed, sessions)
            with_texts(example.world, seed)
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            ties = "insertion" if writer.is_sqlite else "id"
            plain = Oracle(example.world, example.filters, example.now, ZoneInfo(example.zone), ties=ties)
            oracle = QualityOracle(plain)
            answer = service.quality(example.filters, measure)
            compare_figures(answer, oracle)
            compare_lists(answer, oracle)
            compare_twins(answer, oracle)

            def behind(kind: str, key: str = "") -> set[str]:
                found = service.sessions_behind(example.filters, SessionsCell(kind, key), limit=500)
                assert found.total == len(found.items)
                return {line.item.session_id for line in found.items}

            ends = oracle.dead_ends(plain.now_span)
            assert behind("dead_end") == set(ends)
            for reason in REASONS:
                assert behind("dead_end", reason) == {key for key, why in ends.items() if reason in why}
            empty = oracle.empty_queries()
            assert behind("zero_results") == {row["session_id"] for row in empty}
            for text in answer.texts:
                alike = {row["session_id"] for row in empty if folded(row["query_text"]) == folded(text.text)}
                assert behind("zero_results", text.key) == alike
            assert behind("unanswered") == {row["session_id"] for row in oracle.unanswered(plain.now_span)}
            slow = {key for key, took in oracle.waits(plain.now_span) if took > MINUTE}
            assert behind("slow_replies") == slow
            drafted = plain.children("documents", plain.now_span)
            assert behind("documents") == {row["session_id"] for row in drafted}
            for each in answer.document_types:
                assert behind("document_type", each.name) == {
                    row["session_id"]
                    for row in plain.children("documents", plain.now_span)
                    if (row["document_type"] or "") == each.name
                }

        check()


def compare_figures(answer: Quality, oracle: QualityOracle) -> None:
    plain = oracle.oracle
    told = {figure.key: figure for figure in answer.figures}
    for key, value in oracle.values(plain.now_span).items():
        assert told[key].value == value, key
        before = None if plain.before_span is None else oracle.values(plain.before_span)[key]
        assert told[key].previous == before, key
        days = [oracle.values(plain.one_day(day))[key] for day in plain.days()]
        assert list(told[key].series) == days, key
    ends = oracle.dead_ends(plain.now_span)
    counts = [sum(1 for why in ends.values() if reason in why) for reason in REASONS]
    assert [part[1] for part in told["dead_end_share"].parts] == counts
    assert [reason.conversations for reason in answer.reasons] == counts
    everything = {key: value for key, (value, _, _) in plain.figures().items()}
    for key in ("zero_result_rate", "reply_time_median", "queries", "documents", "document_words"):
        assert told[key].value == pytest.approx(everything[key]), key


def compare_lists(answer: Quality, oracle: QualityOracle) -> None:
    assert [
        (
            each.conversations,
            each.dead_ends,
            *(each.of(reason) for reason in REASONS),
            each.queries_known,
            each.queries_empty,
            each.user_messages,
            each.unanswered_messages,
            each.replies,
            each.slow_replies,
        )
        for each in answer.days
    ] == [oracle.day(day) for day in oracle.oracle.days()]
    assert {folded(text.text): (text.queries, text.people) for text in answer.texts} == oracle.texts()
    assert [text.queries for text in answer.texts] == sorted(
        (text.queries for text in answer.texts), reverse=True
    )
    assert {
        each.name: (each.documents, each.known, each.words) for each in answer.document_types
    } == oracle.document_types()


def compare_twins(answer: Quality, oracle: QualityOracle) -> None:
    expected = oracle.twins()
    assert [(row.rank, row.twin.id) for row in answer.twins] == ranks(expected, answer.measure, FEWEST)
    for row in answer.twins:
        counts = expected[row.twin.id]
        assert (
            row.queries_known,
            row.queries_empty,
            row.conversations,
            row.dead_ends,
            row.user_messages,
            row.unanswered_messages,
            row.replies,
        ) == counts[:7]
        for measure in RATES:
            assert row.of(measure) == pytest.approx(rate(counts, measure)), measure  # type: ignore[arg-type]

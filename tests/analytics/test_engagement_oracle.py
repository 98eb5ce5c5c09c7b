"""Engagement against a brute-force count, plain and from the derived tables."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.engagement_oracle import STARTS, EngagementOracle
from tests.analytics.examples import examples
from tests.analytics.oracle import Oracle
from tests.analytics.random_worlds import Case, case, some
from tests.analytics.test_oracle import Changeable, replace_rows, rounded
from twin_tui.analytics.answers import EngagementCell, SessionsCell
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

TOPICS = (None, "", "Offer", "offer", "Straße", "Offer")


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


def example_of(seed: int, sessions: int) -> Case:
    """Return a random world whose sessions have topics."""
    example = case(seed, sessions)
    for place, row in enumerate(example.world.sessions):
        row["topic"] = TOPICS[(seed + place * place) % len(TOPICS)]
    return example


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_engagement_equals_the_plain_count(database_url: str, writer: Source, way: str) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 12)
        @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 30))
        def check(seed: int, sessions: int) -> None:
            example = example_of(seed, sessions)
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            ties = "insertion" if writer.is_sqlite else "id"
            plain = Oracle(example.world, example.filters, example.now, ZoneInfo(example.zone), ties=ties)
            oracle = EngagementOracle(plain)
            answer = service.engagement(example.filters)

            def people(**cell: object) -> set[str]:
                wanted = EngagementCell(**cell)  # type: ignore[arg-type]
                found = service.engagement_people(example.filters, wanted, limit=500)
                assert found.total == len(found.items)
                return {person.id for person in found.items}

            before: set[str] | None = None
            for step, (key, who) in zip(answer.funnel, oracle.funnel().items(), strict=True):
                rate = None if not before else len(who) / len(before)
                assert (step.key, step.people, step.rate) == (key, len(who), rate)
                assert people(kind="funnel", step=key) == who
                lost = people(kind="funnel", step=key, is_reached=False)
                assert lost == (set() if before is None else before - who)
                before = who

            for key in STARTS:
                spread = answer.distribution(key)  # type: ignore[arg-type]
                n, *middles, buckets = oracle.distribution(key)
                assert spread.n == n
                assert list(map(rounded, (spread.mean, spread.median, spread.p90))) == list(
                    map(rounded, middles)
                )
                assert [(each.start, each.stop, each.count, each.share) for each in spread.buckets] == buckets
            for each in some(answer.distribution("sessions_per_user").buckets, seed):
                expected = oracle.started_between(each.start, each.stop)
                assert people(kind="sessions_per_user", start=each.start, stop=each.stop) == expected

            whole = sum(oracle.started.values())
            for top in answer.concentration:
                first = oracle.top(top.percent)
                started = sum(count for _, count in first)
                share = started / whole if whole else None
                assert (top.people, top.conversations, top.share) == (len(first), started, share)
                assert people(kind="top", percent=top.percent) == {who for who, _ in first}
            assert people(kind="active") == oracle.active
            assert [(busy.person.id, busy.conversations) for busy in answer.busiest] == [
                one for one in oracle.busiest(10) if one[1]
            ]

            pairs = oracle.pairs()
            ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
            assert [
                ((row.person.id, row.twin.id), row.conversations) for row in answer.pairs.rows
            ] == ordered[:20]
            assert all(row.share == row.conversations / pairs.total() for row in answer.pairs.rows)
            assert (answer.pairs.total, answer.pairs.people, answer.pairs.twins) == (
                len(pairs),
                len({who for who, _ in pairs}),
                len({twin for _, twin in pairs}),
            )
            for row in answer.pairs.rows:
                twin = plain.twin[row.twin.id]
                assert (row.twin.name, row.twin.owner.id) == (twin["name"], twin["user_id"])

            topics = sorted(oracle.topics().items(), key=lambda topic: (-topic[1], topic[0]))
            assert [(row.name, row.count) for row in answer.topics.rows] == topics[:12]
            assert answer.topics.total == len(topics)

            def behind(kind: str, key: str = "", low: float = 0, high: float | None = None) -> set[str]:
                wanted = SessionsCell(kind, key, low, high)
                found = service.sessions_behind(example.filters, wanted, limit=500)
                told = [line.item.session_id for line in found.items]
                assert found.total == len(told) == len(set(told))
                return set(told)

            for kind, known in oracle.sessions_by().items():
                for each in some(answer.distribution(kind).buckets, seed):  # type: ignore[arg-type]
                    step = 1 if kind == "messages_per_conversation" else 0.000_001
                    high = None if each.stop is None else each.stop - step
                    assert behind(kind, "", each.start, high) == oracle.within(known, each.start, each.stop)
            for row in some(answer.topics.rows, seed):
                assert behind("topic", row.key) == oracle.about(row.name)
            for row in some(answer.pairs.rows, seed):
                assert behind("pair", f"{row.person.id}\x1f{row.twin.id}") == oracle.of_pair(
                    row.person.id, row.twin.id
                )
            for share in some(answer.platforms, seed):
                assert behind("platform", share.name) == oracle.on_platform(share.name)
            for name, table in (("message", "messages"), ("query", "queries")):
                rows = oracle.oracle.children(table, oracle.span)
                assert behind(table) == {row["session_id"] for row in rows}, name
            for hour in some(range(24), seed, 5):
                assert behind("hour", str(hour)) == oracle.at_hour(hour)
                weekday = (hour + seed) % 7
                at_hour = oracle.at_hour(hour, weekday)
                assert behind("hour_of_week", str(24 * weekday + hour)) == at_hour
            for table in ("message", "document", "query"):
                for share in some(getattr(answer, f"{table}_types"), seed, 2):
                    assert behind(f"{table}_type", share.name) == oracle.of_type(table, share.name)

            overview = service.overview(example.filters)
            assert all(figure == overview.figure(figure.key) for figure in answer.figures)
            assert (answer.days, answer.features, answer.hourly) == (
                overview.days,
                overview.features,
                overview.hourly,
            )
            for shares in ("platforms", "message_types", "document_types", "query_types"):
                assert getattr(answer, shares) == getattr(overview, shares)

        check()

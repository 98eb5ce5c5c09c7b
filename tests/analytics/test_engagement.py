"""Engagement of the hand-countable world: every expected number with its sum."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Concentration, Engagement, EngagementCell
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

STATEMENTS = 21
"""Of everything about engagement without derived tables, one of them looks for these."""
WEEK = Filters(Period.of_preset("7d", date(2026, 11, 23)))


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def week(service: AnalyticsService) -> Engagement:
    return service.engagement(WEEK)


def bars(found: Engagement, key: str) -> dict[int, int]:
    """Return the buckets that hold something, by where they begin."""
    return {each.start: each.count for each in found.distribution(key).buckets if each.count}  # type: ignore[arg-type]


def test_the_funnel_narrows_step_by_step(week: Engagement) -> None:
    # all three; Ann and Ben own a twin; only Ann's is shared; she was active
    assert [(step.key, step.people) for step in week.funnel] == [
        ("created", 3),
        ("own_twin", 2),
        ("own_shared_twin", 1),
        ("active", 1),
    ]
    assert [step.rate for step in week.funnel] == [None, pytest.approx(2 / 3), 0.5, 1.0]


def test_accounts_and_twins_of_the_funnel_are_those_of_the_windows_end(service: AnalyticsService) -> None:
    # by the end of 10 November Cho had no account and Ben no twin; nobody did anything that day
    day = Filters(Period.between(date(2026, 11, 10), date(2026, 11, 10)))
    assert [step.people for step in service.engagement(day).funnel] == [2, 1, 1, 0]


def test_a_step_nobody_reached_leaves_the_next_without_a_rate(service: AnalyticsService) -> None:
    # Cho owns no twin
    south = Filters(WEEK.period, company="South")
    assert [(step.people, step.rate) for step in service.engagement(south).funnel] == [
        (1, None),
        (0, 0.0),
        (0, None),
        (0, None),
    ]


def test_only_being_active_obeys_twin_platform_and_shared(service: AnalyticsService) -> None:
    # Ann writes nobody on Teams
    teams = Filters(WEEK.period, platform="teams")
    assert [step.people for step in service.engagement(teams).funnel] == [3, 2, 1, 0]


def test_conversations_spread_over_people(week: Engagement) -> None:
    # Ann s1 s4 s6, Ben s2 s5, Cho s3
    spread = week.distribution("sessions_per_user")
    assert bars(week, "sessions_per_user") == {1: 1, 2: 1, 3: 1}
    assert (spread.n, spread.mean, spread.median, spread.p90) == (3, 2.0, 2.0, 3)


def test_messages_spread_over_conversations(week: Engagement) -> None:
    # s1 4, s2 2, s3 4, s4 1, s5 4, s6 2
    spread = week.distribution("messages_per_conversation")
    assert bars(week, "messages_per_conversation") == {1: 1, 2: 2, 3: 3}
    assert (spread.n, spread.mean, spread.median, spread.p90) == (6, 17 / 6, 3.0, 4)


def test_times_spread_over_conversations_and_messages(week: Engagement) -> None:
    # 20, 45.5, 100, 660 and 1215 s; s4 is unknown
    assert bars(week, "session_length") == {0: 2, 60: 1, 300: 1, 900: 1}
    # 5 | 10 20 | 30 30 40 45.5 | 60
    assert bars(week, "reply_time") == {5: 1, 10: 2, 30: 4, 60: 1}
    assert week.distribution("session_length").median == 100.0
    assert week.distribution("reply_time").p90 == 60.0


def test_the_busiest_are_at_least_one_person(week: Engagement) -> None:
    # 20 % of three people are one, rounded up: Ann with 3 of 6
    assert week.concentration == tuple(Concentration(percent, 1, 3, 0.5) for percent in (1, 10, 20))
    assert [(busy.person.name, busy.conversations) for busy in week.busiest] == [
        ("Ann Berg", 3),
        ("Ben Ito", 2),
        ("Cho Min", 1),
    ]


def test_pairs_are_people_with_the_twins_of_others(week: Engagement) -> None:
    # s2 and s3, both with Ann's twin; s8 was the week before, s9 is yet to come
    assert (week.pairs.total, week.pairs.people, week.pairs.twins) == (2, 2, 1)
    assert [
        (row.person.name, row.twin.name, row.twin.owner.name, row.conversations, row.share)
        for row in week.pairs.rows
    ] == [("Ben Ito", "Ann's twin", "Ann Berg", 1, 0.5), ("Cho Min", "Ann's twin", "Ann Berg", 1, 0.5)]


def test_topics_have_those_without_one_among_them(week: Engagement) -> None:
    # s2 and s5 are about travel; s4 about nothing known
    assert week.topics.total == 5
    rows = [(row.name, row.count, row.share) for row in week.topics.rows]
    assert rows[:2] == [("Travel", 2, 2 / 6), ("", 1, 1 / 6)]
    assert len({row.key for row in week.topics.rows}) == 5


def test_people_stand_behind_every_number(service: AnalyticsService) -> None:
    def names(**cell: object) -> list[str]:
        return [
            person.name
            for person in service.engagement_people(WEEK, EngagementCell(**cell)).items  # type: ignore[arg-type]
        ]

    assert names(kind="funnel", step="own_twin") == ["Ann Berg", "Ben Ito"]
    assert names(kind="funnel", step="own_twin", is_reached=False) == ["Cho Min"]
    assert names(kind="sessions_per_user", start=2, stop=3) == ["Ben Ito"]
    assert names(kind="sessions_per_user", start=10) == []
    assert names(kind="top", percent=20) == ["Ann Berg"]
    assert names(kind="active") == ["Ann Berg", "Ben Ito", "Cho Min"]


@pytest.mark.parametrize(
    "cell",
    [
        EngagementCell("top"),
        EngagementCell("top", percent=101),
        EngagementCell("funnel"),
        EngagementCell("sessions_per_user", start=3, stop=3),
    ],
)
def test_a_number_that_is_not_there_is_refused(service: AnalyticsService, cell: EngagementCell) -> None:
    with pytest.raises(BadFilterError, match="no such number"):
        service.engagement_people(WEEK, cell)


def test_engagement_costs_a_fixed_number_of_statements(service: AnalyticsService) -> None:
    narrow = Filters(WEEK.period, "North", "Sales", "u-ann", "t-ann", "slack", False)
    year = Filters(Period.of_preset("365d", date(2026, 11, 23)))
    for filters in (Filters(), WEEK, year, narrow):
        before = service._source.statements
        service.engagement(filters)
        spent = service._source.statements - before
        # names of nobody, and twins of nobody's pairs, are not asked for
        is_whole = spent == STATEMENTS
        assert is_whole if filters is not narrow else spent <= STATEMENTS, (filters, spent)


def test_a_database_without_anything_has_no_rates(database_url: str) -> None:
    with AnalyticsService(database_url, clock=lambda: NOW) as service:
        found = service.engagement(WEEK)
    assert [(step.people, step.rate) for step in found.funnel] == [(0, None)] * 4
    assert {each.share for top in (found.concentration,) for each in top} == {None}
    for spread in found.distributions:
        assert (spread.n, spread.mean, spread.median, spread.p90) == (0, None, None, None)
        assert {each.share for each in spread.buckets} == {None}
    assert (found.busiest, found.pairs.rows, found.topics.rows) == ((), (), ())

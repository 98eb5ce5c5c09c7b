"""What stands around the figures of the hand-countable world: days, features, leaders, hours, types."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import DayRow, Feature, Overview, Share
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Session, Twin, User

STATEMENTS = 21
"""Of an overview, six of them for the newest events, one that looks for derived tables."""
WEEK = Filters(Period.of_preset("7d", date(2026, 11, 23)))


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def week(service: AnalyticsService) -> Overview:
    return service.overview(WEEK)


def test_a_day_has_its_counts_and_moving_averages(week: Overview) -> None:
    # 16th–22nd: people 1 + 1 + 1 + 1 + 2 + 0 + 1, sessions s8 s1 s2 s3 s4 s5,
    # messages 2 + 4 + 2 + 2 + 3 + 0 + 4
    assert week.days[-2] == DayRow(
        day=date(2026, 11, 22),
        active_users=1,
        new_users=0,
        conversations=1,
        messages=4,
        documents=1,
        queries=1,
        shared_conversations=0,
        active_users_average=1.0,
        conversations_average=pytest.approx(6 / 7),
        messages_average=pytest.approx(17 / 7),
        is_complete=True,
    )


def test_today_is_incomplete_and_has_no_average(week: Overview) -> None:
    today = week.days[-1]
    assert (today.day, today.is_complete, today.messages_average) == (date(2026, 11, 23), False, None)


def test_a_moving_average_needs_seven_days_of_data(service: AnalyticsService) -> None:
    # the first row of all is of 1 October
    days = service.overview(Filters(Period.between(date(2026, 9, 28), date(2026, 10, 8)))).days
    averages = {row.day.day: row.messages_average for row in days if row.day.month == 10}
    assert [day for day, average in averages.items() if average is not None] == [7, 8]


def test_features_are_counted_shared_and_spread_over_days(week: Overview) -> None:
    # 6 conversations, 4 queries, 3 documents are 13 uses in 7 days; 2 of 6 conversations are shared
    assert week.features == (
        Feature("question_asked", "Conversations started", 6, 6 / 13, 6 / 7),
        Feature("info_retrieved", "Information retrieved", 4, 4 / 13, 4 / 7),
        Feature("document_drafted", "Documents drafted", 3, 3 / 13, 3 / 7),
        Feature("shared_interaction", "Shared use", 2, 2 / 6, 2 / 7),
    )


def test_message_of_two_types_counts_in_both(week: Overview) -> None:
    # document m01 m07, query m05 m07 m14 m16, general the 12 others of 17
    assert week.message_types == (
        Share("general", 12, 12 / 17),
        Share("query", 4, 4 / 17),
        Share("document", 2, 2 / 17),
    )


def test_platforms_count_conversations(week: Overview) -> None:
    assert week.platforms == (Share("slack", 4, 4 / 6), Share("", 1, 1 / 6), Share("teams", 1, 1 / 6))


def test_documents_and_queries_are_counted_by_type(week: Overview) -> None:
    assert {share.name: share.count for share in week.document_types} == {
        "email": 1,
        "proposal": 1,
        "report": 1,
    }
    assert {share.name: share.count for share in week.query_types} == {
        "document_search": 2,
        "email_search": 1,
        "general": 1,
    }


def test_hours_are_means_per_hour_there_was(week: Overview) -> None:
    hourly = week.hourly
    # Tuesday 9 o'clock: m01 m03; Friday m09 at 8, m11 at 11; Sunday 10 o'clock: m12 m14; today m16 at 9
    assert (hourly.counts[1][9], hourly.counts[4][8], hourly.counts[4][11], hourly.counts[6][10]) == (
        2,
        1,
        1,
        2,
    )
    assert (hourly.means[1][9], hourly.means[0][9], hourly.means[0][11]) == (2.0, 1.0, 0.0)
    assert hourly.means[0][12] is None  # today at noon the hour from 12 has not begun
    assert hourly.profile[9] == pytest.approx(3 / 7)
    assert hourly.profile[14] == pytest.approx(1 / 6)  # m05, on six days
    assert hourly.peaks == (9, 10)
    assert hourly.mean == pytest.approx((3 + 2 + 1 + 1) / 7 / 24 + (1 + 1) / 6 / 24)  # 9 10 8 11; 14 23


@pytest.mark.parametrize(
    ("first", "hour", "hours"),
    [
        (date(2026, 3, 29), 2, 0),  # the clock goes from 2 to 3
        (date(2026, 3, 29), 3, 1),
        (date(2026, 10, 25), 2, 1),  # the hour from 2 comes twice and is one of the day's
    ],
)
def test_hours_follow_the_clock_changes(world_sqlite: str, first: date, hour: int, hours: int) -> None:
    with AnalyticsService(world_sqlite, timezone="Europe/Berlin", clock=lambda: NOW) as service:
        hourly = service.overview(Filters(Period.between(first, first))).hourly
    assert hourly.means[6][hour] == (0.0 if hours else None)


def test_leaders_by_company(week: Overview) -> None:
    north, south = week.leaderboard.rows
    # North: s1 s2 s4 s5 s6 with 4 + 2 + 1 + 4 + 2 messages, d1 d3, q1 q3 q5, of ann and ben;
    # it led before, too
    assert (north.rank, north.id, north.conversations, north.active_users) == (1, "North", 5, 2)
    assert (north.messages, north.documents, north.queries) == (13, 2, 3)
    assert (north.per_user, north.share, north.rank_change) == (2.5, 5 / 6, 0)
    assert (south.rank, south.conversations, south.share, south.rank_change) == (2, 1, 1 / 6, None)


def test_a_department_is_a_pair_and_may_be_none(service: AnalyticsService) -> None:
    board = service.leaderboard(WEEK, "department", "conversations")
    assert [(row.rank, row.name, row.detail, row.id) for row in board.rows] == [
        (1, "Sales", "North", "North\x1fSales"),
        (2, "", "North", "North\x1f"),
        (3, "Research", "South", "South\x1fResearch"),
    ]


def test_users_and_twins_carry_their_ids(service: AnalyticsService) -> None:
    users = service.leaderboard(WEEK, "user", "messages").rows
    # ann 4 + 1 + 2, ben 2 + 4, cho 4
    assert [(row.id, row.name, row.messages) for row in users] == [
        ("u-ann", "Ann Berg", 7),
        ("u-ben", "Ben Ito", 6),
        ("u-cho", "Cho Min", 4),
    ]
    twins = service.leaderboard(WEEK, "twin", "active_users").rows
    assert [(row.id, row.detail, row.active_users) for row in twins] == [
        ("t-ann", "Ann Berg", 3),
        ("t-ben", "Ben Ito", 1),
    ]


def test_a_limit_cuts_rows_but_not_the_total(service: AnalyticsService) -> None:
    board = service.leaderboard(WEEK, "user", "conversations", 1)
    assert (len(board.rows), board.total, board.rows[0].share) == (1, 3, 0.5)


def test_ties_share_a_rank(database_url: str) -> None:
    sessions = {"a": 3, "b": 2, "c": 2, "d": 1}
    with open_database(database_url, "write") as source, source.writing():
        columns = ("id", "email", "full_name", "company")
        source.insert_rows(User, columns, [(name, name, "Same", name.upper()) for name in sessions])
        source.insert_rows(Twin, ("id", "user_id", "name"), [("t", "a", "Twin")])
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "started_at"),
            [
                (f"{who}{n}", who, "t", datetime(2026, 11, 20, tzinfo=UTC))
                for who, k in sessions.items()
                for n in range(k)
            ],
        )
    with AnalyticsService(database_url, clock=lambda: NOW) as service:
        board = service.leaderboard(WEEK, "user", "conversations")
    assert [(row.rank, row.id) for row in board.rows] == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]


def test_status_tells_from_when_to_when_there_is_data(service: AnalyticsService) -> None:
    status = service.status()
    assert (status.first_day, status.last_day) == (date(2026, 10, 1), date(2026, 11, 23))
    assert status.as_of == datetime(2026, 11, 23, 9, 15, 45, 500000, tzinfo=UTC)  # m17
    assert (status.is_ours, status.is_empty, status.missing) == (True, False, ())


def test_the_newest_events_come_with_it(week: Overview) -> None:
    # s6, q5, then s5's document, queries and beginning …
    assert [(item.kind, item.event_id) for item in week.latest[:4]] == [
        ("query", "q5"),
        ("conversation", "s6"),
        ("document", "d3"),
        ("query", "q3"),
    ]
    assert len(week.latest) == 8


def test_an_overview_costs_a_fixed_number_of_statements(service: AnalyticsService) -> None:
    narrow = Filters(WEEK.period, "North", "Sales", "u-ann", "t-ann", "slack", False)
    year = Filters(Period.of_preset("365d", date(2026, 11, 23)))
    for filters in (Filters(), WEEK, narrow, year):
        for group in ("company", "twin"):
            before = service._source.statements
            service.overview(filters, group, "conversations")
            assert service._source.statements - before == STATEMENTS, filters

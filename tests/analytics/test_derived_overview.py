"""The overview from the derived tables: the same answers, and what is left to the plain queries."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Leaderboard, Overview
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.days import Days
from twin_tui.analytics.derived.facts import is_served
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.fact_reading import ground
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.rollups.bitset import members
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import refresh

MOST_STATEMENTS = 28
"""Of an overview, whatever is filtered."""
WEEK = Period.of_preset("7d", date(2026, 11, 23))
EVERY_FILTER = (
    Filters(WEEK),
    Filters(WEEK, company="NORTH"),
    Filters(WEEK, company="North", department="Sales"),
    Filters(WEEK, department="sales"),
    Filters(WEEK, user="u-ann"),
    Filters(WEEK, twin="t-ann"),
    Filters(WEEK, platform="SLACK"),
    Filters(WEEK, shared=True),
    Filters(WEEK, platform="slack", shared=False),
    Filters(WEEK, "North", "Sales", "u-ann", "t-ann", "slack", False),
    Filters(WEEK, company="nowhere"),
    Filters(WEEK, user="nobody", platform="carrier pigeon"),
    Filters(),
    Filters(Period.of_preset("365d", date(2026, 11, 23))),
    Filters(Period.between(date(2027, 1, 1), date(2027, 1, 2))),
)


@pytest.fixture
def plain(world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: NOW) as opened:
        yield opened


def adopted(url: str, timezone: str) -> None:
    with open_database(url, "write") as source:
        rebuild(source, timezone)


@pytest.mark.parametrize("timezone", ["Europe/Berlin", "UTC"])
def test_the_overview_is_the_same_with_and_without(
    plain: AnalyticsService, world_url: str, timezone: str
) -> None:
    def ask() -> list[Overview]:
        status = plain.status()
        asked = [plain.overview(filters, "department", "active_users") for filters in EVERY_FILTER]
        assert {each.status for each in asked} == {status}
        return [replace(each, status=reference) for each in asked]

    reference = plain.status()
    before = ask()
    adopted(world_url, timezone)
    assert ask() == before
    assert plain.status().is_derived == (timezone == "Europe/Berlin")


def test_the_people_of_groups_are_the_same_by_members_and_by_rows(
    plain: AnalyticsService, world_url: str
) -> None:
    def ask() -> list[Leaderboard]:
        return [
            plain.leaderboard(filters, group, measure)
            for filters in EVERY_FILTER
            for group in ("company", "department")
            for measure in ("conversations", "active_users")
        ]

    before = ask()
    adopted(world_url, "Europe/Berlin")
    assert ask() == before
    assert any(row.active_users for each in before for row in each.rows)


def test_what_is_said_on_later_days_counts_where_a_divided_conversation_began(
    plain: AnalyticsService, world_url: str
) -> None:
    cut = NOW - timedelta(days=7)
    late = Filters(Period.of_preset("today", cut.date()))
    with open_database(world_url, "write") as source, source.writing():
        source.run(
            "INSERT INTO sessions (id, user_id, twin_id, started_at) VALUES ('long', 'u-ann', 't-ann', ?)",
            (stored(cut - timedelta(hours=1)),),
        )
        source.run(
            "INSERT INTO documents (id, session_id, title, content, created_at)"
            " VALUES ('d', 'long', 'Draft', '', ?)",
            (stored(cut + timedelta(hours=1)),),
        )
        for at, sender in enumerate(("user", "twin")):
            source.run(
                "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
                " VALUES (?, 'long', ?, '', ?)",
                (f"long-{at}", sender, stored(cut + timedelta(days=1, minutes=at))),
            )
    soon = cut + timedelta(days=1, seconds=30)

    def ask() -> list[Overview]:
        found = [plain.overview(Filters(WEEK))]
        with AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: soon) as earlier:
            found.append(earlier.overview(late))
        return [replace(each, status=found[0].status) for each in found]

    before = ask()
    adopted(world_url, "Europe/Berlin")
    assert [each.figures for each in ask()] == [each.figures for each in before]
    assert [each.days for each in ask()] == [each.days for each in before]


def stored(moment: datetime) -> str:
    return str(moment.replace(tzinfo=None))


def test_a_reach_of_centuries_is_left_to_the_plain_queries() -> None:
    long_ago = datetime(1000, 1, 1, tzinfo=UTC)
    everything = Frame(Period(), NOW, ZoneInfo("UTC"), long_ago, NOW)
    recent = Frame(Period(), NOW, ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC), NOW)
    assert (is_served(everything), is_served(recent)) == (False, True)


def test_an_overview_from_derived_tables_costs_few_statements(
    world_url: str,
) -> None:
    adopted(world_url, "Europe/Berlin")
    later = NOW + timedelta(days=30)
    with AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: later) as service:
        for filters in EVERY_FILTER:
            before = service._source.statements
            service.overview(filters, "company", "conversations")
            assert service._source.statements - before <= MOST_STATEMENTS, filters


def test_companies_that_came_or_changed_since_the_last_question_are_known(
    world_url: str,
) -> None:
    adopted(world_url, "Europe/Berlin")
    with (
        AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: NOW) as service,
        AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: NOW, is_plain=True) as plain,
        open_database(world_url, "write") as source,
    ):

        def board() -> Leaderboard:
            found = service.leaderboard(Filters(WEEK), "company", "conversations")
            assert found == plain.leaderboard(Filters(WEEK), "company", "conversations")
            return found

        before = {row.name for row in board().rows}
        with source.writing():
            source.run("INSERT INTO users (id, email, full_name, company) VALUES ('u', 'u@x', 'U', 'Aa')")
            source.run(
                "INSERT INTO sessions (id, user_id, twin_id, started_at) VALUES ('new', 'u', 't-ann', ?)",
                (stored(NOW - timedelta(hours=2)),),
            )
        refresh(source)
        assert {row.name for row in board().rows} == before | {"Aa"}
        with source.writing():
            source.run("UPDATE users SET company = company || '!' WHERE id <> 'u'")
        rebuild(source, "Europe/Berlin")
        assert {row.name for row in board().rows} > {"Aa"}
        assert not before & {row.name for row in board().rows if row.name}


def test_who_was_active_on_whole_days_and_on_the_divided_one_counts_once(world_url: str) -> None:
    later = NOW + timedelta(days=30)
    days_back = {"a": (10, 7, 2), "b": (10, 2)}
    with open_database(world_url, "write") as source:
        with source.writing():
            for user, backs in days_back.items():
                source.run(
                    "INSERT INTO users (id, email, full_name, company, department)"
                    " VALUES (?, ?, 'U', ?, 'D')",
                    (user, f"{user}@x", user.upper()),
                )
                for back in backs:
                    source.run(
                        "INSERT INTO sessions (id, user_id, twin_id, platform, started_at)"
                        " VALUES (?, ?, 't-ann', 'slack', ?)",
                        (f"{user}{back}", user, stored(later - timedelta(days=back, hours=2))),
                    )
        rebuild(source, "Europe/Berlin")
    week = Period.of_preset("7d", later.date())
    with (
        AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: later) as service,
        AnalyticsService(world_url, timezone="Europe/Berlin", clock=lambda: later, is_plain=True) as plain,
    ):
        for filters in (Filters(week), Filters(week, platform="slack"), Filters(week, shared=False)):
            for group in ("company", "department"):
                for measure in ("active_users", "per_user", "conversations"):
                    found = service.leaderboard(filters, group, measure)
                    assert [row.active_users for row in found.rows] == [1, 1]
                    assert found == plain.leaderboard(filters, group, measure)


HOUR = timedelta(hours=1)
AROUND_THE_CUT: dict[str, tuple[timedelta, tuple[tuple[str, timedelta], ...], bool]] = {
    "goes-on": (-30 * HOUR, (("user", -HOUR), ("user", HOUR)), True),
    "answers-later": (-30 * HOUR, (("twin", -HOUR), ("user", HOUR)), False),
    "wrote-early": (HOUR, (("user", -2 * HOUR),), True),
    "begins-and-goes-on": (-HOUR, (("twin", HOUR),), True),
    "is-over": (-30 * HOUR, (("user", -HOUR),), True),
    "begins-later": (HOUR, (("user", 2 * HOUR),), False),
    "was-yesterday": (-30 * HOUR, (("user", -29 * HOUR), ("twin", HOUR)), False),
}
"""By session, each of a person of its own: when it begins and what is sent, told from the cut on, and whether
the person was active on the day of the cut before it."""


@pytest.mark.parametrize("filters", [Filters(WEEK), Filters(WEEK, platform="slack")])
def test_who_was_active_before_the_cut_is_known_without_all_facts(world_url: str, filters: Filters) -> None:
    later = NOW + timedelta(days=30)
    week = replace(filters, period=Period.of_preset("7d", later.date()))
    cut = later - timedelta(days=7)
    with open_database(world_url, "write") as source:
        with source.writing():
            for name, (begins, sent, _) in AROUND_THE_CUT.items():
                source.run("INSERT INTO users (id, email, full_name) VALUES (?, ?, 'U')", (name, f"{name}@x"))
                source.run(
                    "INSERT INTO sessions (id, user_id, twin_id, platform, started_at)"
                    " VALUES (?, ?, 't-ann', 'slack', ?)",
                    (name, name, stored(cut + begins)),
                )
                for sender, at in sent:
                    source.run(
                        "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
                        " VALUES (?, ?, ?, '', ?)",
                        (f"{name}{at}", name, sender, stored(cut + at)),
                    )
        rebuild(source, "Europe/Berlin")
        numbers = dict(source.run("SELECT no, user_id FROM twin_tui_person"))

        def asked(tell: Callable[[Days], list[int]]) -> list[int]:
            context = Context(source, ZoneInfo("Europe/Berlin"), later, lambda: None)
            on = ground(context, week)
            assert on.layer is not None
            days = Days(on.layer, selection(on.layer, week), on.frame, on.frame.buckets[0].day.toordinal())
            cut_at.append([bucket.end for bucket in on.frame.buckets].index(cut))
            return tell(days)

        cut_at: list[int] = []
        with source.reading():
            active = asked(Days.active)
            assert active == asked(lambda days: [facts.active for facts in days.buckets()])
    before = {numbers[no] for no in members(active[cut_at[0]])}
    assert before == {name for name, (_, _, is_active) in AROUND_THE_CUT.items() if is_active}

"""Lists of people whose names are hidden: their order tells no name either."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.analytics.feed_worlds import NOW, World, load, message, session, twin, user
from twin_tui.analytics.answers import (
    EngagementCell,
    MonthlyRequest,
    PagedList,
    PeopleRequest,
    Person,
    RetentionCell,
    SearchRequest,
)
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database

NAMES = {"u1": "Zoe Fox", "u2": "Mia Fox", "u3": "Ann Fox"}
YESTERDAY = NOW.replace(tzinfo=None) - timedelta(days=1)
WEEK = Filters(Period.of_preset("7d", NOW.date()))

Ask = Callable[[AnalyticsService], PagedList[Person]]


def engaged(service: AnalyticsService) -> PagedList[Person]:
    return service.engagement_people(WEEK, EngagementCell("active"), limit=2)


def retained(service: AnalyticsService) -> PagedList[Person]:
    return service.retention_people(WEEK, RetentionCell("active_days", 1), limit=2)


@pytest.fixture
def url(database_url: str) -> str:
    """Three people who talked yesterday for the first time."""
    world = World(
        users=[user(key, name, created_at=YESTERDAY) for key, name in NAMES.items()],
        twins=[twin("t1", "u1")],
        sessions=[session(f"s-{key}", key, "t1", YESTERDAY) for key in NAMES],
        messages=[message(f"m-{key}", f"s-{key}", YESTERDAY) for key in NAMES],
    )
    with open_database(database_url, "write") as source:
        load(source, world)
    return database_url


@pytest.mark.parametrize("ask", [engaged, retained])
def test_people_behind_a_number_stand_by_name(url: str, ask: Ask) -> None:
    with AnalyticsService(url, clock=lambda: NOW) as service:
        found = ask(service)
    assert (found.total, [person.name for person in found.items]) == (3, ["Ann Fox", "Mia Fox"])


@pytest.mark.parametrize("ask", [engaged, retained])
def test_where_names_are_masked_people_stand_by_id(url: str, ask: Ask) -> None:
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(url, clock=lambda: NOW, guard=guard) as service:
        found = ask(service)
    assert (found.total, [person.id for person in found.items]) == (3, ["u1", "u2"])
    assert not {person.name for person in found.items} & set(NAMES.values())


def directory(service: AnalyticsService) -> list[str]:
    return [row.id for row in service.people(WEEK, PeopleRequest(sort="name", descending=False)).items]


def directory_by_messages(service: AnalyticsService) -> list[str]:
    return [row.id for row in service.people(WEEK, PeopleRequest(sort="messages")).items]


def of_a_twin(service: AnalyticsService) -> list[str]:
    return [use.user.id for use in service.twin("t1", WEEK).users.items]


def in_filters(service: AnalyticsService) -> list[str]:
    return [choice.value for choice in service.choices("users").users]


def leaders(service: AnalyticsService) -> list[str]:
    return [row.id for row in service.leaderboard(WEEK, "user", "messages").rows]


def months(service: AnalyticsService) -> list[str]:
    return [row.user.id for row in service.monthly(WEEK, MonthlyRequest(sort="name", descending=False)).items]


def sought(service: AnalyticsService) -> list[str]:
    return [hit.person.id for hit in service.search(WEEK, SearchRequest("fox")).people.items]


LISTS = [directory, directory_by_messages, of_a_twin, in_filters, leaders, months, sought]


@pytest.mark.parametrize("ask", LISTS)
@pytest.mark.parametrize(
    ("guard", "ids"),
    [(Guard(), ["u3", "u2", "u1"]), (Guard("support", masking_key=b"key"), ["u1", "u2", "u3"])],
    ids=["open", "masked"],
)
def test_equals_stand_by_name_only_where_names_are_shown(
    url: str, ask: Callable[[AnalyticsService], list[str]], guard: Guard, ids: list[str]
) -> None:
    with AnalyticsService(url, clock=lambda: NOW, guard=guard) as service:
        assert ask(service) == ids

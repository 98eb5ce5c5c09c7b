"""Lists of people whose names are hidden: their order tells no name either."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.analytics.feed_worlds import NOW, World, load, message, session, twin, user
from twin_tui.analytics.answers import EngagementCell, PagedList, Person, RetentionCell
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database

NAMES = {"u1": "Zoe", "u2": "Mia", "u3": "Ann"}
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
    assert (found.total, [person.name for person in found.items]) == (3, ["Ann", "Mia"])


@pytest.mark.parametrize("ask", [engaged, retained])
def test_where_names_are_masked_people_stand_by_id(url: str, ask: Ask) -> None:
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(url, clock=lambda: NOW, guard=guard) as service:
        found = ask(service)
    assert (found.total, [person.id for person in found.items]) == (3, ["u1", "u2"])
    assert not {person.name for person in found.items} & set(NAMES.values())

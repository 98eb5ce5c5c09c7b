"""Every page of the feed against plain loops, over random worlds, filters, searches and timezones."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.feed_oracle import FeedOracle
from tests.analytics.feed_worlds import NOW, RandomWorld, World, asked, load
from twin_tui.analytics.activity import lines as activity_lines
from twin_tui.analytics.activity.neighbours import neighbours
from twin_tui.analytics.activity.page import activity
from twin_tui.analytics.answers import ActivityItem, ActivityRequest
from twin_tui.analytics.derived import feed_days, feed_parts
from twin_tui.analytics.filters import Filters, Period
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

SEARCHES = (
    "",
    "",
    "  ",
    "strasse",
    "STRAßE",
    "50%_",
    "%",
    "_",
    "\\",
    "ÄRGER",
    "weiss",
    "u0@example",
    "-1",
    "本",
)


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


def questions(draw: Random, world: World) -> tuple[Filters, ActivityRequest]:
    """Return random filters and a random request."""
    today = NOW.date()
    period = Period.of_preset(draw.choice(("today", "7d", "30d", "all")), today)
    if draw.random() < 0.3:
        first = today - timedelta(days=draw.randint(-2, 40))
        period = Period.between(first, first + timedelta(days=draw.choice((0, 1, 20))))
    chosen = {
        "company": draw.choice(("acme", "")),
        "user": draw.choice(world.users)["id"],
        "twin": draw.choice(world.twins)["id"],
        "platform": draw.choice(("WEB", "")),
        "shared": draw.choice((True, False)),
    }
    filters = Filters(period, **{name: value for name, value in chosen.items() if draw.random() < 0.15})
    request = ActivityRequest(
        type=draw.choice(("conversation", "shared", "document", "query", "all")),
        has_documents=draw.random() < 0.2,
        has_queries=draw.random() < 0.2,
        dated=draw.choice(("started", "active")),
        search=draw.choice(SEARCHES),
        limit=draw.choice((1, 2, 3, 7, 50)),
    )
    return filters, request


def shown(item: ActivityItem) -> dict:
    """Return an item in the oracle's form."""
    told = {name: value for name, value in asdict(item).items() if name in FIELDS}
    owner = item.twin.owner
    return told | {
        "user": (item.user.id, item.user.name, item.user.email),
        "twin": (item.twin.id, item.twin.name, owner.id, owner.name, owner.email),
        "counts": (item.messages, item.documents, item.queries),
    }


FIELDS = ("what", "detail", "platform", "length_s", "results_count", "shared")


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_all_pages_together_are_the_whole_list(
    source: Source, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(activity_lines, "_NEAR", 3)
    monkeypatch.setattr(feed_parts, "ENOUGH", 2)
    monkeypatch.setattr(feed_days, "_FEW", 2)
    monkeypatch.setattr(feed_days, "_MANY", 3)

    @examples(80 if source.is_sqlite else 25)
    @given(
        seed=st.integers(0, 2**40),
        sessions=st.integers(0, 12),
        zone=st.sampled_from(("UTC", "Asia/Kathmandu")),
    )
    def check(seed: int, sessions: int, zone: str) -> None:
        world = RandomWorld(seed).build(sessions)
        load(source, world)
        draw, now = Random(seed), NOW
        if way == "derived":
            rebuild(source, zone)
            # Past all rows, as the clock of a database in use is; else nothing would be left to the tables.
            now = draw.choice((NOW, NOW + timedelta(hours=2), NOW + timedelta(hours=2)))
        for _ in range(4):
            filters, request = questions(draw, world)
            oracle = FeedOracle(world, filters, request, now, ZoneInfo(zone))
            wanted = oracle.lines()
            found: list[ActivityItem] = []
            pages = max(1, -(-len(wanted) // request.limit))
            for number in range(1, pages + 1):
                at = ActivityRequest(**(asdict(request) | {"page": number}))
                page = asked(source, partial(activity, filters=filters, request=at), now, zone)
                assert (page.total, page.pages, page.request) == (len(wanted), pages, at)
                assert (page.has_prev, page.has_next) == (number > 1, number < pages)
                assert len(page.items) == min(request.limit, len(wanted) - len(found))
                found += page.items
            places = [(item.time, item.kind, item.event_id, item.session_id) for item in found]
            assert places == [(line[0].replace(tzinfo=UTC), *line[1:]) for line in wanted]
            assert [shown(item) for item in found] == [oracle.shown(line) for line in wanted]
            for key in [row["id"] for row in world.sessions][:3]:
                question = partial(neighbours, session_id=key, filters=filters, request=request)
                beside = asked(source, question, now, zone)
                assert beside == oracle.neighbours(key)

    check()

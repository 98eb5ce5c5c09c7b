"""What the engagement lists are made of: masked, without content, with every session counted once."""

from tests.tui.hostile_world import PAYLOADS
from tests.world import NOW
from twin_tui.analytics.answers import EngagementCell, SessionsCell
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.tui.widgets.parts.bar_list import Bar, BarList, BarView
from twin_tui.tui.widgets.parts.engagement_views import course_of, people_views, spread_views, type_views

WEEK = Filters(Period.of_preset("7d", NOW.date()))


def test_masked_lists_name_nobody(world_sqlite: str) -> None:
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        found = service.engagement(WEEK)
    views = (*people_views(found), *spread_views(found), *type_views(found))
    told = " ".join(bar.label for view in views for bar in view.bars)
    pairs = " ".join(
        f"{pair.person.name} {pair.twin.name} {pair.twin.owner.name}" for pair in found.pairs.rows
    )
    for name in ("Ann", "Ben", "Cho", "Berg", "Ito"):
        assert name not in told
        assert name not in pairs


def test_who_sees_no_content_is_told_why_no_topic_is_listed(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=Guard("metrics")) as service:
        topics, *_ = type_views(service.engagement(WEEK))
    assert (topics.bars, topics.empty) == ((), "5 topics, which this role does not see")


def test_own_and_shared_use_add_up_to_the_conversations(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        course = course_of(service.engagement(WEEK))
    # s1 17th own | s2 18th shared | s3 19th shared | s4 20th unknown | none | s5 22nd own | s6 23rd own
    assert course.of("own_conversations") == (1, 0, 0, 1, 0, 1, 1)
    assert course.of("shared_conversations") == (0, 1, 1, 0, 0, 0, 0)
    assert course.is_open


def test_what_is_behind_a_bucket_reaches_to_the_next_one(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        views = {view.title: view for view in spread_views(service.engagement(WEEK))}
    assert views["Conversations per user"].bars[3].opens == EngagementCell(
        "sessions_per_user", start=3, stop=5
    )
    assert views["Messages per conversation"].bars[3].opens == SessionsCell(
        "messages_per_conversation", low=3, high=5
    )
    assert views["Session length"].bars[-1].opens == SessionsCell("session_length", low=7200)


def test_bars_stay_within_their_width_whatever_their_labels_are() -> None:
    panel = BarList("Topics", id="kinds")
    bars = tuple(Bar(payload, at, at / 100) for at, payload in enumerate(PAYLOADS, 1))
    panel._views = (BarView("Topics", bars),)
    panel.__class__ = type("Unfocused", (BarList,), {"has_the_focus": False})
    for width in (24, 40, 80):
        for line in panel.draw(width, 20):
            assert line.cell_length <= width
            assert "\x1b" not in line.plain
            assert "\x9b" not in line.plain
            assert "\u202e" not in line.plain

"""The feed without what was reviewed: exact totals, pages and neighbours, with derived tables and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import NOW, insert_world
from twin_tui.analytics.answers import ActivityRequest, Marks
from twin_tui.analytics.errors import KeepingError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.rollups.rebuild import rebuild
from twin_tui.store.desk import Desk
from twin_tui.store.file import StoreFile

EVERY = Filters()


@pytest.fixture(scope="module")
def derived_url(module_database_url: str) -> str:
    """URL of the world with derived tables; nothing here writes to it."""
    with open_database(module_database_url, "write") as source:
        insert_world(source)
        rebuild(source, "UTC")
    return module_database_url


@pytest.fixture(params=["derived", "plain"])
def service(derived_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnalyticsService]:
    desk = Desk(StoreFile(tmp_path / "state" / "world.db"))
    is_plain = request.param == "plain"
    with AnalyticsService(derived_url, clock=lambda: NOW, desk=desk, is_plain=is_plain) as service:
        yield service


def ids(service: AnalyticsService, **asked: object) -> list[str]:
    page = service.activity(EVERY, ActivityRequest(**asked))  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return [item.session_id for item in page.items]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"type": "shared"},
        {"type": "document"},
        {"type": "all"},
        {"dated": "active"},
        {"has_documents": True},
        {"search": "a"},
    ],
    ids=str,
)
def test_what_was_reviewed_is_left_out_of_every_feed(
    service: AnalyticsService, asked: dict[str, object]
) -> None:
    before = ids(service, **asked)
    assert ids(service, only_unreviewed=True, **asked) == before
    gone = set(before[::2])
    for session_id in gone:
        service.mark(session_id, "reviewed", is_set=True)
    left = [session_id for session_id in before if session_id not in gone]
    assert ids(service, only_unreviewed=True, **asked) == left
    assert ids(service, **asked) == before


def test_pages_are_counted_without_them(service: AnalyticsService) -> None:
    everything = ids(service)
    service.mark(everything[0], "reviewed", is_set=True)
    last = service.activity(EVERY, ActivityRequest(only_unreviewed=True, page=9, limit=2))
    assert (last.total, last.pages) == (len(everything) - 1, -(-(len(everything) - 1) // 2))
    assert last.items[-1].session_id == everything[-1]


@pytest.mark.parametrize("dated", ["started", "active"])
def test_the_next_one_is_the_next_that_nobody_reviewed(service: AnalyticsService, dated: str) -> None:
    order = ids(service, dated=dated)
    for session_id in (order[1], order[2], order[4]):
        service.mark(session_id, "reviewed", is_set=True)
    request = ActivityRequest(only_unreviewed=True, dated=dated)  # type: ignore[arg-type]
    assert service.neighbours(order[0], EVERY, request) == (None, order[3])
    assert service.neighbours(order[2], EVERY, request) == (order[0], order[3])
    assert service.neighbours(order[3], EVERY, request) == (order[0], order[5])


def test_lines_bear_the_marks_of_their_sessions(service: AnalyticsService) -> None:
    order = ids(service)
    assert not service.activity(EVERY, ActivityRequest()).is_marked
    service.mark(order[0], "reviewed", is_set=True)
    service.add_note(order[1], "look again")
    page = service.activity(EVERY, ActivityRequest())
    assert page.is_marked
    assert [item.marks for item in page.items[:3]] == [Marks(reviewed=True), Marks(notes=1), Marks()]
    of_events = service.activity(EVERY, ActivityRequest(type="all")).items
    assert all(item.marks.reviewed == (item.session_id == order[0]) for item in of_events)


def test_marks_that_cannot_be_read_close_no_feed_and_a_filter_by_them_says_so(
    world_sqlite: str, tmp_path: Path
) -> None:
    path = tmp_path / "state.db"
    path.write_text("no database")
    with AnalyticsService(world_sqlite, clock=lambda: NOW, desk=Desk(StoreFile(path))) as service:
        assert service.activity(EVERY, ActivityRequest()).items
        with pytest.raises(KeepingError, match=r"state\.db cannot be used"):
            service.activity(EVERY, ActivityRequest(only_unreviewed=True))

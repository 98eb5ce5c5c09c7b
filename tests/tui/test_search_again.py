"""The search as a way back: by id and link, pinned and opened lately; and what is recorded of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Session
from twin_tui.settings import Settings
from twin_tui.store.act import Act
from twin_tui.store.desk import Desk
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.search import SearchScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.widgets.tables.search_table import SearchTable
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.tui.widgets.transcript.transcript import Transcript


class Desks:
    """An app over the world with a desk, and what is recorded of it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.acts: list[Act] = []
        self.desk = Desk(StoreFile(folder / "state" / "world.db"))
        self.url = url
        self.is_full = False

    def record(self, act: Act) -> None:
        if self.is_full:
            raise StoreError("The disk is full.")
        self.acts.append(act)

    def service(self, **guard: object) -> AnalyticsService:
        rights = Guard(record=self.record, **guard)  # type: ignore[arg-type]
        return AnalyticsService(self.url, clock=lambda: NOW, guard=rights, desk=self.desk)


@pytest.fixture
def place(world_sqlite: str, tmp_path: Path) -> Desks:
    with open_database(world_sqlite, "write") as source, source.writing():
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "title", "started_at"),
            [
                (key, "u-ann", "t-ann", "An old one", NOW.replace(year=2025))
                for key in ("abc123-x", "abc123-y")
            ],
        )
    return Desks(world_sqlite, tmp_path)


@pytest.fixture
def app(place: Desks) -> Iterator[TwinApp]:
    with place.service() as service:
        yield TwinApp(service, Settings(now=NOW))


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def sought(pilot: Pilot[None], words: str) -> None:
    """Open the search, put words into its line, and press enter."""
    await settle(pilot)
    await press(pilot, "slash")
    pilot.app.screen.query_one("PlainInput").value = words  # type: ignore[attr-defined]
    await press(pilot, "enter")


async def until(pilot: Pilot[None], check: object) -> None:
    for _ in range(1000):
        if check():  # type: ignore[operator]
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen")


def names(app: TwinApp) -> list[str]:
    return [line.key for line in app.screen.query_one(SearchTable).items]


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("s7", None),
        ("abc123-x", None),
        ("ABC123-Y", None),
        ("twin://s7/d5", "d5"),
        ("twin://s7", None),
        ("d5", "d5"),
    ],
)
async def test_enter_goes_straight_to_the_conversation_that_is_named(
    app: TwinApp, typed: str, entry: str | None
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sought(pilot, typed)
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        if entry is not None:
            assert screen.opened is not None
            assert screen.opened.conversation.index[screen.query_one(Transcript).cursor].id == entry
        await press(pilot, "escape")
        assert isinstance(app.screen, SearchScreen)


async def test_a_beginning_that_several_have_lists_them(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sought(pilot, "abc123")
        assert isinstance(app.screen, SearchScreen)
        assert names(app) == ["group Conversations by id", "session abc123-x", "session abc123-y"]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.session_id == "abc123-y"


async def test_a_masked_search_goes_there_too(place: Desks) -> None:
    with place.service(role="support", masking_key=b"key") as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await sought(pilot, "abc123-x")
            assert isinstance(app.screen, ConversationScreen)
            assert app.screen.opened is not None
            assert app.screen.opened.conversation.header.user.email.endswith("@masked.invalid")


async def test_before_anything_is_typed_pinned_and_recent_conversations_stand_there(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sought(pilot, "s7")
        await press(pilot, "escape", "slash", *["backspace"] * 2, "enter")
        assert names(app) == ["group Opened lately", "session s7"]
        await press(pilot, "P")
        assert names(app) == ["group Pinned", "session s7"]
        await press(pilot, "escape")
        await sought(pilot, "abc123-x")
        await press(pilot, "escape", "escape", "slash", "enter")
        assert names(app) == ["group Pinned", "session s7", "group Opened lately", "session abc123-x"]
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        await press(pilot, "escape", "P")
        assert names(app) == ["group Opened lately", "session s7", "session abc123-x"]


async def test_only_a_conversation_can_be_pinned(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sought(pilot, "ann")
        await press(pilot, "P")
        assert any("conversation first" in str(each.message) for each in app._notifications)


async def test_a_search_is_recorded_once_when_it_stands_still(app: TwinApp, place: Desks) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        for part in ("tra", "vel"):
            await pilot.press(*part)
            await until(pilot, lambda: app.screen.query_one(FindBar).text == app.screen.view.request.text)  # type: ignore[attr-defined]
            await settle(pilot)
        assert any("message" in name for name in names(app))
        await until(pilot, lambda: place.acts)
        await pilot.press("escape")
    assert [(act.action, act.detail["page"]) for act in place.acts] == [("search", 1)]


async def test_a_search_that_is_left_or_led_somewhere_is_recorded(app: TwinApp, place: Desks) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await sought(pilot, "decisions")
        await press(pilot, "enter")
        assert [act.action for act in place.acts] == ["search", "open"]
        await press(pilot, "escape", "escape")
        await sought(pilot, "travel")
        await press(pilot, "escape")
        await until(pilot, lambda: len(place.acts) == 3)
    assert place.acts[2].action == "search"


async def test_where_it_must_be_recorded_nothing_is_sought_while_typing(place: Desks) -> None:
    with place.service(is_required=True) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "slash")
            assert "enter searches" in frame(app)
            await pilot.press(*"travel")
            await pilot.pause(0.3)
            assert (names(app), place.acts) == ([], [])
            await press(pilot, "enter")
            assert any("message" in name for name in names(app))
            assert len(place.acts) == 1
            place.is_full = True
            await press(pilot, "slash", *["backspace"] * 6)
            pilot.app.screen.query_one("PlainInput").value = "decisions"  # type: ignore[attr-defined]
            await press(pilot, "enter")
            assert "The disk is full." in frame(app)
            assert "document d5" not in names(app)


async def test_where_it_must_be_recorded_a_pause_searches_too(place: Desks) -> None:
    with place.service(is_required=True) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "slash")
            await pilot.press(*"travel")
            await until(pilot, lambda: any("message" in name for name in names(app)))
            assert len(place.acts) == 1

"""Where a ticket is required the app asks for it when content is first wanted, and records it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.store.act import Act
from twin_tui.tui.app import TwinApp
from twin_tui.tui.beginning import Beginning
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.dialogs.ticket import TicketScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.widgets.tables.activity_table import ActivityTable

CLOSED = "Content stays closed without a ticket."


@dataclass
class Desk:
    """An app and what it records."""

    app: TwinApp
    acts: list[Act] = field(default_factory=list)


@pytest.fixture(params=[CLOSED, None], ids=["closed", "open"])
def desk(world_sqlite: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    acts: list[Act] = []
    guard = Guard(record=acts.append, closed=request.param)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        yield Desk(TwinApp(service, Settings(now=NOW)), acts)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await pilot.pause()


only_closed = pytest.mark.parametrize("desk", [CLOSED], indirect=True)


@only_closed
@pytest.mark.parametrize(
    ("way", "on"), [(("2",), ()), (("slash",), (*"travel", "enter"))], ids=["feed", "search"]
)
async def test_what_needs_a_ticket_asks_for_it_and_goes_on(
    desk: Desk, way: tuple[str, ...], on: tuple[str, ...]
) -> None:
    app = desk.app
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, MainScreen), "figures need none"
        await press(pilot, *way)
        assert isinstance(app.screen, TicketScreen)
        await press(pilot, "enter")
        assert "A ticket's name" in frame(app)
        await press(pilot, *"T-17", "enter", *on)
        assert not isinstance(app.screen, TicketScreen)
        assert CLOSED not in frame(app)
        assert "travel" in frame(app).casefold()
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
    assert {act.ticket for act in desk.acts} == {"T-17"}
    assert desk.acts[-1].action == "open"


@only_closed
async def test_without_one_content_stays_closed_and_the_next_key_asks_again(desk: Desk) -> None:
    app = desk.app
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "escape")
        assert isinstance(app.screen, MainScreen)
        assert CLOSED in frame(app)
        assert app.screen.query_one(ActivityTable).items == ()
        await press(pilot, "f5")
        assert isinstance(app.screen, TicketScreen)
        await press(pilot, "escape", "1")
        assert isinstance(app.screen, MainScreen)
        assert "Active users" in frame(app)
    assert desk.acts == []


@only_closed
async def test_the_overview_tells_the_latest_once_there_is_one(desk: Desk) -> None:
    app = desk.app
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "nothing in this period" in frame(app)
        await press(pilot, "2", *"T-1", "enter", "1")
        assert "nothing in this period" not in frame(app)


async def test_another_ticket_can_be_named_at_any_time(desk: Desk) -> None:
    app = desk.app
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_ticket()
        await press(pilot, *"T-1", "enter", "2", "enter", "escape")
        app.action_ticket()
        await pilot.pause()
        await press(pilot, *["backspace"] * 3, *"T-2", "enter", "enter")
    opened = [(act.action, act.ticket) for act in desk.acts]
    assert opened == [("open", "T-1"), ("open", "T-2")]


def begun(app: TwinApp, link: str) -> TwinApp:
    """Return an app that begins with a link which needs a ticket."""
    service = app.service

    def begin() -> Beginning:
        return Beginning(service.status(), app.filters, find=lambda: service.find_session(link))

    return TwinApp(service, Settings(now=NOW), begin=begin)


@only_closed
async def test_a_link_is_opened_once_there_is_a_ticket(desk: Desk) -> None:
    app = begun(desk.app, "m12")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.pause()
        assert isinstance(app.screen, TicketScreen)
        await press(pilot, *"T-3", "enter")
        assert isinstance(app.screen, ConversationScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
    assert [(act.action, act.ticket) for act in desk.acts] == [("open", "T-3")]


@only_closed
async def test_a_link_to_nothing_is_told_once_there_is_a_ticket(desk: Desk) -> None:
    app = begun(desk.app, "nowhere")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.pause()
        await press(pilot, *"T-3", "enter")
        assert isinstance(app.screen, MainScreen)
        assert any("No session" in told.message for told in app._notifications)

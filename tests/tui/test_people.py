"""The directory of people and twins, their pages, and the ways there and back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.tui.fake_service import NOW
from tests.tui.people_world import FakePeople
from tests.tui.typing_steps import typed
from twin_tui.analytics.answers import PageRequest, PeopleRequest
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.answers.twin import TwinScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.tabs.people import PeopleTab
from twin_tui.tui.widgets.tables.people_columns import people_columns


@pytest.fixture
def crowd() -> Iterator[FakePeople]:
    fake = FakePeople()
    yield fake
    fake.close()


@pytest.fixture
def app(crowd: FakePeople) -> TwinApp:
    return at_tab(TwinApp(crowd, Settings(now=NOW)), 3)  # type: ignore[arg-type]


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def shown(app: TwinApp, number: int) -> str:
    """Return a line of the screen, from 0."""
    return frame(app).splitlines()[number]


def last(crowd: FakePeople, name: str) -> tuple[object, ...]:
    return next(asked[1:] for asked in reversed(crowd.asked) if asked[0] == name)


@pytest.mark.parametrize("width", range(59, 241, 7))
def test_columns_fill_every_width_and_mark_the_order(width: int) -> None:
    for request in (PeopleRequest(), PeopleRequest(kind="twins", sort="conversations", descending=False)):
        columns = people_columns(request, width)
        assert sum(column.width + 1 for column in columns) - 1 == width
        assert sum(column.title.strip("▾▴ ") != column.title for column in columns) == 1
        assert columns[1].width >= 15


async def test_the_directory_lists_searches_orders_and_turns_pages(app: TwinApp, crowd: FakePeople) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        tab = app.screen.query_one(PeopleTab)
        text = frame(app)
        assert "all 60" in text
        assert "a  active 55" in text
        assert "d  dormant 3" in text
        assert "n  never 2" in text
        assert "1–50 of 60" in text
        assert "● active  Sarah Chen" in text
        assert "(none)" in shown(app, 5)
        assert "Eve[/]␛[2J" in text
        await press(pilot, "right", "down")
        assert tab.request.page == 2
        assert "51–60 of 60" in frame(app)
        await press(pilot, "n")
        assert "1–2 of 2" in frame(app)
        assert "· never   n0@acme.example" in frame(app)
        await press(pilot, "d")
        assert tab.request.status == "dormant"
        assert "○ dormant Dormant 0" in frame(app)
        assert "3 mo" in frame(app)
        await press(pilot, "d")
        assert tab.request.status is None
        await press(pilot, "o")
        assert (tab.request.sort, tab.request.descending) == ("name", False)
        assert "name ▴" in shown(app, 3)
        await press(pilot, "O")
        assert "name ▾" in shown(app, 3)
        await press(pilot, "slash")
        await typed(pilot, "dorm")
        assert isinstance(last(crowd, "people")[1], PeopleRequest)
        assert tab.request.search == "dorm"
        assert "3 found" in frame(app)
        await press(pilot, "enter", "n")
        assert "No never active people match the search." in frame(app)
        assert "esc clears the search · n lists all again" in frame(app)
        await press(pilot, "escape", "n", "t")
        assert tab.request == replace(PeopleRequest(), kind="twins", sort="name", descending=True)
        assert "Travel desk" in frame(app)
        assert "⇄ shared" in frame(app)
        await pilot.click("PeopleOptions", offset=(6, 0))
        await settle(pilot)
        assert tab.request.kind == "users"
        crowd.error = AnalyticsError("The database went away.")
        await press(pilot, "f5")
        assert "The database went away." in frame(app)
        assert "Sarah Chen" not in shown(app, 2)


async def test_a_person_opens_leads_on_and_escape_returns_to_the_line(
    app: TwinApp, crowd: FakePeople
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "right", "down", "down", "home", "down")
        directory = frame(app)
        await press(pilot, "enter")
        page = app.screen
        assert isinstance(page, PersonScreen)
        assert page.subject == "u2"
        assert last(crowd, "person")[1] == Filters(app.filters.period)
        text = frame(app)
        for words in (
            "● Mike O'Neil",
            "● active · last seen 2 h ago",
            "mike@globex.example · (none)",
            "created 2026-01-27 09:12 · last seen 2026-11-23 07:12 UTC",
            "1,234",
            "Sessions by last message 120",
            "1–20 of 120 · page 1 of 3: < >",
            "Own twins used by others 1",
            "none in this period",
        ):
            assert words in text
        assert text.count("\n") == 40
        await press(pilot, "right", "down")
        assert last(crowd, "person")[2] == PageRequest(sessions=2, limit=50)
        assert "51–70 of 120" in frame(app)
        before = frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.session_id == "s51"
        await press(pilot, "u")
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.subject == "u1"
        await press(pilot, "escape", "escape")
        assert frame(app) == before
        await press(pilot, "tab", "down", "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.transcript.cursor == 4
        await press(pilot, "escape", "tab", "tab", "enter")
        assert isinstance(app.screen, TwinScreen)
        await press(pilot, "escape", "left_square_bracket")
        assert page.view.pages == PageRequest(limit=50)
        assert page.filters.period == app.filters.period.previous()
        await press(pilot, "escape")
        assert frame(app) == directory


async def test_a_twin_tells_owner_sharing_and_users(app: TwinApp, crowd: FakePeople) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "t", "enter")
        page = app.screen
        assert isinstance(page, TwinScreen)
        text = frame(app)
        assert "◆ Sarah's AI Assistant" in text
        assert "owner ● Sarah Chen" in text
        assert "␛]52;c;eA==␇" in text
        assert "2 guests" not in text
        await press(pilot, "tab", "tab", "down")
        assert "Used by 2" in frame(app)
        assert "guest" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.subject == "u2"
        await press(pilot, "escape", "y")
        assert app.clipboard == "Sarah's AI Assistant"
        await press(pilot, "c")
        assert app.clipboard == "t1"
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert frame(app).lstrip().startswith("Person and twin")
        await press(pilot, "escape", "f")
        main = app.screen
        assert isinstance(main, MainScreen)
        assert main.filters == replace(app.filters, twin="t1")
        assert app.screen_stack == [main]


async def test_one_key_leads_from_any_line_to_its_person_and_twin(app: TwinApp, crowd: FakePeople) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2", *["down"] * 7)
        before = frame(app)
        await press(pilot, "u")
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.subject == "u1"
        await press(pilot, "w")
        assert isinstance(app.screen, TwinScreen)
        assert app.screen.subject == "t1"
        await press(pilot, "escape", "escape")
        assert frame(app) == before
        await press(pilot, "w")
        assert isinstance(app.screen, TwinScreen)
        await press(pilot, "escape", "1", "b", "b", "u")
        main = app.screen
        assert isinstance(main, MainScreen)
        assert isinstance(main.tab, PeopleTab)
        await press(pilot, "1")
        app.screen.query_one("LeaderboardPanel").take_focus()  # type: ignore[attr-defined]
        await press(pilot, "down", "u")
        assert isinstance(app.screen, PersonScreen)
        assert "No user 'user-1' in this database." in frame(app)
        await press(pilot, "escape", "b", "w")
        assert isinstance(app.screen, TwinScreen)
        assert app.screen.subject == "twin-0"
        await press(pilot, "escape")
        app.screen.query_one("FeedList").take_focus()  # type: ignore[attr-defined]
        await press(pilot, "u")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "f")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.filters.user == "u2"
        await press(pilot, "2", "slash")
        assert isinstance(main.tab, ActivityTab)


async def test_a_page_that_cannot_be_read_says_why_and_recovers(app: TwinApp, crowd: FakePeople) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        crowd.error = AnalyticsError("The database went away.")
        await press(pilot, "enter")
        assert "The database went away." in frame(app)
        crowd.error = None
        await press(pilot, "f5")
        assert "● Sarah Chen" in frame(app)
        page = app.screen
        assert isinstance(page, PersonScreen)
        await press(pilot, "tab", "down")
        before = frame(app)
        assert await page.follow()
        await settle(pilot)
        assert frame(app) == before
        crowd.directory = tuple(replace(row, name=f"{row.name}!") for row in crowd.directory)
        assert await page.follow()
        await settle(pilot)
        assert frame(app) == before.replace("● Sarah Chen ", "● Sarah Chen!")

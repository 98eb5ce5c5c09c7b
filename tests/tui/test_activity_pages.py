"""The pages of the activity tab, and coming back to the same line."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.tui.activity_steps import at_activity, press, requests, table
from tests.tui.conftest import at_tab, settle
from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.fake_service import NOW
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.widgets.tables.pager import PageLine


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(120))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


async def test_pages_turn_by_keys(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await at_activity(app, pilot)
        for key, page, cursor in (
            ("right", 2, 0),
            ("greater_than_sign", 3, 0),
            ("greater_than_sign", 3, 0),
            ("left", 2, 49),
            ("less_than_sign", 1, 49),
            ("end", 3, 19),
            ("home", 1, 0),
        ):
            await press(pilot, key)
            assert (tab.request.page, table(app).cursor) == (page, cursor), key
    assert max(request.page for request in requests(talks)) == 3


async def test_page_keys_walk_the_page_then_turn_it(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await at_activity(app, pilot)
        seen = []
        while tab.request.page == 1:
            await press(pilot, "pagedown")
            seen.append((tab.request.page, table(app).cursor))
        assert [page for page, _ in seen] == [1, 1, 1, 2]
        assert [cursor for _, cursor in seen[2:]] == [49, 0]
        await press(pilot, "pageup")
        assert (tab.request.page, table(app).cursor) == (1, 49)
        assert "51–100" not in frame(app)


async def test_g_goes_to_a_page_and_keeps_within_the_last(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await at_activity(app, pilot)
        await press(pilot, "g", "2", "enter")
        assert tab.request.page == 2
        assert "51–100 of 120" in frame(app)
        assert table(app).has_focus
        await press(pilot, "g", *"999", "enter")
        assert tab.request.page == 3
        await press(pilot, "g", "x", "escape")
        assert tab.request.page == 3
        assert table(app).has_focus


async def test_a_click_on_a_page_number_goes_there(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await at_activity(app, pilot)
        line = app.screen.query_one(PageLine)
        at = frame(app).splitlines()[line.region.y].index("[1] 2 3") + 6
        await pilot.click(PageLine, offset=(at, 0))
        await settle(pilot)
        assert tab.request.page == 3


async def test_changing_filters_begins_at_page_one(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await at_activity(app, pilot)
        await press(pilot, "right", "left_square_bracket")
        assert tab.request.page == 1
        assert requests(talks)[-1].page == 1
        await press(pilot, "right", "1", "right_square_bracket", "2")
        assert tab.request.page == 1


async def test_enter_opens_the_conversation_and_escape_returns_to_the_line(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await at_activity(app, pilot)
        await press(pilot, "right", *["down"] * 30)
        before = frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.session_id == "s80"
        await press(pilot, "J", "escape")
        assert tab.request.page == 2
        assert table(app).cursor == 30
        assert frame(app) == before


async def test_a_document_line_opens_at_the_document(app: TwinApp, talks: FakeConversations) -> None:
    talks.feed = (replace(feed(1)[0], kind="document", event_id="d1"),)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        await press(pilot, "t", "t", "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.transcript.cursor == 4


async def test_refreshing_keeps_the_cursor_on_its_conversation(
    app: TwinApp, talks: FakeConversations
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        await press(pilot, *["down"] * 5)
        newer = replace(feed(1)[0], session_id="new", event_id="new", what="Brand new")
        talks.feed = (newer, *talks.feed)
        await press(pilot, "f5")
        current = table(app).item
        assert current is not None
        assert current.event_id == "s5"
        assert table(app).cursor == 6


async def test_page_size_comes_from_the_settings(talks: FakeConversations) -> None:
    app = TwinApp(talks, Settings(now=NOW, page_size=20))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        assert "1–20 of 120" in frame(app)

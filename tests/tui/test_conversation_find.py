"""Finding words in a conversation: counted, marked, gone through, wherever they are hidden."""

from collections.abc import Iterator

import pytest

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import FakeConversations, feed, message
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press
from tests.tui.typing_steps import typed
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.widgets.transcript.find_bar import FindBar


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(5))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


async def test_find_counts_marks_and_goes_round(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "ctrl+f")
        await typed(pilot, "RENEWAL")
        bar = screen.query_one(FindBar)
        assert "1 of 6 in 5 entries" in frame(app)
        assert bar.is_typed_in
        await press(pilot, "enter")
        assert not bar.is_typed_in
        places = [screen.transcript.cursor]
        for _ in range(6):
            await press(pilot, "n")
            places.append(screen.transcript.cursor)
        assert places == [0, 1, 2, 4, 4, 5, 0]
        await press(pilot, "N")
        assert "6 of 6" in frame(app)
        await press(pilot, "escape")
        assert not bar.is_open
        assert isinstance(app.screen, ConversationScreen)
        await press(pilot, "escape")
        assert not isinstance(app.screen, ConversationScreen)


async def test_find_says_when_there_is_nothing(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "ctrl+f")
        await typed(pilot, "zebra")
        assert "not found" in frame(app)
        await press(pilot, "enter", "n", "N")


async def test_find_reaches_into_a_folded_message(app: TwinApp, talks: FakeConversations) -> None:
    long = "\n".join(f"line {at}" for at in range(80)) + "\nneedle here"
    talks.stories["s0"] = (message("a", "user", "x"), message("b", "twin", long))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "ctrl+f")
        await typed(pilot, "needle")
        assert "needle here" in frame(app)


async def test_find_reaches_beyond_what_was_cut(app: TwinApp, talks: FakeConversations) -> None:
    talks.stories["s0"] = (message("a", "user", "word " * 40_000 + "needle at last"),)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "ctrl+f")
        await typed(pilot, "needle")
        assert "needle at last" in frame(app)

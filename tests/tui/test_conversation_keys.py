"""What the keys and the mouse do in a conversation: the cursor, folding, documents."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.tui.conftest import at_tab, settle
from tests.tui.conversation_world import FakeConversations, document, feed, message
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press, said
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.conversation.document import DocumentScreen
from twin_tui.tui.screens.dialogs.help import HelpScreen


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(5))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        (["down"], 1),
        (["j", "j"], 2),
        (["j", "j", "k"], 1),
        (["end"], 10),
        (["end", "up"], 9),
        (["end", "home"], 0),
        (["right"], 1),
        (["l", "left"], 0),
        (["l", "h"], 0),
        (["s"], 1),
        (["d"], 4),
        (["end", "D"], 9),
        (["up"], 0),
    ],
)
async def test_keys_move_the_cursor(app: TwinApp, keys: list[str], position: int) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, *keys)
        assert screen.transcript.cursor == position


async def test_pages_reach_the_last_and_the_first_entry(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, *["pagedown"] * 5)
        assert screen.transcript.cursor == 10
        await press(pilot, *["pageup"] * 5)
        assert screen.transcript.cursor == 0


async def test_a_long_message_is_walked_through_before_the_next(
    app: TwinApp, talks: FakeConversations
) -> None:
    long = "\n".join(f"line {at}" for at in range(55))
    talks.stories["s0"] = (message("a", "user", long), message("b", "twin", "short"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        seen: list[str] = []
        for _ in range(10):
            seen.append(frame(app))
            await press(pilot, "down")
            if screen.transcript.cursor == 1:
                break
        assert screen.transcript.cursor == 1
        assert all(any(f"line {at}" in picture for picture in seen) for at in range(55))


async def test_enter_unfolds_and_folds_and_z_does_so_to_all(app: TwinApp, talks: FakeConversations) -> None:
    long = "\n".join(f"line {at}" for at in range(80))
    talks.stories["s0"] = (message("a", "user", long), message("b", "twin", long))
    async with app.run_test(size=(80, 60)) as pilot:
        screen = await opened(app, pilot)
        rows = screen.transcript.layout_rows
        assert "⋯ 60 more lines · enter unfolds" in frame(app)
        await press(pilot, "enter")
        assert not rows.is_folded(0)
        await press(pilot, "enter")
        assert rows.is_folded(0)
        await press(pilot, "z")
        assert not rows.is_folded(0)
        assert not rows.is_folded(1)
        await press(pilot, "z")
        assert rows.is_folded(0)


async def test_unfolding_a_megabyte_loads_the_rest(app: TwinApp, talks: FakeConversations) -> None:
    huge = "word " * 200_000 + "the very end"
    talks.stories["s0"] = (message("a", "user", huge), message("b", "twin", "short"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert screen.transcript.layout_rows.rows < 30
        await press(pilot, "enter", "end", "up", "up")
        await press(pilot, "end")
        assert screen.transcript.layout_rows.rows > 10_000
        assert "the very end" in frame(app)


async def test_enter_on_a_document_opens_it_and_escape_returns(app: TwinApp) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await opened(app, pilot, event_id="d1")
        await press(pilot, "enter")
        assert isinstance(app.screen, DocumentScreen)
        picture = frame(app)
        assert "▤ Globex renewal — status" in picture
        assert "[see the contract](http://globex.example/c)" in picture
        assert "[@click=app.quit]bye[/]" in picture
        await press(pilot, "t")
        assert "**discount**" in frame(app)
        await press(pilot, "t", "escape")
        assert app.screen is screen
        assert screen.transcript.cursor == 4


async def test_a_document_without_stored_text_says_so(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "enter")
        assert "not stored in this database" in frame(app)
        await press(pilot, "y")
        assert "no text to copy" in said(app)[-1]


async def test_a_document_too_long_for_markdown_is_shown_as_stored(
    app: TwinApp, talks: FakeConversations
) -> None:
    talks.stories["s0"] = (
        message("a", "user", "x"),
        document("d", "Long", "# head\n\n" + "word " * 20_000, "a"),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d")
        await press(pilot, "enter")
        assert "# head" in frame(app)
        await press(pilot, "t")
        assert "shown as stored" in said(app)[-1]


async def test_next_and_previous_sessions_are_those_of_the_feed(
    app: TwinApp, talks: FakeConversations
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        request = ActivityRequest(search="sarah")
        screen = ConversationScreen("s1", filters=app.filters, request=request)
        await app.push_screen(screen)
        await settle(pilot)
        await press(pilot, "J")
        assert screen.session_id == "s2"
        await press(pilot, "K", "K")
        assert screen.session_id == "s0"
        await press(pilot, "K")
        assert screen.session_id == "s0"
        assert "first conversation of the feed" in said(app)[-1]
    assert ("neighbours", app.filters, request) in talks.asked


async def test_a_click_moves_the_cursor_and_a_double_click_opens_a_document(app: TwinApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(app, pilot)
        rows = screen.transcript.layout_rows
        await pilot.click(screen.transcript, offset=(10, rows.head_row(2)))
        assert screen.transcript.cursor == 2
        await pilot.click(screen.transcript, offset=(10, rows.head_row(4)), times=2)
        await settle(pilot)
        assert isinstance(app.screen, DocumentScreen)


async def test_a_click_in_the_pane_goes_to_the_entry(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await pilot.click("EntryPane", offset=(5, 5))
        await settle(pilot)
        assert screen.transcript.cursor == 7


async def test_help_lists_the_keys_of_the_conversation_first(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert frame(app).lstrip().startswith("Conversation")
        await press(pilot, "escape")
        assert isinstance(app.screen, ConversationScreen)


async def test_moving_the_cursor_redraws_two_lines_only(app: TwinApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(app, pilot)
        drawn: list[Any] = []
        real = screen.transcript.render_line
        screen.transcript.render_line = lambda y: (drawn.append(y), real(y))[1]  # type: ignore[method-assign]
        await press(pilot, "down")
        assert len(set(drawn)) == 2

"""The conversation screen: what it shows and what every key of it does."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.conversation_world import START, FakeConversations, document, feed, message
from tests.tui.fake_service import NOW
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation import ASTRAY, ConversationScreen
from twin_tui.tui.screens.document import DocumentScreen
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.widgets.entry_detail import EntryDetail
from twin_tui.tui.widgets.find_bar import TYPING_PAUSE, FindBar


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(5))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return TwinApp(talks, Settings(now=NOW))  # type: ignore[arg-type]


async def opened(
    app: TwinApp, pilot: "Pilot[None]", session_id: str = "s0", event_id: str | None = None
) -> ConversationScreen:
    await settle(pilot)
    screen = ConversationScreen(session_id, event_id, filters=app.filters)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def typed(pilot: "Pilot[None]", text: str) -> None:
    await pilot.press(*text)
    await pilot.pause(TYPING_PAUSE + 0.1)
    await settle(pilot)


def said(app: TwinApp) -> list[str]:
    return [str(notification.message) for notification in app._notifications]


async def test_heading_says_what_happened_in_four_lines_at_80x24(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        lines = frame(app).splitlines()
    assert "Q4 renewal — Globex · topic: renewals" in lines[0]
    assert lines[0].endswith("entry 1 of 11")
    assert "Sarah Chen (Acme / Engineering) → ◆ Sarah's AI Assistant ⇄ shared by" in lines[1]
    assert lines[2].startswith(" 2026-11-20 07:12 – 2026-11-22 11:13 UTC · elapsed 2 d 4 h · slack")
    assert lines[2].endswith("id s0")
    assert lines[3] == " 3 min 9 s active · 4 turns · ▤ 2 documents · ⌕ 2 queries · ends unanswered"


async def test_heading_spells_everything_out_where_there_is_room(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        lines = frame(app).splitlines()
    counts = "4 turns · 7 messages (● 4 ◆ 3) · ▤ 2 documents · ⌕ 2 queries"
    assert lines[3] == f" 3 min 9 s active · {counts} · ends unanswered"


async def test_a_low_terminal_keeps_what_happened_and_leaves_the_times(app: TwinApp) -> None:
    async with app.run_test(size=(80, 20)) as pilot:
        await opened(app, pilot)
        lines = frame(app).splitlines()
    assert lines[2] == " 3 min 9 s active · 4 turns · ▤ 2 documents · ⌕ 2 queries · ends unanswered"
    assert lines[3].startswith(" ──")


async def test_ones_own_twin_is_not_called_shared(app: TwinApp, talks: FakeConversations) -> None:
    talks.shared = False
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert "⇄" not in frame(app)


async def test_transcript_tells_sides_apart_and_puts_entries_under_their_message(app: TwinApp) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await opened(app, pilot)
        rows = frame(app).splitlines()[4:]
    picture = "\n".join(rows)
    assert "▸│ ● Sarah Chen  07:12:04  ⌕ 1 query" in picture
    assert " ┃ ◆ Sarah's AI Assistant  07:12:11\n" in picture
    at = next(n for n, row in enumerate(rows) if "▤ 1 document" in row)
    assert "● Sarah Chen  07:13:40" in rows[at]
    assert "▤ document · email · Globex renewal — status · 33 words" in rows[at + 2]
    assert rows[at + 2].startswith(" │ ")
    assert "── Sun 22 Nov 2026 · pause of 2 d 3 h" in picture
    assert "┊ ▤ document · untitled  11:12:24  without a message" in picture


async def test_side_pane_lists_documents_and_queries_from_110_columns_on(app: TwinApp) -> None:
    async with app.run_test(size=(109, 40)) as pilot:
        screen = await opened(app, pilot)
        assert not screen.query_one("#side").display
        await pilot.resize_terminal(110, 40)
        await settle(pilot)
        assert screen.query_one("#side").display
        assert "▤ 2 documents · ⌕ 2 queries" in frame(app)
        await press(pilot, "d")
        await pilot.pause()
        assert "the renewal is agreed" in str(screen.query_one(EntryDetail).content)


async def test_side_pane_is_gone_when_there_is_nothing_to_list(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot, "s3")
        assert not screen.query_one("#side").display


async def test_it_opens_at_the_event(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, event_id="q2")
        assert screen.transcript.cursor == 7
        assert "entry 8 of 11" in frame(app)
        assert "data residency clause" in frame(app)


@pytest.mark.parametrize("size", [(60, 16), (120, 40)])
@pytest.mark.parametrize(
    ("event", "words"), [("x1999", "text 1999"), ("x1000", "text 1000"), ("far", "a draft")]
)
async def test_it_opens_at_any_event_at_any_size(
    app: TwinApp, talks: FakeConversations, event: str, words: str, size: tuple[int, int]
) -> None:
    many = tuple(
        message(f"x{at}", "user", f"text {at} " + "word " * (at % 90), START + timedelta(seconds=at))
        for at in range(2000)
    )
    talks.stories["s0"] = (*many[:1500], document("far", "Far", "a draft", "x1499"), *many[1500:])
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, event_id=event)
        picture = frame(app)
        assert words in picture
        assert any(line.startswith("▸") for line in picture.splitlines())
        assert not said(app)
        assert screen.transcript.has_focus


async def test_an_event_that_is_gone_is_said_to_be(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, event_id="m-deleted")
        assert said(app) == [ASTRAY]
        assert screen.transcript.cursor == 0
        await press(pilot, "J")
        assert said(app) == [ASTRAY]


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


async def test_a_long_conversation_loads_only_what_is_looked_at(
    app: TwinApp, talks: FakeConversations
) -> None:
    talks.stories["s0"] = tuple(
        message(f"m{at}", "user", f"text {at} " + "word " * (at % 40), START + timedelta(seconds=at))
        for at in range(5000)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert len(talks.asked_entries) <= 2
        await press(pilot, "end")
        assert screen.transcript.cursor == 4999
        assert "text 4999" in frame(app)
        assert len(talks.asked_entries) <= 5
        await press(pilot, "home")
        assert "text 0" in frame(app)
        screen.transcript.go_to(2500)
        await settle(pilot)
        assert "text 2500" in frame(app)
        assert len(talks.asked_entries) <= 8


async def test_resizing_keeps_the_current_entry_in_view(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, event_id="m5")
        for size in ((80, 24), (60, 16), (200, 60), (20, 5), (61, 17)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert "日本語の資料" in frame(app)


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


async def test_a_failing_load_says_so_and_f5_tries_again(app: TwinApp, talks: FakeConversations) -> None:
    talks.error = AnalyticsError("The database went away.")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        talks.error = AnalyticsError("The database went away.")
        screen = ConversationScreen("s0")
        await app.push_screen(screen)
        await settle(pilot)
        assert "The database went away." in frame(app)
        await press(pilot, "down", "enter", "y", "Y", "e", "d", "pagedown", "end", "n")
        talks.error = None
        await press(pilot, "f5")
        assert "Morning!" in frame(app)


async def test_refreshing_keeps_the_cursor(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "d", "f5")
        assert screen.transcript.cursor == 4


async def test_a_session_without_messages_says_so(app: TwinApp, talks: FakeConversations) -> None:
    talks.stories["s0"] = ()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert "No messages are stored in this session." in frame(app)
        await press(pilot, "down", "enter", "y", "end", "d", "right", "z", "pagedown")


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

"""The conversation screen: what it shows, where it opens, what it loads and what it says when it cannot."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.tui.conftest import at_tab, settle
from tests.tui.conversation_world import START, FakeConversations, document, feed, message
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press, said
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ASTRAY, ConversationScreen
from twin_tui.tui.widgets.transcript.entry_detail import EntryDetail


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(5))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


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

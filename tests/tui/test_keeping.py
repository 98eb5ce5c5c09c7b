"""Notes and marks on screen: set from a line or in a conversation, seen in the feed, filtered by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.conftest import at_tab, settle
from tests.world import NOW
from twin_tui.analytics.answers import Marks
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.store.audit import Act
from twin_tui.store.desk import LONGEST_NOTE, Desk
from twin_tui.store.file import StoreFile
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.desk.notes import NOTHING, NotesScreen
from twin_tui.tui.screens.dialogs.list_dialog import NoteInput
from twin_tui.tui.widgets.tables.activity_table import ActivityTable
from twin_tui.tui.widgets.transcript.heading import ConversationHeading

SIZE = (120, 40)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(StoreFile(tmp_path / "state" / "world.db"), lambda: NOW)


@pytest.fixture
def acts() -> list[Act]:
    return []


@pytest.fixture
def app(world_sqlite: str, desk: Desk, acts: list[Act]) -> Iterator[TwinApp]:
    guard = Guard(record=acts.append)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard, desk=desk) as service:
        yield at_tab(TwinApp(service, Settings(now=NOW)), 2)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete(
            [each for each in pilot.app.workers if each.group in ("mark", "marks", "notes")]
        )
        await settle(pilot)


async def feed(pilot: Pilot[None]) -> ActivityTable:
    await settle(pilot)
    await press(pilot, "2")
    return pilot.app.screen.query_one(ActivityTable)


async def test_a_line_is_marked_where_it_stands_and_the_column_appears_with_the_first_mark(
    app: TwinApp, desk: Desk
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        table = await feed(pilot)
        assert "✓✎★" not in frame(app)
        first = table.items[0].session_id
        await press(pilot, "V")
        assert "✓✎★" in frame(app)
        await press(pilot, "P")
        assert table.items[0].marks == Marks(reviewed=True, pinned=True)
        assert {mark.kind for mark in desk.marks(first)} == {"reviewed", "pinned"}
        await press(pilot, "V", "P")
        assert "✓✎★" not in frame(app)


async def test_what_is_marked_in_a_conversation_is_seen_there_and_in_the_feed(app: TwinApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        table = await feed(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ConversationScreen)
        heading = app.screen.query_one(ConversationHeading)
        await press(pilot, "V", "P", "M", *"seen", "enter", "escape")
        assert heading.marks == Marks(reviewed=True, pinned=True, notes=1)
        assert "✓ ✎1 ★" in frame(app)
        await press(pilot, "J")
        assert heading.marks == Marks()
        await press(pilot, "K", "escape")
        assert table.cursor == 1
        assert table.items[1].marks == Marks(reviewed=True, pinned=True, notes=1)


async def test_the_feed_can_hold_what_nobody_reviewed_alone(app: TwinApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        table = await feed(pilot)
        before = [item.session_id for item in table.items]
        await press(pilot, "n", "V", "V")
        assert [item.session_id for item in table.items] == before[2:]
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        await press(pilot, "V", "J")
        assert app.screen.session_id == before[3]
        await press(pilot, "escape")
        assert [item.session_id for item in table.items] == before[3:]
        await press(pilot, *["V"] * len(before[3:]))
        assert "No conversations left to review" in frame(app)
        await press(pilot, "n")
        assert [item.session_id for item in table.items] == before


async def test_notes_are_written_read_and_taken_away(app: TwinApp, desk: Desk, acts: list[Act]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        table = await feed(pilot)
        session_id = table.items[0].session_id
        desk.add_note(session_id, "The first\nof two lines [/nope]")
        await press(pilot, "M")
        assert isinstance(app.screen, NotesScreen)
        assert "of two lines [/nope]" in frame(app)
        assert NOW.strftime("%Y-%m-%d %H:%M") in frame(app)
        await press(pilot, *"more", "enter")
        assert [note.text for note in desk.notes(session_id)][1:] == ["more"]
        assert app.screen.query_one(NoteInput).value == ""
        await press(pilot, "up", "delete")
        assert NotesScreen.SURE in frame(app)
        await press(pilot, "up")
        assert NotesScreen.SURE not in frame(app)
        await press(pilot, "down", "delete", "delete")
        assert [note.text for note in desk.notes(session_id)] == ["The first\nof two lines [/nope]"]
        await press(pilot, "delete", "delete")
        assert desk.notes(session_id) == ()
        assert NOTHING in frame(app)
        await press(pilot, "escape")
        assert table.items[0].marks == Marks()
    assert [act.detail["did"] for act in acts] == ["added", "removed", "removed"]


async def test_a_note_that_cannot_be_kept_stays_in_its_line(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await feed(pilot)
        await press(pilot, "M", "enter")
        app.screen.query_one(NoteInput).value = "x" * (LONGEST_NOTE + 1)
        await press(pilot, "enter")
        assert "A note may have 10,000 characters" in frame(app)
        assert len(app.screen.query_one(NoteInput).value) == LONGEST_NOTE + 1


async def test_a_pasted_note_loses_no_line(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await feed(pilot)
        await press(pilot, "M")
        app.screen.query_one(NoteInput).post_message(Paste("one\ntwo\n  three"))
        await pilot.pause()
        assert app.screen.query_one(NoteInput).value == "one two three"


async def test_notes_name_nobody_where_names_are_masked(world_sqlite: str, desk: Desk) -> None:
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard, desk=desk) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            table = await feed(pilot)
            desk.add_note(table.items[0].session_id, "Ann Berg called: ann@north.example")
            await press(pilot, "M")
            assert app.screen.query_one(OptionList).option_count == 1
            assert "called:" in frame(app)
            assert not any(word in frame(app) for word in ("Berg", "north.example"))


async def test_a_role_without_content_keeps_nothing(world_sqlite: str, desk: Desk) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=Guard("metrics"), desk=desk) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "V")
            assert any("Move to a line" in str(each.message) for each in app._notifications)
            app.screen.session_in_focus = lambda: "s1"  # type: ignore[attr-defined]
            await press(pilot, "V")
            assert any("no content" in str(each.message) for each in app._notifications)
    assert desk.marks("s1") == ()


async def test_the_line_to_write_in_stays_in_view_below_long_notes(app: TwinApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        table = await feed(pilot)
        for _ in range(3):
            desk.add_note(table.items[0].session_id, "long " * 1_000)
        await press(pilot, "V", "P", "M")
        assert "write a note" in frame(app)
        assert "esc back" in frame(app)

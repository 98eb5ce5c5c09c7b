"""What happened on a day is marked under the charts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import text_of
from tests.world import NOW as WORLD_NOW
from twin_tui.analytics.answers import Annotation
from twin_tui.analytics.errors import RefusedError
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.store.desk import Desk
from twin_tui.store.file import StoreFile
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.annotations import AnnotationsScreen
from twin_tui.tui.screens.dialogs.list_dialog import NoteInput
from twin_tui.tui.widgets.chart.chart import ChartPanel

RELEASED = Annotation(1, date(2026, 11, 20), NOW, "ann", "[bold]2.0\x1b[2J released")


async def test_a_days_annotation_is_marked_named_and_read_at_the_cursor(service: FakeService):
    service.annotated = (RELEASED, replace(RELEASED, id=2, day=date(2020, 1, 1), text="long ago"))
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "◆ 20 Nov [bold]2.0" in shown
        assert shown.count("◆") == 2
        assert "long ago" not in shown
        assert "\x1b" not in shown
        app.screen.query_one(ChartPanel).take_focus()
        await pilot.press("left", "left")
        await settle(pilot)
        assert "released" not in text_of(app)
        await pilot.press("left", "left")
        await settle(pilot)
        assert "Fri 20 Nov 2026" in text_of(app)
        assert "◆ [bold]2.0" in text_of(app)


async def test_without_annotations_nothing_is_marked(app: TwinApp):
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        assert "◆" not in text_of(app)


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(StoreFile(tmp_path / "state.db"), lambda: WORLD_NOW)


async def to_chart(pilot: "Pilot[None]") -> None:
    await settle(pilot)
    pilot.app.screen.query_one(ChartPanel).take_focus()
    await press(pilot, "left", "left", "left")


async def test_the_day_under_the_cursor_is_annotated_and_marked_at_once(
    world_sqlite: str, desk: Desk
) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: WORLD_NOW, desk=desk) as service:
        app = TwinApp(service, Settings(now=WORLD_NOW))
        async with app.run_test(size=(120, 40)) as pilot:
            await to_chart(pilot)
            await press(pilot, "A")
            assert isinstance(app.screen, AnnotationsScreen)
            assert "Nothing is annotated yet." in text_of(app)
            await press(pilot, *"twin", "enter")
            assert "Sat 21 Nov 2026  twin" in text_of(app)
            await press(pilot, "escape")
            assert "◆ twin" in text_of(app)
            assert [(each.day, each.text) for each in service.annotations()] == [(date(2026, 11, 21), "twin")]


async def test_one_is_changed_to_another_day_and_taken_away_when_asked_twice(
    world_sqlite: str, desk: Desk
) -> None:
    desk.annotations.add(date(2026, 11, 21), "relesed")
    desk.annotations.add(date(2026, 11, 3), "holiday")
    with AnalyticsService(world_sqlite, clock=lambda: WORLD_NOW, desk=desk) as service:
        app = TwinApp(service, Settings(now=WORLD_NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await to_chart(pilot)
            await press(pilot, "A", "up", "enter", *["backspace"] * 4, *"eased", "enter")
            assert [each.text for each in service.annotations()] == ["holiday", "released"]
            await press(pilot, "up", "enter", "escape")
            assert isinstance(app.screen, AnnotationsScreen)
            await press(pilot, "up", "enter", "shift+tab", *["backspace"] * 10, *"yesterday", "enter")
            assert [each.day.day for each in service.annotations()] == [3, 22]
            await press(pilot, "up", "home", "delete", "down", "up", "delete")
            assert len(service.annotations()) == 2
            assert "delete again" in text_of(app)
            await press(pilot, "delete")
            assert [each.text for each in service.annotations()] == ["released"]


async def test_what_is_refused_says_why_and_stays_typed(service: FakeService) -> None:
    def refuse(day: date, text: str) -> Annotation:
        raise RefusedError(f"Not by this role\x1b[2J: {day} {text}.")

    service.annotate = refuse  # type: ignore[attr-defined]
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "A", *"ab", "shift+tab", *["backspace"] * 10, *"soon", "enter")
        assert "'soon' is not a period" in text_of(app) or "'soon' is not one day" in text_of(app)
        await press(pilot, *["backspace"] * 4, *"today", "enter")
        assert "Not by this role␛[2J: 2026-11-23 ab." in text_of(app)
        assert "today" in text_of(app)
        await press(pilot, "escape")
        assert "◆" not in text_of(app)


async def test_a_text_that_was_only_masked_is_not_written_over(world_sqlite: str, desk: Desk) -> None:
    desk.annotations.add(date(2026, 11, 22), "ann@north.example complained")
    guard = Guard("support", masking_key=b"k")
    with AnalyticsService(world_sqlite, clock=lambda: WORLD_NOW, desk=desk, guard=guard) as service:
        app = TwinApp(service, Settings(now=WORLD_NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "A", "up", "enter", "shift+tab", *["backspace"] * 10, *"today", "enter")
            assert "ann@north.example" not in text_of(app)
    (kept,) = desk.annotations.latest()
    assert (kept.day.day, kept.text) == (23, "ann@north.example complained")


async def test_strangers_words_are_safe_in_the_line_and_stay_as_they_are(
    world_sqlite: str, desk: Desk
) -> None:
    hostile = "[/nope] \x1b]52;c;QUFB\x07 \u202eevil"
    desk.annotations.add(date(2026, 11, 22), hostile)
    with AnalyticsService(world_sqlite, clock=lambda: WORLD_NOW, desk=desk) as service:
        app = TwinApp(service, Settings(now=WORLD_NOW))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "A", "up", "enter")
            assert app.screen.query_one("#text", NoteInput).value == "[/nope] ␛]52;c;QUFB␇ ‹U+202E›evil"
            assert not {"\x1b", "\x07", "\u202e"} & set(text_of(app))
            await press(pilot, "enter")
    assert [each.text for each in desk.annotations.latest()] == [hostile]

"""Bytes a terminal gets for each action at the most: widgets that repaint too much fail here."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.driver.recorder import Recorder, WatchedRecorder, record, settle
from tests.tui.fake_answers import overview
from tests.tui.fake_service import NOW, FakeService
from twin_tui.analytics.answers import Overview
from twin_tui.cli import run
from twin_tui.settings import Settings
from twin_tui.testing import app as dashboard
from twin_tui.tui.app import TwinApp

BUDGETS = {
    "start": 30_000,
    "tab": 16_000,
    "focus": 7_000,
    "cursor": 400,
    "mouse": 400,
    "palette": 20_000,
}
"""At 120x40 in true colours, uncompressed."""
BY_CELLS = ("start", "tab", "palette")
"""What draws a screen gets its part of the cells of a smaller one; what draws lines, of their width."""


def budget(action: str, size: tuple[int, int]) -> int:
    width, height = size
    part = width * height / (120 * 40) if action in BY_CELLS else width / 120
    return round(BUDGETS[action] * part)


@pytest.fixture(autouse=True)
def _true_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="module")
def busy_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of twenty people: every line and chart has something to show."""
    path = tmp_path_factory.mktemp("budgets") / "busy.db"
    asked = ["--users", "20", "--days", "60", "--seed", "7", "--until", "2026-11-23"]
    assert run(["generate", "--db", str(path), *asked]) == 0
    return path


def over_budget(spent: list[tuple[str, str, int]], size: tuple[int, int]) -> list[str]:
    return [f"{action} {key}: {sent} B" for action, key, sent in spent if sent > budget(action, size)]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_screens_keep_their_budget(busy_world: Path, size: tuple[int, int]) -> None:
    spent: list[tuple[str, str, int]] = []

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        assert recorder.written > 3 * recorder.sent
        fullest = max(recorder.frames)
        assert sum(recorder.frames) - fullest < fullest, "more than one full repaint"
        spent.append(("start", "", recorder.taken()))
        for action, key in (
            *(("focus", "tab"), ("focus", "tab"), ("focus", "shift+tab")),
            *(("focus", "left"), *(("cursor", "left"),) * 4, ("focus", "shift+left")),
            *((("cursor", "shift+left"),) * 3),
            *(("tab", "2"), *(("cursor", "down"),) * 6, ("tab", "1"), ("tab", "2")),
            *(("tab", "3"), *(("cursor", "down"),) * 6, ("tab", "2")),
            *(("tab", "5"), *(("focus", "tab"),) * 3, *(("cursor", "down"),) * 2, ("focus", "right")),
            ("tab", "2"),
            *(
                ("tab", "6"),
                *(("focus", "tab"),) * 2,
                *(("cursor", "down"),) * 3,
                ("focus", "tab"),
                ("tab", "2"),
            ),
            ("palette", "ctrl+p"),
        ):
            await pilot.press(key)
            await settle(pilot)
            spent.append((action, key, recorder.taken()))
        await pilot.pause(1.2)
        assert recorder.taken() == 0

    await record(dashboard(busy_world, datetime(2026, 11, 23, 12, tzinfo=UTC)), size, script)
    assert not over_budget(spent, size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_retention_keeps_its_budget(busy_world: Path, size: tuple[int, int]) -> None:
    spent: list[tuple[str, str, int]] = []

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        recorder.taken()
        for action, key in (
            *(("tab", "4"), ("focus", "tab"), ("focus", "left"), *(("cursor", "left"),) * 3, ("focus", "up")),
            *(*(("cursor", "left"),) * 2, *(("focus", "tab"),) * 3),
            *(*(("cursor", "right"),) * 3, *(("cursor", "up"),) * 2, ("tab", "1"), ("tab", "4")),
        ):
            await pilot.press(key)
            await settle(pilot)
            spent.append((action, key, recorder.taken()))

    await record(dashboard(busy_world, datetime(2026, 11, 23, 12, tzinfo=UTC)), size, script)
    assert not over_budget(spent, size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_moving_in_a_table_keeps_its_budget(size: tuple[int, int]) -> None:
    service = FakeConversations(feed=feed(60))
    spent: list[tuple[str, str, int]] = []

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        await pilot.press("2")
        await settle(pilot)
        recorder.taken()
        for _ in range(5):
            await pilot.press("down")
            await settle(pilot)
            spent.append(("cursor", "down", recorder.taken()))
        for y in range(8, 12):
            await pilot.hover(offset=(30, y))
            await settle(pilot)
            spent.append(("mouse", str(y), recorder.taken()))

    try:
        await record(TwinApp(service, Settings(now=NOW)), size, script)  # type: ignore[arg-type]
    finally:
        service.close()
    assert not over_budget(spent, size)
    assert spent[0][2] > 0


async def test_a_refresh_sends_what_changed_and_rest_sends_nothing() -> None:
    service = FakeService()

    def changed(*asked: Any) -> Overview:
        found = overview(*asked)
        first, *others = found.figures
        return replace(found, figures=(replace(first, value=(first.value or 0) + 1), *others))

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        recorder.taken()
        await pilot.press("f5")
        await settle(pilot)
        assert recorder.taken() == 0
        service.answer = changed
        await pilot.press("f5")
        await settle(pilot)
        assert 0 < recorder.taken() <= 500
        await pilot.pause(1.2)
        assert recorder.taken() == 0

    try:
        await record(TwinApp(service, Settings(now=NOW)), (120, 40), script)  # type: ignore[arg-type]
    finally:
        service.close()


WALK = st.lists(
    st.sampled_from(
        [
            *(
                "1",
                "2",
                "3",
                "4",
                "tab",
                "down",
                "up",
                "pagedown",
                "pageup",
                "end",
                "home",
                "m",
                "v",
                "left",
                "shift+right",
                "b",
                "f",
                "i",
            ),
            *("enter", "escape", "ctrl+p", "question_mark", "left_square_bracket", "slash", "x", "ctrl+l"),
            *("resize 70x26", "resize 121x33", "resize 100x28", "resize 59x20", "suspend"),
        ]
    ),
    min_size=4,
    max_size=12,
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=WALK)
def test_wherever_one_goes_the_app_looks_the_same_both_ways(busy_world: Path, steps: list[str]) -> None:
    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        for step in steps:
            event(step)
            if step == "suspend":
                recorder.spoil()
                pilot.app.refresh()
                await settle(pilot)
            elif step.startswith("resize"):
                width, height = map(int, step.split()[1].split("x"))
                recorder.change_size(width, height)
                await pilot.resize_terminal(width, height)
                pilot.app.refresh()
                await settle(pilot)
            else:
                await pilot.press(step)
                await pilot.pause()
            recorder.assert_same()
        await settle(pilot)
        recorder.assert_same()

    app = dashboard(busy_world, datetime(2026, 11, 23, 12, tzinfo=UTC))
    asyncio.run(record(app, (100, 28), script, WatchedRecorder))


SCRIPT = (
    *("tab", "down", "m", "m", "2", "down", "down", "pagedown", "enter", "down", "end", "escape", "ctrl+p"),
    *(
        "escape",
        "question_mark",
        "escape",
        "f",
        "escape",
        "1",
        "left_square_bracket",
        "i",
        "escape",
        "ctrl+l",
    ),
)


async def test_the_app_looks_the_same_both_ways(busy_world: Path) -> None:
    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        recorder.assert_same()
        for key in SCRIPT:
            await pilot.press(key)
            await pilot.pause()
            recorder.assert_same()
        await settle(pilot)
        recorder.assert_same()

    app = dashboard(busy_world, datetime(2026, 11, 23, 12, tzinfo=UTC))
    await record(app, (100, 28), script, WatchedRecorder)

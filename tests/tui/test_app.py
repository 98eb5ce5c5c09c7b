import os
import subprocess
import sys

import pytest
from textual.filter import NoColor

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW, FakeService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.themes import THEME_NAMES


async def test_nothing_is_settled_until_the_answer_is_drawn(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.is_settled
        assert "1,247" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_picture_that_never_comes_is_waited_for_no_longer(
    app: TwinApp, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("twin_tui.tui.waiting.UNDRAWN", 0.05)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = app.screen
        assert isinstance(main, MainScreen)
        monkeypatch.setattr(main.tab, "call_after_refresh", lambda *_: None)
        main.tab.load(again=True)
        assert not app.is_settled
        await settle(pilot)
        assert app.is_settled


async def test_the_theme_of_the_settings_is_used_and_only_ours_are_offered(service: FakeService):
    app = TwinApp(service, Settings(now=NOW, theme="twin-light"))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.theme == "twin-light"
        assert set(app.available_themes) == set(THEME_NAMES)


async def test_the_opening_period_is_the_settings_one(service: FakeService):
    app = TwinApp(service, Settings(now=NOW, period="7d"))  # type: ignore[arg-type]
    assert app.filters.period.preset == "7d"
    assert TwinApp(service, Settings(now=NOW, period="soon")).filters.period.preset == "30d"  # type: ignore[arg-type]


async def test_no_color_sends_no_colour(service: FakeService, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = TwinApp(service, Settings(now=NOW, theme="twin-dark"))  # type: ignore[arg-type]
    assert app.theme == "twin-terminal"
    assert list(app.available_themes) == ["twin-terminal"]
    assert any(isinstance(found, NoColor) for found in app._filters)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.is_settled


async def test_q_quits(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_leaving_while_a_question_runs_raises_nothing(service: FakeService):
    from threading import Event

    service.gate = Event()
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.is_settled
        await pilot.press("q")
        service.gate.set()


async def test_the_palette_offers_themes_tabs_and_periods(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        assert {"Theme: twin-light", "Tab: Activity", "Period: Last 7 days", "Filters: clear"} <= set(
            commands
        )
        commands["Period: Last 7 days"].callback()
        commands["Theme: twin-light"].callback()
        await settle(pilot)
        assert app.theme == "twin-light"
        assert app.screen.filters.period.preset == "7d"  # type: ignore[attr-defined]


def test_importing_the_app_imports_neither_plotext_nor_the_sample_world():
    code = "import sys, twin_tui.tui.app; print([m for m in ('plotext', 'faker') if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert found.stdout.strip() == "[]"


async def test_toasts_do_not_pile_up_but_an_error_stays(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(3):
            await pilot.press("right_square_bracket")
        await pilot.pause()
        assert [str(toast.message) for toast in app._notifications] == ["This is the latest period."]
        app.notify("The disk is full.", severity="error")
        app.notify("Copied.")
        await pilot.pause()
        assert [str(toast.message) for toast in app._notifications] == ["The disk is full.", "Copied."]

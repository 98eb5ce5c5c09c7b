"""The map of hours: its cells are read, and lead to the conversations written in then."""

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.main_screen import text_of
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.widgets.parts.heatmap import HourMap
from twin_tui.tui.widgets.parts.panel import PanelBody


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("tab", ["1", "5"])
async def test_a_cell_opens_its_conversations_and_escape_returns_to_it(world_sqlite: str, tab: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(120, 60)) as pilot:
            await settle(pilot)
            await press(pilot, tab)
            assert isinstance(app.screen, MainScreen)
            hours = app.screen.tab.query_one(HourMap)
            hours.take_focus()
            await press(pilot, "right")
            at = hours._cursor
            assert at is not None
            count = max(max(row) for row in hours._hourly.counts)  # type: ignore[union-attr]
            assert hours._hourly.counts[at[0]][at[1]] == count  # type: ignore[union-attr]
            words = hours.Opened(*at).words
            assert f"{words}  " in text_of(app)
            await press(pilot, "enter")
            assert isinstance(app.screen, SessionsBehindScreen)
            assert f"Messages of people, {words}" in text_of(app)
            await press(pilot, "escape")
            assert f"{words}  " in text_of(app)
            await press(pilot, *["up"] * 7, *["left"] * 24)
            assert "Mon 00–01 h  " in text_of(app)
            await press(pilot, "enter")
            assert isinstance(app.screen, MainScreen)
            assert "Nobody wrote" in " ".join(each.message for each in app._notifications)


async def test_the_mouse_reads_a_cell_and_a_second_click_opens_it(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=(120, 60)) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, MainScreen)
            hours = app.screen.tab.query_one(HourMap)
            hours.take_focus()
            await press(pilot, "right")
            at = hours._cursor
            assert at is not None
            hours._cursor = None
            body = hours.query_one(PanelBody)
            wide = max(1, min(5, (body.size.width - 5) // 24))
            place = (4 + at[1] * wide, at[0] + 1)
            await pilot.click(body, offset=place)
            await settle(pilot)
            assert hours._cursor == at
            await pilot.click(body, offset=place)
            await settle(pilot)
            assert isinstance(app.screen, SessionsBehindScreen)

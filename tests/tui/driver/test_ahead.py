"""Tabs are made in idle time: nobody sees it, nothing is asked, and a look at one finds it made."""

from dataclasses import replace

from textual.pilot import Pilot

from tests.tui.driver.recorder import Recorder, record, settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.filters import Period
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.beginning import Beginning
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs import TABS


def begun(service: FakeService) -> TwinApp:
    """Return an app that opens its database behind the first picture."""
    wanted: TwinApp

    def begin() -> Beginning:
        return Beginning(service.status(), wanted.filters)

    wanted = TwinApp(service, Settings(now=NOW), begin=begin)  # type: ignore[arg-type]
    return wanted


async def all_made(pilot: Pilot[object], main: MainScreen) -> None:
    for _ in range(1000):
        if len(main.tabs) == len(TABS):
            return
        await pilot.pause(0.01)
    raise AssertionError("not every tab was made")


async def test_tabs_made_ahead_send_nothing_and_ask_nothing() -> None:
    service = FakeService()
    app = begun(service)

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        main = screen_of(app)
        recorder.taken()
        asked = list(service.asked)
        await all_made(pilot, main)
        await settle(pilot)
        assert recorder.taken() == 0
        assert service.asked == asked
        assert [tab.is_active for tab in main.tabs] == [True, *[False] * 5]
        assert [tab.display for tab in main.tabs] == [True, *[False] * 5]

    try:
        await record(app, (120, 40), script)
    finally:
        service.close()


async def test_a_look_at_a_tab_made_ahead_shows_that_one_with_the_filters_of_now() -> None:
    service = FakeService()
    app = begun(service)

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        main = screen_of(app)
        await all_made(pilot, main)
        made = main.made[1]
        main.filters = replace(main.filters, period=Period.of_preset("7d", service.today()))
        await pilot.press("2")
        await settle(pilot)
        assert main.tab is made
        assert [tab.display for tab in main.tabs].count(True) == 1
        assert len(main.query("ActivityTab")) == 1
        assert service.asked[-1][:2] == ("activity", main.filters)
        assert "1–8 of 8" in text_of(app)

    try:
        await record(app, (120, 40), script)
    finally:
        service.close()


async def test_a_tab_chosen_while_it_is_made_is_made_once() -> None:
    service = FakeService()
    app = begun(service)

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        main = screen_of(app)
        async with main._making:
            await pilot.pause(0.3)
            pressed = main.run_worker(main.made_tab(1, is_active=False))
            chosen = main.run_worker(main.action_tab(2))
        await pressed.wait()
        await chosen.wait()
        await settle(pilot)
        assert len(main.query("ActivityTab")) == 1
        assert main.tab is main.made[1]
        assert main.tab.is_active
        assert main.tab.display

    try:
        await record(app, (120, 40), script)
    finally:
        service.close()

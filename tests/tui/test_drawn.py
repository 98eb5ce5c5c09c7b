"""A tab that is hidden keeps no picture, and is the same when seen again."""

from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.driver.recorder import Recorder, record, settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp


def drawn_lines(tab: Widget) -> int:
    return sum(len(widget._render_cache.lines) for widget in tab.query("*"))


async def test_a_hidden_tab_keeps_no_picture_and_looks_the_same_when_seen_again() -> None:
    service = FakeService()
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]

    async def script(pilot: Pilot[object], recorder: Recorder) -> None:
        main = screen_of(app)
        overview, before = main.tab, text_of(app)
        assert drawn_lines(overview) > 20
        asked = len(service.asked)
        await pilot.press("2")
        await settle(pilot)
        assert drawn_lines(overview) == 0
        assert len(service.asked) == asked + 1
        recorder.taken()
        await pilot.pause(0.5)
        assert recorder.taken() == 0
        await pilot.press("1")
        await settle(pilot)
        assert text_of(app) == before
        assert drawn_lines(overview) > 20
        assert len(service.asked) == asked + 1

    try:
        await record(app, (120, 40), script)
    finally:
        service.close()

"""What happened on a day is marked under the charts."""

from dataclasses import replace
from datetime import date

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import text_of
from twin_tui.analytics.answers import Annotation
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.widgets.chart import ChartPanel

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

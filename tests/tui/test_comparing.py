"""Figures are compared with what was chosen, and drawn beside it."""

from dataclasses import replace

from tests.tui.conftest import settle
from tests.tui.fake_answers import overview
from tests.tui.fake_service import FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.against import Against
from twin_tui.analytics.answers import Overview
from twin_tui.analytics.filters import Filters
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.compare import CompareScreen
from twin_tui.tui.widgets.chart.chart import ChartPanel

SIZE = (120, 40)


def compared(filters: Filters, group: str = "company", measure: str = "conversations") -> Overview:
    found = overview(filters, group, measure)
    if filters.against is None:
        return found
    figures = tuple(
        replace(each, previous=7, change=0.5, compared_with="Glo\x1b[2Jbex", compared_series=(4.0,) * 30)
        for each in found.figures
    )
    return replace(found, figures=figures)


async def test_c_offers_last_year_and_companies_and_the_choice_is_drawn_and_told(
    app: TwinApp, service: FakeService
):
    service.answer = compared
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "against" not in text_of(app)
        await pilot.press("c")
        for _ in range(200):
            await pilot.pause(0.01)
            if isinstance(app.screen, CompareScreen):
                break
        assert "Globex           the same days there" in text_of(app)
        await pilot.press("down", "down", "down", "down", "enter")
        await settle(pilot)
        assert screen_of(app).filters.against == Against("company", "Globex")
        shown = text_of(app)
        assert "against Globex" in shown
        assert "●⠒ Glo" in shown
        assert "\x1b" not in shown
        assert "Globex 7" in shown or "bex 7" in shown
        chart = app.screen.query_one(ChartPanel)
        chart.take_focus()
        await pilot.press("left")
        assert "bex 4" in text_of(app)
        await pilot.press("c")
        await pilot.pause(0.2)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert screen_of(app).filters.against is None
        assert "against" not in text_of(app)


async def test_bars_and_views_without_a_counterpart_have_no_second_line(app: TwinApp, service: FakeService):
    service.answer = compared
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen_of(app).filters = replace(screen_of(app).filters, against=Against("year"))
        await settle(pilot)
        assert "against last year" in text_of(app)
        await pilot.press("v", "v")
        await settle(pilot)
        assert "Features per day" in text_of(app)
        assert "●⠒ Glo" not in text_of(app)


async def test_escape_changes_nothing(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = screen_of(app).filters
        await pilot.press("c")
        for _ in range(200):
            await pilot.pause(0.01)
            if isinstance(app.screen, CompareScreen):
                break
        await pilot.press("escape")
        await settle(pilot)
        assert screen_of(app).filters == before

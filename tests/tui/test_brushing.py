"""Days chosen in a chart: reading them, looking at them in every tab, and the ways back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.fake_answers import overview
from tests.tui.fake_service import FakeService
from twin_tui.analytics.answers import Overview
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import Chosen, Course
from twin_tui.tui.widgets.parts.panel import PanelBody

LAST30 = Period.of_preset("30d", date(2026, 11, 23))


def within(filters: Filters, *asked: Any) -> Overview:
    """The fake's answer with only the days of the period: here and nowhere else days are cut."""
    whole, period = overview(filters, *asked), filters.period
    days = tuple(
        row
        for row in whole.days
        if period.start is None or period.end is None or period.start <= row.day < period.end
    )
    return replace(whole, days=days)


@pytest.fixture(autouse=True)
def _cut(service: FakeService) -> None:
    service.answer = within


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def chart_of(app: TwinApp) -> ChartPanel:
    return app.screen.query_one(ChartPanel)


def filters_of(app: TwinApp) -> Filters:
    assert isinstance(app.screen, MainScreen)
    return app.screen.filters


def bar(app: TwinApp) -> str:
    """Return the filter line."""
    return frame(app).splitlines()[1]


def reading(app: TwinApp) -> str:
    """Return the line over the chart."""
    body = chart_of(app).query_one(PanelBody)
    return " ".join(body.render_lines(body.size.region)[0].text.split())


async def to_chart(pilot: "Pilot[None]") -> None:
    await settle(pilot)
    chart_of(pilot.app).take_focus()  # type: ignore[arg-type]
    await settle(pilot)


async def test_the_cursor_reads_single_days_and_stays_within_them(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        assert "● active users" in reading(app)
        await press(pilot, "left")
        assert reading(app) == "Mon 23 Nov 2026 ● active users 6 ⠒⠒ 7-day average – ○ so far"
        await press(pilot, "left")
        assert reading(app) == "Sun 22 Nov 2026 ● active users 10 ⠒⠒ 7-day average 7.6"
        await press(pilot, "ctrl+left", "left")
        assert reading(app).startswith("Sat 14 Nov 2026 ● active users 1 ")
        await press(pilot, "home", "left")
        assert reading(app).startswith("Sun 25 Oct 2026 ● active users 5 ")
        await press(pilot, "end", "right", "v")
        assert reading(app) == "Mon 23 Nov 2026 ⠒⠒ messages 162 ●⠒ conversations 30 ○ so far"
        assert "▲" in frame(app)
        await press(pilot, "escape")
        assert reading(app).startswith("⠒⠒ messages")
        assert "▲ " not in frame(app).splitlines()[-3]


async def test_a_span_says_its_days_and_the_mean_of_them(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "left", "shift+left", "shift+left")
        words = "20–22 Nov 2026, 3 days ● active users mean 5 ⠒⠒ 7-day average mean 7.3"
        assert reading(app) == words  # (3 + 2 + 10) / 3 and (50 + 51 + 53) / 7 / 3
        assert "━━" in frame(app)
        await press(pilot, "right")
        assert reading(app).startswith("Sat 21 Nov 2026 ")
        await press(pilot, "s", "right")
        assert reading(app).startswith("21–22 Nov 2026, 2 days ")
        await press(pilot, "s", "left")
        assert reading(app).startswith("Sat 21 Nov 2026 ")


async def test_enter_looks_at_the_days_in_every_tab_and_enter_again_brings_the_former_back(
    app: TwinApp, service: FakeService
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_chart(pilot)
        before = frame(app)
        await press(pilot, "left", "left", "shift+left", "enter")
        assert filters_of(app).period == Period(date(2026, 11, 21), date(2026, 11, 23))
        assert "‹ showing 21–22 Nov 2026 (2 days) › · reset: x" in bar(app)
        assert len(chart_of(app).course.days) == 30
        assert "25 Oct" in frame(app)
        await press(pilot, "2")
        asked = [one[1] for one in service.asked if one[0] == "activity"]
        assert [filters.period.days for filters in asked] == [2]
        assert "showing 21–22 Nov 2026" in bar(app)
        await press(pilot, "1")
        await to_chart(pilot)
        await press(pilot, "enter")
        assert filters_of(app).period == LAST30
        assert "reset" not in bar(app)
        assert frame(app) == before
        await press(pilot, "2")
        assert isinstance(app.screen, MainScreen)
        assert isinstance(app.screen.tab, ActivityTab)
        assert app.screen.tab.filters == Filters(LAST30)


async def test_another_day_replaces_the_chosen_ones_and_x_returns_to_the_first_period(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "enter", "left", "left", "enter")
        assert filters_of(app).period == Period(date(2026, 11, 21), date(2026, 11, 22))
        await press(pilot, "x")
        assert filters_of(app).period == LAST30
        assert "Last 30 days" in bar(app)


async def test_x_goes_back_before_it_clears_filters(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        screen.filters = replace(screen.filters, company="Acme")
        await settle(pilot)
        await press(pilot, "left", "enter")
        assert "✕" not in bar(app)
        await press(pilot, "x")
        assert filters_of(app) == Filters(LAST30, company="Acme")
        await press(pilot, "x")
        assert filters_of(app) == Filters(LAST30)


async def test_earlier_and_later_move_the_chosen_days_within_the_former_ones(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "left", "shift+left", "enter", "left_square_bracket")
        assert filters_of(app).period == Period(date(2026, 11, 19), date(2026, 11, 21))
        assert chart_of(app).chosen_days == (date(2026, 11, 19), date(2026, 11, 21))
        assert len(chart_of(app).course.days) == 30
        await press(pilot, *["left_square_bracket"] * 13)
        assert filters_of(app).period.start == date(2026, 10, 24)
        assert len(chart_of(app).course.days) == 1  # 24 Oct lies before the former period: drawn alone
        await press(pilot, "x")
        assert filters_of(app).period == LAST30


async def test_choosing_a_period_forgets_the_former_one(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "enter")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        screen.look_at_period(Period.of_preset("7d", date(2026, 11, 23)))
        await settle(pilot)
        assert "reset" not in bar(app)
        assert len(chart_of(app).course.days) == 7
        await press(pilot, "x")
        assert filters_of(app).period.preset == "7d"


async def test_another_filter_keeps_the_chosen_days(app: TwinApp, service: FakeService) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "enter")
        service.asked.clear()
        screen = app.screen
        assert isinstance(screen, MainScreen)
        screen.filters = replace(screen.filters, company="Acme")
        await settle(pilot)
        assert "showing Mon 23 Nov 2026" in bar(app)
        periods = [one[1].period.days for one in service.asked if one[0] == "overview"]
        assert sorted(periods) == [1, 30]
        assert all(one[1].company == "Acme" for one in service.asked if one[0] == "overview")


async def test_days_around_that_cannot_be_read_are_told(app: TwinApp, service: FakeService) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_chart(pilot)

        def answer(filters: Filters, *asked: Any) -> Overview:
            if filters.period.days == 30:
                raise AnalyticsError("The database went away.")
            return within(filters, *asked)

        service.answer = answer
        await press(pilot, "left", "enter")
        assert "The database went away." in frame(app)
        assert len(chart_of(app).course.days) == 30


async def test_the_mouse_reads_chooses_and_clears(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_chart(pilot)
        await pilot.click("#chart PanelBody", offset=(30, 5))
        await settle(pilot)
        chart = chart_of(app)
        day = chart.chosen_days
        assert day is not None
        assert day[1] - day[0] == timedelta(days=1)
        assert filters_of(app).period == LAST30
        await pilot.click("#chart PanelBody", offset=(30, 5))
        await settle(pilot)
        assert filters_of(app).period == Period(*day)
        await pilot.click("#chart PanelBody", offset=(30, 5))
        await settle(pilot)
        assert filters_of(app).period == LAST30
        await pilot.mouse_down("#chart PanelBody", offset=(30, 5))
        await pilot.hover("#chart PanelBody", offset=(50, 6))
        await pilot.mouse_up("#chart PanelBody", offset=(50, 6))
        await settle(pilot)
        span = chart.chosen_days
        assert span is not None
        assert span[0] == day[0]
        assert span[1] > day[1]
        assert filters_of(app).period == LAST30
        await pilot.hover("#chart PanelBody", offset=(70, 6))
        assert chart.chosen_days == span
        await pilot.click("#chart PanelBody", offset=(40, 6))
        await settle(pilot)
        assert filters_of(app).period == Period(*span)


async def test_a_chart_without_days_takes_no_key_amiss(app: TwinApp, service: FakeService) -> None:
    service.answer = lambda filters, *asked: replace(within(filters, *asked), days=())
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "left", "shift+right", "s", "enter", "escape")
        await pilot.click("#chart PanelBody", offset=(10, 3))
        assert filters_of(app).period == LAST30


async def test_escape_gives_a_maximised_chart_back_before_it_takes_the_cursor_away(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_chart(pilot)
        await press(pilot, "m", "left", "escape")
        assert app.screen.maximized is None
        assert chart_of(app).chosen_days is not None
        await press(pilot, "escape")
        assert chart_of(app).chosen_days is None


def test_stretches_of_weeks_are_chosen_whole() -> None:
    weeks = Course(
        tuple(date(2026, 11, day) for day in (2, 9, 16)), (), after=date(2026, 11, 23), is_daily=False
    )
    assert weeks.stretch(1, 2) == (date(2026, 11, 9), date(2026, 11, 23))
    assert weeks.places((date(2026, 11, 4), date(2026, 11, 10))) == (0, 1)


def test_letting_go_of_a_held_end_lets_the_cursor_take_it_along() -> None:
    held = Chosen(3, 3, is_held=True).moved(2, 9, holding=False)
    assert (held.first, held.last) == (3, 5)
    assert replace(held, is_held=False).moved(1, 9, holding=False) == Chosen(6, 6)

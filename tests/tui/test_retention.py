"""The retention tab: what it draws, the people behind every number, and the ways there and back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.tui.fake_service import NOW
from tests.tui.retention_world import FakeRetention, retention
from twin_tui.analytics.answers import Retention, RetentionCell
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.dialogs.explain import ExplainScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.retention import RetentionTab
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody


@pytest.fixture
def past() -> Iterator[FakeRetention]:
    fake = FakeRetention()
    yield fake
    fake.close()


@pytest.fixture
def app(past: FakeRetention) -> TwinApp:
    return at_tab(TwinApp(past, Settings(now=NOW)), 4)  # type: ignore[arg-type]


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def to(pilot: "Pilot[None]", panel: str) -> Panel:
    """Look at the tab, with the keys on one of its panels."""
    await settle(pilot)
    await press(pilot, "4")
    found = pilot.app.screen.query_one(panel, Panel)
    found.take_focus()
    await settle(pilot)
    return found


def lines(panel: Panel) -> list[str]:
    body = panel.query_one(PanelBody)
    return [strip.text.rstrip() for strip in body.render_lines(body.size.region)]


def wanted(past: FakeRetention) -> RetentionCell:
    """Return the number whose people were asked for last."""
    return next(asked[2] for asked in reversed(past.asked) if asked[0] == "retention_people")


def title(app: TwinApp) -> str:
    assert isinstance(app.screen, PeopleBehindScreen)
    return frame(app).splitlines()[0].strip()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_screen_shows_cards_the_chart_and_who_came_back(
    app: TwinApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        text = frame(app)
        for words in ("Daily active", "Weekly active", "DAU/MAU", "New users", "⠒⠒ 30 days", "● day"):
            assert words in text
        for words in ("D1    60.0 %", "D7    40.0 %", "D30        –", "nobody yet"):
            assert words in text


async def test_any_cohort_opens_its_people_and_escape_returns_to_the_cell(
    app: TwinApp, past: FakeRetention
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await to(pilot, "CohortPanel")
        await press(pilot, "up", "up", "right")
        before = frame(app)
        assert "first active 2–8 Nov 2026, week 1: 80.0 % · 8 of 10 people active" in " ".join(
            lines(grid)[-1].split()
        )
        await press(pilot, "enter")
        assert wanted(past) == RetentionCell("week", 1, date(2026, 11, 2))
        assert title(app) == "First active 2–8 Nov 2026, active in week 1 after  2 people, by name"
        assert "Eve[/]␛[2J" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "escape", "escape")
        assert frame(app) == before
        await press(pilot, "n")
        assert wanted(past).is_retained is False
        assert "not active in week 1 after" in title(app)


async def test_the_grid_reads_without_colour_and_marks_weeks_that_are_not_over(
    app: TwinApp, past: FakeRetention
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await to(pilot, "CohortPanel")
        drawn = lines(grid)
        assert drawn[1].split()[:6] == ["26", "Oct", "10", "█100", "█", "80"]
        assert drawn[1].count("·") == 9
        assert drawn[4].count("·") == 12
        await press(pilot, "end")
        assert "not over yet" in lines(grid)[-1]
        past.asked.clear()
        await press(pilot, "enter")
        assert isinstance(app.screen, MainScreen)
        assert past.asked == []
        await press(pilot, "home", "up", "up", "up", "up", "left", "shift+tab")
        assert "░ to 25 %" in lines(grid)[-1]
        assert "numbers are percent" in lines(grid)[-1]


async def test_coming_back_opens_those_who_did_and_those_who_did_not(
    app: TwinApp, past: FakeRetention
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "BackPanel")
        await press(pilot, "down", "enter")
        assert wanted(past) == RetentionCell("day", 7)
        assert title(app).startswith("Back on day 7, first active in 25 Oct – 23 Nov 2026")
        await press(pilot, "escape", "n")
        assert wanted(past) == RetentionCell("day", 7, is_retained=False)
        await press(pilot, "escape", "t")
        assert past.asked[-1] == ("retention", Filters(Period.of_preset("30d", NOW.date())), True)
        assert "or later" in frame(app)
        await press(pilot, "enter")
        assert past.asked[-1][3] is True
        assert title(app).startswith("Back on day 7 or later")


async def test_states_active_days_and_cards_open_their_people(app: TwinApp, past: FakeRetention) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        states = await to(pilot, "StatesPanel")
        assert "▚ Dormant" in "\n".join(lines(states))
        await press(pilot, "down", "down", "down", "enter")
        assert wanted(past) == RetentionCell("lifecycle", state="dormant")
        assert title(app).startswith("Dormant, 25 Oct – 23 Nov 2026")
        await press(pilot, "escape")
        days = await to(pilot, "ActiveDaysPanel")
        assert "12  66.7 %" in "\n".join(lines(days))  # 12 of 5 + 12 + 1
        await press(pilot, "end", "enter")
        assert wanted(past) == RetentionCell("active_days", 9)
        await press(pilot, "escape", "1", "4", "enter")
        assert wanted(past) == RetentionCell("active", 1)
        await press(pilot, "escape", "right", "enter")
        assert wanted(past) == RetentionCell("active", 7)
        await press(pilot, "escape", "down", "enter")
        assert wanted(past) == RetentionCell("adopted")
        await press(pilot, "escape", "right", "enter")
        assert wanted(past) == RetentionCell("created")


async def test_any_value_of_a_chart_opens_its_people(app: TwinApp, past: FakeRetention) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "RetentionTab #chart")
        await press(pilot, "left", "left", "down", "down", "enter")
        assert wanted(past) == RetentionCell("active", 7, start=date(2026, 11, 22))
        assert title(app).startswith("Active in the 7 days 16–22 Nov 2026")
        await press(pilot, "escape", "v", "v", "down", "enter")
        assert wanted(past) == RetentionCell("day", 1)
        assert past.asked[-1][1].period == Period(date(2026, 11, 22), date(2026, 11, 23))
        await press(pilot, "escape")
        stack = await to(pilot, "#lifecycle")
        await press(pilot, "left", "left", "up")
        assert "▸· never 4" in " ".join(lines(stack)[0].split())
        await press(pilot, "enter")
        assert wanted(past) == RetentionCell("lifecycle", state="never", start=date(2026, 11, 22))
        assert title(app).startswith("Never active, 22 Nov 2026")


async def test_a_step_of_the_lifecycle_can_be_looked_at_in_every_tab_and_still_opens(
    app: TwinApp, past: FakeRetention
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "#lifecycle")
        await press(pilot, "left", "left", "enter")
        main = app.screen
        assert isinstance(main, MainScreen)
        assert main.filters.period == Period(date(2026, 11, 22), date(2026, 11, 23))
        for chart in app.screen.query(ChartPanel):
            assert len(chart.course.days) == 30
        await press(pilot, "down", "enter")
        assert wanted(past) == RetentionCell("lifecycle", state="returning", start=date(2026, 11, 22))
        assert past.asked[-1][1].period.days == 30  # the step is one of the days around
        await press(pilot, "escape", "escape", "enter")
        assert main.filters.period.days == 30


async def test_five_states_are_told_apart_by_their_signs(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        stack = await to(pilot, "#lifecycle")
        legend, *picture = lines(stack)
        for words in ("█ returning", "▒ new", "░ resurrected", "▚ dormant", "· never"):
            assert words in legend
        for sign in "█▒░▚·":
            assert any(sign in line for line in picture)


async def test_i_explains_what_the_panel_is_made_of(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        for panel, words in (
            ("BackPanel", "D1: back on day 1"),
            ("StatesPanel", "New"),
            ("RetentionTab #chart", "Monthly active users"),
            ("CohortPanel", "D7: back on day 7"),
        ):
            await to(pilot, panel)
            await press(pilot, "i")
            assert isinstance(app.screen, ExplainScreen)
            assert words in frame(app)
            await press(pilot, "escape")


async def test_filters_that_say_nothing_about_a_first_time_are_named(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "CohortPanel")
        main = app.screen
        assert isinstance(main, MainScreen)
        main.filters = replace(main.filters, platform="slack")
        await settle(pilot)
        assert "not filtered by platform" in frame(app)


async def test_nobody_and_failure_are_said_in_words(app: TwinApp, past: FakeRetention) -> None:
    def nobody(filters: Filters, **asked: Any) -> Retention:
        found = retention(filters, **asked)
        blank = replace(found.lifecycle, new=0, returning=0, resurrected=0, dormant=0)
        return replace(found, lifecycle=blank, cohorts=(), active_days=())

    past.retained = nobody
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "Nothing happened in this period." in frame(app)
        past.retained = lambda filters, **asked: replace(retention(filters, **asked), cohorts=())
        await press(pilot, "f5")
        tab = app.screen.query_one(RetentionTab)
        grid = await to(pilot, "CohortPanel")
        await press(pilot, "enter", "down", "right")
        assert "Nobody was active for the first time in these days." in lines(grid)[0]
        past.error = AnalyticsError("The database went away.")
        await press(pilot, "f5")
        tab.scroll_home(animate=False)
        await settle(pilot)
        assert "The database went away." in frame(app)

"""Two keys lead from anywhere to the conversations that were active on a weekday, and x leads back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.world import NOW
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.dialogs.day import LETTERS, DayScreen, day_of
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.tables.activity_table import ActivityTable

TODAY = NOW.date()


@pytest.fixture
def app(world_sqlite: str) -> Iterator[TwinApp]:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        yield at_tab(TwinApp(service, Settings(now=NOW)), 2)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def tab(app: TwinApp) -> ActivityTab:
    assert isinstance(app.screen, MainScreen)
    assert isinstance(app.screen.tab, ActivityTab)
    return app.screen.tab


def listed(app: TwinApp) -> list[str]:
    return [item.session_id for item in app.screen.query_one(ActivityTable).items]


def active_on(app: TwinApp, day: date, **filters: str) -> list[str]:
    asked = Filters(Period.between(day, day), **filters)
    return [i.session_id for i in app.service.activity(asked, ActivityRequest(dated="active")).items]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_the_last_such_day_before_today(letter: str) -> None:
    for back in range(7):
        today = TODAY - timedelta(days=back)
        day = day_of(letter, today)
        assert day.weekday() == LETTERS.index(letter)
        assert timedelta(days=1) <= today - day <= timedelta(days=7)


@pytest.mark.parametrize("way", [(), ("2",), ("2", "enter"), ("slash", "down"), ("3", "enter")], ids=str)
async def test_two_keys_list_what_was_active_on_a_weekday(app: TwinApp, way: tuple[str, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *way)
        await press(pilot, "W", "f")
        day = date(2026, 11, 20)
        assert listed(app) == active_on(app, day) != []
        assert "showing Fri 20 Nov 2026" in frame(app)
        assert "a active" in frame(app)
        await press(pilot, "enter", "escape")
        assert listed(app) == active_on(app, day)


async def test_x_leads_back_to_the_period_and_dating_of_before(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        before = listed(app)
        await press(pilot, "W", "t", "W", "f", "left_square_bracket")
        assert "showing Thu 19 Nov 2026" in frame(app)
        assert listed(app) == active_on(app, date(2026, 11, 19))
        await press(pilot, "x")
        assert listed(app) == before
        assert tab(app).request.dated == "started"
        assert "Last 30 days" in frame(app)


async def test_other_filters_stay_and_another_period_ends_it(app: TwinApp) -> None:
    app.filters = Filters(app.filters.period, company="North")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "a", "t", "t", "W", "f")
        assert tab(app).request.type == "conversation"
        assert listed(app) == active_on(app, date(2026, 11, 20), company="North")
        app.screen.look_at_period(Period.of_preset("7d", TODAY))  # type: ignore[attr-defined]
        await settle(pilot)
        assert "showing" not in frame(app)
        await press(pilot, "x")
        assert "Last 7 days" in frame(app)
        assert tab(app).request.dated == "active"


async def test_the_day_is_chosen_by_arrows_too_and_escape_changes_nothing(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "W")
        assert isinstance(app.screen, DayScreen)
        assert "yesterday" in frame(app)
        await press(pilot, "escape")
        assert "Last 30 days" in frame(app)
        await press(pilot, "W", "down", "enter")
        assert listed(app) == active_on(app, TODAY - timedelta(days=2))
        await press(pilot, "W", "y")
        assert listed(app) == active_on(app, TODAY - timedelta(days=1))
        await press(pilot, "W", "y")
        assert listed(app) == active_on(app, TODAY - timedelta(days=1))

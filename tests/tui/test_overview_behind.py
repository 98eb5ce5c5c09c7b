"""Every card and bar of the overview leads to what is behind it, and escape leads back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.main_screen import text_of
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen
from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.widgets.parts.bars import FeaturePanel
from twin_tui.tui.widgets.parts.types_panel import TypesPanel

SIZE = (200, 60)


@asynccontextmanager
async def looking(url: str) -> AsyncIterator["tuple[TwinApp, Pilot[None]]"]:
    with AnalyticsService(url, clock=lambda: NOW) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            yield app, pilot


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


# The hand-counted world: 3 people, 8 conversations of 30 days, 5 documents, 5 queries, 3 shared uses.
@pytest.mark.parametrize(
    ("right", "screen", "said"),
    [
        (0, PeopleBehindScreen, "Active users  3 people"),
        (1, SessionsBehindScreen, "Conversations"),
        (2, SessionsBehindScreen, "Conversations with messages"),
        (3, SessionsBehindScreen, "Documents drafted"),
        (4, SessionsBehindScreen, "Conversations with queries"),
        (5, SessionsBehindScreen, "Conversations with somebody else's twin"),
        (7, SessionsBehindScreen, "Queries that found nothing"),
        (8, SessionsBehindScreen, "Conversations of known length"),
    ],
)
async def test_a_card_opens_what_it_counts(world_sqlite: str, right: int, screen: type, said: str) -> None:
    async with looking(world_sqlite) as (app, pilot):
        await press(pilot, *["right"] * right, "enter")
        assert isinstance(app.screen, screen)
        assert said in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)


async def test_twins_stand_on_a_tab_of_their_own(world_sqlite: str) -> None:
    async with looking(world_sqlite) as (app, pilot):
        await press(pilot, *["right"] * 6, "enter")
        assert isinstance(app.screen, MainScreen)
        assert "tab 3" in " ".join(each.message for each in app._notifications)


async def test_a_feature_opens_as_many_conversations_as_it_says(world_sqlite: str) -> None:
    async with looking(world_sqlite) as (app, pilot):
        assert isinstance(app.screen, MainScreen)
        features = app.screen.tab.query_one(FeaturePanel)
        features.take_focus()
        await press(pilot, "enter")
        assert f"of {features._features[0].count}" in text_of(app)
        await press(pilot, "escape", *["down"] * 3, "enter")
        assert f"of {features._features[3].count}" in text_of(app)
        assert "somebody else's twin" in text_of(app)
        await press(pilot, "escape")
        assert "▸" in text_of(app)


async def test_a_type_opens_its_conversations_by_key_and_by_mouse(world_sqlite: str) -> None:
    async with looking(world_sqlite) as (app, pilot):
        assert isinstance(app.screen, MainScreen)
        types = app.screen.tab.query_one(TypesPanel)
        types.take_focus()
        await press(pilot, "m")
        assert all(item is not None for item in types._items)
        await press(pilot, *["down"] * 30, "enter")
        assert isinstance(app.screen, SessionsBehindScreen)
        assert "Platforms: " in text_of(app)
        await press(pilot, "escape", *["up"] * 30)
        types.pick(0)
        await settle(pilot)
        assert "Messages: " in text_of(app)


async def test_types_that_are_summed_up_say_how_to_see_each(world_sqlite: str) -> None:
    async with looking(world_sqlite) as (app, pilot):
        assert isinstance(app.screen, MainScreen)
        types = app.screen.tab.query_one(TypesPanel)
        types.stand_for([None])
        types.action_open()
        await settle(pilot)
        assert "m shows each" in " ".join(each.message for each in app._notifications)

"""The overview over the real service and the hand-countable world of `tests.world`."""

from collections.abc import Iterator

import pytest

from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.dialogs.explain import ExplainScreen
from twin_tui.tui.widgets.parts.kpi_card import KpiCard
from twin_tui.tui.widgets.parts.panel import PanelBody


@pytest.fixture
def world_app(world_sqlite: str) -> Iterator[TwinApp]:
    """The app over the world, its period the week of seven days."""
    with AnalyticsService(world_sqlite, timezone="UTC", clock=lambda: NOW) as service:
        yield TwinApp(service, Settings(now=NOW, period="7d"))


@pytest.fixture
def empty_app(sqlite_url: str) -> Iterator[TwinApp]:
    """The app over a migrated database without rows."""
    with AnalyticsService(sqlite_url, timezone="UTC", clock=lambda: NOW) as service:
        yield TwinApp(service, Settings(now=NOW))


def cards(app: TwinApp) -> dict[str, str]:
    found = (card for card in app.screen.query(KpiCard) if card.figure is not None)
    return {
        card.figure.key: card.render().plain.split("\n")[1][2:].split("  ")[0]
        for card in found
        if card.figure
    }


def text_of(app: TwinApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_the_cards_show_the_week_counted_by_hand(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = cards(world_app)
        assert shown["active_users"] == "3"
        assert shown["conversations"] == "6"
        assert shown["messages"] == "17"
        assert shown["documents"] == "3"
        assert shown["queries"] == "4"
        assert shown["shared_share"] == "33.3 %"  # 2 of 6
        assert shown["zero_result_rate"] == "33.3 %"  # 1 of 3 with a known count
        assert shown["session_length_median"] == "1 min 40 s"  # 20, 45.5, 100, 660, 1215 s


async def test_filtering_by_the_first_company_of_the_leaderboard(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "tab", "enter")
        await settle(pilot)
        assert "company North" in text_of(world_app)
        assert cards(world_app)["conversations"] == "5"  # s3 is Cho's, of South
        await pilot.press("x")
        await settle(pilot)
        assert cards(world_app)["conversations"] == "6"


async def test_the_leaderboard_by_each_attribute(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for group in ("department", "user", "twin", "company"):
            await pilot.press("b")
            await settle(pilot)
            assert f"Leaderboard by {group}" in text_of(world_app)


async def test_the_newest_line_opens_its_conversation_and_escape_comes_back(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*["tab"] * 5, "enter")
        await settle(pilot)
        assert isinstance(world_app.screen, ConversationScreen)
        before = world_app.screen_stack[0].focused
        await pilot.press("escape")
        await settle(pilot)
        assert world_app.screen.focused is before


async def test_i_explains_the_focused_card(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("right", "i")
        await settle(pilot)
        assert isinstance(world_app.screen, ExplainScreen)
        assert "Conversations" in text_of(world_app)


async def test_i_explains_every_panel_with_figures_and_arrows_reach_those_beside(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        told = []
        for panel in ("chart", "features", "leaderboard", "hours"):
            await pilot.press("tab", "i")
            await settle(pilot)
            assert isinstance(world_app.screen, ExplainScreen), panel
            assert "window" in text_of(world_app)
            told.append(world_app.screen.query_one("#explanation").border_title)
            if panel == "leaderboard":
                assert "equals share a rank" in text_of(world_app)
                assert "1 of 6: ← →" in text_of(world_app)
                await pilot.press("right")
                assert "2 of 6: ← →" in text_of(world_app)
                told.append(world_app.screen.query_one("#explanation").border_title)
                await pilot.press("left", "left")
                assert "6 of 6: ← →" in text_of(world_app)
            await pilot.press("escape")
            await settle(pilot)
        assert told == ["Active users", "Conversations", "Conversations", "Active users", "Messages"]


async def test_arrows_in_an_explanation_reach_the_figures_that_have_no_card(world_app: TwinApp):
    async with world_app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("i", "left")
        await settle(pilot)
        assert "Conversations per user" in text_of(world_app)


async def test_an_empty_database_and_one_without_anything_in_the_period(
    empty_app: TwinApp, world_app: TwinApp
):
    async with empty_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "This database holds no conversation yet." in text_of(empty_app)
    async with world_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*["left_square_bracket"] * 30)
        await settle(pilot)
        assert "Nothing happened in this period." in text_of(world_app)


async def test_every_period_draws_every_measure(world_app: TwinApp):
    async with world_app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for title in ("Today", "Last 90 days", "Last 365 days", "All time"):
            commands = {
                command.title: command.callback for command in world_app.get_system_commands(world_app.screen)
            }
            commands[f"Period: {title}"]()
            await settle(pilot)
            for _ in range(3):
                await pilot.press("v")
                await settle(pilot)
                body = world_app.screen.query_one("#chart").query_one(PanelBody)
                assert "0┤" in "\n".join(strip.text for strip in body.render_lines(body.size.region))

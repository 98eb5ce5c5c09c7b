"""The engagement tab over the real service and the hand-countable world of `tests.world`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.tui.hostile_world import fill
from tests.world import NOW, at
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen
from twin_tui.tui.screens.answers.twin import TwinScreen
from twin_tui.tui.screens.dialogs.explain import ExplainScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.engagement import EngagementTab, PairsPanel
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.parts.bar_list import BarList
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.panel import Panel

WEEK = Filters(Period.of_preset("7d", NOW.date()))


@pytest.fixture
def app(world_sqlite: str) -> Iterator[TwinApp]:
    """The app over the world, its period the week of seven days."""
    with AnalyticsService(world_sqlite, timezone="UTC", clock=lambda: NOW) as service:
        yield at_tab(TwinApp(service, Settings(now=NOW, period="7d")), 5)


async def opened(pilot: "Pilot[None]") -> EngagementTab:
    await settle(pilot)
    await pilot.press("5")
    await settle(pilot)
    return pilot.app.screen.query_one(EngagementTab)


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def words(panel: Panel, width: int = 60, height: int = 12) -> list[str]:
    return [line.plain.rstrip() for line in panel.draw(width, height)]


async def test_every_list_tells_its_numbers_beside_its_bars(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        # Three accounts, Ann and Ben own a twin, Ann's is shared and she was active.
        funnel = words(tab.query_one("#funnel", BarList))
        numbers = [line.replace("█", "").split()[-3:] for line in funnel]
        assert numbers == [
            ["created", "3", "–"],
            ["2", "67", "%"],
            ["1", "50", "%"],
            ["1", "100", "%"],
        ]
        spread = words(tab.query_one("#spread", BarList))
        assert spread[0] == "  median 2 · p90 3 · 3 users"
        assert [line.split()[0] for line in spread if "█" in line] == ["1", "2", "3–4"]
        kinds = words(tab.query_one("#kinds", BarList))
        assert kinds[0].startswith("  Travel")
        assert "33 %" in kinds[0]
        assert "(none)" in kinds[1]
        pairs = words(tab.query_one(PairsPanel))
        assert pairs[1].split() == ["Ben", "Ito", "Ann's", "twin", "Ann", "Berg", "1", "50", "%"]


async def test_a_step_opens_its_people_and_escape_returns_to_it(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        panel = tab.query_one("#funnel", BarList)
        panel.take_focus()
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, PeopleBehindScreen)
        shown = frame(app)
        assert "Funnel: Own a twin (2)" in shown
        assert "Ann Berg" in shown
        assert "Ben Ito" in shown
        assert "Cho Min" not in shown
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        assert panel.has_the_focus
        assert panel.bar is not None
        assert panel.bar.label == "Own a twin"


@pytest.mark.parametrize(
    ("moves", "screen", "title", "found", "missing"),
    [
        (0, PeopleBehindScreen, "Active users  3 people", "Cho Min", "nobody"),
        (1, PeopleBehindScreen, "Active users  3 people", "Ann Berg", "nobody"),
        (2, PeopleBehindScreen, "Power users  0 people", "Nobody is behind", "Ann Berg"),
        (3, SessionsBehindScreen, "Conversations", "Quarter report", "Parking"),
        (4, SessionsBehindScreen, "Conversations of known length", "Quarter report", "11:00"),
        (5, SessionsBehindScreen, "with somebody else's twin", "Travel policy", "Quarter report"),
    ],
)
async def test_a_card_lists_who_or_what_is_behind_it(  # noqa: PLR0917
    app: TwinApp, moves: int, screen: type, title: str, found: str, missing: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        tab.query_one(KpiGrid).current.focus()
        await press(pilot, *["right"] * moves, "enter")
        assert isinstance(app.screen, screen)
        shown = frame(app)
        assert title in shown
        assert found in shown
        assert missing not in shown


async def test_concentration_lists_the_busiest_and_a_busy_person_opens(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await opened(pilot)
        tab.query_one("#funnel", BarList).take_focus()
        await press(pilot, "right", "end", "enter")
        assert isinstance(app.screen, PeopleBehindScreen)
        assert "Ann Berg" in frame(app)
        assert "Ben Ito" not in frame(app)
        await press(pilot, "escape", "right", "enter")
        assert isinstance(app.screen, PersonScreen)
        assert "Ann Berg" in frame(app)


async def test_a_bucket_opens_its_conversations(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        panel = tab.query_one("#spread", BarList)
        panel.take_focus()
        await press(pilot, "right", "right")
        assert panel.view is not None
        assert panel.view.title == "Session length"
        # 660 s and 1,215 s are s1 and s5; the bucket from five minutes holds the first.
        await press(pilot, "down", "down", "enter")
        assert isinstance(app.screen, SessionsBehindScreen)
        shown = frame(app)
        assert "Session length: 5–15 min (1)" in shown
        assert "Quarter report" in shown
        assert "出張の予定" not in shown
        await press(pilot, "escape")
        assert panel.bar is not None
        assert panel.bar.label == "5–15 min"


@pytest.mark.parametrize(
    ("views", "downs", "title", "found"),
    [
        (0, 0, "Topics: Travel (2)", "Travel policy"),
        (1, 0, "Platforms: slack (4)", "Offer for a customer"),
        (2, 0, "Message types: general (12)", "Quarter report"),
        (3, 0, "Document types: email (1)", "Offer for a customer"),
        (4, 0, "Query types: document_search (2)", "Travel policy"),
        (5, 23, "Hours of the day: 23–24 h (1)", "Offer for a customer"),
    ],
)
async def test_topics_types_and_hours_open_their_conversations(
    app: TwinApp, views: int, downs: int, title: str, found: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        tab.query_one("#kinds", BarList).take_focus()
        await press(pilot, *["right"] * views, *["down"] * downs, "enter")
        assert isinstance(app.screen, SessionsBehindScreen)
        assert title in frame(app)
        assert found in frame(app)


async def test_a_pair_opens_its_conversations_its_person_and_its_twin(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        tab.query_one(PairsPanel).take_focus()
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, SessionsBehindScreen)
        assert "Cho Min with Ann's twin" in frame(app)
        assert "Offer for a customer" in frame(app)
        assert "Travel policy" not in frame(app)
        await press(pilot, "escape", "u")
        assert isinstance(app.screen, PersonScreen)
        assert "Cho Min" in frame(app)
        await press(pilot, "escape", "w")
        assert isinstance(app.screen, TwinScreen)


async def test_what_lists_are_made_of_is_explained_with_its_sql(app: TwinApp) -> None:
    async with app.run_test(size=(120, 60)) as pilot:
        tab = await opened(pilot)
        for id_, definition, sql in (
            ("#funnel", "owners of a twin created by then", "FROM users u"),
            ("#kinds", "(none) are those without", "topic <> ''"),
            ("#pairs", "someone else's twin", "SELECT DISTINCT user_id, twin_id"),
        ):
            tab.query_one(id_, Panel).take_focus()
            await press(pilot, "i")
            assert isinstance(app.screen, ExplainScreen)
            shown = " ".join(frame(app).split())
            assert sql in shown, id_
            assert definition.split()[0] in shown
            await press(pilot, "escape")


async def test_the_chart_goes_through_its_measures(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        chart = tab.query_one(ChartPanel)
        titles = []
        for _ in range(7):
            titles.append(chart.view.title)
            assert any(series.values for series in chart._picture.series)
            await press(pilot, "v")
        assert titles[1:3] == ["Features per day", "Own and shared use per day"]
        assert len(set(titles)) == 7
        assert chart.view.title == titles[0]


async def test_the_same_answer_again_repaints_nothing(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await opened(pilot)
        assert tab.answer is not None
        drawn = [panel._drawn_from for panel in tab.query(Panel)]
        tab.show(tab.answer)
        assert all(a is b for a, b in zip(drawn, [p._drawn_from for p in tab.query(Panel)], strict=True))


async def test_a_period_without_anything_says_so(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        day = at("2026-09-01").date()
        screen.filters = Filters(Period.between(day, day))
        await settle(pilot)
        assert "Nothing happened in this period." in frame(app)


async def test_hostile_names_and_topics_are_drawn_safely(sqlite_url: str) -> None:
    fill(Path(sqlite_url.removeprefix("sqlite:///")))
    now = at("2026-11-23 09:00")
    with AnalyticsService(sqlite_url, clock=lambda: now) as service:
        app = TwinApp(service, replace(Settings(), now=now))
        async with app.run_test(size=(120, 60)) as pilot:
            tab = await opened(pilot)
            for panel in (tab.query_one("#kinds", BarList), tab.query_one("#funnel", BarList)):
                panel.take_focus()
                for _ in range(6):
                    await press(pilot, "right")
                    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(frame(app))
                await press(pilot, "enter", "escape")

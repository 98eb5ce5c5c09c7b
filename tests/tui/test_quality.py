"""The quality tab: what it shows at each size, where its lines lead, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.world import NOW, at
from twin_tui.analytics.answers import Quality, QualityMeasure
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Query
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen
from twin_tui.tui.screens.answers.twin import TwinScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.dialogs.explain import ExplainScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.quality import QualityTab
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.list_panel import ListPanel
from twin_tui.tui.widgets.parts.panel import Panel
from twin_tui.tui.widgets.parts.quality_lists import (
    DocumentTypesPanel,
    TextsPanel,
    TroublePanel,
)
from twin_tui.tui.widgets.parts.quality_views import QualityChart
from twin_tui.tui.widgets.parts.ranked_twins import TwinsPanel

WEEK = Filters(Period.of_preset("7d", NOW.date()))
HOSTILE = "[/nope]\x1b[2J\x1b]52;c;AAAA\x07\u202eevil Ann Berg"


class Service(AnalyticsService):
    """The real one; remembers what it was asked, or fails."""

    fails = False

    def quality(self, filters: Filters, measure: QualityMeasure = "zero_result_rate") -> Quality:
        if self.fails:
            raise DatabaseUnavailableError("The database went away.")
        return super().quality(filters, measure)


@pytest.fixture
def filled(world_sqlite: str) -> str:
    """The world with one text searched for in vain five times, and a hostile one once."""
    with open_database(world_sqlite, "write") as source, source.writing():
        columns = ("id", "session_id", "query_text", "results_count", "created_at")
        made = [
            (f"z{n}", f"s{1 + n % 2}", "Vacation", 0, at("2026-11-18 15:00") + timedelta(minutes=n))
            for n in range(5)
        ]
        source.insert_rows(Query, columns, [*made, ("zz", "s3", HOSTILE, 0, at("2026-11-20 09:00"))])
    return world_sqlite


@pytest.fixture
def service(filled: str) -> Iterator[Service]:
    with Service(filled, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def app(service: Service) -> TwinApp:
    return at_tab(TwinApp(service, Settings(now=NOW), filters=WEEK), 6)


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def look(pilot: "Pilot[None]", panel: type[Panel] | None = None) -> QualityTab:
    """Show the tab, with the keys in a panel."""
    await settle(pilot)
    await press(pilot, "6")
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen)
    tab = screen.query_one(QualityTab)
    if panel is not None:
        tab.query_one(panel).take_focus()
        await settle(pilot)
    return tab


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_cards_and_chart_stand_on_the_first_screen_whole(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        tab = await look(pilot)
        shown = frame(app)
        for word in ("Zero", "Dead ends", "Unanswered", "Reply time", "Slow replies", "Documents"):
            assert word in shown
        assert tab.region.contains_region(tab.query_one(QualityChart).region)
        if size[0] >= 120:
            assert tab.max_scroll_y == 0
            for panel in tab.query(Panel):
                assert tab.region.contains_region(panel.region), panel
        assert "[/nope]␛[2J" in shown or size[0] < 120
        assert not {"\x1b", "\u202e"} & set(shown.replace("\n", ""))


async def test_reasons_lead_to_their_conversations_and_back(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, TroublePanel)
        await press(pilot, "enter")
        assert isinstance(app.screen, SessionsBehindScreen)
        assert frame(app).splitlines()[0].startswith(" Ends without a reply")
        assert "1–1 of 1" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.session_id == "s4"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.query_one(TroublePanel).has_the_focus


async def test_a_text_leads_to_where_it_was_searched_for(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await look(pilot, TextsPanel)
        item = tab.query_one(TextsPanel).item
        assert item is not None
        assert (item.text, item.queries, item.people) == ("Vacation", 5, 2)
        await press(pilot, "enter")
        assert frame(app).splitlines()[0].startswith(" Found nothing: Vacation")
        assert "1–2 of 2" in frame(app)


async def test_document_types_lead_to_their_conversations(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, DocumentTypesPanel)
        await press(pilot, "enter")
        assert frame(app).splitlines()[0].startswith(" Documents: email")
        assert "1–1 of 1" in frame(app)


async def test_twins_are_ranked_by_the_next_figure_and_lead_to_theirs(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await look(pilot, TwinsPanel)
        assert "Twins by zero-result rate" in frame(app)
        await press(pilot, "enter")
        assert frame(app).splitlines()[0].startswith(" Ann's twin: queries that found nothing")
        assert "Ann's twin" in frame(app).splitlines()[1]
        await press(pilot, "escape", "o")
        assert "Twins by dead ends" in frame(app)
        row = tab.query_one(TwinsPanel).item
        assert row is not None
        await press(pilot, "w")
        assert isinstance(app.screen, TwinScreen)
        assert app.screen.subject == row.twin.id


async def test_a_card_leads_to_the_conversations_behind_it(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await look(pilot)
        assert tab.query_one(KpiGrid).current.has_focus
        titles = []
        for key in ("left", "right", "right", "right", "right", "right"):
            await press(pilot, key, "enter")
            assert isinstance(app.screen, SessionsBehindScreen)
            titles.append(frame(app).splitlines()[0].strip())
            await press(pilot, "escape")
            assert isinstance(app.screen, MainScreen)
        assert titles == [
            *("Queries that found nothing", "Dead ends", "Messages without a reply", "Slow replies"),
            *("Slow replies", "Documents drafted"),
        ]


async def test_i_explains_with_the_sql_of_the_inputs(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, TextsPanel)
        await press(pilot, "i")
        assert isinstance(app.screen, ExplainScreen)
        shown = frame(app)
        assert "count(results_count) AS denominator" in shown
        assert "'2026-11-17 00:00:00'" in shown


async def test_every_view_of_the_chart_is_of_figures_that_can_be_explained(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await look(pilot, QualityChart)
        titles = set()
        for _ in range(5):
            titles.add(tab.query_one(QualityChart).view.title)
            assert tab.figure_in_focus() is not None
            await press(pilot, "v")
        assert len(titles) == 5


async def test_the_filters_in_force_narrow_what_is_listed(app: TwinApp) -> None:
    app.filters = replace(WEEK, twin="t-ben")
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await look(pilot, TextsPanel)
        item = tab.query_one(TextsPanel).item
        assert item is not None
        assert item.text == "hotel straße"


async def test_a_failure_is_said_and_the_figures_stay(service: Service, app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        service.fails = True
        await press(pilot, "f5")
        assert "The database went away." in frame(app)
        assert "Vacation" in frame(app)


async def test_the_role_metrics_sees_no_texts_and_no_conversations(filled: str) -> None:
    with Service(filled, clock=lambda: NOW, guard=Guard("metrics")) as closed:
        app = TwinApp(closed, Settings(now=NOW), filters=WEEK)
        async with app.run_test(size=(120, 40)) as pilot:
            await look(pilot, TroublePanel)
            assert "Vacation" not in frame(app)
            assert "their texts are not shown to this role" in frame(app)
            await press(pilot, "enter")
            assert "The role metrics sees figures and no content." in frame(app)


async def test_masked_texts_name_nobody(filled: str) -> None:
    with Service(filled, clock=lambda: NOW, guard=Guard("support", masking_key=b"k")) as masked:
        app = TwinApp(masked, Settings(now=NOW), filters=WEEK)
        async with app.run_test(size=(120, 40)) as pilot:
            tab = await look(pilot, TextsPanel)
            assert "Ann Berg" not in frame(app)
            panel: ListPanel = tab.query_one(TextsPanel)
            await press(pilot, "end", "up", "enter")
            assert panel.item is not None
            assert "Ann Berg" not in frame(app)
            assert "1–1 of 1" in frame(app)


async def test_nothing_in_the_period_says_what_to_do(app: TwinApp) -> None:
    app.filters = replace(WEEK, platform="fax")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert "Nothing passes these filters in this period." in frame(app)

"""The main screen: its lines, questions that overtake one another, failures, and how little it repaints."""

from datetime import date
from threading import Event

from textual.widget import Widget

from tests.tui.conftest import settle
from tests.tui.fake_answers import empty_overview
from tests.tui.fake_service import FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.period import PeriodScreen
from twin_tui.tui.screens.main.main import LOADING_AFTER
from twin_tui.tui.tabs.overview import OverviewTab
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.parts.kpi_card import KpiCard
from twin_tui.tui.widgets.parts.pick_panel import PickPanel
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.tab_bar import TabBar
from twin_tui.tui.widgets.too_small import TooSmall

TODAY = date(2026, 11, 23)
SIZE = (80, 24)


async def test_the_top_and_bottom_lines_tell_database_access_period_data_and_timezone(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = text_of(app).split("\n")
        assert shown[0].startswith(" ◈▸1 Overview 2 Activity 3 People 4 Retention 5 Engagement 6 Quality ")
        assert shown[0].endswith(" sample.db")
        assert "Last 30 days · 25 Oct – 23 Nov 2026" in shown[1]
        assert "nothing filtered" in shown[1]
        assert "data to 2026-11-23 09:07 UTC" in shown[-1]


async def test_only_the_last_of_overtaken_questions_is_shown(app: TwinApp, service: FakeService):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        service.gate = Event()
        await pilot.press("left_square_bracket")
        await pilot.pause(LOADING_AFTER * 2)
        assert screen_of(app).query_one(FilterBar).state == "Loading…"
        await pilot.press("left_square_bracket")
        await pilot.pause()
        service.gate.set()
        await settle(pilot)
        answer = screen_of(app).query_one(OverviewTab).answer
        assert answer is not None
        assert answer.filters == screen_of(app).filters
        assert screen_of(app).query_one(FilterBar).state == ""


async def test_a_failure_keeps_the_old_figures_and_says_so(app: TwinApp, service: FakeService):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        service.error = DatabaseUnavailableError("The database sample.db went away.")
        await pilot.press("f5")
        await settle(pilot)
        assert "The database sample.db went away." in text_of(app)
        assert "1,247" in text_of(app)
        assert screen_of(app).query_one(FilterBar).state == "older figures"
        service.error = None
        await pilot.press("f5")
        await settle(pilot)
        assert screen_of(app).query_one(Notice).sentence is None
        assert screen_of(app).query_one(FilterBar).state == ""


async def test_a_first_failure_says_what_to_do(app: TwinApp, service: FakeService):
    service.error = DatabaseUnavailableError("The database sample.db cannot be read.")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "cannot be read" in text_of(app)
        assert "F5 tries again" in text_of(app)


async def test_an_empty_database_names_the_commands_that_fill_it(app: TwinApp, service: FakeService):
    service.answer = lambda filters, *_: empty_overview(filters, is_empty=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "twin-tui demo" in text_of(app)
        assert "twin-tui import slack" in text_of(app)


async def test_nothing_in_the_period_and_nothing_through_the_filters_are_told_apart(
    app: TwinApp, service: FakeService
):
    service.answer = lambda filters, *_: empty_overview(filters, is_empty=False)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Nothing happened in this period." in text_of(app)
        screen_of(app).filters = Filters(screen_of(app).filters.period, company="Acme")
        await settle(pilot)
        assert "Nothing passes these filters" in text_of(app)
        assert "x clears the filters" in text_of(app)


async def test_refreshing_what_did_not_change_repaints_no_panel(app: TwinApp, service: FakeService):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        tab = screen_of(app).query_one(OverviewTab)
        states: list[str] = []
        screen_of(app).watch(screen_of(app).query_one(FilterBar), "state", states.append, init=False)
        drawn: list[object] = []
        for widget in tab.query("PanelBody, PanelTitle, KpiCard, FilterBar, TabBar"):
            widget.refresh = lambda *a, w=widget, **k: drawn.append(w)  # type: ignore[method-assign]
        asked = len(service.asked)
        await pilot.press("f5")
        await settle(pilot)
        assert len(service.asked) == asked + 1
        assert drawn == []
        assert states == []


async def test_moving_the_focus_repaints_two_titles_and_where_a_line_is_marked(app: TwinApp):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        drawn: list[Widget] = []
        for widget in (app.screen, *app.screen.query("*")):
            widget.refresh = lambda *a, w=widget, **k: drawn.append(w)  # type: ignore[method-assign]
        await pilot.press("tab")
        await pilot.pause()
        marked = {widget for widget in drawn if isinstance(widget.parent, PickPanel)}
        assert {type(widget).__name__ for widget in marked} == {"PanelTitle", "PanelBody"}
        assert {type(widget).__name__ for widget in {*drawn} - marked} == {"PanelTitle"}


async def test_a_click_on_a_word_does_what_its_key_does(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click(FilterBar, offset=(6, 0))
        await settle(pilot)
        assert isinstance(app.screen, PeriodScreen)
        await pilot.press("escape")
        await settle(pilot)
        bar = screen_of(app).query_one(TabBar)
        column = sum(len(word.text) for word in bar.left[:3]) + 2
        await pilot.click(TabBar, offset=(column, 0))
        await pilot.pause()
        assert bar.current == 1


async def test_numbers_switch_tabs_and_one_keeps_its_picture(app: TwinApp, service: FakeService):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        asked = len(service.asked)
        await pilot.press("9")
        assert screen_of(app).query_one(TabBar).current == 0
        await pilot.press("2")
        await pilot.pause()
        assert screen_of(app).query_one(TabBar).current == 1
        await pilot.press("1")
        await settle(pilot)
        assert [question for question in service.asked[asked:] if question[0] == "overview"] == []


async def test_below_the_least_size_one_line_says_what_is_needed(app: TwinApp):
    async with app.run_test(size=(59, 20)) as pilot:
        await pilot.pause()
        assert "60x16" in text_of(app)
        assert (
            not screen_of(app).query_one(StatusLine).display or not screen_of(app).query_one(StatusLine).size
        )
        await pilot.resize_terminal(60, 16)
        await settle(pilot)
        assert screen_of(app).query_one(TooSmall).size.width == 0
        assert screen_of(app).query(KpiCard).first().size.width > 0


async def test_resizing_through_every_size_draws_without_a_traceback(app: TwinApp):
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        for size in (
            (199, 30),
            (160, 50),
            (120, 40),
            (100, 24),
            (99, 33),
            (80, 24),
            (60, 16),
            (20, 5),
            (1, 1),
            (80, 24),
        ):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await settle(pilot)
        assert "Active users" in text_of(app)

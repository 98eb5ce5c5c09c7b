from dataclasses import replace

import pytest
from textual.app import App

from tests.tui.conftest import settle
from tests.tui.fake_answers import figures, overview
from tests.tui.fake_service import FakeService
from twin_tui.analytics.answers import Feature, Hourly
from twin_tui.tui.app import TwinApp
from twin_tui.tui.loading import DataTab
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.overview import CARDS, OverviewTab
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import picture_of
from twin_tui.tui.widgets.parts.bars import FeaturePanel
from twin_tui.tui.widgets.parts.day_views import VIEWS, course_of
from twin_tui.tui.widgets.parts.feed_list import FeedList
from twin_tui.tui.widgets.parts.heatmap import HourMap
from twin_tui.tui.widgets.parts.kpi_card import KpiCard, KpiGrid, change_style
from twin_tui.tui.widgets.parts.leaderboard import LeaderboardPanel
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody
from twin_tui.tui.widgets.parts.types_panel import TypesPanel


def text_of(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def body(app: App[None], panel: type[Panel]) -> str:
    widget = app.screen.query_one(panel).query_one(PanelBody)
    return "\n".join(strip.text for strip in widget.render_lines(widget.size.region))


def tab_of(app: App[None]) -> OverviewTab:
    return app.screen.query_one(OverviewTab)


async def test_at_80x24_all_cards_and_the_whole_chart_are_on_the_first_screen(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        for _, *names in CARDS:
            assert any(name in shown for name in names[:2])
        last = shown.split("\n")[-2]
        assert "25 Oct" in last
        assert "23 Nov" in last


@pytest.mark.parametrize(("size", "left_out"), [((120, 40), [TypesPanel]), ((200, 60), [])])
async def test_every_panel_is_whole_where_there_is_room(
    app: TwinApp, size: tuple[int, int], left_out: list[type[Panel]]
):
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        tab = tab_of(app)
        assert tab.max_scroll_y == 0
        assert [type(panel) for panel in tab.query(Panel) if not panel.display] == left_out
        for panel in tab.query(Panel):
            assert not panel.display or tab.region.contains_region(panel.region)
        assert "Busiest" in body(app, HourMap)
        assert body(app, FeedList).count("ago") == 8


async def test_a_card_tells_value_change_sign_and_course(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cards = list(app.screen.query(KpiCard))
        drawn = {card.figure.key: card.render().plain for card in cards if card.figure}
        assert "1,247" in drawn["conversations"]
        assert "▲ +12.4 %" in drawn["conversations"]
        assert "▼ -3.2 %" in drawn["documents"]
        assert "▲ +2.1 pp" in drawn["zero_result_rate"]
        assert "4 min 12 s" in drawn["session_length_median"]
        assert "█" in drawn["messages"]
        assert "not filtered" in drawn["twin_installations"]
        assert drawn["twin_installations"].split("\n")[0].rstrip().endswith("–")


def test_good_news_is_told_by_the_figure_not_by_the_sign():
    by_key = {figure.key: figure for figure in figures()}
    assert change_style(by_key["conversations"]) == "$good"
    assert change_style(by_key["documents"]) == "$bad"
    assert change_style(by_key["zero_result_rate"]) == "$bad"
    assert change_style(by_key["session_length_median"]) == "$muted"
    assert change_style(by_key["twin_installations"]) == "$muted"


async def test_arrows_move_among_cards_and_stop_at_the_rim(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        grid = app.screen.query_one(KpiGrid)
        keys = []
        for key in ("right", "down", "left", "left", "up", "up"):
            await pilot.press(key)
            assert grid.current.has_focus
            assert grid.current.figure is not None
            keys.append(grid.current.figure.key)
        assert keys == [
            "conversations", "queries", "documents", "messages", "messages", "messages",
        ]  # fmt: skip
        assert tab_of(app).figure_in_focus() is grid.current.figure


async def test_tab_goes_through_the_panels_in_reading_order(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen: list[object] = []
        for _ in range(6):
            await pilot.press("tab")
            await pilot.pause()
            assert app.focused is not None
            panel = app.focused.parent
            seen.append(type(panel))
            assert isinstance(panel, Panel)
            assert tab_of(app).region.contains_region(panel.region)
        assert seen == [ChartPanel, FeaturePanel, LeaderboardPanel, TypesPanel, HourMap, FeedList]
        await pilot.press("tab")
        assert isinstance(app.focused, KpiCard)


async def test_v_switches_the_measure(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        titles = []
        for _ in range(3):
            await pilot.press("v")
            await pilot.pause()
            titles.append(next(view.title for view in VIEWS if view.title in text_of(app)))
        assert titles == [VIEWS[1].title, VIEWS[2].title, VIEWS[0].title]


def test_the_mean_is_over_complete_days(service: FakeService):
    from twin_tui.analytics.filters import Filters

    days = overview(Filters()).days[-4:]  # 3, 2, 10 active users and today's 6
    picture = picture_of(VIEWS[0], course_of(days))
    assert picture.is_open
    assert picture.series[0].mean == 5  # (3 + 2 + 10) / 3
    assert picture.series[1].values[-1] is None


async def test_m_maximises_the_focused_panel_and_escape_gives_it_back(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        small = app.screen.query_one(ChartPanel).size
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen.maximized, ChartPanel)
        assert app.screen.query_one(ChartPanel).size.height == 21
        assert app.screen.query_one(ChartPanel).size.width == 80
        assert "sample.db" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.maximized is None
        assert app.screen.query_one(ChartPanel).size == small
        await pilot.press("tab", "tab", "m")
        await pilot.pause()
        assert isinstance(app.screen.maximized, LeaderboardPanel)


async def test_the_leaderboard_is_regrouped_without_asking_for_the_rest(app: TwinApp, service: FakeService):
    async with app.run_test(size=(160, 48)) as pilot:
        await settle(pilot)
        asked = len(service.asked)
        await pilot.press("b")
        await settle(pilot)
        assert service.asked[asked:] == [("leaderboard", "department")]
        assert "Leaderboard by department" in text_of(app)
        await pilot.press("b", "o")
        await settle(pilot)
        assert "Leaderboard by user" in text_of(app)
        assert "渡辺 健" in body(app, LeaderboardPanel)
        assert "[/red]Priya" in body(app, LeaderboardPanel)


async def test_the_leaderboard_shows_rank_share_places_and_none(app: TwinApp):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        rows = body(app, LeaderboardPanel).split("\n")
        assert rows[1].split() == ["1", "Acme", "512", "38", "%", "▲", "1"]
        assert rows[3].split() == ["2", "Initech", "390", "29", "%", "="]
        assert rows[4].split() == ["4", "(none)", "45", "3", "%", "new"]


async def test_enter_on_a_row_filters_by_it(app: TwinApp):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "tab", "down", "enter")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert screen.filters.company == "company-1"


async def test_enter_on_a_line_opens_its_conversation_at_the_event(service: FakeService):
    opened: list[tuple[str, str | None]] = []

    class Listening(MainScreen):
        def on_data_tab_session_opened(self, event: DataTab.SessionOpened) -> None:
            event.prevent_default()
            event.stop()
            opened.append((event.session_id, event.event_id))

    class ListeningApp(TwinApp):
        def get_default_screen(self) -> MainScreen:
            return Listening(self.filters)

    from tests.tui.fake_service import NOW
    from twin_tui.settings import Settings

    app = ListeningApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*["tab"] * 5, "down", "down", "enter")
        await settle(pilot)
    assert opened == [("s2", "e2")]


async def test_hostile_text_in_the_feed_is_drawn_not_obeyed(app: TwinApp):
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        shown = body(app, FeedList)
        assert "[@click=app.quit]press me[/]␛[2J" in shown
        assert "\x1b" not in shown
        assert "(untitled)" in shown


async def test_the_hour_map_reads_without_colour(app: TwinApp, service: FakeService):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        rows = body(app, HourMap).split("\n")
        monday, sunday = rows[1], rows[7]
        assert monday.startswith("Mon ")
        assert {"░", "▒", "▓", "█", "·"} <= set(monday)
        assert set(sunday) - set("Sun ") == {"░", "·"}
        assert "Busiest 09–10 h and 14–15 h" in rows[8]
        assert "to 14 " in rows[9]


async def test_features_tell_total_share_and_mean_per_day(app: TwinApp):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = body(app, FeaturePanel).split("\n")
        assert "Conversations started" in rows[0]
        assert rows[0].split()[3:7] == ["1,247", "55", "%", "41.6/d"]
        assert "with a shared twin" in rows[3]


async def test_unknown_values_are_dashes(app: TwinApp, service: FakeService):
    def unknown(filters, *more):
        full = overview(filters, *more)
        return replace(
            full,
            figures=tuple(
                replace(f, value=None, series=()) if f.unit == "ratio" else f for f in full.figures
            ),
            features=(Feature("question_asked", "Conversations started", 0, None, None),),
            hourly=Hourly(((None,) * 24,) * 7, ((0,) * 24,) * 7, (None,) * 24, None, ()),
            leaderboard=replace(full.leaderboard, rows=(), total=0),
        )

    service.answer = unknown
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        card = next(
            card for card in app.screen.query(KpiCard) if card.figure and card.figure.key == "shared_share"
        )
        assert card.render().plain.split("\n")[1].startswith("▏ –")
        assert "no messages from people" in body(app, HourMap)
        assert "nobody in this period" in body(app, LeaderboardPanel)
        assert body(app, FeaturePanel).count("–") == 2


@pytest.mark.parametrize("width", [60, 80, 100])
async def test_a_card_name_is_whole_beside_a_large_change(app: TwinApp, service: FakeService, width: int):
    grown = tuple(
        replace(f, change=0.988 if f.unit == "ratio" else 1.255, unfiltered=False) for f in figures()
    )
    service.answer = lambda *asked: replace(overview(*asked), figures=grown)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        for card, (_, *names) in zip(app.screen.query(KpiCard), CARDS, strict=True):
            first = card.render().plain.split("\n")[0]
            assert first[2:].split(" ▲")[0].rstrip() in names, first


async def test_at_100_columns_no_line_of_a_panel_is_wrapped(app: TwinApp):
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        features = [line.rstrip() for line in body(app, FeaturePanel).splitlines() if line.strip()]
        assert len(features) == 4
        assert all(line.endswith(("%", "/d")) for line in features)
        assert "conversations" in features[0]

"""What is looked at is saved under a name, and looked at again."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.view_name import ViewNameScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.tabs.overview import OverviewTab
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.views.file import read_views

SIZE = (120, 40)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "views.toml"


@pytest.fixture
def viewing(service: FakeService, path: Path) -> TwinApp:
    return TwinApp(service, Settings(now=NOW, views=str(path)))  # type: ignore[arg-type]


async def test_a_tab_is_saved_as_it_is_set_and_taken_so_again(viewing: TwinApp, path: Path):
    async with viewing.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(viewing)
        main.filters = replace(main.filters, company="Acme")
        await pilot.press("2", "t", "t", "slash", *"travel", "enter")
        await settle(pilot)
        main.action_save_view()
        await pilot.pause()
        assert isinstance(viewing.screen, ViewNameScreen)
        await pilot.press(*"mine", "enter")
        await settle(pilot)
        (view,) = read_views(path).values()
        assert (view.name, view.tab, view.asked.period, view.asked.company) == (
            "mine",
            "activity",
            "30d",
            "Acme",
        )
        assert dict(view.options) == {"type": "document", "search": "travel"}
        await pilot.press("escape", "1", "x")
        tab = main.tabs[1]
        assert isinstance(tab, ActivityTab)
        tab.ask_for(type="query", search="")
        await settle(pilot)
        main.look_at_view(view)
        await settle(pilot)
        assert main.tab is tab
        assert main.filters.company == "Acme"
        assert tab.request == ActivityRequest(type="document", search="travel")
        assert tab.query_one(FindBar).text == "travel"
        assert tab.query_one(FindBar).is_open


async def test_what_a_view_does_not_say_is_as_at_the_first_look(viewing: TwinApp, path: Path):
    path.write_text('[plain]\ntab = "activity"\n[board]\noptions.by = "user"\noptions.chart = 2\n', "utf-8")
    async with viewing.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(viewing)
        await pilot.press("2", "t", "D", "slash", "a", "enter")
        await settle(pilot)
        views = read_views(path)
        main.look_at_view(views["plain"])
        await settle(pilot)
        assert isinstance(main.tab, ActivityTab)
        assert main.tab.request == ActivityRequest()
        assert not main.tab.query_one(FindBar).is_open
        main.look_at_view(views["board"])
        await settle(pilot)
        assert isinstance(main.tab, OverviewTab)
        assert main.tab.view_options() == {"chart": 2, "by": "user"}
        assert "Leaderboard by user" in text_of(viewing)
        assert "Conversations and messages per day 2/3" in text_of(viewing)


async def test_the_palette_offers_views_and_says_what_is_wrong_with_their_file(viewing: TwinApp, path: Path):
    path.write_text('["a\\u001b[2J"]\ntab = "people"\n', "utf-8")
    async with viewing.run_test(size=SIZE) as pilot:
        await settle(pilot)
        offered = [command.title for command in screen_of(viewing).commands()]
        assert "View: save this one" in offered
        assert any(title.startswith("View: a") and "\x1b" not in title for title in offered)
        path.write_text("[x", "utf-8")
        list(screen_of(viewing).commands())
        await pilot.pause()
        assert "is not valid TOML" in " ".join(each.message for each in viewing._notifications)


async def test_a_name_nobody_sees_is_refused_and_escape_saves_nothing(viewing: TwinApp, path: Path):
    async with viewing.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen_of(viewing).action_save_view()
        await pilot.pause()
        await pilot.press("space", "enter")
        assert "A view's name has" in text_of(viewing)
        await pilot.press("escape")
        await settle(pilot)
        assert not path.exists()

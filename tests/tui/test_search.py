"""The search of everything: reached from anywhere, found while typing, back to the same place."""

from collections.abc import Iterator
from threading import Event

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.recorded_jobs import until
from tests.tui.typing_steps import told
from tests.world import NOW
from twin_tui.analytics.answers import SearchPage, SearchRequest
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.answers.search import SearchScreen
from twin_tui.tui.screens.answers.twin import TwinScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.tables.search_table import SearchTable
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.tui.widgets.transcript.transcript import Transcript


class Service(AnalyticsService):
    """The real one; its searches are remembered, held up at a gate, or fail."""

    def __init__(self, url: str) -> None:
        super().__init__(url, clock=lambda: NOW)
        self.asked: list[str] = []
        self.gates: dict[str, Event] = {}
        self.error: str | None = None

    def search(self, filters: Filters, request: SearchRequest) -> SearchPage:
        self.asked.append(request.text)
        gate = self.gates.get(request.text)
        if gate is not None:
            gate.wait(10)
        if self.error is not None:
            raise DatabaseUnavailableError(self.error)
        return super().search(filters, request)


@pytest.fixture
def service(world_sqlite: str) -> Iterator[Service]:
    with Service(world_sqlite) as opened:
        yield opened
        for gate in opened.gates.values():
            gate.set()


@pytest.fixture
def app(service: Service) -> TwinApp:
    return TwinApp(service, Settings(now=NOW))


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def search(pilot: Pilot[None], words: str) -> None:
    """Type into the line that has the keys, and take what is there by enter."""
    await pilot.press(*("space" if char == " " else char for char in words))
    await press(pilot, "enter")


def names(app: TwinApp) -> list[str]:
    return [line.key for line in app.screen.query_one(SearchTable).items]


async def test_slash_on_the_overview_searches_everything_and_a_hit_opens_at_its_message(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        assert isinstance(app.screen, SearchScreen)
        await search(pilot, "decisions")
        assert names(app) == ["group Texts, newest first", "document d5"]
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.opened is not None
        entry = app.screen.opened.conversation.index[app.screen.query_one(Transcript).cursor]
        assert (app.screen.session_id, entry.id) == ("s7", "d5")
        await press(pilot, "escape")
        assert isinstance(app.screen, SearchScreen)
        assert names(app)[1] == "document d5"
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)


async def test_people_twins_and_titles_stand_above_texts_and_open_their_own_pages(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await search(pilot, "ann")
        groups = [name for name in names(app) if name.startswith("group")]
        assert groups[:2] == ["group People", "group Twins"]
        table = app.screen.query_one(SearchTable)
        assert table.cursor == 1
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "escape", "down")
        assert app.screen.query_one(SearchTable).cursor == 3, "the name of a group is passed over"
        await press(pilot, "enter")
        assert isinstance(app.screen, TwinScreen)
        await press(pilot, "escape", "up")
        assert app.screen.query_one(SearchTable).cursor == 1


@pytest.mark.parametrize("where", ["conversation", "person"])
async def test_slash_searches_everything_from_other_screens_and_esc_leads_back(
    app: TwinApp, where: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2" if where == "conversation" else "3", "enter")
        before = app.screen
        await press(pilot, "slash")
        assert isinstance(app.screen, SearchScreen)
        await press(pilot, "escape")
        assert app.screen is before


async def test_the_line_of_a_tab_widens_to_everything_with_its_words(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "slash")
        await pilot.press(*"travel")
        await press(pilot, "tab")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one(FindBar).text == "travel"
        assert any(name.startswith("message") for name in names(app))
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        assert isinstance(app.screen.tab, ActivityTab)
        assert app.screen.query_one(FindBar).text == "travel"


async def test_slash_twice_searches_everything_from_a_list(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "slash", "slash")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one(FindBar).text == ""
        await press(pilot, "escape")
        assert not app.screen.query_one(FindBar).is_open, "the keys are the list's again"


async def test_hits_come_while_typing_and_an_overtaken_answer_is_never_shown(
    app: TwinApp, service: Service
) -> None:
    service.gates["dec"] = Event()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await pilot.press(*"dec")
        await until(pilot, lambda: "dec" in service.asked)
        await pilot.press(*"isions")
        assert app.screen.query_one(FindBar).text == "decisions", "typing goes on while the search runs"
        await told(pilot)
        await settle(pilot)
        assert names(app)[1:] == ["document d5"]
        service.gates["dec"].set()
        await pilot.pause(0.1)
        await settle(pilot)
        assert names(app)[1:] == ["document d5"]


async def test_words_that_nothing_holds_say_so_and_what_helps(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        assert "Type what to look for." in frame(app)
        await search(pilot, "zebra")
        assert "Nothing in this period holds that word." in frame(app)
        assert "p chooses a period" in frame(app)
        await press(pilot, "slash", *["backspace"] * 5)
        await search(pilot, "?!")
        assert "There is no word in that." in frame(app)


async def test_a_failure_is_told_and_f5_tries_again(app: TwinApp, service: Service) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        service.error = "world.db is locked by another program."
        await search(pilot, "decisions")
        assert "locked by another program" in frame(app)
        service.error = None
        await press(pilot, "f5")
        assert "locked by another program" not in frame(app)
        assert names(app)[1:] == ["document d5"]


async def test_the_order_and_the_filters_can_be_changed(app: TwinApp, service: Service) -> None:
    app.filters = Filters(app.filters.period, company="South")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await search(pilot, "decisions")
        within = names(app)
        await press(pilot, "x")
        assert names(app)[-1] == "document d5"
        assert within != names(app)
        await press(pilot, "o")
        assert names(app)[0] == "group Texts, most relevant first"

"""The screen of the conversations behind a number: title, reasons, opening at the event, and the way back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.world import NOW
from twin_tui.analytics.answers import PagedList, SessionBehind, SessionsCell
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.links import SessionsWanted
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.main.main import MainScreen

HOSTILE = "[/nope]\x1b[2J\x1b]52;c;AAAA\x07\u202eevil"
WEEK = Filters(Period.of_preset("7d", NOW.date()))
DEAD_ENDS = SessionsCell("dead_end")


class Service(AnalyticsService):
    """The real one; its lines may be multiplied, bear a hostile reason, or fail."""

    many, reason, fails = 1, "", False

    def sessions_behind(self, *args: object, **more: object) -> PagedList[SessionBehind]:  # type: ignore[override]
        if self.fails:
            raise DatabaseUnavailableError("The database went away.")
        found = super().sessions_behind(*args, **more)  # type: ignore[arg-type]
        lines = tuple(replace(line, reason=self.reason or line.reason) for line in found.items)
        return replace(found, items=lines * self.many, total=found.total * self.many)


@pytest.fixture
def service(world_sqlite: str) -> Iterator[Service]:
    with Service(world_sqlite, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def app(service: Service) -> TwinApp:
    return at_tab(TwinApp(service, Settings(now=NOW)), 2)


async def opened(pilot: "Pilot[None]", cell: SessionsCell = DEAD_ENDS, title: str = "Dead ends") -> None:
    await settle(pilot)
    pilot.app.screen.post_message(SessionsWanted(cell, title, WEEK))
    await pilot.pause()
    await settle(pilot)
    assert isinstance(pilot.app.screen, SessionsBehindScreen)


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_title_says_what_is_counted_and_lines_say_why(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, title="Dead ends: no reply")
        lines = frame(app).splitlines()
        assert lines[0].startswith(" Dead ends: no reply")
        assert "why" in lines[2]
        assert "no reply at the end" in lines[3]
        assert "Ann Berg"[:8] in lines[3]
        assert "1–1 of 1" in frame(app)


async def test_enter_opens_the_conversation_at_the_event_and_esc_leads_back(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        assert screen.session_id == "s4"
        await press(pilot, "escape")
        assert isinstance(app.screen, SessionsBehindScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)


async def test_u_opens_the_person_and_question_mark_the_keys(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "u")
        assert isinstance(app.screen, PersonScreen)
        await press(pilot, "escape", "question_mark")
        assert "Conversations behind a number" in frame(app).splitlines()[0]


async def test_the_period_is_its_own(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "left_square_bracket")
        assert "No conversation is behind this number." in frame(app)
        await press(pilot, "right_square_bracket")
        assert "1–1 of 1" in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.filters.period.preset == "30d"


async def test_hostile_words_are_made_safe(service: Service, app: TwinApp) -> None:
    service.reason = HOSTILE
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, title=HOSTILE)
        shown = frame(app)
        assert shown.count("[/nope]␛[2J") == 2
        assert "\x1b" not in shown.replace("\n", "")
        assert "\u202e" not in shown


async def test_a_failure_is_said_and_the_lines_stay(service: Service, app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        service.fails = True
        await press(pilot, "f5")
        assert "The database went away." in frame(app)
        assert "Ann Berg" in frame(app)


async def test_a_number_without_reasons_has_no_column_for_them(service: Service, app: TwinApp) -> None:
    service.reason = ""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, SessionsCell("zero_results", "0" * 24))
        assert "No conversation is behind this number." in frame(app)

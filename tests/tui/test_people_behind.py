"""The people behind a number: pages, the way to a person and back, empty and failing answers."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import at_tab, settle
from tests.tui.fake_service import NOW
from tests.tui.people_world import HOSTILE, FakePeople, paged
from twin_tui.analytics.answers import PagedList, Person
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.links import PeopleWanted
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen
from twin_tui.tui.screens.answers.person import PersonScreen
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.screens.main.main import MainScreen

PEOPLE = (
    Person("u1", "Sarah Chen", "sarah@acme.example"),
    Person("u3", HOSTILE, ""),
    Person("u9", "", "nameless@acme.example"),
    *(Person(f"u{at}", f"Person {at}", f"u{at}@acme.example") for at in range(10, 120)),
)


class Behind:
    """Answers pages of people, or fails."""

    def __init__(self, people: tuple[Person, ...] = PEOPLE) -> None:
        self.people, self.error = people, False
        self.asked: list[tuple[int, int]] = []

    def __call__(self, page: int, limit: int) -> PagedList[Person]:
        self.asked.append((page, limit))
        if self.error:
            raise AnalyticsError("The database went away.")
        return paged(self.people, page, limit)


@pytest.fixture
def app() -> Iterator[TwinApp]:
    crowd = FakePeople()
    yield at_tab(TwinApp(crowd, Settings(now=NOW)), 3)  # type: ignore[arg-type]
    crowd.close()


async def opened(pilot: "Pilot[None]", behind: Behind) -> PeopleBehindScreen:
    await settle(pilot)
    pilot.app.screen.post_message(PeopleWanted("Active on day 7 [/]\x1b[2J", behind))
    await pilot.pause()
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PeopleBehindScreen)
    return screen


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_title_says_what_is_counted_and_pages_list_everyone(
    app: TwinApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        behind = Behind()
        await opened(pilot, behind)
        lines = frame(app).splitlines()
        assert lines[0].startswith(" Active on day 7 [/]␛[2J  113 people, by name")
        assert "1–50 of 113" in frame(app)
        assert "Eve[/]␛[2J" in frame(app)
        assert "nameless@acme.example" in lines[4]
        assert ("u9" in lines[4].split()) is (size[0] == 120)
        await press(pilot, "right")
        assert "51–100 of 113" in frame(app)
        await press(pilot, "end")
        assert app.screen.query_one("BehindTable").item.id == "u119"  # type: ignore[attr-defined]
        await press(pilot, "g", "1", "enter", "down")
        assert behind.asked == [(1, 50), (2, 50), (3, 50), (1, 50)]
        await press(pilot, "y")
        assert app.clipboard == "[@click=app.quit]Eve[/]␛[2J"
        await press(pilot, "c")
        assert app.clipboard == "u3"


async def test_a_line_opens_the_person_and_escape_leads_back_step_by_step(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        dashboard = frame(app)
        await opened(pilot, Behind())
        await press(pilot, "down", "up")
        before = frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.subject == "u1"
        await press(pilot, "escape")
        assert frame(app) == before
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert frame(app).lstrip().startswith("People behind a number")
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, MainScreen)
        assert frame(app) == dashboard


async def test_a_refresh_keeps_the_cursor_on_its_person(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        behind = Behind()
        screen = await opened(pilot, behind)
        await press(pilot, "down", "down")
        behind.people = (Person("u0", "A. Newcomer", ""), *behind.people)
        assert await screen.follow()
        await settle(pilot)
        assert screen.view.person_in_focus() == "u9"
        assert "114 people" in frame(app)


async def test_nobody_and_failure_are_said_in_words(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        behind = Behind(())
        await opened(pilot, behind)
        assert "Nobody is behind this number." in frame(app)
        assert "0 people" in frame(app)
        await press(pilot, "enter", "u", "y", "end")
        assert isinstance(app.screen, PeopleBehindScreen)
        behind.error = True
        await press(pilot, "f5")
        assert "The database went away." in frame(app)
        behind.error, behind.people = False, PEOPLE[:1]
        await press(pilot, "f5")
        assert "1 person, by name" in frame(app)
        assert "Sarah Chen" in frame(app)

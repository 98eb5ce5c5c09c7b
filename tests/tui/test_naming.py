"""What is filtered by stands in the line by name; nobody else's name is asked for."""

from dataclasses import replace

import pytest

from tests.tui.conftest import settle
from tests.tui.fake_answers import choices
from tests.tui.fake_service import FakeService
from twin_tui.analytics.answers import ChoicePart, Choices
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.filters import FiltersScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.screens.main.naming import in_force
from twin_tui.tui.widgets.filter_bar import FilterBar

SIZE = (120, 40)


@pytest.fixture
def asked(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> list[Choices]:
    """Every answer to what there is to choose from."""
    answers: list[Choices] = []

    whole = FakeService.choices

    def told(fake: FakeService, part: ChoicePart | None = None) -> Choices:
        answers.append(whole(fake, part))
        return answers[-1]

    monkeypatch.setattr(FakeService, "choices", told)
    return answers


def screen_of(app: TwinApp) -> MainScreen:
    assert isinstance(app.screen, MainScreen)
    return app.screen


def text_of(app: TwinApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def filter_from_elsewhere(app: TwinApp, user: str | None) -> None:
    screen = screen_of(app)
    screen.filters = replace(screen.filters, user=user)


async def test_a_start_does_not_ask_for_everybodys_name(app: TwinApp, asked: list[Choices]):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f5")
        await settle(pilot)
        assert asked == []
        await pilot.press("f")
        await settle(pilot)
        assert len(asked) == 1


async def test_who_is_chosen_on_a_tab_is_named_in_the_line(app: TwinApp, asked: list[Choices]):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        filter_from_elsewhere(app, "u2")
        await settle(pilot)
        assert "user Mike O'Neil" in text_of(app)
        await pilot.press("f5")
        await settle(pilot)
        assert "user Mike O'Neil" in text_of(app)
        assert len(asked) == 2


async def test_who_is_not_there_is_asked_for_once(app: TwinApp, asked: list[Choices]):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        filter_from_elsewhere(app, "nobody")
        await settle(pilot)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "user nobody" in text_of(app)
        assert len(asked) == 1


async def test_the_dialog_leaves_only_the_names_in_force(app: TwinApp, asked: list[Choices]):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, FiltersScreen)
        assert dialog.choices == replace(choices(), users=(), twins=())
        await pilot.press("down", "down")
        await settle(pilot)
        assert dialog.choices == replace(choices(), twins=()), "people, now that they are looked at"
        await pilot.press("enter", *"o'ne", "enter")
        await settle(pilot)
        assert dialog.choices is None
        kept = app.screen.query_one(FilterBar).choices
        assert kept == in_force(choices(), screen_of(app).filters)
        assert kept is not None
        assert [choice.value for choice in kept.users] == ["u2"]
        assert (kept.twins, kept.companies, len(asked)) == ((), (), 2)

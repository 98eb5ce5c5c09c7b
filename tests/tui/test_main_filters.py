"""Periods and filters on the main screen: by keys, by dialogs, named in its line."""

from datetime import date

from tests.tui.conftest import settle
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.filters import FiltersScreen
from twin_tui.tui.screens.dialogs.period import PeriodScreen
from twin_tui.tui.screens.main.periods import named

TODAY = date(2026, 11, 23)
SIZE = (80, 24)


async def test_brackets_move_the_period_by_its_own_length_and_back_to_the_preset(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert screen_of(app).filters.period == Period(date(2026, 9, 25), date(2026, 10, 25))
        assert "25 Sep – 24 Oct 2026 (30 days)" in text_of(app)
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert screen_of(app).filters.period == Period.of_preset("30d", TODAY)


async def test_there_is_no_period_after_todays(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = screen_of(app).filters
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert screen_of(app).filters == before


def test_days_that_are_a_preset_get_its_name():
    assert named(Period(date(2026, 11, 17), date(2026, 11, 24)), TODAY).preset == "7d"
    assert named(Period(date(2026, 11, 16), date(2026, 11, 23)), TODAY).preset is None


async def test_p_chooses_a_preset(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, PeriodScreen)
        await pilot.press("up", "enter")
        await settle(pilot)
        assert screen_of(app).filters.period.preset == "7d"


async def test_p_takes_typed_days_and_refuses_nonsense(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("p", "tab")
        await pilot.press(
            "end", *["backspace"] * 10, *"2026-11-03", "tab", "end", *["backspace"] * 10, *"2026-11-0"
        )
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PeriodScreen)
        assert "is not a period" in text_of(app)
        await pilot.press("9")
        await pilot.pause()
        assert "3–9 Nov 2026 (7 days)" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert screen_of(app).filters.period == Period(date(2026, 11, 3), date(2026, 11, 10))


async def test_escape_leaves_the_dialogs_without_a_change(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = screen_of(app).filters
        for key in ("p", "f"):
            await pilot.press(key)
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert screen_of(app).filters == before


async def test_f_narrows_by_typing_and_filters_by_the_first_match(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(app.screen, FiltersScreen)
        await pilot.press("down", "down", "enter", *"o'ne")
        await settle(pilot)
        assert "Mike O'Neil" in text_of(app)
        assert "Sarah Chen" not in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert screen_of(app).filters == Filters(Period.of_preset("30d", TODAY), user="u2")
        assert "user Mike O'Neil" in text_of(app)
        await pilot.press("x")
        await settle(pilot)
        assert not screen_of(app).filters.is_narrowed
        assert "nothing filtered" in text_of(app)


async def test_a_department_is_chosen_with_its_company(app: TwinApp):
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f", "down", "enter", "down", "enter")
        await settle(pilot)
        filters = screen_of(app).filters
        assert (filters.company, filters.department) == ("Acme", "Sales")


async def test_the_filter_line_names_every_filter_in_force(app: TwinApp):
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        everything = Filters(Period.of_preset("7d", TODAY), "Acme", "", "u1", "t1", "slack", True)
        screen_of(app).filters = everything
        await settle(pilot)
        line = text_of(app).split("\n")[1]
        for part in (
            "company Acme",
            "department (none)",
            "user Sarah Chen",
            "twin Sarah's twin",
            "platform slack",
        ):
            assert part in line
        assert "sharing shared twins only" in line

"""Columns are chosen, moved and taken back; what is chosen fits the room, holds for the session, is saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW
from tests.tui.main_screen import screen_of, text_of
from tests.tui.retention_world import FakeRetention
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen
from twin_tui.tui.screens.dialogs.columns import ColumnsScreen
from twin_tui.tui.widgets.parts.leaderboard_cells import cells_of, name_width
from twin_tui.tui.widgets.tables import activity_columns, behind_table, people_columns, sessions_table
from twin_tui.tui.widgets.tables.columns import LEAST, Forms, fitted
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.views.columns import TABLES, ColumnsError, checked_columns
from twin_tui.views.file import read_views

FORMS: dict[str, Forms] = {  # type: ignore[type-arg]
    "activity": activity_columns.FORMS,
    "people": people_columns.forms("users"),
    "twins": people_columns.forms("twins"),
    "conversations_behind": sessions_table.FORMS,
    "people_behind": behind_table.FORMS,
}


@pytest.fixture
def views(tmp_path: Path) -> Path:
    return tmp_path / "views.toml"


@pytest.fixture
def choosing(views: Path) -> Iterator[TwinApp]:
    fake = FakeRetention()
    yield TwinApp(fake, Settings(now=NOW, views=str(views)))  # type: ignore[arg-type]
    fake.close()


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def head(app: TwinApp) -> list[str]:
    table = next(table for table in app.screen.query(RowTable) if table.size.width and table.is_on_screen)
    return table.render_line(0).text.split()


@pytest.mark.parametrize("name", FORMS)
def test_what_a_table_offers_is_what_files_may_name(name: str) -> None:
    assert set(FORMS[name]) == set(TABLES[name].columns)
    assert [key for key, forms in FORMS[name].items() if not forms[0].width] == [TABLES[name].always]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("width", [20, 59, 79, 119, 199, 320])
def test_whatever_is_chosen_fills_the_room_and_keeps_what_a_line_is(name: str, width: int) -> None:
    table = TABLES[name]
    for chosen in (tuple(table.columns), tuple(reversed(table.columns)), (table.always,)):
        columns = fitted(chosen, FORMS[name], width)
        assert sum(column.width + 1 for column in columns) - 1 == width
        kept = [column.key for column in columns]
        assert table.always in kept
        assert kept == [key for key in chosen if key in kept]
        assert next(column.width for column in columns if column.key == table.always) >= LEAST


def test_more_room_shows_no_fewer_columns_and_wider_forms() -> None:
    chosen = tuple(TABLES["people"].columns)
    shown = [fitted(chosen, FORMS["people"], width) for width in (59, 79, 119, 199)]
    counts = [len(columns) for columns in shown]
    assert counts == sorted(counts)
    assert counts[-1] == len(chosen)
    emails = [column.width for columns in shown for column in columns if column.key == "email"]
    assert emails == sorted(emails)


@pytest.mark.parametrize("width", [30, 60, 118])
def test_a_leaderboard_keeps_the_name_and_what_it_is_ranked_by(width: int) -> None:
    chosen = ("name", "rank_change", "queries", "messages", "documents", "share")
    cells = cells_of("messages", chosen, width, is_compared=True)
    assert cells[0].key == "messages"
    assert [cell.key for cell in cells[1:]] == ["rank_change", "queries", "documents", "share"][
        : len(cells) - 1
    ]
    assert name_width(cells, width) >= LEAST


async def test_a_column_is_taken_off_moved_and_given_back_to_the_room(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        before = head(choosing)
        assert before == ["status", "name", "company", "▾seen", "convs", "msgs", "▤", "⌕"]
        await press(pilot, "C", "space", "down", "space", "J", "J")
        assert "[ ] status" in text_of(choosing)
        assert "always" in text_of(choosing)
        await press(pilot, "enter")
        assert head(choosing) == ["company", "▾seen", "name", "convs", "msgs", "▤", "⌕"]
        await press(pilot, "C", "escape")
        assert head(choosing)[0] == "company"
        await press(pilot, "C", "a")
        assert head(choosing) == before
        assert choosing.columns == {}


async def test_taking_what_is_shown_chooses_nothing(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "C", "enter")
        assert choosing.columns == {}
        await press(pilot, "C", "space", "space", "enter")
        assert choosing.columns == {}


async def test_what_there_is_no_room_for_is_named(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "C", *["down"] * 8, *("space", "down") * 6)
        assert "No room here for" in text_of(choosing)
        await press(pilot, "enter")
        assert len(choosing.columns["people"]) == 14
        assert len(head(choosing)) < 14


async def test_people_and_twins_have_columns_of_their_own_and_keep_them(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "C", "space", "enter", "t")
        assert head(choosing)[0] == "status"
        await press(pilot, "1", "3", "t")
        assert head(choosing)[0] == "name"
        assert choosing.columns == {
            "people": ("name", "company", "ago", "conversations", "messages", "documents", "queries")
        }


async def test_lists_behind_numbers_keep_theirs_for_the_next_number(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "enter")
        assert isinstance(choosing.screen, PeopleBehindScreen)
        assert head(choosing) == ["name", "e-mail", "id"]
        await press(pilot, "C", "down", "space", "enter")
        assert head(choosing) == ["name", "id"]
        await press(pilot, "escape", "right", "enter")
        assert head(choosing) == ["name", "id"]


async def test_where_no_table_has_columns_the_key_says_so(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "C")
        assert not isinstance(choosing.screen, ColumnsScreen)
        assert "no table here" in " ".join(each.message for each in choosing._notifications)


async def test_the_leaderboard_shows_what_is_chosen(choosing: TwinApp) -> None:
    async with choosing.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        assert "share rank" in text_of(choosing)
        screen_of(choosing).put_columns({"leaderboard": ("name", "share", "documents")})
        await settle(pilot)
        assert "▾convs share    docs" in text_of(choosing)
        assert "share rank" not in text_of(choosing)


async def test_columns_are_saved_in_a_view_and_taken_with_it(choosing: TwinApp, views: Path) -> None:
    async with choosing.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = screen_of(choosing)
        await press(pilot, "3")
        main.put_columns(
            {"people": ("name", "email"), "people_behind": ("id", "name"), "activity": ("what",)}
        )
        main.action_save_view()
        await pilot.pause()
        await press(pilot, *"mine", "enter")
        (view,) = read_views(views).values()
        assert view.columns == (("people", ("name", "email")), ("people_behind", ("id", "name")))
        main.put_columns({"people": None, "twins": ("name",)})
        assert head(choosing)[0] == "status"
        main.look_at_view(view)
        await settle(pilot)
        assert head(choosing) == ["name", "e-mail"]
        # What a view does not say is as at the first look; tables of other tabs stay as they are.
        assert set(choosing.columns) == {"people", "people_behind", "activity"}


def test_columns_that_are_none_are_refused_in_one_sentence() -> None:
    for name, wanted, tab, told in (
        ("peple", ["name"], None, "table 'peple' is not known, did you mean people"),
        (
            "people",
            ["name"],
            "quality",
            "there is no table 'people' on the tab quality, there are ranked_twins",
        ),
        ("people", ["nmae"], "people", "columns of people: 'nmae' is not known, did you mean name"),
        ("people", ["name", "name"], None, "columns of people: 'name' is named twice"),
        ("people", [3], None, "columns of people: '3' is not known"),
    ):
        with pytest.raises(ColumnsError) as caught:
            checked_columns(name, wanted, tab)
        assert str(caught.value).startswith(told)
    assert checked_columns("people", ["email"], "people") == ("name", "email")

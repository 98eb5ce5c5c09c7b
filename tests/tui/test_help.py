"""Help: no key goes unmentioned."""

import pytest
from rich.console import Console
from textual.binding import Binding

from tests.tui.conftest import settle
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.comparison import ComparisonScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.conversation.document import DocumentScreen
from twin_tui.tui.screens.dialogs.help import KEY_NAMES, HelpScreen, all_sections, help_text
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.comparison_view import ComparisonView
from twin_tui.tui.widgets.tables.activity_table import ActivityTable
from twin_tui.tui.widgets.transcript.transcript import Transcript

PLACES = {
    MainScreen: "Everywhere",
    ActivityTab: "Activity",
    ActivityTable: "Activity",
    ConversationScreen: "Conversation",
    Transcript: "Conversation",
    DocumentScreen: "Document",
    ComparisonScreen: "Drafts compared",
    ComparisonView: "Drafts compared",
}


@pytest.mark.parametrize("owner", PLACES)
def test_every_key_is_listed_where_it_works(owner: type[MainScreen]) -> None:
    keys = {key for shown, _ in dict(all_sections())[PLACES[owner]] for key in shown.split()}
    for binding in owner.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.description, f"{binding.key} of {owner.__name__} has no words"
        for key in binding.key.split(","):
            if not key.isdigit():
                assert KEY_NAMES.get(key, key) in keys


def test_no_key_means_two_things_in_one_place() -> None:
    screen = [key for binding in ConversationScreen.BINDINGS for key in _keys(binding)]
    reader = [key for binding in Transcript.BINDINGS for key in _keys(binding)]
    assert not set(screen) & set(reader)
    main = {key for binding in MainScreen.BINDINGS for key in _keys(binding)}
    tab = {key for owner in (ActivityTab, ActivityTable) for item in owner.BINDINGS for key in _keys(item)}
    assert not main & tab


def _keys(binding: object) -> list[str]:
    assert isinstance(binding, Binding)
    return binding.key.split(",")


def test_definitions_and_signs_are_told() -> None:
    console = Console(width=80, record=True, quiet=False, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    console.print(help_text(all_sections()))
    console.file.close()
    said = console.export_text()
    for word in ("Zero-result rate", "unknown; never 0", "● user", "⌕ query", "ctrl+f", "exit code 130"):
        assert word in said


async def test_help_opens_with_the_present_place_and_scrolls(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        assert frame(app).lstrip().startswith("Overview")
        await pilot.press("end")
        await settle(pilot)
        assert "● user" in frame(app)
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)

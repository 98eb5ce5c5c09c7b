"""The characters of the keys that our screens bind are known without Unicode's table of names."""

import pytest
import textual.screen
from textual.dom import DOMNode
from textual.keys import key_to_character

from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.lean_keys import CHARACTERS, character_of
from twin_tui.tui.tabs import TABS


@pytest.mark.parametrize("key", [*CHARACTERS, "a", "ctrl+p", "shift+left", "semicolon", "no_such_key"])
def test_a_key_has_the_character_that_textual_knows(key: str) -> None:
    assert character_of(key) == key_to_character(key)


async def test_no_key_of_the_dashboard_is_looked_up() -> None:
    service = FakeService()
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    try:
        async with app.run_test() as pilot:
            assert vars(textual.screen)["key_to_character"] is character_of
            await pilot.pause()
            main = screen_of(app)
            for at in range(len(TABS)):
                await main.made_tab(at, is_active=False)
            nodes: list[DOMNode] = [app, main, *main.query("*")]
            bound = {key for node in nodes for key in node._bindings.key_to_bindings}
    finally:
        service.close()
    named = {key for key in bound if len(key) > 1 and "+" not in key}
    assert len(named) > 10
    assert named <= set(CHARACTERS)

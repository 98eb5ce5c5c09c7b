"""Ctrl+C leaves also from a dialog; the app's other keys stay out."""

import pytest

from tests.tui.conftest import settle
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.dialogs.dialog import Dialog


@pytest.mark.parametrize("key", ["f", "p", "i"])
async def test_ctrl_c_leaves_from_a_dialog(app: TwinApp, key: str):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        assert isinstance(app.screen, Dialog)
        await pilot.press("ctrl+c")
        await pilot.pause()
    assert app.return_code == 130

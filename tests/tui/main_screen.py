"""The main screen as a test sees it: itself, and its text."""

from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.main.main import MainScreen


def screen_of(app: TwinApp) -> MainScreen:
    assert isinstance(app.screen, MainScreen)
    return app.screen


def text_of(app: TwinApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

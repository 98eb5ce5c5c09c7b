"""What is seen for the first time is laid out once, and scrolls where it overflows."""

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of
from twin_tui.settings import Settings
from twin_tui.tui import lean_sizes
from twin_tui.tui.app import TwinApp
from twin_tui.tui.lean_sizes import make_sizes_lean


class Page(App[None]):
    CSS = "#later { display: none; }"

    def compose(self) -> ComposeResult:
        yield Container(Container(Static("one"), Static("two")), id="later")
        yield VerticalScroll(*(Static(f"line {at}") for at in range(60)), id="long")


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Screen[object]]:
    """The screens that were laid out, once for each time."""
    found: list[Screen[object]] = []
    usual = Screen._refresh_layout

    def noted(self: Screen[object], *given: object, **options: object) -> None:
        found.append(self)
        usual(self, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Screen, "_refresh_layout", noted)
    return found


async def shown(layouts: list[Screen[object]]) -> tuple[int, str, bool]:
    """Return how often a page is laid out as more of it is shown, its text, and whether it scrolls."""
    app = Page()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause(0.1)
        layouts.clear()
        app.query_one("#later").display = True
        await pilot.pause(0.2)
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        return len(layouts), text, app.query_one("#long", VerticalScroll).show_vertical_scrollbar


async def test_a_first_look_is_laid_out_less_often_and_looks_the_same(
    layouts: list[Screen[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Widget, "_size_updated", lean_sizes._TAKEN)
    usual, text, scrolls = await shown(layouts)
    make_sizes_lean()
    lean, *same = await shown(layouts)
    assert lean < usual
    assert same == [text, scrolls]
    assert "one" in text
    assert scrolls


async def test_the_dashboard_takes_sizes_so() -> None:
    service = FakeService()
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    try:
        async with app.run_test():
            assert Widget._size_updated is lean_sizes._taken
            assert screen_of(app).size
    finally:
        service.close()

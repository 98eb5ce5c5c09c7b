"""Stored text that tries to steer the terminal, on everything that reading a conversation shows.

The second wall, the filter over every line, is taken down here: each surface must hold by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import START, FakeConversations, document, message, query
from tests.tui.fake_service import NOW
from tests.tui.hostile_world import PAYLOADS, steering
from tests.tui.reading_steps import opened, press
from twin_tui.settings import Settings
from twin_tui.text.safe_text import cell_width
from twin_tui.tui import lifecycle
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.comparison import ComparisonScreen
from twin_tui.tui.screens.conversation.document import DocumentScreen

SIZES = [(80, 24), (120, 40)]
ALL = "\n\n".join(PAYLOADS)


def story() -> tuple[object, ...]:
    """A message, a query without a result and two drafts per payload, a day apart."""
    entries: list[object] = []
    for at, bad in enumerate(PAYLOADS):
        time = START - timedelta(days=len(PAYLOADS) - at)
        entries += [
            message(f"m{at}", "user", bad, time, bad),
            replace(query(f"q{at}", bad, f"m{at}", 0, bad), time=time),
            replace(document(f"d{at}", bad, f"{bad}\n\n# {bad}", f"m{at}", bad), time=time),
            replace(document(f"e{at}", bad + "2", f"{bad} more\n\n{bad[::-1]}", f"m{at}", bad), time=time),
        ]
    return (*entries, message("all", "user", ALL, START))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwinApp]:
    monkeypatch.setattr(lifecycle, "CONTROL_FILTERS", ())
    fake = FakeConversations(stories={"s0": story()})  # type: ignore[dict-item]
    yield at_tab(TwinApp(fake, Settings(now=NOW)), 2)  # type: ignore[arg-type]
    fake.close()


def harmless(app: TwinApp, width: int) -> str:
    picture = frame(app)
    assert steering(picture.encode("utf-8", "surrogatepass")) == []
    assert all(cell_width(line) <= width for line in picture.splitlines())
    return picture


@pytest.mark.parametrize("size", SIZES)
async def test_jumping_and_the_pane_are_harmless(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        if size[0] < 110:
            await press(pilot, "v")
        for _ in PAYLOADS:
            for key in ("d", "o", "b", "a"):
                await pilot.press(key)
            await press(pilot, "s")
            harmless(app, size[0])
        await press(pilot, "g", "t", "u", "e")
        harmless(app, size[0])
        await press(pilot, "enter", "end")
        harmless(app, size[0])
        assert app.screen is screen


@pytest.mark.parametrize("size", SIZES)
async def test_entries_read_by_themselves_are_harmless(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        for key, count in (("s", 4), ("a", len(PAYLOADS))):
            for _ in range(count):
                await press(pilot, key, "t")
                assert isinstance(app.screen, DocumentScreen)
                harmless(app, size[0])
                await press(pilot, "t")
                harmless(app, size[0])
                await press(pilot, "escape")
        assert app.screen is screen
        assert screen.transcript.cursor == len(screen.transcript.plan.index) - 1


@pytest.mark.parametrize("size", SIZES)
async def test_drafts_compared_are_harmless(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        for at in range(len(PAYLOADS)):
            await press(pilot, "d", "d", "equals_sign")
            assert isinstance(app.screen, ComparisonScreen)
            harmless(app, size[0])
            await press(pilot, "n")
            harmless(app, size[0])
            if at % 5 == 0:
                await press(pilot, "y")
                assert app.clipboard
                assert steering(app.clipboard.replace("\n", " ").encode()) == []
            await press(pilot, "escape")

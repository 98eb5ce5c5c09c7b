"""What screen tests share: the app over a fake service, and waiting until it is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.fake_service import NOW, FakeService
from tests.tui.recorded_jobs import Recorded
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.start_app import StartApp


@pytest.fixture
def service() -> Iterator[FakeService]:
    """A service whose answers a test may exchange."""
    fake = FakeService()
    yield fake
    fake.close()


@pytest.fixture
def app(service: FakeService) -> TwinApp:
    """The app over it, standing still in time."""
    return TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]


class StraightTo(MainScreen):
    """The main screen of a person who goes to a tab at once: Overview, the dearest, is not made."""

    def __init__(self, app: TwinApp, number: int) -> None:
        super().__init__(app.filters)
        self.number = number

    async def action_tab(self, number: int) -> None:
        await super().action_tab(number if self.has_tab else self.number)


def at_tab(app: TwinApp, number: int) -> TwinApp:
    """Let an app begin with the tab of that key."""
    app.get_default_screen = lambda: StraightTo(app, number)  # type: ignore[method-assign]
    return app


async def settle(pilot: "Pilot[None]") -> None:
    """Wait until nothing loads and the last answer is drawn."""
    for _ in range(2000):
        await pilot.pause(0.01)
        app = pilot.app
        assert isinstance(app, TwinApp)
        if app.is_settled:
            await pilot.pause()
            return
    raise AssertionError("the app never settled")


@pytest.fixture
def jobs() -> Recorded:
    return Recorded()


@pytest.fixture
def start(jobs: Recorded) -> StartApp:
    return StartApp(Settings(), jobs.jobs())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder that looks like an export, beside one that does not."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "channels.json").write_text("[]", "utf-8")
    (tmp_path / "other").mkdir()
    return folder

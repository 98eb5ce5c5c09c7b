"""What screen tests share: the app over a fake service, and waiting until it is drawn."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.tui.fake_service import NOW, FakeService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp


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

"""What a person does in a line that tells what was typed a moment after the last key."""

from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.recorded_jobs import until


async def typed(pilot: "Pilot[None]", text: str) -> None:
    """Type, and wait for what comes of it."""
    await pilot.press(*text)
    await told(pilot)
    await settle(pilot)


async def told(pilot: "Pilot[None]") -> None:
    """Wait until the line has told what was typed, whether or not somebody answers."""
    workers = pilot.app.workers
    await until(pilot, lambda: all(worker.is_finished for worker in workers if worker.group == "typing"))

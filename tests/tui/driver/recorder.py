"""The real app, drawing for the plain and the lean way at once, in this process and without a terminal."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from tests.tui.driver.emulator import Emulator
from twin_tui.tui.app import TwinApp
from twin_tui.tui.driver.cells import Canvas


class Recorder(HeadlessDriver):
    """Sends each frame as soon as it is written: no merging, so the most a terminal can get."""

    is_watched = False
    """Whether both pictures are kept for comparison, which is slow."""

    def __init__(self, app: Any, *, size: tuple[int, int] | None = None, **options: Any) -> None:
        super().__init__(app, size=size, **options)
        width, height = size or (80, 24)
        self.canvas = Canvas(width, height)
        self.sent = 0
        """Bytes of the lean way since the last `taken`."""
        self.written = 0
        """Bytes of the plain way since then."""
        self.frames: list[int] = []
        """Bytes of each frame of the lean way since then."""
        self.plain, self.lean = Emulator(width, height), Emulator(width, height)

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.canvas.feed(data)
        lean = self.canvas.take()
        self.written += len(data.encode())
        self.sent += len(lean.encode())
        if lean:
            self.frames.append(len(lean.encode()))
        if self.is_watched:
            self.plain.show(data)
            self.lean.show(lean)

    def change_size(self, width: int, height: int) -> None:
        """Have both terminals another size: nothing is known of the lean one's cells then."""
        for screen in (self.plain, self.lean):
            screen.resize(height, width)
        self.canvas.fit(width, height)
        self.canvas.forget()

    def spoil(self) -> None:
        """Have another program write over both pictures, as while this one is suspended."""
        for screen in (self.plain, self.lean):
            screen.show("\x1b[0m\x1b[2J\x1b[H$ ls\n\x1b[31m世界 e\u0301tude\x1b[0m ❤\ufe0f\n")
        self.canvas.forget()

    def taken(self) -> int:
        """Return the bytes of the lean way since the last time."""
        sent, self.sent, self.written, self.frames = self.sent, 0, 0, []
        return sent

    def assert_same(self) -> None:
        """Assert that both ways show the same in every cell."""
        assert self.lean.cells() == self.plain.cells()


class WatchedRecorder(Recorder):
    """Keeps both pictures."""

    is_watched = True


async def settle(pilot: Pilot[object]) -> None:
    """Wait until nothing loads, everything is drawn, and nothing more is."""
    app = pilot.app
    assert isinstance(app, TwinApp)
    driver = app._driver
    assert isinstance(driver, Recorder)
    quiet, before = 0, -1
    for _ in range(1500):
        await pilot.pause(0.01)
        quiet = quiet + 1 if app.is_settled and driver.written == before else 0
        before = driver.written
        if quiet >= 10:
            return
    raise AssertionError("the app never settled")


async def record(
    app: TwinApp,
    size: tuple[int, int],
    script: Callable[[Pilot[object], Recorder], Awaitable[None]],
    driver: type[Recorder] = Recorder,
) -> None:
    """Run the app and the script in it."""
    app.driver_class = driver
    app._sync_available = True
    failures: list[BaseException] = []

    async def act(pilot: Pilot[object]) -> None:
        recorder = app._driver
        assert isinstance(recorder, Recorder)
        try:
            await settle(pilot)
            await script(pilot, recorder)
        except BaseException as error:
            failures.append(error)
        finally:
            app.exit()

    await app.run_async(size=size, auto_pilot=act)
    if failures:
        raise failures[0]

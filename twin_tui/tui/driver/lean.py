"""A terminal driver that sends only what changed, and merges frames a slow line has no time for."""

import asyncio
import os
import signal
from contextlib import suppress
from threading import RLock
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

from twin_tui.tui.driver.cells import Canvas

if TYPE_CHECKING:
    from textual.app import App

REPAIR_AFTER = 0.15
"""Seconds after the last change of size in which the app should have painted every cell."""


class _Outlet:
    """Stands where Textual's writing thread expects the terminal: each write asks what is due by then."""

    def __init__(self, file: TextIO, driver: "LeanDriver") -> None:
        self._file = file
        self._driver = driver

    def write(self, _: str) -> None:
        """Write what the terminal needs now."""
        if data := self._driver.take():
            self._file.write(data)

    def flush(self) -> None:
        """Flush the terminal."""
        self._file.flush()

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return self._file.fileno()


class LeanDriver(LinuxDriver):
    """Textual's driver with a memory of every cell.

    `write` only remembers. Textual's writing thread takes the difference when the line is free, so a frame
    is never delayed, and frames that a blocked line overtakes are never sent.
    """

    def __init__(
        self,
        app: "App[Any]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._lock = RLock()
        self._is_asked = False
        self._is_lost = False
        self._repair: asyncio.TimerHandle | None = None
        self._terminal = cast("TextIO", self._file)
        is_screen = os.environ.get("TERM", "").startswith("screen")
        self._canvas = Canvas(*self._real_size(), erases=not is_screen)
        self._file = cast("Any", _Outlet(self._terminal, self))

    def write(self, data: str) -> None:
        """Remember what the app draws and have the difference sent."""
        with self._lock:
            self._find_itself()
            self._canvas.feed(data)
            if self._is_asked or not self._canvas.has_news:
                return
            self._is_asked = True
        super().write("")

    def take(self) -> str:
        """Return what the terminal needs to show what was drawn until now."""
        with self._lock:
            self._is_asked = False
            self._find_itself()
            return self._canvas.take()

    def forget(self) -> None:
        """Know nothing of what the terminal shows."""
        self._is_lost = True

    def start_application_mode(self) -> None:
        """Enter the terminal, of which nothing is known, and watch its size."""
        self._is_asked, self._is_lost = False, True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        inherited = signal.getsignal(signal.SIGWINCH)
        if not callable(inherited):
            return

        def on_resize(number: int, frame: FrameType | None) -> None:
            self._is_lost = True
            inherited(number, frame)
            self._soon(self._await_painting)

        signal.signal(signal.SIGWINCH, on_resize)

    def _find_itself(self) -> None:
        """Drop the memory of a terminal that changed under it."""
        if self._is_lost:
            self._is_lost = False
            self._canvas.forget()
        self._canvas.fit(*self._real_size())

    def _real_size(self) -> tuple[int, int]:
        try:
            width, height = os.get_terminal_size(self._terminal.fileno())
        except (OSError, ValueError):
            width = height = 0
        return (width, height) if width and height else self._get_terminal_size()

    def _soon(self, call: Any) -> None:
        """Have the loop call something: a signal may have come in the middle of a frame."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call)

    def _await_painting(self) -> None:
        if self._repair is not None:
            self._repair.cancel()
        self._repair = self._loop.call_later(REPAIR_AFTER, self._paint_missing)

    def _paint_missing(self) -> None:
        """Paint all anew where the app, whose size is the same again, saw no reason to."""
        self._repair = None
        with self._lock:
            is_whole = self._canvas.is_whole and not self._is_lost
        if not is_whole:
            self.forget()
            self._app.refresh()

    def _sigtstp_application(self, *_: object) -> None:
        """Suspend, between two frames."""
        self._soon(super()._sigtstp_application)

    def _sigcont_application(self, *_: object) -> None:
        """Come back, between two frames."""
        self._soon(self._come_back)

    def _come_back(self) -> None:
        if not self._auto_restart:
            return
        if not self._must_signal_resume:
            self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh()

"""How the app leaves: by signal, key or crash, always with a whole terminal and an honest exit code."""

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text
from textual.app import App
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.worker import WorkerFailed

from twin_tui import crash_log
from twin_tui.text.safe_text import safe_text
from twin_tui.tui.lean_filters import lean
from twin_tui.tui.safety import CONTROL_FILTERS, safe_copy

EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""What a shell reports for a program that the signal ended."""
PATIENCE = 3.0
"""Seconds an orderly exit may take after a signal before the process ends itself."""
RESTORE = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2048l\x1b[<u"
    "\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m"
)
"""Every mode Textual switches on, switched off."""


class SafeApp(App[None]):
    """An app that cannot be steered by what it shows and that leaves the terminal as it was."""

    _deadline: threading.Timer | None = None
    _has_noted_crash = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the removal of steering characters to Textual's own filters."""
        return [*map(lean, super().get_line_filters()), *CONTROL_FILTERS]

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by OSC 52, which goes past the filters, what is safe to paste."""
        super().copy_to_clipboard(safe_copy(text))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a toast of plain words: never markup, as names and titles appear in it.

        One at a time, so that a key pressed often does not pile them over the page; an error stays beside it.
        """
        del markup
        if all(standing.severity != "error" for standing in self._notifications):
            self.clear_notifications()
        super().notify(safe_text(message), title=title, severity=severity, timeout=timeout, markup=False)

    def on_mount(self) -> None:
        """Leave in order when told to from outside."""
        if self.is_headless or threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number, code in EXIT_CODES.items():
            loop.add_signal_handler(number, self.leave, code)

    def leave(self, code: int) -> None:
        """Exit with ``code``; by force, terminal restored, if that is not done within `PATIENCE`."""
        if not self.is_headless:
            attributes = getattr(self._driver, "attrs_before", None)
            self._deadline = threading.Timer(PATIENCE, _leave_at_once, (code, attributes))
            self._deadline.daemon = True
            self._deadline.start()
        self.exit(return_code=code)

    def action_help_quit(self) -> None:
        """Leave on Ctrl+C (with text selected it copies instead), as if interrupted."""
        self.leave(EXIT_CODES[signal.SIGINT])

    def _handle_exception(self, error: Exception) -> None:
        """Crash, unless the app is ending: then a widget looks in vain for others that are gone."""
        is_ending = self._exit or not self.is_running
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (is_ending and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._note_crash()

    def panic(self, *renderables: RenderableType) -> None:
        """Leave after a crash without drawing the details, which may hold message text."""
        del renderables
        self._note_crash()

    def _note_crash(self) -> None:
        self._return_code = 1
        if not self._has_noted_crash:
            self._has_noted_crash = True
            self._exit_renderables.append(Text(crash_sentence(self._exception or sys.exception())))
        self._close_messages_no_wait()


def run(app: App[None]) -> int:
    """Run the app and return the exit code of the process: 0, 1 after a crash, 128 + n after signal n."""
    try:
        app.run()
    except KeyboardInterrupt:
        return EXIT_CODES[signal.SIGINT]
    finally:
        deadline = getattr(app, "_deadline", None)
        if deadline is not None:
            deadline.cancel()
    return app.return_code or 0


def _leave_at_once(code: int, attributes: list[Any] | None) -> None:
    """End the process although its event loop hangs; ``attributes`` are the line settings to restore."""
    try:
        os.write(2, RESTORE.encode())
        if attributes is not None:
            termios.tcsetattr(2, termios.TCSANOW, attributes)
    finally:
        os._exit(code)


def crash_sentence(error: BaseException | None) -> str:
    """Note a crash in the log and return what the user is told."""
    from textual import __version__ as textual_version  # noqa: PLC0415 - reads the package's metadata

    name = "an unknown error" if error is None else type(error).__name__
    path = crash_log.record(error, f"textual {textual_version}")
    if path is None:
        return f"twin-tui stopped: {name}. That is a fault of twin-tui; no log could be written."
    return f"twin-tui stopped: {name}. That is a fault of twin-tui; details (no message text) are in {path}"

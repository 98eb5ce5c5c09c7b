"""Handing text to the outside: clipboard or file, and a sentence on what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from textual.screen import Screen

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.analytics.guard import Guard
from twin_tui.settings import Settings, exports_folder
from twin_tui.text.formatting import number
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.clipboard import HANDING_OVER, fits_clipboard, write_private
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.safety import safe_copy

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: what the record of handing it over says."""

    session_id: str
    entry_id: str | None = None
    """Of the one entry it is; ``None``: of several, or all of it."""

    def record(self, guard: Guard, action: str, size: int) -> None:
        """Record that so many characters of it are copied or exported; raises `RefusedError`."""
        guard.hand_over(action, self.session_id, self.entry_id, size)


def copy(screen: Screen[None], text: str, what: str, origin: Origin | None = None) -> None:
    """Copy ``text`` by OSC 52 and say how many characters; where it is too long for terminals say that.

    Words of a conversation name their ``origin`` and are recorded first; where that must be and cannot, they
    stay.
    """
    safe, app = safe_copy(text), screen.app

    def put() -> None:
        app.copy_to_clipboard(safe)
        app.notify(f"{number(len(safe))} characters copied: {what}.", timeout=3)

    if not safe:
        screen.notify(f"This {what} has no text to copy.", severity="warning", timeout=4)
    elif not fits_clipboard(safe):
        screen.notify(
            f"{number(len(safe))} characters are more than terminals take: e writes a file.",
            severity="warning",
            timeout=6,
        )
    elif origin is None:
        put()
    else:
        _hand_over(
            screen, lambda guard: origin.record(guard, "copy", len(safe)), lambda: None, lambda _: put()
        )


def export(screen: Screen[None], text: str, name: str, origin: Origin) -> None:
    """Write ``text`` into a new private file in the folder of exports; say where.

    It is recorded first; where that must be and cannot, nothing is written.
    """
    safe, app = safe_copy(text), screen.app
    folder = exports_folder(getattr(app, "settings", Settings()))

    def write() -> Path | OSError:
        try:
            return write_private(folder, name, safe)
        except OSError as error:
            return error

    def say(done: Path | OSError) -> None:
        if isinstance(done, OSError):
            why = safe_line(f"{folder} cannot be written to: {done.strerror or done}.")
            app.notify(f"{why} The setting exports names another folder.", severity="error", markup=False)
        else:
            said = f"{number(len(safe))} characters written to {safe_line(str(done))}"
            app.notify(said, timeout=8, markup=False)

    _hand_over(screen, lambda guard: origin.record(guard, "export", len(safe)), write, say)


def _hand_over(
    screen: Screen[None],
    record: Callable[[Guard], None],
    work: Callable[[], Answer],
    then: Callable[[Answer], None],
) -> None:
    """Record it and do its ``work`` in a thread, then say so; nothing is done that was not recorded.

    It goes on when the screen is left.
    """
    app, service = screen.app, service_of(screen)

    def recorded() -> Answer:
        record(service.guard)
        return work()

    async def handing_over() -> None:
        try:
            answer = await ask(service, recorded)
        except CancelledError:
            return
        except AnalyticsError as error:
            app.notify(str(error), severity="error", timeout=8)
        else:
            then(answer)

    app.run_worker(handing_over(), group=HANDING_OVER)

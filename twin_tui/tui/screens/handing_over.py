"""Handing text to the outside: clipboard or file, and a sentence on what was done."""

from dataclasses import dataclass
from pathlib import Path

from textual.screen import Screen

from twin_tui.analytics.errors import RefusedError
from twin_tui.text.formatting import number
from twin_tui.tui.clipboard import fits_clipboard, write_private
from twin_tui.tui.loading import service_of
from twin_tui.tui.safety import safe_copy


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: what the record of handing it over says."""

    session_id: str
    entry_id: str | None = None
    """Of the one entry it is; ``None``: of several, or all of it."""


def copy(screen: Screen[None], text: str, what: str, origin: Origin | None = None) -> None:
    """Copy ``text`` by OSC 52 and say how many characters; where it is too long for terminals say that.

    Words of a conversation name their ``origin`` and are recorded; where that must be and cannot, they stay.
    """
    safe = safe_copy(text)
    if not safe:
        screen.notify(f"This {what} has no text to copy.", severity="warning", timeout=4)
        return
    if not fits_clipboard(safe):
        screen.notify(
            f"{number(len(safe))} characters are more than terminals take: e writes a file.",
            severity="warning",
            timeout=6,
        )
        return
    if not _is_recorded(screen, "copy", origin, len(safe)):
        return
    screen.app.copy_to_clipboard(safe)
    screen.notify(f"{number(len(safe))} characters copied: {what}.", timeout=3)


def export(screen: Screen[None], text: str, name: str, origin: Origin) -> None:
    """Write ``text`` into a new private file in the current folder, else in the home folder; say where.

    It is recorded first; where that must be and cannot, nothing is written.
    """
    safe = safe_copy(text)
    if not _is_recorded(screen, "export", origin, len(safe)):
        return
    for folder in (Path.cwd(), Path.home()):
        try:
            path = write_private(folder, name, safe)
        except OSError:
            continue
        screen.notify(f"{number(len(safe))} characters written to {path}", timeout=6)
        return
    screen.notify("Neither the current folder nor the home folder can be written to.", severity="error")


def _is_recorded(screen: Screen[None], action: str, origin: Origin | None, size: int) -> bool:
    if origin is None:
        return True
    try:
        service_of(screen).guard.hand_over(action, origin.session_id, origin.entry_id, size)
    except RefusedError as error:
        screen.notify(str(error), severity="error", timeout=8)
        return False
    return True

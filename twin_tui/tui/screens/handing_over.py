"""Handing text to the outside: clipboard or file, and a sentence on what was done."""

from pathlib import Path

from textual.screen import Screen

from twin_tui.text.formatting import number
from twin_tui.tui.clipboard import fits_clipboard, write_private
from twin_tui.tui.safety import safe_copy


def copy(screen: Screen[None], text: str, what: str) -> None:
    """Copy ``text`` by OSC 52 and say how many characters; where it is too long for terminals say that."""
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
    screen.app.copy_to_clipboard(safe)
    screen.notify(f"{number(len(safe))} characters copied: {what}.", timeout=3)


def export(screen: Screen[None], text: str, name: str) -> None:
    """Write ``text`` into a new private file in the current folder, else in the home folder; say where."""
    safe = safe_copy(text)
    for folder in (Path.cwd(), Path.home()):
        try:
            path = write_private(folder, name, safe)
        except OSError:
            continue
        screen.notify(f"{number(len(safe))} characters written to {path}", timeout=6)
        return
    screen.notify("Neither the current folder nor the home folder can be written to.", severity="error")

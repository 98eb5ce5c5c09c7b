"""The way to the terminal: Textual's own, or one that sends only what changed."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver


def driver_class(wanted: str, environment: Mapping[str, str]) -> "type[Driver] | None":
    """Return the driver for ``auto``, ``plain`` or ``lean``; ``None``: the one Textual chooses.

    A driver named by ``TEXTUAL_DRIVER`` is left in its place; ``auto`` is ``lean`` on a remote line (SSH).
    """
    is_remote = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    is_lean = wanted == "lean" or (wanted == "auto" and is_remote)
    if not is_lean or environment.get("TEXTUAL_DRIVER") or sys.platform == "win32":
        return None
    from twin_tui.tui.driver.lean import LeanDriver  # noqa: PLC0415 - only where it is chosen

    return LeanDriver


def redraw(app: "App[Any]") -> None:
    """Have every cell painted and sent again."""
    forget = getattr(app._driver, "forget", None)
    if forget is not None:
        forget()
    app.refresh()

"""Text beside each SVG, and a Textual that reads nothing from the environment."""

import difflib

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual import constants
from textual import filter as filters


class TextFrame(SingleFileSnapshotExtension):
    """Keeps a frame as a plain text file, so that a change reads as a diff."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def difference(accepted: str | None, drawn: str) -> str:
    """Return what changed line by line, ``-`` accepted and ``+`` drawn now."""
    if accepted is None:
        return f"No picture is accepted yet (--snapshot-update accepts this one):\n{drawn}"
    lines = difflib.unified_diff(
        accepted.splitlines(), drawn.splitlines(), "accepted", "drawn now", n=1, lineterm=""
    )
    return "\n".join(("The picture changed (--snapshot-update accepts it, after a look at the SVG):", *lines))


def stock_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Textual the values it has without variables: it read them when it was imported."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "auto")
    monkeypatch.setattr(constants, "FILTERS", "")
    monkeypatch.setattr(filters.dim_color.__wrapped__, "__defaults__", (0.66,))
    filters.dim_color.cache_clear()

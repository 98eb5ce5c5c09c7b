"""Text beside each SVG, and a Textual that reads nothing from the environment."""

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual import constants
from textual import filter as filters


class TextFrame(SingleFileSnapshotExtension):
    """Keeps a frame as a plain text file, so that a change reads as a diff."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def stock_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Textual the values it has without variables: it read them when it was imported."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "auto")
    monkeypatch.setattr(constants, "FILTERS", "")
    monkeypatch.setattr(filters.dim_color.__wrapped__, "__defaults__", (0.66,))
    filters.dim_color.cache_clear()

"""One line for terminals too small to read anything in."""

from textual.widgets import Static

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Cells below which nothing but this line is shown."""


class TooSmall(Static):
    """Says what is needed."""

    def __init__(self) -> None:
        super().__init__(f"twin-tui needs {LEAST_WIDTH}x{LEAST_HEIGHT} cells", markup=False)

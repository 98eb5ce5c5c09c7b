"""The command palette, still."""

from textual.command import CommandPalette, SearchIcon
from textual.widgets import Input

PROMPT = "›"
"""In place of a picture two cells wide, which not every font has."""


class Palette(CommandPalette):
    """Textual's, with a cursor that does not blink: nothing is sent while nobody types."""

    def on_mount(self) -> None:
        """Stop the blinking, and take a plain prompt."""
        self.query_one(Input).cursor_blink = False
        self.query_one(SearchIcon).icon = PROMPT

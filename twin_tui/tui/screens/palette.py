"""The command palette, still."""

from textual.command import CommandPalette
from textual.widgets import Input


class Palette(CommandPalette):
    """Textual's, with a cursor that does not blink: nothing is sent while nobody types."""

    def on_mount(self) -> None:
        """Stop the blinking."""
        self.query_one(Input).cursor_blink = False

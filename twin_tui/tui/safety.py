"""The second wall: whatever a widget draws, nothing that steers a terminal leaves the app."""

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from twin_tui.text.safe_text import safe_text

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Controls (C0, DEL, C1), direction overrides, line separators, surrogates, tags."""


def _harmless(steering: re.Match[str]) -> str:
    """Return what stands in its place: as wide as Textual measured the original, so that no column moves."""
    return "\ufffd" if "\ud800" <= steering[0] <= "\udfff" else ""


def without_steering(text: str) -> str:
    r"""Return one drawn run of text without anything that steers a terminal, its measured width unchanged.

    >>> without_steering("a\x1b]52;c;eA==\x07b")
    'a]52;c;eA==b'
    """
    return _STEERING.sub(_harmless, text)


def safe_copy(text: str) -> str:
    r"""Return ``text`` as it may enter a clipboard or a file: newlines and tabs stay, the rest as on screen.

    A paste into a shell must not carry escapes, and a direction override must not hide what is pasted.

    >>> safe_copy("a\tb\r\nc\x1b[2J")
    'a\tb\nc␛[2J'
    """
    return "\t".join(safe_text(part) for part in text.split("\t"))


class ControlFilter(LineFilter):
    """Removes steering characters from every line of every widget, titles and toasts included.

    Stored text has passed `safe_text` long before; this holds for what nobody thought of.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with harmless text and without terminal hyperlinks (OSC 8)."""
        if not any(_STEERING.search(text) or (style and style.link) for text, style, _ in segments):
            return segments
        return [
            Segment(
                without_steering(text), style.update_link(None) if style and style.link else style, control
            )
            for text, style, control in segments
        ]


CONTROL_FILTERS: Sequence[LineFilter] = (ControlFilter(),)
"""What `App.get_line_filters` appends to Textual's own."""

"""Textual's conversion of terminal colours, which leaves alone what has none.

Every line of a truecolor theme goes through it: as a rule there is nothing to convert, and no copy to keep.
"""

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter


class LeanTruecolor(ANSIToTruecolor):
    """Returns the segments themselves where no style is dim or names a terminal colour."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with all colours as triples."""
        for _, style, _ in segments:
            if style is not None and (
                style.dim
                or (style.color is not None and style.color.triplet is None)
                or (style.bgcolor is not None and style.bgcolor.triplet is None)
            ):
                return super().apply(segments, background)
        return segments


@lru_cache(maxsize=4)
def lean(line_filter: LineFilter) -> LineFilter:
    """Return the filter, Textual's conversion of terminal colours as the one above."""
    if type(line_filter) is not ANSIToTruecolor:
        return line_filter
    return LeanTruecolor(line_filter._terminal_theme, enabled=line_filter.enabled)

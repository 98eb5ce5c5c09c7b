"""The marks over a drawn chart: the cursor, what is chosen, the days that are looked at."""

from collections.abc import Iterable, Sequence
from math import ceil

from textual.content import Content

from twin_tui.tui.frames import Frame

UPRIGHT, REACH, CURSOR, NOTED = "┊", "━", "▲", "◆"
MOST_UPRIGHTS = 5
"""Cells of one upright line at most: all are sent anew when the cursor moves."""
_BLANKS = (" ", "\u2800")


def marked(
    lines: Sequence[Content],
    frame: Frame,
    cursor: int | None,
    reaches: Iterable[tuple[int, int, str]],
    noted: Iterable[int] = (),
) -> list[Content]:
    """Return the lines of a picture with marks that cover no value.

    ``cursor`` is a day's place; ``reaches`` are the first and the last place of a span and its style;
    ``noted`` are the places at which something happened.
    """
    found = list(lines)
    axis = frame.rows
    for first, last, style in reaches:
        start, stop = frame.column_of(first), frame.column_of(last)
        found[axis] = _put(found[axis], start, Content.styled(REACH * (stop - start + 1), style))
        for column in {start, stop}:
            _raise(found, frame, column, style)
    for place in noted:
        found[axis] = _put(found[axis], frame.column_of(place), Content.styled(NOTED, "bold $series-2"))
    if cursor is not None:
        column = frame.column_of(cursor)
        found[axis] = _put(found[axis], column, Content.styled(CURSOR, "bold $accent"))
    return found


def _raise(lines: list[Content], frame: Frame, column: int, style: str) -> None:
    """Draw an upright line where nothing is drawn."""
    for row in range(0, frame.rows, ceil(frame.rows / MOST_UPRIGHTS)):
        line = lines[row]
        if column < line.cell_length and line.plain[column] in _BLANKS:
            lines[row] = _put(line, column, Content.styled(UPRIGHT, style))


def _put(line: Content, column: int, words: Content) -> Content:
    return line[:column] + words + line[column + words.cell_length :]

"""The figures of a person or a twin in the period: counts, and the course of two of them over the days."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from twin_tui.text.formatting import compact
from twin_tui.text.safe_text import cell_width, cut, pad
from twin_tui.tui.widgets.parts.sparkline import sparkline

NARROW = 13
"""Cells of a figure without a course, at most."""
WIDEST_DAY = 4


@dataclass(frozen=True, slots=True)
class Count:
    """One figure."""

    label: str
    value: int
    course: tuple[int, ...] = ()
    """A value per day, oldest first; empty for a figure that is told without."""
    note: str = ""
    """What stands below it where there is room."""


class UseFigures(Widget, can_focus=False):
    """Label, value and course side by side; two lines high, or four where there is room."""

    DEFAULT_CSS = "UseFigures { height: 2; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.counts: tuple[Count, ...] = ()
        """What is shown."""

    def show(self, counts: tuple[Count, ...]) -> None:
        """Show these figures, repainting only if one differs."""
        if counts != self.counts:
            self.counts = counts
            self.refresh()

    def render(self) -> Content:
        """Draw the figures at the size there is."""
        if not self.counts:
            return Content("")
        return Content("\n").join(figure_lines(self.counts, self.size.width, self.size.height))


def figure_lines(counts: Sequence[Count], width: int, height: int) -> list[Content]:
    """Return ``height`` lines of ``width`` cells: those with a course take what the others leave."""
    plain = [count for count in counts if not count.course]
    drawn = [count for count in counts if count.course]
    each = min(NARROW, width // max(1, len(counts)))
    room = (width - each * len(plain)) // max(1, len(drawn))
    columns = [_cell(count, room if count.course else each, height) for count in counts]
    return [Content.assemble(*(column[line] for column in columns)) for line in range(height)]


def _cell(count: Count, width: int, height: int) -> list[Content]:
    """Return the lines of one figure, each ``width`` cells wide."""
    edge, inner = Content.styled("▏ ", "$rule"), max(1, width - 3)
    label = Content.assemble(edge, (pad(count.label, inner) + " ", "$muted"))
    value = compact(count.value)
    if not count.course:
        lines = [label, Content.assemble(edge, (pad(value, inner) + " ", "bold $ink"))]
        if height > 2:
            lines.append(Content.assemble(edge, (pad(cut(count.note, inner), inner) + " ", "$muted")))
    else:
        rows = height - 1
        first = max(cell_width(value) + 1, 6)
        strip = min(max(1, inner - first), WIDEST_DAY * len(count.course))
        course = sparkline(tuple(float(amount) for amount in count.course), strip, rows)
        rest = " " * (inner - first - strip + 1)
        lines = [label]
        for at, row in enumerate(course):
            words = pad(value if at == 0 else "", first)
            lines.append(Content.assemble(edge, (words, "bold $ink"), (row, "$series-1"), rest))
    blank = Content.assemble(edge, " " * (inner + 1))
    return [*lines, *[blank] * (height - len(lines))]

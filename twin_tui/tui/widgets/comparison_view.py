"""Two drafts compared, drawn a row at a time; side by side where there is room."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from twin_tui.text.comparing import Comparison
from twin_tui.text.safe_text import cell_width
from twin_tui.tui.widgets.comparison_rows import Cell, Laid, column_width, lay_out

SPLIT_FROM = 100
"""Columns of a terminal from which drafts stand side by side."""
ABOVE = 3
"""Rows above a change that one went to."""
_STYLES: dict[str, str] = {
    "same": "same",
    "changed": "same",
    "removed": "old",
    "added": "new",
    "-": "old",
    "+": "new",
}


class ComparisonView(ScrollView, can_focus=True):
    """The rows of a comparison; keys go from change to change."""

    DEFAULT_CSS = """
    ComparisonView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "comparison--same",
        "comparison--old",
        "comparison--new",
        "comparison--rule",
    }
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "place(1)", "Next change", show=False),
        Binding("N", "place(-1)", "Previous change", show=False),
        Binding("down,j", "line(1)", "A line down", show=False),
        Binding("up,k", "line(-1)", "A line up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._laid = Laid((), ())
        self._is_new = False

    @property
    def is_split(self) -> bool:
        """Whether the drafts stand side by side."""
        return self.app.size.width >= SPLIT_FROM

    def show(self, found: Comparison | None) -> None:
        """Show a comparison from its first change, nothing for ``None``."""
        self._found, self._is_new = found, True
        self._lay()

    def on_resize(self) -> None:
        """Lay it out anew."""
        self._lay()

    def _lay(self) -> None:
        width = self.scrollable_content_region.width
        if width > 0:
            found = self._found
            self._laid = Laid((), ()) if found is None else lay_out(found, width, is_split=self.is_split)
            self.virtual_size = Size(width, len(self._laid.rows))
            self.refresh()
        if width > 0 and self._is_new and self._found is not None:
            self._is_new = False
            self.call_after_refresh(self._to_row, self._laid.places[0] if self._laid.places else 0)

    def _to_row(self, row: int) -> None:
        """Scroll so that a row is near the top, what stands before it above."""
        self.scroll_to(y=max(0, row - ABOVE), animate=False, immediate=True)

    def action_line(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=by, animate=False, immediate=True)

    def action_place(self, direction: int) -> None:
        """Bring the next change, or the one before, to the top."""
        top = round(self.scroll_y) + ABOVE
        places = self._laid.places
        found = [at for at in places if (at > top if direction > 0 else at < top)]
        if found:
            self._to_row(found[0] if direction > 0 else found[-1])

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        row = round(self.scroll_y) + y
        width, base = self.scrollable_content_region.width, self.rich_style
        if row >= len(self._laid.rows):
            return Strip.blank(width, base)
        cells = self._laid.rows[row]
        if len(cells) == 1:
            segments = self._segments(cells[0], width, base)
        else:
            column = column_width(width)
            segments = self._segments(cells[0], column, base)
            segments.append(Segment(" │ ", base + self._style("rule")))
            segments += self._segments(cells[1], column, base)
        return Strip(segments).adjust_cell_length(width, base)

    def _segments(self, cell: Cell, width: int, base: RichStyle) -> list[Segment]:
        signed = self._style({"-": "old", "+": "new"}.get(cell.sign, "same"))
        segments = [Segment(cell.sign + " ", base + signed)]
        segments += [Segment(text, base + self._style(_STYLES[kind])) for text, kind in cell.runs]
        used = sum(cell_width(text) for text, _, _ in segments)
        return [*segments, Segment(" " * max(0, width - used), base)]

    def _style(self, name: str) -> RichStyle:
        return self.get_component_rich_style(f"comparison--{name}", partial=True)

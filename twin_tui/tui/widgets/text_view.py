"""Long safe text, wrapped, one row at a time: what is too long for Markdown, or wanted as it is stored."""

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from twin_tui.tui.widgets.transcript.wrap import Span, wrap


class TextView(ScrollView, can_focus=True):
    """Text wrapped at the width of the widget; selectable."""

    DEFAULT_CSS = """
    TextView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._lines: list[Span] = []
        self._wrapped_at = 0

    def show(self, text: str) -> None:
        """Show safe ``text`` from its beginning."""
        self._text, self._wrapped_at = text, 0
        self._wrap()
        self.scroll_to(y=0, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Wrap anew at another width."""
        self._wrap()

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width > 0 and width != self._wrapped_at:
            self._wrapped_at = width
            self._lines = wrap(self._text, width)
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        row = round(self.scroll_y) + y
        width, style = self.scrollable_content_region.width, self.rich_style
        if row >= len(self._lines):
            return Strip.blank(width, style)
        start, end = self._lines[row]
        text = self._text[start:end]
        segments = [Segment(text, style)]
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(row)) is not None:
            first, last = span
            last = len(text) if last < 0 else last
            marked = style + self.screen.get_component_rich_style("screen--selection")
            segments = [
                Segment(text[:first], style),
                Segment(text[first:last], marked),
                Segment(text[last:], style),
            ]
        return Strip(segments).adjust_cell_length(width, style).apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text and what ends it."""
        return selection.extract("\n".join(self._text[a:b] for a, b in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Redraw with or without the selection."""
        del selection
        self.refresh()

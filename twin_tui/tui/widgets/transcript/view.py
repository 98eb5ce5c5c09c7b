"""The view of a transcript: every line of a conversation drawn by itself, loaded where it is looked at."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from twin_tui.tui.widgets.transcript.entries import EntryMemory, SafeEntry
from twin_tui.tui.widgets.transcript.layout import NO_PLAN, Plan, TranscriptLayout
from twin_tui.tui.widgets.transcript.marks import Marks
from twin_tui.tui.widgets.transcript.paint import STYLES, Names, Painter, Run, overlaid
from twin_tui.tui.widgets.transcript.wrap import Span

_NOBODY = Names("", "")


class TranscriptView(ScrollView, can_focus=True):
    """Messages in order, documents and queries in place, drawn by rows; one entry is the current one."""

    DEFAULT_CSS = """
    TranscriptView {
        height: 1fr;
        width: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript--{name}" for name in STYLES}

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """Position of the entry the keys speak of."""

    @dataclass
    class EntriesWanted(Message):
        """Windows of entries, by their first positions, are needed for what is looked at."""

        windows: list[int]

    @dataclass
    class CursorMoved(Message):
        """Another entry is the current one."""

        position: int

    @dataclass
    class TextWanted(Message):
        """The whole text of an entry that was cut is needed, wrapped at this width."""

        position: int
        width: int

    def __init__(self) -> None:
        super().__init__()
        self.memory = EntryMemory()
        self.layout_rows = TranscriptLayout(NO_PLAN, 80)
        self._names = _NOBODY
        self._zone: tzinfo = UTC
        self._target: tuple[int, int | None] | None = None
        self._marks = Marks()
        self._settling = False

    @property
    def plan(self) -> Plan:
        """The index and what belongs together."""
        return self.layout_rows.plan

    def show(self, plan: Plan, names: Names, zone: tzinfo, memory: EntryMemory, position: int) -> None:
        """Show a conversation, with what of it is loaded, the cursor on the entry at ``position``."""
        self._names, self._zone, self.memory = names, zone, memory
        self._marks = Marks()
        self.layout_rows = TranscriptLayout(plan, self.row_width)
        self.set_reactive(TranscriptView.cursor, position)
        self.virtual_size = Size(self.row_width, self.layout_rows.rows)
        self.scroll_to(y=0, animate=False, immediate=True)
        self.reveal(position)
        self.refresh()

    def add_entries(self, first: int, entries: list[SafeEntry]) -> None:
        """Keep a loaded window and draw it where it is looked at."""
        self.memory.put(first, entries)
        for at, safe in enumerate(entries, first):
            if not safe.is_whole:
                self.layout_rows.forget(at)
            self._marks.forget(at)
        self._settle()
        self.refresh()

    def add_text(self, position: int, safe: SafeEntry, lines: list[Span]) -> None:
        """Keep the whole text of an entry, already wrapped."""
        self.memory.replace(position, safe)
        self._marks.forget(position)
        self.layout_rows.fold(position, is_folded=False)
        self.layout_rows.measure(position, safe, lines)
        self._settle()
        self.refresh()

    def go_to(self, position: int) -> None:
        """Make an entry the current one and bring it into view."""
        if len(self.layout_rows):
            self.cursor = max(0, min(position, len(self.layout_rows) - 1))
            self.reveal(self.cursor)

    def find(self, needle: str, match: tuple[int, int] | None = None) -> None:
        """Mark every occurrence of ``needle`` and go to one: (position, which occurrence of it)."""
        self._marks.look_for(needle, match)
        if match is not None:
            position, which = match
            self.layout_rows.fold(position, is_folded=False)
            self.cursor = position
            self.reveal(position, which)
            safe = self.memory.get(position)
            if (
                safe is not None
                and not safe.is_whole
                and len(self._marks.occurrences(position, safe)) <= which
            ):
                self.post_message(self.TextWanted(position, self.layout_rows.text_width))
        self.refresh()

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two entries' head lines and tell."""
        for position in (old, new):
            if 0 <= position < len(self.layout_rows):
                self.refresh_line(self.layout_rows.head_row(position))
        self.post_message(self.CursorMoved(new))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Load and measure what came into view."""
        super().watch_scroll_y(old_value, new_value)
        self._settle()

    def on_resize(self, event: Resize) -> None:
        """Wrap anew at another width, keeping the entry at the top, or the current one, in view."""
        del event
        if self.layout_rows.text_width != TranscriptLayout(NO_PLAN, self.row_width).text_width:
            unfolded = self.layout_rows.unfolded
            self.layout_rows = TranscriptLayout(self.plan, self.row_width)
            self.layout_rows.unfold_all(unfolded)
            self.virtual_size = Size(self.row_width, self.layout_rows.rows)
        self.reveal(self.cursor)
        self.refresh()

    @property
    def match(self) -> tuple[int, int] | None:
        """The current match: position of its entry, which occurrence there."""
        return self._marks.match

    @property
    def row_width(self) -> int:
        """Cells of one row."""
        return self.scrollable_content_region.width

    @property
    def row_count(self) -> int:
        """Rows in view."""
        return self.scrollable_content_region.height

    @property
    def top_row(self) -> int:
        """The first row in view."""
        return round(self.scroll_y)

    def reveal(self, position: int, which: int | None = None) -> None:
        """Bring an entry, or one occurrence in it, into view; again once it is loaded."""
        rows = self.layout_rows
        if not len(rows) or not self.row_count:
            self._target = (position, which)
            return
        self._measure_around(position)
        safe = self.memory.get(position)
        self._target = (position, which) if safe is None else None
        first, end = rows.start(position), rows.end(position)
        if which is not None and safe is not None:
            found = self._marks.occurrences(position, safe)
            if which < len(found):
                first = max(0, rows.row_of(position, found[which][0]) - 2)
                end = first + 5
        top = self.top_row
        if end - first >= self.row_count or first < top:
            top = first
        elif end > top + self.row_count:
            top = end - self.row_count
        if top != self.top_row:
            self.scroll_to(y=top, animate=False, immediate=True)
        self._settle()

    def _measure_around(self, position: int) -> None:
        """Make the entries that fill a screen before and after one exact."""
        rows = self.layout_rows
        for step in (1, -1):
            at, room = position, self.row_count
            while 0 <= at < len(rows) and room > 0:
                rows.measure(at, self.memory.get(at))
                room -= rows.end(at) - rows.start(at)
                at += step
        self._grow()

    def _grow(self) -> bool:
        """Take the height of the layout; return whether it was another."""
        size = Size(self.row_width, self.layout_rows.rows)
        if size == self.virtual_size:
            return False
        self.virtual_size = size
        return True

    def _settle(self) -> None:
        """Measure what is in view, keep its first line where it is, and ask for what is missing."""
        rows = self.layout_rows
        if self._settling or not len(rows) or not self.row_count:
            return
        self._settling = True
        try:
            anchor = rows.position_at(self.top_row)
            offset = self.top_row - rows.start(anchor)
            room = self.row_count + offset
            at = anchor
            while at < len(rows) and room > 0:
                rows.measure(at, self.memory.get(at))
                room -= rows.end(at) - rows.start(at)
                at += 1
            if self._grow():
                offset = min(offset, rows.end(anchor) - rows.start(anchor) - 1)
                top = rows.start(anchor) + offset
                if top != self.top_row:
                    self.scroll_to(y=top, animate=False, immediate=True)
                self.refresh()
            missing = self.memory.missing(anchor - 8, at + 8, len(rows))
        finally:
            self._settling = False
        if missing:
            self.post_message(self.EntriesWanted(missing))
        elif self._target is not None and self.memory.get(self._target[0]) is not None:
            position, which = self._target
            self._target = None
            self.reveal(position, which)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        row = self.top_row + y
        width = self.row_width
        base = self.rich_style
        if row >= self.layout_rows.rows:
            return Strip.blank(width, base)
        gutter, content = self._row(row)
        runs = gutter + content
        line = self.layout_rows.line_at(row)
        if line.part == "head" and line.position == self.cursor:
            base += self._styles()["current"]
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(row)) is not None:
            start, end = span
            style = self.screen.get_component_rich_style("screen--selection")
            runs = overlaid(runs, [(start, 1 << 30 if end < 0 else end, style)])
        strip = Strip([Segment(text, base + style) for text, style in runs])
        return strip.adjust_cell_length(width, base).apply_offsets(0, row)

    def _row(self, row: int) -> tuple[list[Run], list[Run]]:
        rows = self.layout_rows
        line = rows.line_at(row)
        safe = self.memory.get(line.position)
        styles = self._styles()
        painter = Painter(rows, self._names, self._zone, styles)
        gutter, content = painter.row(line, safe, is_current=line.position == self.cursor)
        return gutter, self._marks.on(line, rows, safe, content, styles)

    def _styles(self) -> dict[str, Style]:
        return {name: self.get_component_rich_style(f"transcript--{name}", partial=True) for name in STYLES}

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text without gutters, and what ends it."""
        last = self.layout_rows.rows - 1
        first_row = 0 if selection.start is None else selection.start.y
        last_row = last if selection.end is None else min(selection.end.y, last)
        lines = []
        for row in range(first_row, last_row + 1):
            span = selection.get_span(row)
            if span is None:
                continue
            gutter, content = self._row(row)
            shift = sum(len(text) for text, _ in gutter)
            words = "".join(text for text, _ in content)
            start, end = span
            lines.append(words[max(0, start - shift) : len(words) if end < 0 else max(0, end - shift)])
        return "\n".join(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Redraw with or without the selection."""
        del selection
        self.refresh()

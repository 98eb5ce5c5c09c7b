"""A transcript that grows while it is read: what is in view stays there, only what differs is drawn."""

from textual.geometry import Region
from textual.strip import Strip

from twin_tui.tui.widgets.news import NEW_MARK
from twin_tui.tui.widgets.transcript.entries import EntryMemory
from twin_tui.tui.widgets.transcript.layout import Plan, TranscriptLayout
from twin_tui.tui.widgets.transcript.marks import Marks
from twin_tui.tui.widgets.transcript.paint import Names, Run
from twin_tui.tui.widgets.transcript.view import TranscriptView


class RenewableTranscript(TranscriptView):
    """Takes over a conversation that was read again; cursor, folds, search and selection stay."""

    new: frozenset[str] = frozenset()
    """Ids of entries that another process wrote, until a key is pressed."""

    @property
    def is_at_end(self) -> bool:
        """Whether the last row is in view."""
        return self.top_row + self.row_count >= self.layout_rows.rows

    def ids_in_view(self) -> list[str]:
        """Return the ids of the first and the last entry in view, and of the current one."""
        rows, index = self.layout_rows, self.plan.index
        if not len(rows):
            return []
        ends = (rows.position_at(self.top_row), rows.position_at(self.top_row + self.row_count), self.cursor)
        return [index.id_at(at) for at in ends if at < len(index)]

    def renew(self, plan: Plan, names: Names, memory: EntryMemory, new: frozenset[str]) -> None:
        """Show the conversation as it is now, the same entry at the top; at its end follow the end."""
        before, was, was_at_end = self._drawn(), self.plan, self.is_at_end
        rows = TranscriptLayout(plan, self.row_width)
        rows.inherit(self.layout_rows)
        anchor, offset = self._anchor(plan)
        found = plan.positions.get(was.index.id_at(self.cursor)) if was.index else 0
        cursor = self.cursor if found is None else found
        self._marks = _moved(self._marks, was, plan)
        self.layout_rows, self.memory, self._names, self.new = rows, memory, names, new
        self._target = None
        self.set_reactive(TranscriptView.cursor, max(0, min(cursor, len(rows) - 1)))
        if len(rows) and self.row_count:
            self._measure_around(anchor)
            top = rows.start(anchor) + min(offset, rows.end(anchor) - rows.start(anchor) - 1)
            if was_at_end:
                self._measure_around(len(rows) - 1)
                top = max(top, min(rows.rows - self.row_count, rows.head_row(self.cursor)))
            top = max(0, min(top, rows.rows - self.row_count))
            if top != self.top_row:
                self.scroll_to(y=top, animate=False, immediate=True)
        self._settle()
        self._redraw(before)

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        if self.new:
            before, self.new = self._drawn(), frozenset()
            self._redraw(before)

    def _anchor(self, plan: Plan) -> tuple[int, int]:
        """Return where the entry at the top is now, and how many of its rows are above the view."""
        rows, index = self.layout_rows, self.plan.index
        if not index or not plan.index:
            return 0, 0
        at = rows.position_at(self.top_row)
        for place in range(at, len(index)):
            if (found := plan.positions.get(index.id_at(place))) is not None:
                return found, self.top_row - rows.start(at) if place == at else 0
        return len(plan.index) - 1, 0

    def _row(self, row: int) -> tuple[list[Run], list[Run]]:
        gutter, content = super()._row(row)
        line = self.layout_rows.line_at(row)
        is_new = line.part == "head" and self.plan.index[line.position].id in self.new
        if is_new and line.position != self.cursor:
            gutter = [(NEW_MARK, self._styles()["cursor"]), *gutter[1:]]
        return gutter, content

    def _drawn(self) -> list[Strip]:
        return [self.render_line(y) for y in range(self.row_count)]

    def _redraw(self, before: list[Strip]) -> None:
        for y, (old, new) in enumerate(zip(before, self._drawn(), strict=False)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))


def _moved(marks: Marks, was: Plan, plan: Plan) -> Marks:
    """Return what is looked for, its current match where its entry is now."""
    moved = Marks()
    match = marks.match
    if match is not None and match[0] < len(was.index):
        at = plan.positions.get(was.index.id_at(match[0]))
        match = None if at is None else (at, match[1])
    moved.look_for(marks.needle, match)
    return moved

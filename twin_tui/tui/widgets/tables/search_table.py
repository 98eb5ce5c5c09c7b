"""What a search found, a line each under the names of groups, and the whole of the current line below."""

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from twin_tui.text.formatting import short_day
from twin_tui.text.safe_text import cell_width, cut, pad
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.tables.columns import Column, Moment, filling
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.tui.widgets.tables.search_lines import SearchLine, about, fitting

PREVIEW_LINES = 3


class SearchTable(RowTable[SearchLine]):
    """Lines with their hits marked; the cursor passes over the names of groups."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--hit", "table--group"}

    @dataclass
    class Moved(Message):
        """Another line is the current one, or the lines are others."""

        line: SearchLine | None

    def columns(self, width: int) -> tuple[Column[SearchLine], ...]:
        """Return when, who and what at this width."""
        fixed = (_TIME, _AGE, replace(_WHO, width=22 if width >= 100 else 13), _WHAT)
        return filling(fixed, width)

    def render_line(self, y: int) -> Strip:
        """Draw the name of a group, or a line with its hits."""
        row = round(self.scroll_y) + y - 1
        if self._moment is None or y == 0 or not 0 <= row < len(self.items):
            return super().render_line(y)
        width, base, line = self._width, self.rich_style, self.items[row]
        if line.found is None:
            words = cut(f"── {line.parts[0][0]} ", width)
            rule = "─" * (width - cell_width(words))
            return self._strip([Segment(words + rule, base + self._style("group"))], width, base)
        if row == self.cursor:
            base += self._style("cursor")
        if line.time is None:
            return self._strip(self._marked(line, width - 2, base, "  "), width, base)
        segments: list[Segment] = []
        for column in self._columns[:-1]:
            words = pad(column.text(line, self._moment), column.width, right=column.is_number)
            segments += [Segment(words, base + self._style(column.style)), Segment(" ", base)]
        room = self._columns[-1].width - cell_width(line.mark)
        return self._strip([*segments, *self._marked(line, room, base, line.mark)], width, base)

    def _marked(self, line: SearchLine, width: int, base: Style, before: str) -> list[Segment]:
        plain, hit = base + self._style("what"), base + self._style("hit")
        pieces = [Segment(text, hit if is_hit else plain) for text, is_hit in fitting(line.parts, width)]
        return [Segment(before, base + self._style("quiet")), *pieces]

    def show(
        self,
        items: tuple[SearchLine, ...],
        moment: Moment,
        *,
        cursor: int,
        empty: tuple[str, str],
        new: frozenset[int] = frozenset(),
    ) -> None:
        """Show lines with the cursor on one of them that is no group's name."""
        while cursor < len(items) and items[cursor].found is None:
            cursor += 1
        super().show(items, moment, cursor=cursor, empty=empty, new=new)
        self.post_message(self.Moved(self.item))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw both lines, and tell."""
        super().watch_cursor(old, new)
        self.post_message(self.Moved(self.item))

    def action_move(self, lines: int) -> None:
        """Move the cursor, over the names of groups too; the first line's group stays in view."""
        step = 1 if lines > 0 else -1
        at = max(0, min(self.cursor + lines, len(self.items) - 1))
        while 0 <= at < len(self.items) and self.items[at].found is None:
            at += step
        if 0 <= at < len(self.items):
            self.cursor = at
        if self.cursor == 1:
            self.scroll_to(y=0, animate=False, immediate=True)
            self.refresh()

    def action_screen(self, direction: int) -> None:
        """Move the cursor a screen; at the last or first line tell so."""
        before = self.cursor
        self.action_move(direction * self._rows)
        if self.cursor == before:
            self.post_message(self.EdgePassed(direction))

    def action_open(self) -> None:
        """Open what the current line is about."""
        if self.item is not None and self.item.found is not None:
            super().action_open()


class SearchPreview(Widget, can_focus=False):
    """Three lines: whom the current hit is about, and as much of its text as fits."""

    DEFAULT_CSS = f"SearchPreview {{ height: {PREVIEW_LINES}; width: 1fr; }}"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"preview--hit"}

    def __init__(self) -> None:
        super().__init__()
        self._line: SearchLine | None = None

    def put(self, line: SearchLine | None) -> None:
        """Show another line."""
        if line != self._line:
            self._line = line
            self.refresh()

    def render(self) -> Text:
        """Draw it."""
        line, width = self._line, max(1, self.size.width - 2)
        if line is None or line.found is None:
            return Text()
        hit = self.get_component_rich_style("preview--hit", partial=True)
        pieces = Text(no_wrap=False, overflow="ellipsis")
        for text, is_hit in fitting(line.parts, width * (PREVIEW_LINES - 1)):
            pieces.append(text, hit if is_hit else "")
        return Text("\n").join(
            [Text(" " + cut(about(line.found), width), "bold"), *self._wrapped(pieces, width)]
        )

    def _wrapped(self, pieces: Text, width: int) -> list[Text]:
        lines = pieces.wrap(self.app.console, width)[: PREVIEW_LINES - 1]
        return [Text(" ").append_text(each) for each in lines]


def _time(line: SearchLine, moment: Moment) -> str:
    if line.time is None:
        return ""
    local = line.time.astimezone(moment.zone)
    if local.year == moment.now.astimezone(moment.zone).year:
        return f"{short_day(local.date()):>6} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"


_TIME: Column[SearchLine] = Column("time", 12, _time, style="quiet")
_AGE: Column[SearchLine] = Column(
    "age",
    6,
    lambda line, moment: "" if line.time is None else brief_age(line.time, moment.now),
    is_number=True,
    style="quiet",
)
_WHO: Column[SearchLine] = Column("who", 13, lambda line, _: line.who)
_WHAT: Column[SearchLine] = Column("what", 0, lambda line, _: line.parts[0][0], style="what")

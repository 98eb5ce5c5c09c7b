"""Who uses the twins most: groups in rank order, by company, department, user or twin."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar, get_args

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from twin_tui.analytics.answers import Group, Leaderboard, LeaderboardRow, Measure
from twin_tui.text.formatting import group_name, number
from twin_tui.text.safe_text import cell_width, pad, safe_line
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.leaderboard_cells import MEASURES, RANK, Cell, cells_of, name_width
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody
from twin_tui.tui.widgets.tables.choosable import Choosable
from twin_tui.views.columns import Chosen

GROUPS: tuple[Group, ...] = get_args(Group)


class LeaderboardPanel(Choosable, Panel):
    """Rank, name, ranked figure, share of the total, places gained or lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Row above", show=False),
        Binding("down", "move(1)", "Row below", show=False),
        Binding("left", "group(-1)", "Previous grouping", show=False),
        Binding("right", "group(1)", "Next grouping", show=False),
        Binding("enter", "pick", "Filter by this row", show=False),
    ]

    TABLE = "leaderboard"
    NOTE = (
        "The leaderboard: ranked by this figure, equals share a rank (1, 2, 2, 4). Share: of the total of "
        "all groups. ▲ ▼: places won or lost since the period before; new: not in it."
    )

    class Picked(Message):
        """A row was chosen to be looked at alone."""

        def __init__(self, group: Group, row: LeaderboardRow) -> None:
            super().__init__()
            self.group: Group = group
            self.row = row

    class Regrouped(Message):
        """Another grouping or another ranking is wanted."""

        def __init__(self, group: Group, measure: Measure) -> None:
            super().__init__()
            self.group: Group = group
            self.measure: Measure = measure

    def __init__(self) -> None:
        super().__init__("Leaderboard", id="leaderboard")
        self._board: Leaderboard | None = None
        self._cursor = 0
        self._first = 0
        self._is_compared = False

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return (("b", "by", "b"), ("o", "order", "o"), ("C", "columns", "C"))

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure that rows are ranked by, then those of the other columns."""
        first: Measure = self._board.measure if self._board else "conversations"
        measures = (first, *(each for each in MEASURES if each != first))
        return tuple("sessions_per_user" if each == "per_user" else each for each in measures)

    def show(self, board: Leaderboard) -> None:
        """Draw this board; the cursor stays where it is as far as rows go."""
        if self._board is None or board.group != self._board.group:
            self._cursor = self._first = 0
        self._board = board
        self._is_compared = any(row.rank_change is not None for row in board.rows)
        self._cursor = max(0, min(self._cursor, len(board.rows) - 1))
        self.entitle((f"Leaderboard by {board.group}", ""))
        self.put(board)

    def current_of(self, group: Group) -> str | None:
        """Return the id of the current row when the rows are such groups."""
        board = self._board
        return board.rows[self._cursor].id if board and board.rows and board.group == group else None

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return a head line and as many rows as fit around the cursor; the last line counts the others."""
        board = self._board
        if board is None:
            return ()
        if not board.rows:
            return (Content.styled("  nobody in this period", "$muted"),)
        cells = self._cells(width - 1)
        fits = height - 1 if board.total < height else height - 2
        self._first = max(0, min(self._first, self._cursor, len(board.rows) - fits))
        self._first = max(self._first, self._cursor - fits + 1)
        shown = board.rows[self._first : self._first + fits]
        lines = [self._head(cells, width - 1)]
        lines += [self._line(row, self._first + at, cells, width - 1) for at, row in enumerate(shown)]
        if board.total > len(shown):
            more = f"  {self._first + 1}–{self._first + len(shown)} of {number(board.total)}"
            lines.append(Content.styled(more, "$muted"))
        return lines

    def _cells(self, width: int, chosen: Chosen | None = None) -> tuple[Cell, ...]:
        measure: Measure = self._board.measure if self._board else "conversations"
        return cells_of(measure, chosen or self.chosen, width, is_compared=self._is_compared)

    def shown_columns(self) -> Chosen:
        """Return the columns that are shown, in their order."""
        return self._named(self._cells(self._room))

    def fitting_columns(self, chosen: Chosen) -> Chosen:
        """Return which of ``chosen`` the room of now would show."""
        return self._named(self._cells(self._room, chosen))

    def _named(self, cells: tuple[Cell, ...]) -> Chosen:
        return ("name", *(cell.key for cell in cells))

    @property
    def _room(self) -> int:
        return self.query_one(PanelBody).size.width - 1

    def columns_changed(self) -> None:
        """Show what is chosen now."""
        self.redraw()

    def _head(self, cells: tuple[Cell, ...], width: int) -> Content:
        heads = [(cell.head.rjust(cell.width), cell.head_style) for cell in cells]
        return Content.assemble(
            (" " * (RANK + name_width(cells, width)), ""), *_joined([*heads, (" ", "$muted")])
        )

    def _line(self, row: LeaderboardRow, at: int, cells: tuple[Cell, ...], width: int) -> Content:
        is_current = at == self._cursor and self.has_the_focus
        room = name_width(cells, width)
        name = safe_line(group_name(row.name))
        if row.detail and room > cell_width(name) + 6:
            name = f"{name}  {safe_line(row.detail)}"
        told = [(cell.told(row), cell.width) for cell in cells]
        return Content.assemble(
            ("▸" if is_current else " ", "bold $accent"),
            (f"{row.rank:>3} ", "$muted"),
            (pad(name, room), "bold $ink on $picked" if is_current else "$ink"),
            *_joined([(words.rjust(wide), style) for (words, style), wide in told]),
            (" ", ""),
        )

    def clicked(self, line: int) -> None:
        """Move to the clicked row; a click on the current one opens it."""
        self.take_focus()
        at = self._first + line - 1
        if self._board is None or not 0 <= at < len(self._board.rows):
            return
        if at == self._cursor:
            self.action_pick()
        self._cursor = at
        self.redraw()

    def action_move(self, rows: int) -> None:
        """Move the cursor, staying on the board."""
        if self._board is not None:
            self._cursor = max(0, min(self._cursor + rows, len(self._board.rows) - 1))
            self.redraw()

    def action_group(self, step: int) -> None:
        """Group by the next attribute, or the one before."""
        if self._board is not None:
            at = (GROUPS.index(self._board.group) + step) % len(GROUPS)
            self.post_message(self.Regrouped(GROUPS[at], self._board.measure))

    def action_order(self) -> None:
        """Rank by the next figure."""
        if self._board is not None:
            at = (MEASURES.index(self._board.measure) + 1) % len(MEASURES)
            self.post_message(self.Regrouped(self._board.group, MEASURES[at]))

    def action_pick(self) -> None:
        """Look at the row under the cursor alone."""
        if self._board is not None and self._board.rows:
            self.post_message(self.Picked(self._board.group, self._board.rows[self._cursor]))

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()


def _joined(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join what follows one another in one style: each change of style is sent."""
    parts = groupby(words, key=lambda part: part[1])
    return [("".join(text for text, _ in each), style) for style, each in parts]

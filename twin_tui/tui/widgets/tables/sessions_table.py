"""The conversations behind a number as a table: the feed's columns, and why each is there."""

from dataclasses import replace

from twin_tui.analytics.answers import ActivityItem, SessionBehind
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.tables.activity_columns import FORMS as FEED_FORMS
from twin_tui.tui.widgets.tables.activity_columns import columns_for as feed_columns
from twin_tui.tui.widgets.tables.columns import Column, Forms, filling, named
from twin_tui.tui.widgets.tables.row_table import RowTable


class SessionsTable(RowTable[SessionBehind]):
    """A line for each conversation."""

    TABLE = "conversations_behind"

    @property
    def forms(self) -> Forms[SessionBehind]:
        """The columns that can be chosen."""
        return FORMS

    def columns(self, width: int) -> tuple[Column[SessionBehind], ...]:
        """Return the columns that fill a width; reasons have one where there are any."""
        return columns_for(width, has_reasons=any(line.reason for line in self.items))


def columns_for(width: int, *, has_reasons: bool) -> tuple[Column[SessionBehind], ...]:
    """Return the columns whose widths, with one cell between them, fill ``width`` cells exactly.

    >>> [sum(c.width + 1 for c in columns_for(w, has_reasons=True)) - 1 for w in (59, 79, 119, 199)]
    [59, 79, 119, 199]
    """
    columns = [_of_item(column) for column in feed_columns(width)]
    if has_reasons:
        room, left_out = next((room, out) for least, room, out in _ROOM if width >= least)
        columns = [column for column in columns if column.key not in left_out]
        at = next(at for at, column in enumerate(columns) if column.key == "what") + 1
        columns.insert(at, replace(_WHY, width=room))
        columns = [replace(column, width=0) if column.key == "what" else column for column in columns]
    return filling(tuple(columns), width)


_ROOM: tuple[tuple[int, int, frozenset[str]], ...] = (
    (172, 44, frozenset()),
    (132, 36, frozenset({"age", "documents", "queries"})),
    (108, 28, frozenset({"age", "documents", "queries"})),
    (76, 24, frozenset({"age", "documents", "queries", "length"})),
    (0, 20, frozenset({"age", "documents", "queries", "length", "messages"})),
)
"""From how many cells on: the width of the reasons, and the columns that give way to them."""


def _of_item(column: Column[ActivityItem]) -> Column[SessionBehind]:
    return Column(
        column.title,
        column.width,
        lambda line, moment: column.text(line.item, moment),
        is_number=column.is_number,
        style=column.style,
        key=column.key,
    )


_WHY: Column[SessionBehind] = Column(
    "why", 28, lambda line, _: safe_line(line.reason, 120), style="warn", key="why"
)
FORMS: Forms[SessionBehind] = named(
    {
        **{key: tuple(map(_of_item, forms)) for key, forms in FEED_FORMS.items() if key != "marks"},
        "why": (replace(_WHY, width=44), _WHY, replace(_WHY, width=20)),
    }
)
"""The columns that can be chosen."""

"""What the bottom line of the main screen offers on every tab."""

from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.views.columns import TABLES

COLUMNS: Hint = ("C", "columns", "C")
HINTS: tuple[Hint, ...] = (
    ("f", "filters", "f"),
    ("p", "period", "p"),
    ("[ ]", "earlier, later", "left_square_bracket"),
    ("i", "explain", "i"),
    ("/", "search", "slash"),
    ("?", "help", "question_mark"),
    ("q", "quit", "q"),
)


def hints_of(tab: str) -> tuple[Hint, ...]:
    """Return what the bottom line offers after the keys of a tab of that title."""
    has_table = any(table.tab == tab.lower() for table in TABLES.values())
    return (*HINTS[:5], *((COLUMNS,) if has_table else ()), *HINTS[5:])

"""The cells of a leaderboard's row: the ranked figure, other figures, share, change of rank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from twin_tui.analytics.answers import LeaderboardRow, Measure
from twin_tui.text.formatting import DASH, compact, number, percent
from twin_tui.views.columns import Chosen

MEASURES: tuple[Measure, ...] = get_args(Measure)
COLUMN_NAMES: dict[Measure, str] = {
    "conversations": "convs",
    "active_users": "users",
    "messages": "msgs",
    "documents": "docs",
    "queries": "queries",
    "per_user": "/user",
}
FIGURE, SHARE, CHANGE = 8, 6, 5
"""Cells of a figure, of its share, of the change of rank."""
RANK, RIM, NAME, LEAST = 5, 1, 40, 12
"""Cells of cursor and rank, and after the last cell; of the name, and of a name beside chosen columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of every row, to the right of the name."""

    key: str
    head: str
    head_style: str
    width: int
    told: Callable[[LeaderboardRow], tuple[str, str]]
    """What a row says, and the style of it."""


def cells_of(ranked: Measure, chosen: Chosen | None, width: int, *, is_compared: bool) -> tuple[Cell, ...]:
    """Return the cells of a row of ``width``: the ranked figure, then what was chosen as far as it fits.

    Without a choice, the other figures as far as there is room, share and change of rank.
    """
    first = _figure(ranked, is_ranked=True)
    share, moves = _share(), _moves(is_compared=is_compared)
    if chosen is None:
        others = [measure for measure in MEASURES if measure not in (ranked, "per_user")]
        room = width - NAME - RANK - RIM - SHARE - CHANGE
        figures = [_figure(measure) for measure in others[: max(0, room // FIGURE)]]
        return (first, *figures, share, moves)
    known: dict[str, Cell] = {measure: _figure(measure) for measure in MEASURES}
    known |= {"share": share, "rank_change": moves}
    cells = [first, *(known[key] for key in chosen if key in known and key != ranked)]
    while len(cells) > 1 and name_width(cells, width) < LEAST:
        cells.pop()
    return tuple(cells)


def name_width(cells: Sequence[Cell], width: int) -> int:
    """Return the cells that are left for the name."""
    return width - RANK - RIM - sum(cell.width for cell in cells)


def moved(row: LeaderboardRow, *, is_compared: bool) -> tuple[str, str]:
    """Return the change of rank as text and style; a dash where no row has one to compare with."""
    if row.rank_change is None:
        return "new" if is_compared else DASH, "$muted"
    if row.rank_change == 0:
        return "=", "$muted"
    return (f"▲ {row.rank_change}", "$good") if row.rank_change > 0 else (f"▼ {-row.rank_change}", "$bad")


def amount(row: LeaderboardRow, measure: Measure) -> float | None:
    """Return the figure a row is ranked by."""
    values: dict[Measure, float | None] = {
        "conversations": row.conversations,
        "active_users": row.active_users,
        "messages": row.messages,
        "documents": row.documents,
        "queries": row.queries,
        "per_user": row.per_user,
    }
    return values[measure]


def number_in(row: LeaderboardRow, measure: Measure) -> str:
    """Return a figure of a row as it is written in a column."""
    value = amount(row, measure)
    return number(value, 1) if measure == "per_user" else compact(value)


def _figure(measure: Measure, *, is_ranked: bool = False) -> Cell:
    name = COLUMN_NAMES[measure]
    style = "bold $ink" if is_ranked else "$ink"
    return Cell(
        measure,
        f"▾{name}" if is_ranked else name,
        "$ink" if is_ranked else "$muted",
        FIGURE,
        lambda row: (number_in(row, measure), style),
    )


def _share() -> Cell:
    return Cell("share", "share", "$muted", SHARE, lambda row: (percent(row.share, 0), "$muted"))


def _moves(*, is_compared: bool) -> Cell:
    return Cell("rank_change", "rank", "$muted", CHANGE, lambda row: moved(row, is_compared=is_compared))

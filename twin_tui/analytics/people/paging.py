"""One page of a list that SQL orders, with its totals, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import CTE, JOIN, SQL, Select, fn

from twin_tui.analytics.activity.page import MOST_LINES
from twin_tui.analytics.context import Context

TOTAL = "total"
"""The count that the pages are made of."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of one page, and how many there are in all."""

    page: int
    limit: int
    pages: int
    counts: dict[str, int]
    rows: list[tuple[Any, ...]]

    @property
    def total(self) -> int:
        """The rows of all pages."""
        return self.counts[TOTAL]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in their order; what is counted is counted before ``condition`` is asked."""

    ctes: tuple[CTE, ...]
    """All that ``table`` is made of, itself last."""
    table: Any
    columns: tuple[str, ...]
    order: Sequence[Any]
    condition: Any = None
    counted: Mapping[str, Any] | None = None
    """More counts: a name and the condition for each."""

    def read(self, context: Context, page: int, limit: int) -> Listed:
        """Return a page brought within bounds: one statement, one more where the page does not exist."""
        limit = min(max(1, limit), MOST_LINES)
        found = self._read(context, max(1, page), limit)
        return found if page <= found.pages else self._read(context, found.pages, limit)

    def _read(self, context: Context, page: int, limit: int) -> Listed:
        asked = {TOTAL: self.condition, **(self.counted or {})}
        everything = fn.COUNT(SQL("*"))
        counts = Select(
            [self.table],
            [
                (everything if condition is None else everything.filter(condition)).alias(f"count_{name}")
                for name, condition in asked.items()
            ],
        ).cte("counts")
        place = fn.ROW_NUMBER().over(order_by=list(self.order)).alias("place")
        ranked = Select([self.table], [*(self.table.c[name] for name in self.columns), place])
        placed = (ranked if self.condition is None else ranked.where(self.condition)).cte("placed")
        first = (page - 1) * limit
        on_page = (placed.c.place > first) & (placed.c.place <= first + limit)
        columns = [
            *(counts.c[f"count_{name}"] for name in asked),
            placed.c.place,
            *(placed.c[name] for name in self.columns),
        ]
        select = (
            Select([counts.join(placed, JOIN.LEFT_OUTER, on=on_page)], columns)
            .order_by(placed.c.place)
            .with_cte(*self.ctes, counts, placed)
        )
        found = context.rows(select)
        totals = dict(zip(asked, map(int, found[0][: len(asked)]), strict=True))
        rows = [row[len(asked) + 1 :] for row in found if row[len(asked)] is not None]
        return Listed(page, limit, max(1, -(-totals[TOTAL] // limit)), totals, rows)

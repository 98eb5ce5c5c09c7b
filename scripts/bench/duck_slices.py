"""What every statement to DuckDB begins with: the windows of one overview, and sums by day and by window."""

from datetime import datetime, time, timedelta
from typing import Any

DAY = timedelta(days=1)


class Slices:
    """The windows of the last ``days`` UTC days at ``now`` (naive UTC), and of as many days before them.

    Without ``is_compared`` nothing is told of the days before, as where the data does not reach back so far.
    """

    def __init__(self, connection: Any, now: datetime, days: int, *, is_compared: bool) -> None:
        self.connection, self.now, self.is_compared = connection, now, is_compared
        self.start = datetime.combine(now.date() - timedelta(days=days - 1), time.min)
        self.before = self.start - timedelta(days=days)
        self.before_end = now - timedelta(days=days)
        self.days = [self.start.date() + timedelta(days=n) for n in range(days)]
        self.side = (
            f"CASE WHEN ts >= '{self.start}' THEN 1 WHEN ts >= '{self.before}' AND ts < '{self.before_end}'"
            " THEN 0 END"
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a statement."""
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found

    def _put(self, found: dict[str, Any], key: str, by_day: Any, now: Any, before: Any) -> None:
        found[key] = (now, before if self.is_compared else None)
        found[f"{key}.series"] = tuple(by_day(day) for day in self.days)

    def _grouped(self, table: str, time_column: str, sums: str, where: str = "") -> tuple[dict, dict]:
        """Return sums by day and by side, of the days that figures need."""
        day, side = {}, {}
        rows = self.rows(
            f"SELECT d, side, {sums} FROM (SELECT *, {time_column}::DATE AS d,"
            f" {self.side.replace('ts', time_column)} AS side FROM {table}"
            f" WHERE {time_column} >= '{self.before}' AND {time_column} < '{self.now}' {where})"
            " GROUP BY GROUPING SETS ((d), (side))"
        )
        for of_day, of_side, *values in rows:
            if of_day is not None:
                day[of_day] = values
            elif of_side is not None:
                side[of_side] = values
        return day, side


def ratio(one: float, other: float) -> float | None:
    """Return the quotient, unknown where the second is zero."""
    return one / other if other else None

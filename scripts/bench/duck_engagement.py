"""Engagement asked of DuckDB: SQL written for it, on top of the facts that the overview's statements tell."""

from datetime import datetime, time
from itertools import accumulate
from typing import Any

from bench.duck_overview import DuckOverview

SPREADS = {
    "sessions_per_user": (0, 1, 2, 3, 5, 10, 20, 50, 100),
    "messages_per_conversation": (0, 1, 2, 3, 6, 11, 21, 51),
    "session_length": (0, 60, 300, 900, 1_800, 3_600, 7_200),
    "reply_time": (0, 2, 5, 10, 30, 60, 300, 1_800),
}
"""Where the buckets of each distribution begin."""
_SECOND = 1_000_000


class DuckEngagement(DuckOverview):
    """Everything about engagement, all people and twins."""

    def values(self) -> dict[str, Any]:
        """Return everything the tab shows, by the names of `engagement.engagement_values`."""
        found: dict[str, Any] = {}
        self._sums(found)
        self._created(found)
        self._active(found)
        self._lengths(found)
        self._replies(found)
        self._types(found)
        self._hours(found)
        self._funnel(found)
        self._people(found)
        self._spreads(found)
        self._pairs(found)
        self._topics(found)
        return found

    def _rolling(self, found: dict[str, Any], day: dict[Any, tuple[int, int]]) -> None:
        """Leave out the 7 and 30 days: nobody asks for them here."""

    def _funnel(self, found: dict[str, Any]) -> None:
        (found["funnel"],) = self.rows(
            f"WITH u AS (SELECT id FROM users WHERE created_at IS NULL OR created_at < '{self.now}'),"
            f" t AS (SELECT user_id, bool_or(is_shared) AS open FROM twins WHERE created_at < '{self.now}'"
            "  GROUP BY 1),"
            " a AS (SELECT DISTINCT user_id FROM acts WHERE side = 1)"
            " SELECT count(*), count(t.user_id), count(*) FILTER (t.open),"
            " count(*) FILTER (t.open AND a.user_id IS NOT NULL)"
            " FROM u LEFT JOIN t ON t.user_id = u.id LEFT JOIN a ON a.user_id = u.id"
        )

    def _people(self, found: dict[str, Any]) -> None:
        started = "SELECT user_id, count(*) FILTER (begun) AS n FROM acts WHERE side = 1 GROUP BY 1"
        sizes = self.rows(f"SELECT n, count(*) FROM ({started}) GROUP BY 1 ORDER BY 1 DESC")
        found["spread.sessions_per_user"] = _buckets(sizes, "sessions_per_user")
        people = sum(count for _, count in sizes)
        most = list(accumulate(n for n, count in sizes for _ in range(count)))
        tops = (-(-people * percent // 100) for percent in (1, 10, 20))
        found["concentration"] = tuple((top, most[top - 1] if top else 0) for top in tops)
        rows = self.rows(f"SELECT user_id, n FROM ({started}) WHERE n > 0 ORDER BY n DESC, user_id LIMIT 10")
        found["busiest"] = tuple((str(who), n) for who, n in rows)

    def _spreads(self, found: dict[str, Any]) -> None:
        inside = f"ts >= '{self.start}' AND ts < '{self.now}'"
        for key, number, table, where in (
            ("messages_per_conversation", "said", "talks", ""),
            ("session_length", f"active // {_SECOND}", "talks", "AND said > 1"),
            ("reply_time", f"wait // {_SECOND}", "waits", ""),
        ):
            sizes = self.rows(f"SELECT {number}, count(*) FROM {table} WHERE {inside} {where} GROUP BY 1")
            found[f"spread.{key}"] = _buckets(sizes, key)

    def _pairs(self, found: dict[str, Any]) -> None:
        pairs = (
            "SELECT user_id, twin_id, count(*) AS n FROM sessions WHERE is_shared_twin"
            f" AND started_at >= '{self.start}' AND started_at < '{self.now}' GROUP BY 1, 2"
        )
        (sizes,) = self.rows(
            f"SELECT count(*), count(DISTINCT user_id), count(DISTINCT twin_id) FROM ({pairs})"
        )
        rows = self.rows(
            f"SELECT p.user_id, p.twin_id, n, u.full_name, t.name FROM ({pairs}) p"
            " LEFT JOIN users u ON u.id = p.user_id LEFT JOIN twins t ON t.id = p.twin_id"
            " ORDER BY n DESC, p.user_id, p.twin_id LIMIT 20"
        )
        found["pairs"] = (*sizes, tuple((str(who), str(twin), n) for who, twin, n, *_ in rows))

    def _topics(self, found: dict[str, Any]) -> None:
        first = datetime.combine(self.days[0], time.min)
        rows = self.rows(
            "SELECT coalesce(topic, ''), count(*) FROM sessions"
            f" WHERE started_at >= '{first}' AND started_at < '{self.now}' GROUP BY 1"
        )
        ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
        found["topics"] = (len(rows), tuple(ordered[:12]))


def _buckets(sizes: list[tuple[Any, ...]], key: str) -> tuple[int, ...]:
    """Return how many values lie in each bucket of a distribution."""
    starts = SPREADS[key]
    bounds = zip(starts, (*starts[1:], float("inf")), strict=True)
    return tuple(sum(count for n, count in sizes if low <= n < high) for low, high in bounds)

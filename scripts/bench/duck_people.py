"""Who was active, asked of DuckDB: by day, by window, in 7 and 30 days, and the busiest."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from bench.duck_slices import DAY, Slices, ratio

ROLLING = 30
AVERAGED = 7


class People(Slices):
    """Figures that count people once."""

    accounts: tuple[int, ...]
    """Users created before the end of each day, of now, and of the window before."""
    counts: dict[str, tuple[dict[Any, Any], dict[Any, Any]]]
    """Sums by day and by window, by figure."""

    def _active(self, found: dict[str, Any]) -> None:
        """Everything about who was active: by day, by side, in 7 and 30 days, and the busiest."""
        reach = min(self.start, self.before) - timedelta(days=ROLLING)
        self.rows(
            "CREATE OR REPLACE TEMP TABLE acts AS"
            f" SELECT user_id, ts, ts::DATE AS d, {self.side} AS side, begun FROM ("
            f"  SELECT user_id, started_at AS ts, true AS begun FROM sessions"
            f"  WHERE started_at >= '{reach}' AND started_at < '{self.now}'"
            "  UNION ALL"
            "  SELECT s.user_id, m.created_at, false FROM messages m JOIN sessions s ON s.id = m.session_id"
            f"  WHERE m.sender_type = 'user' AND m.created_at >= '{reach}' AND m.created_at < '{self.now}')"
        )
        rows = self.rows(
            "SELECT d, side, count(DISTINCT user_id), count(DISTINCT user_id) FILTER (begun) FROM acts"
            " GROUP BY GROUPING SETS ((d), (side))"
        )
        day = {of_day: (active, starters) for of_day, _, active, starters in rows if of_day is not None}
        side = {
            of_side: values for of_day, of_side, *values in rows if of_day is None and of_side is not None
        }
        now, before = side.get(1, (0, 0)), side.get(0, (0, 0))
        one = lambda d: day.get(d, (0, 0))[0]  # noqa: E731
        self._put(found, "active_users", one, now[0], before[0])
        found["active_users.Started a conversation"] = now[1]
        accounts = dict(zip(self.days, self.accounts, strict=False))
        self._put(found, "adoption", lambda d: one(d) / accounts[d] if accounts[d] else None,
                  ratio(now[0], self.accounts[-2]), ratio(before[0], self.accounts[-1]))  # fmt: skip
        self._rolling(found, day)
        busy = self._busy()
        begun = self.counts["conversations"]
        whole = lambda side: begun[1].get(side, [0])[0]  # noqa: E731
        started = lambda d: begun[0].get(d, [0])[0]  # noqa: E731
        self._put(found, "power_users", lambda d: busy[0].get(d, 0) / one(d) if one(d) else None,
                  ratio(busy[1].get(1, 0), now[0]), ratio(busy[1].get(0, 0), before[0]))  # fmt: skip
        self._put(found, "sessions_per_user", lambda d: started(d) / one(d) if one(d) else None,
                  ratio(whole(1), now[0]), ratio(whole(0), before[0]))  # fmt: skip
        self.one = one

    def _rolling(self, found: dict[str, Any], day: dict[date, tuple[int, int]]) -> None:
        last = self.now.date() - DAY
        ends = [*self.days[:-1], last - timedelta(days=len(self.days))]
        sizes = {}
        for span in (AVERAGED, ROLLING):
            sizes[span] = dict(
                self.rows(
                    "WITH days AS (SELECT DISTINCT user_id, d FROM acts), spread AS ("
                    f" SELECT user_id, unnest(generate_series(0, {span - 1})) AS n, d FROM days)"
                    " SELECT d + n::INTEGER AS e, count(DISTINCT user_id) FROM spread"
                    f" WHERE e IN ({', '.join(f'DATE {end.isoformat()!r}' for end in ends)}) GROUP BY e"
                )
            )
        daily = lambda d: day.get(d, (0, 0))[0]  # noqa: E731
        done = lambda read: lambda d: read(d) if d < self.now.date() else None  # noqa: E731
        mean = lambda d: sum(daily(d - timedelta(days=n)) for n in range(ROLLING)) / ROLLING  # noqa: E731
        before = ends[-1]
        for key, read in (
            ("dau", daily),
            ("wau", lambda d: sizes[AVERAGED].get(d, 0)),
            ("mau", lambda d: sizes[ROLLING].get(d, 0)),
            ("dau_mau", lambda d: mean(d) / sizes[ROLLING][d] if sizes[ROLLING].get(d) else None),
        ):
            self._put(found, key, done(read), read(last), read(before))

    def _busy(self) -> tuple[Counter, Counter]:
        """Return how many started at least ten sessions, by day and by side."""
        rows = self.rows(
            "SELECT d, side, count(*) FROM (SELECT d, side, user_id FROM acts WHERE begun"
            " GROUP BY GROUPING SETS ((d, user_id), (side, user_id)) HAVING count(*) >= 10) GROUP BY d, side"
        )
        by_day = Counter({day: count for day, _, count in rows if day is not None})
        return by_day, Counter({side: count for day, side, count in rows if day is None and side is not None})

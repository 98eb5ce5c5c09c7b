"""How long conversations and replies take, asked of DuckDB."""

from typing import Any

from bench.duck_slices import Slices


class Pace(Slices):
    """Medians and percentiles of session lengths, messages per conversation and reply times."""

    def _lengths(self, found: dict[str, Any]) -> None:
        """Session lengths and messages per conversation of the sessions that start in each slice."""
        self.rows(
            "CREATE OR REPLACE TEMP TABLE talks AS SELECT s.started_at AS ts, count(m.id) AS said,"
            " coalesce(sum(pause) FILTER (pause <= 1800000000), 0) AS active FROM sessions s LEFT JOIN ("
            "  SELECT m.id, m.session_id, epoch_us(m.created_at) - lag(epoch_us(m.created_at))"
            "  OVER (PARTITION BY m.session_id ORDER BY m.created_at) AS pause FROM messages m"
            f"  SEMI JOIN (SELECT id FROM sessions WHERE started_at >= '{self.before}') w"
            "  ON w.id = m.session_id"
            f"  WHERE m.created_at < '{self.now}') m ON m.session_id = s.id"
            f" WHERE s.started_at >= '{self.before}' AND s.started_at < '{self.now}'"
            " GROUP BY s.id, s.started_at"
        )
        day, side = self._grouped(
            "talks", "ts",
            "median(active) FILTER (said > 1), quantile_disc(active, 0.9) FILTER (said > 1),"
            " avg(active) FILTER (said > 1), count(*) FILTER (said > 1), sum(said), median(said), count(*)",
        )  # fmt: skip
        seconds = lambda values, at=0: None if not values or values[at] is None else values[at] / 1e6  # noqa: E731
        self._put(found, "session_length_median", lambda d: seconds(day.get(d)),
                  seconds(side.get(1)), seconds(side.get(0)))  # fmt: skip
        now = side[1]
        found["session_length_median.90th percentile"] = seconds(now, 1)
        found["session_length_median.Mean"] = seconds(now, 2)
        found["session_length_median.Known of conversations"] = now[3] / now[6]
        each = lambda values: int(values[4]) / values[6] if values else None  # noqa: E731
        self._put(found, "messages_per_conversation", lambda d: each(day.get(d)),
                  each(side.get(1)), each(side.get(0)))  # fmt: skip
        found["messages_per_conversation.Median"] = now[5]

    def _replies(self, found: dict[str, Any]) -> None:
        self.rows(
            "CREATE OR REPLACE TEMP TABLE waits AS SELECT ts, wait FROM ("
            "SELECT created_at AS ts, sender_type,"
            " lead(sender_type) OVER w AS next,"
            " epoch_us(lead(created_at) OVER w) - epoch_us(created_at) AS wait"
            f" FROM messages WHERE created_at >= '{self.before}' AND created_at < '{self.now}'"
            " AND sender_type IN ('user', 'twin') WINDOW w AS (PARTITION BY session_id ORDER BY created_at))"
            " WHERE sender_type = 'user' AND next = 'twin'"
        )
        day, side = self._grouped("waits", "ts", "median(wait), quantile_disc(wait, 0.9)")
        seconds = lambda values, at=0: None if not values else values[at] / 1e6  # noqa: E731
        self._put(found, "reply_time_median", lambda d: seconds(day.get(d)),
                  seconds(side.get(1)), seconds(side.get(0)))  # fmt: skip
        found["reply_time_median.90th percentile"] = seconds(side.get(1), 1)

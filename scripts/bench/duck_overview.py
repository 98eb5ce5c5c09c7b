"""The overview asked of DuckDB: SQL written for it, one statement per kind of fact, all inside the engine.

Local days are those of UTC. Windows are those of the product: this period, and the same number of days before
it up to the same clock time.
"""

from collections import Counter
from datetime import datetime, time
from typing import Any

from bench.duck_pace import Pace
from bench.duck_people import People
from bench.duck_slices import DAY

_TYPED = (("document_types", "documents", "document_type"), ("query_types", "queries", "query_type"))


class DuckOverview(People, Pace):
    """One overview, all people and twins."""

    def values(self) -> dict[str, Any]:
        """Return everything the overview shows, by the names of `answers.overview_values`."""
        found: dict[str, Any] = {}
        self._sums(found)
        self._created(found)
        self._active(found)
        self._lengths(found)
        self._replies(found)
        self._types(found)
        self._hours(found)
        self._leaderboard(found)
        self._latest(found)
        shown = ("active_users", "new_users", "conversations", "messages", "documents", "queries",
                 "shared_conversations")  # fmt: skip
        series = zip(*(found[f"{key}.series"] for key in shown), strict=True)
        found["days"] = tuple((day.toordinal(), *row) for day, row in zip(self.days, series, strict=True))
        found["twin_installations.New in the period"] = found["new_twins"][0]
        found["documents.Words"] = found["document_words"][0]
        found["queries.Results"] = found["results_returned"][0]
        return found

    def _sums(self, found: dict[str, Any]) -> None:
        sessions = self._grouped("sessions", "started_at", "count(*), count(*) FILTER (is_shared_twin)")
        messages = self._grouped(
            "messages", "created_at",
            "count(*), count(*) FILTER (sender_type = 'user'), count(*) FILTER (sender_type = 'twin')",
        )  # fmt: skip
        documents = self._grouped("documents", "created_at", "count(*), count(word_count), sum(word_count)")
        queries = self._grouped(
            "queries", "created_at",
            "count(*), count(results_count), count(*) FILTER (results_count = 0), sum(results_count)",
        )  # fmt: skip
        self.counts = {"conversations": sessions, "messages": messages, "documents": documents,
                       "queries": queries}  # fmt: skip
        for key, place, (day, side) in (
            ("conversations", 0, sessions), ("shared_conversations", 1, sessions), ("messages", 0, messages),
            ("documents", 0, documents), ("queries", 0, queries), ("document_words", 2, documents),
            ("results_returned", 3, queries),
        ):  # fmt: skip

            def number(values: Any, place: int = place) -> int:
                return int((values or [0] * 4)[place] or 0)

            self._put(found, key, lambda d, day=day, number=number: number(day.get(d)),
                      number(side.get(1)), number(side.get(0)))  # fmt: skip
        for key, above, below, (day, side) in (
            ("shared_share", 1, 0, sessions),
            ("zero_result_rate", 2, 1, queries),
        ):

            def share(values: Any, above: int = above, below: int = below) -> float | None:
                return values[above] / values[below] if values and values[below] else None

            self._put(found, key, lambda d, day=day, share=share: share(day.get(d)),
                      share(side.get(1)), share(side.get(0)))  # fmt: skip
        found["messages.By people"], found["messages.By twins"] = messages[1][1][1:]

    def _created(self, found: dict[str, Any]) -> None:
        for table, key in (("users", "new_users"), ("twins", "new_twins")):
            day, side = self._grouped(table, "created_at", "count(*)")
            one = lambda values: values[0] if values else 0  # noqa: E731
            self._put(
                found, key, lambda d, day=day, one=one: one(day.get(d)), one(side.get(1)), one(side.get(0))
            )
            ends = [datetime.combine(day + DAY, time.min) for day in self.days[:-1]] + [self.now]
            marks = [*ends, self.before_end]
            columns = ", ".join(
                f"count(*) FILTER (created_at < '{mark}' OR created_at IS NULL)" for mark in marks
            )
            (totals,) = self.rows(f"SELECT {columns} FROM {table}")
            if table == "twins":
                found["twin_installations"] = (totals[-2], totals[-1] if self.is_compared else None)
                found["twin_installations.series"] = totals[:-1]
            else:
                self.accounts = totals

    def _types(self, found: dict[str, Any]) -> None:
        inside = f"created_at >= '{self.start}' AND created_at < '{self.now}'"
        types: Counter[str] = Counter()
        rows = self.rows(f"SELECT message_type, count(*) FROM messages WHERE {inside} GROUP BY 1")
        for name, count in rows:
            for part in set((name or "").split(",")):
                types[part.strip()] += count
        found["message_types"] = tuple(sorted(types.items()))
        for key, table, column in _TYPED:
            rows = self.rows(
                f"SELECT coalesce({column}, ''), count(*) FROM {table} WHERE {inside} GROUP BY 1"
            )
            found[key] = tuple(sorted(rows))
        inside = inside.replace("created_at", "started_at")
        rows = self.rows(f"SELECT coalesce(platform, ''), count(*) FROM sessions WHERE {inside} GROUP BY 1")
        found["platforms"] = tuple(sorted(rows))

    def _hours(self, found: dict[str, Any]) -> None:
        rows = self.rows(
            "SELECT isodow(created_at) - 1, hour(created_at), count(*) FROM messages"
            f" WHERE sender_type = 'user' AND created_at >= '{self.start}' AND created_at < '{self.now}'"
            " GROUP BY 1, 2"
        )
        counts = {(day, hour): count for day, hour, count in rows}
        found["hours"] = tuple(tuple(counts.get((day, hour), 0) for hour in range(24)) for day in range(7))

    def _leaderboard(self, found: dict[str, Any]) -> None:
        parts = " UNION ALL ".join(
            f"SELECT s.user_id, x.{at} AS ts, {', '.join(str(int(n == place)) for n in range(4))}"
            f" FROM {table} x {'' if table == 'sessions' else 'JOIN sessions s ON s.id = x.session_id'}"
            f" WHERE x.{at} >= '{self.before}' AND x.{at} < '{self.now}'".replace(
                "s.user_id" if table == "sessions" else "\0", "x.user_id"
            )
            for place, (table, at) in enumerate(
                (("sessions", "started_at"), ("messages", "created_at"), ("documents", "created_at"),
                 ("queries", "created_at"))
            )
        )  # fmt: skip
        rows = self.rows(
            f"WITH e(user_id, ts, c, m, d, q) AS ({parts}), a AS ("
            f"SELECT u.company, {self.side} AS side, c, m, d, q FROM e JOIN users u ON u.id = e.user_id),"
            " p AS (SELECT u.company, a.side,"
            " count(DISTINCT a.user_id) AS active FROM acts a JOIN users u ON u.id = a.user_id GROUP BY 1, 2)"
            " SELECT a.company, a.side, sum(c), sum(m), sum(d), sum(q), any_value(p.active) FROM a"
            " LEFT JOIN p ON p.company = a.company AND p.side = a.side WHERE a.side IS NOT NULL GROUP BY 1, 2"
        )
        sides: tuple[dict, dict] = ({}, {})
        for company, side, *counts in rows:
            sides[side][company or ""] = [int(count or 0) for count in counts]
        ranks = [
            {name: 1 + sum(other[0] > counts[0] for other in side.values()) for name, counts in side.items()}
            for side in sides
        ]
        ordered = sorted(sides[1], key=lambda name: (ranks[1][name], name))[:100]
        found["leaderboard"] = tuple(
            (name, ranks[1][name], c, active, m, d, q,
             ranks[0][name] - ranks[1][name] if self.is_compared and name in ranks[0] else None)
            for name in ordered
            for c, m, d, q, active in [sides[1][name]]
        )  # fmt: skip

    def _latest(self, found: dict[str, Any]) -> None:
        branches = " UNION ALL ".join(
            f"(SELECT '{kind}' AS kind, x.id, x.{at} AS ts, s.title, u.full_name, t.name FROM {table} x"
            f" JOIN sessions s ON s.id = {own} JOIN users u ON u.id = s.user_id"
            f" JOIN twins t ON t.id = s.twin_id"
            f" WHERE x.{at} < '{self.now}' AND x.{at} >= '{self.start}'"
            f" ORDER BY x.{at} DESC, x.id DESC LIMIT 9)"
            for kind, table, at, own in (
                ("conversation", "sessions", "started_at", "x.id"),
                ("document", "documents", "created_at", "x.session_id"),
                ("query", "queries", "created_at", "x.session_id"),
            )
        )
        rows = self.rows(
            f"SELECT kind, id, ts FROM ({branches}) ORDER BY ts DESC, kind DESC, id DESC LIMIT 8"
        )
        found["latest"] = tuple((kind, str(key)) for kind, key, _ in rows)

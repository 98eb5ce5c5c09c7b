"""Engagement the slow way: plain loops over plain rows, sharing nothing with the service but definitions."""

from collections import Counter, defaultdict
from copy import copy
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise

from tests.analytics.oracle import Oracle
from tests.analytics.plain_rows import HALF_HOUR, middle, nearest_rank_90, ratio

STARTS = {
    "sessions_per_user": (0, 1, 2, 3, 5, 10, 20, 50, 100),
    "messages_per_conversation": (0, 1, 2, 3, 6, 11, 21, 51),
    "session_length": (0, 60, 300, 900, 1800, 3600, 7200),
    "reply_time": (0, 2, 5, 10, 30, 60, 300, 1800),
}


class EngagementOracle:
    """What engagement says of one example."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.span = oracle, oracle.now_span
        self.active = oracle.active(self.span)
        self.started = dict.fromkeys(self.active, 0)
        for row in oracle.sessions(self.span):
            self.started[row["user_id"]] += 1

    def funnel(self) -> dict[str, set[str]]:
        """Who came how far."""
        wanted, world = self.oracle.filters, self.oracle.world
        created = {
            row["id"]
            for row in world.users
            if self.oracle.person_passes(row)
            and (row["created_at"] is None or self.oracle.ended_by(self.span, row["created_at"]))
        }
        there = [row for row in world.twins if self.oracle.ended_by(self.span, row["created_at"])]
        own = {who for who in created if any(row["user_id"] == who for row in there)}
        shared = {who for who in own if any(row["user_id"] == who and row["is_shared"] for row in there)}
        assert wanted.user is None or created <= {wanted.user}
        return {
            "created": created,
            "own_twin": own,
            "own_shared_twin": shared,
            "active": shared & self.active,
        }

    def values(self, key: str) -> list[float]:
        """The numbers that a distribution is made of."""
        match key:
            case "sessions_per_user":
                return list(self.started.values())
            case "messages_per_conversation":
                return [len(self.oracle.in_order(row["id"])) for row in self.oracle.sessions(self.span)]
            case "session_length":
                return self.oracle.lengths(self.span)
        return self.oracle.replies(self.span)

    def distribution(self, key: str) -> tuple:
        """Number, mean, median, p90, and the buckets with their counts."""
        values, starts = self.values(key), STARTS[key]
        buckets = []
        for start, stop in zip(starts, (*starts[1:], None), strict=True):
            inside = [value for value in values if value >= start and (stop is None or value < stop)]
            buckets.append((start, stop, len(inside), ratio(len(inside), len(values))))
        return (
            len(values),
            ratio(sum(values), len(values)),
            middle(values),
            nearest_rank_90(values),
            buckets,
        )

    def started_between(self, start: int, stop: int | None) -> set[str]:
        """Who started so many conversations."""
        return {who for who, n in self.started.items() if n >= start and (stop is None or n < stop)}

    def busiest(self, limit: int) -> list[tuple[str, int]]:
        """Those with most conversations, also those with none."""
        return sorted(self.started.items(), key=lambda one: (-one[1], one[0]))[:limit]

    def top(self, percent: int) -> list[tuple[str, int]]:
        """The busiest so many percent of the active people."""
        count = 0
        while count * 100 < percent * len(self.active):
            count += 1
        return self.busiest(count)

    def pairs(self) -> Counter:
        """(person, twin) → conversations with someone else's twin."""
        return Counter(
            (row["user_id"], row["twin_id"])
            for row in self.oracle.sessions(self.span)
            if row["is_shared_twin"]
        )

    def topics(self) -> dict[str, int]:
        """Topic → conversations."""
        counts: defaultdict[str, int] = defaultdict(int)
        for row in self.oracle.sessions(self.span):
            counts[row["topic"] or ""] += 1
        return dict(counts)

    def sessions_by(self) -> dict[str, list[tuple[str, float]]]:
        """The numbers of conversations, by the distribution they are in: (session, number) each."""
        lengths, messages = [], []
        for row in self.oracle.sessions(self.span):
            turns = self.oracle.in_order(row["id"])
            messages.append((row["id"], len(turns)))
            if len(turns) > 1:
                gaps = [later["created_at"] - earlier["created_at"] for earlier, later in pairwise(turns)]
                seconds = sum((gap for gap in gaps if gap <= HALF_HOUR), timedelta()).total_seconds()
                lengths.append((row["id"], seconds))
        waits = []
        for session_id in {row["session_id"] for row in self.oracle.children("messages", self.span)}:
            alone = copy(self.oracle)
            alone.world = replace(
                self.oracle.world,
                messages=[row for row in self.oracle.world.messages if row["session_id"] == session_id],
            )
            waits += [(session_id, wait) for wait in alone.replies(self.span)]
        return {"messages_per_conversation": messages, "session_length": lengths, "reply_time": waits}

    @staticmethod
    def within(known: list[tuple[str, float]], start: int, stop: int | None) -> set[str]:
        """The sessions with a number in [start, stop)."""
        return {key for key, number in known if number >= start and (stop is None or number < stop)}

    def about(self, topic: str) -> set[str]:
        """The sessions of a topic."""
        return {row["id"] for row in self.oracle.sessions(self.span) if (row["topic"] or "") == topic}

    def of_pair(self, who: str, twin: str) -> set[str]:
        """The sessions of one person with the twin of another."""
        return {
            row["id"]
            for row in self.oracle.sessions(self.span)
            if (row["user_id"], row["twin_id"]) == (who, twin) and row["is_shared_twin"]
        }

    def on_platform(self, platform: str) -> set[str]:
        """The sessions of a platform."""
        return {row["id"] for row in self.oracle.sessions(self.span) if (row["platform"] or "") == platform}

    def at_hour(self, hour: int, weekday: int | None = None) -> set[str]:
        """The sessions with a message of a person at a local hour of the day, or of one weekday alone."""
        found = set()
        for row in self.oracle.children("messages", self.span):
            local = row["created_at"].replace(tzinfo=UTC).astimezone(self.oracle.zone)
            is_then = local.hour == hour and weekday in (None, local.weekday())
            if row["sender_type"] == "user" and is_then:
                found.add(row["session_id"])
        return found

    def of_type(self, table: str, name: str) -> set[str]:
        """The sessions with a message, document or query of a type."""
        rows = self.oracle.children("queries" if table == "query" else f"{table}s", self.span)
        found = set()
        for row in rows:
            kind = row[f"{table}_type"] or ""
            names = {part.strip() for part in kind.split(",") if part.strip()} or {""}
            if name in (names if table == "message" else {kind}):
                found.add(row["session_id"])
        return found

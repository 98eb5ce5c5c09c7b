"""Rows held in memory, and the plain arithmetic over them that oracles share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

TABLES = ("users", "twins", "sessions", "messages", "documents", "queries")
DATED_BY = {table: "started_at" if table == "sessions" else "created_at" for table in TABLES}
DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)


@dataclass
class World:
    users: list[dict] = field(default_factory=list)
    twins: list[dict] = field(default_factory=list)
    sessions: list[dict] = field(default_factory=list)
    messages: list[dict] = field(default_factory=list)
    documents: list[dict] = field(default_factory=list)
    queries: list[dict] = field(default_factory=list)


def known_sum(amounts: Iterable[int | None]) -> int | None:
    """Nothing adds up to 0; rows of which none is known to something unknown."""
    rows = list(amounts)
    known = [amount for amount in rows if amount is not None]
    return sum(known) if known or not rows else None


def ratio(above, below):
    return None if below == 0 else above / below


def middle(values):
    return median(values) if values else None


def nearest_rank_90(values):
    """The smallest value with at least 90 % of all values at or below it."""
    for value in sorted(values):
        if sum(1 for other in values if other <= value) * 10 >= 9 * len(values):
            return value
    return None

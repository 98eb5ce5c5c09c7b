"""Where in a conversation something of a kind is, from its index alone: what the jump keys go to."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Literal

from twin_tui.analytics.answers import EntryIndex

GAP_SECONDS = 30 * 60
"""Longer pauses are marked; they are what a session's active time leaves out."""

Goal = Literal["document", "query", "zero-result query", "gap", "unanswered message"]
PLURALS: dict[Goal, str] = {
    "document": "documents",
    "query": "queries",
    "zero-result query": "zero-result queries",
    "gap": "gaps",
    "unanswered message": "unanswered messages",
}
"""What each kind is called where there are several."""
BRIEF: dict[Goal, str] = {"zero-result query": "no result", "unanswered message": "unanswered"}
"""What a kind is called where there is little room."""

Parents = Mapping[int, int]
"""Position of a document or query → position of its message."""


def pauses(index: EntryIndex, parents: Parents) -> Iterator[tuple[int, float]]:
    """Yield positions before which nothing happened for more than half an hour, and for how many seconds.

    What belongs to a message stands with it, whatever its own time.
    """
    previous: datetime | None = None
    for at, time in enumerate(index.times()):
        if at in parents or time is None:
            continue
        pause = 0.0 if previous is None else (time - previous).total_seconds()
        if pause > GAP_SECONDS:
            yield at, pause
        previous = time


def unanswered(index: EntryIndex) -> Iterator[int]:
    """Yield the person's messages that no reply follows before their next one."""
    asked: int | None = None
    for at, sender in enumerate(index.senders()):
        if sender is None:
            continue
        if asked is not None and sender == "user":
            yield asked
        asked = at if sender == "user" else None
    if asked is not None:
        yield asked


_FINDERS: dict[Goal, Callable[[EntryIndex, Parents], Iterator[int]]] = {
    "document": lambda index, _: (at for at, kind in enumerate(index.kinds()) if kind == "document"),
    "query": lambda index, _: (at for at, kind in enumerate(index.kinds()) if kind == "query"),
    "zero-result query": lambda index, _: iter(index.empty_queries()),
    "gap": lambda index, parents: (at for at, _ in pauses(index, parents)),
    "unanswered message": lambda index, _: unanswered(index),
}


def places(index: EntryIndex, parents: Parents, goal: Goal) -> list[int]:
    """Return the positions of all entries of a kind; of a gap the one of the entry after it."""
    return list(_FINDERS[goal](index, parents))


def step(found: Sequence[int], cursor: int, direction: int) -> int | None:
    """Return which of the positions found is the next one after the cursor, or before it; ``None``: none.

    >>> step([2, 5, 9], 5, 1), step([2, 5, 9], 5, -1), step([2, 5, 9], 9, 1)
    (2, 0, None)
    """
    at = bisect_right(found, cursor) if direction > 0 else bisect_left(found, cursor) - 1
    return at if 0 <= at < len(found) else None


class Days:
    """The local days of a conversation, each with the position of its first entry."""

    def __init__(self, index: EntryIndex, separators: Mapping[int, str], zone: tzinfo) -> None:
        """``separators`` name a line wherever a new day begins; entries in between are of the same day."""
        self.days: list[date] = []
        self.firsts: list[int] = []
        for at in sorted(separators):
            time = index[at].time
            day = None if time is None else time.astimezone(zone).date()
            if day is not None and (not self.days or day > self.days[-1]):
                self.days.append(day)
                self.firsts.append(at)
        self._count = next((at for at in sorted(separators) if index[at].time is None), len(index))

    def __len__(self) -> int:
        return len(self.days)

    def nearest(self, day: date) -> int | None:
        """Return which of the days is this one, else the next after it, else the last; ``None``: no days."""
        return min(bisect_left(self.days, day), len(self.days) - 1) if self.days else None

    def entries(self, at: int) -> int:
        """Return how many entries that day has."""
        ends = [*self.firsts[1:], self._count]
        return ends[at] - self.firsts[at]

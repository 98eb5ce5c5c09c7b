"""What one session comes to, whole and per local day: a pure function of its base rows.

The values are those of `twin_tui.analytics`: the length is the sum of the pauses between messages, each of at
most 30 minutes; a user message's reply is the next message of user or twin, where that is the twin's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from twin_tui.rollups.calendar import HOUR_US, WEEK, Calendar, Stretch
from twin_tui.rollups.details import written
from twin_tui.rollups.rows import Detail, SessionDay, SessionRow

IDLE_US = 30 * 60 * 1_000_000
"""A longer pause between two messages does not count as session length."""
OTHER, USER, TWIN = 0, 1, 2
"""Senders of a message."""


class Thread(NamedTuple):
    """A session itself."""

    session_id: str
    started_us: int | None
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int


Sent = tuple[int, Any, int, str]
"""A message: microseconds since 1970, its place among those of one instant, sender, type.

In ascending order they are in the order of the conversation; the place is the order of insertion where the
database knows it, else the id.
"""
Made = tuple[int, str, int | None]
"""A document with its words, or a query with its results: microseconds since 1970, type, number."""


@dataclass(slots=True)
class Events:
    """The dated rows of a session."""

    messages: list[Sent] = field(default_factory=list)
    documents: list[Made] = field(default_factory=list)
    queries: list[Made] = field(default_factory=list)


def session_facts(thread: Thread, events: Events, calendar: Calendar) -> tuple[SessionRow, list[SessionDay]]:
    """Return a session's row and its rows by day; a day that is cut has one on either side of the cut."""
    parts = _Parts(calendar)
    length_us = parts.add_messages(events.messages)
    for document in events.documents:
        parts.at(document[0]).documents.append(document)
    for query in events.queries:
        parts.at(query[0]).queries.append(query)
    begun = None
    if thread.started_us is not None:
        begun = parts.at(thread.started_us)
        begun.active_us = max(thread.started_us, begun.active_us or thread.started_us)
    held = parts.by_day.values()
    until_us = max((part.last_us for part in held), default=0)
    count = len(events.messages)
    session = SessionRow(
        thread.session_id,
        thread.started_us,
        until_us if held else None,
        *thread[2:],
        messages=count,
        user_messages=sum(part.user_messages for part in held),
        documents=len(events.documents),
        queries=len(events.queries),
        length_us=length_us if count > 1 else None,
    )
    days = []
    for (day, _), part in sorted(parts.by_day.items()):
        detail = _detail(part)
        if part is begun and count:
            detail["n"] = count
            if count > 1:
                detail["l"] = length_us
        days.append(
            SessionDay(
                thread.session_id,
                day,
                part.first_us,
                part.last_us,
                until_us,
                *thread[2:],
                begun=int(part is begun),
                messages=sum(part.types.values()),
                user_messages=part.user_messages,
                twin_messages=part.twin_messages,
                documents=len(part.documents),
                queries=len(part.queries),
                detail=written(detail),
            )
        )
    return session, days


class _Part:
    """What a session holds on one day, one side of the cut."""

    __slots__ = (
        "active_us", "documents", "first_us", "hours", "last_us", "queries", "replies", "twin_messages",
        "types", "user_messages",
    )  # fmt: skip

    def __init__(self, us: int) -> None:
        self.first_us = self.last_us = us
        self.active_us: int | None = None
        self.user_messages = self.twin_messages = 0
        self.types: dict[str, int] = {}
        self.hours: dict[int, int] = {}
        self.replies: list[int] = []
        self.documents: list[Made] = []
        self.queries: list[Made] = []


class _Parts:
    """The parts of one session, by day and side of the cut."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.by_day: dict[tuple[int, bool], _Part] = {}

    def at(self, us: int) -> _Part:
        """Return the part an instant belongs to, which then reaches to it."""
        stretch = self.calendar.stretch(us)
        part = self._of(stretch, us)
        if us < part.first_us:
            part.first_us = us
        elif us > part.last_us:
            part.last_us = us
        return part

    def add_messages(self, messages: Sequence[Sent]) -> int:
        """Add messages to their days; return the session's length."""
        if not messages:
            return 0
        length, before, stop = 0, messages[0][0], -_FAR
        shift, asked, part = 0, 0, self._of(self.calendar.stretch(before), before)
        asking: _Part | None = None
        for us, _, sender, of_type in messages:
            if us >= stop:
                stretch = self.calendar.stretch(us)
                stop, shift = stretch.end_us, stretch.shift_us
                part = self._of(stretch, us)
            part.last_us = us
            part.types[of_type] = part.types.get(of_type, 0) + 1
            if us - before <= IDLE_US:
                length += us - before
            before = us
            if sender == USER:
                part.user_messages += 1
                part.active_us = us
                hour = (us + shift) // HOUR_US % WEEK
                part.hours[hour] = part.hours.get(hour, 0) + 1
                asking, asked = part, us
            elif sender == TWIN:
                part.twin_messages += 1
                if asking is not None:
                    asking.replies.append(us - asked)
                    asking = None
        return length

    def _of(self, stretch: Stretch, us: int) -> _Part:
        key = (stretch.day, stretch.is_cut_off)
        part = self.by_day.get(key)
        if part is None:
            part = self.by_day[key] = _Part(us)
        return part


_FAR = 1 << 62


def _detail(part: _Part) -> Detail:
    detail: Detail = {}
    if part.hours:
        detail["h"] = [[hour, part.hours[hour]] for hour in sorted(part.hours)]
    if part.types:
        detail["t"] = part.types
    if part.replies:
        detail["r"] = part.replies
    if part.documents:
        detail["d"] = _types(part.documents)
        detail |= _numbers(part.documents, "dk", "dw")
    if part.queries:
        detail["q"] = _types(part.queries)
        detail |= _numbers(part.queries, "qk", "qf")
        if empty := sum(number == 0 for _, _, number in part.queries):
            detail["qe"] = empty
    if part.active_us is not None and part.active_us != part.last_us:
        detail["a"] = part.last_us - part.active_us
    return detail


def _types(made: list[Made]) -> dict[str, int]:
    types: dict[str, int] = {}
    for _, of_type, _ in made:
        types[of_type] = types.get(of_type, 0) + 1
    return types


def _numbers(made: list[Made], known_key: str, sum_key: str) -> Detail:
    known = [number for _, _, number in made if number is not None]
    counts: Detail = {}
    if known:
        counts[known_key] = len(known)
        if total := sum(known):
            counts[sum_key] = total
    return counts

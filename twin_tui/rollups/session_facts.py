"""What one session comes to, whole and per local day: a pure function of its base rows.

The values are those of `twin_tui.analytics`: the length is the sum of the pauses between messages, each of at
most 30 minutes; a user message's reply is the next message of user or twin, where that is the twin's.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import sub
from typing import NamedTuple

from twin_tui.rollups.calendar import HOUR_US, WEEK, Calendar, Stretch
from twin_tui.rollups.details import written
from twin_tui.rollups.rows import SessionDay, SessionRow

IDLE_US = 30 * 60 * 1_000_000
"""A longer pause between two messages does not count as session length."""
OTHER, USER, TWIN = "0", "1", "2"
"""Senders of a message."""
_SHORT = 64
"""Messages of a conversation whose turns are remembered for the next one that takes the same."""


class Thread(NamedTuple):
    """A session itself."""

    session_no: int
    session_id: str
    started_us: int | None
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int


class Sent(NamedTuple):
    """The messages of a session, in the order of the conversation."""

    instants: Sequence[int] = ()
    """Microseconds since 1970."""
    senders: str = ""
    """A character of `OTHER`, `USER` and `TWIN` for each."""
    types: Sequence[str] = ()

    def before(self, end_us: int) -> "Sent":
        """Return those sent before an instant.

        >>> Sent((3, 5), "12", ("a", "b")).before(5)
        Sent(instants=(3,), senders='1', types=('a',))
        """
        stop = bisect_left(self.instants, end_us)
        return Sent(self.instants[:stop], self.senders[:stop], self.types[:stop])


Made = tuple[int, str, int | None]
"""A document with its words, or a query with its results: microseconds since 1970, type, number."""


@dataclass(slots=True)
class Events:
    """The dated rows of a session."""

    messages: Sent = field(default_factory=Sent)
    documents: list[Made] = field(default_factory=list)
    queries: list[Made] = field(default_factory=list)
    empty: list[tuple[int, str, str]] = field(default_factory=list)
    """The queries that found nothing: microseconds since 1970, id, what names the text."""
    asks_twice: bool = False
    """Whether the person sent the same text twice, in any case and with any blanks around it."""


def session_facts(
    thread: Thread, events: Events, calendar: Calendar, topic_no: int = 0, *, before_cut_of: int | None = None
) -> tuple[SessionRow, list[SessionDay]]:
    """Return a session's row and its rows by day; a day that is cut has one on either side of the cut.

    ``before_cut_of`` is a day of which alone the row before the cut is wanted.
    """
    parts = _Parts(calendar)
    messages, documents, queries = events.messages, events.documents, events.queries
    count, user_messages, length_us = len(messages.instants), 0, None
    if count:
        user_messages = messages.senders.count(USER)
        parts.add_messages(messages)
        if count > 1:
            length_us = _length(messages.instants)
    for document in documents:
        parts.at(document[0]).documents.append(document)
    for query in queries:
        parts.at(query[0]).queries.append(query)
    session_no, session_id, started_us, user_no, twin_no, department_cell, platform, shared = thread
    begun = None
    if started_us is not None:
        begun = parts.at(started_us)
        begun.active_us = max(started_us, begun.active_us or started_us)
    held = parts.in_order()
    until_us = max([part.last_us for part in held]) if held else None
    if before_cut_of is not None:
        part = parts.by_day.get((before_cut_of, False))
        held = [] if part is None else [part]
    days = []
    for part in held:
        is_begun = part is begun
        days.append(
            SessionDay(
                session_no, part.day, part.first_us, part.last_us, until_us or 0, user_no, twin_no,
                department_cell, platform, shared, int(is_begun), part.messages, part.user_messages,
                part.twin_messages, len(part.documents), len(part.queries),
                part.detail(count, length_us) if is_begun else part.detail(),
            )
        )  # fmt: skip
    session = SessionRow(
        session_no, session_id, started_us, until_us, user_no, twin_no, department_cell, platform, shared,
        count, user_messages, len(documents), len(queries), length_us, topic_no,
    )  # fmt: skip
    return session, days


class _Part:
    """What a session holds on one day, one side of the cut."""

    __slots__ = (
        "active_us", "day", "documents", "first_us", "hours", "last_us", "messages", "queries", "replies",
        "twin_messages", "types", "user_messages",
    )  # fmt: skip

    def __init__(self, day: int, us: int) -> None:
        self.day = day
        self.first_us = self.last_us = us
        self.active_us: int | None = None
        self.messages = self.user_messages = self.twin_messages = 0
        self.types: Sequence[str] = ()
        self.hours: dict[int, int] = {}
        self.replies: list[int] = []
        self.documents: list[Made] = []
        self.queries: list[Made] = []

    def add(self, here: Sent, asked: Sequence[int], shift_us: int) -> None:
        """Add messages of one stretch, the user's at the instants ``asked``."""
        self.last_us = here.instants[-1]
        self.messages += len(here.instants)
        self.types = (*self.types, *here.types) if self.types else here.types
        self.twin_messages += here.senders.count(TWIN)
        if asked:
            self.user_messages += len(asked)
            self.active_us = asked[-1]
            first, last = (asked[0] + shift_us) // HOUR_US, (asked[-1] + shift_us) // HOUR_US
            hours = self.hours
            if first == last:
                hours[first % WEEK] = hours.get(first % WEEK, 0) + len(asked)
            else:
                for us in asked:
                    hour = (us + shift_us) // HOUR_US % WEEK
                    hours[hour] = hours.get(hour, 0) + 1

    def detail(self, count: int = 0, length_us: int | None = None) -> str:
        """Return `Detail`; where the session began, with its number of messages and its length."""
        since_us = 0 if self.active_us is None else self.last_us - self.active_us
        return written(
            since=since_us,
            hours=self.hours,
            length=length_us,
            count=count,
            waits=self.replies,
            types=self.types,
            documents=self.documents,
            queries=self.queries,
        )


class _Parts:
    """The parts of one session, by day and side of the cut."""

    __slots__ = ("by_day", "calendar")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.by_day: dict[tuple[int, bool], _Part] = {}

    def at(self, us: int) -> _Part:
        """Return the part an instant belongs to, which then reaches to it."""
        part = self._of(self.calendar.stretch(us), us)
        if us < part.first_us:
            part.first_us = us
        elif us > part.last_us:
            part.last_us = us
        return part

    def in_order(self) -> list[_Part]:
        """Return the parts from the earliest on."""
        by_day = self.by_day
        return list(by_day.values()) if len(by_day) == 1 else [by_day[key] for key in sorted(by_day)]

    def add_messages(self, sent: Sent) -> None:
        """Add messages to their days, and to the day of each question the wait for its reply."""
        instants = sent.instants
        turns = _turns(sent.senders) if len(sent.senders) <= _SHORT else _turns.__wrapped__(sent.senders)
        begin, count = 0, len(instants)
        while begin < count:
            stretch = self.calendar.stretch(instants[begin])
            part = self._of(stretch, instants[begin])
            if instants[-1] < stretch.end_us and not begin:
                here, asked, replied = sent, turns.asked, turns.replied
            else:
                end = count if instants[-1] < stretch.end_us else bisect_left(instants, stretch.end_us, begin)
                here = Sent(instants[begin:end], sent.senders[begin:end], sent.types[begin:end])
                asked = [place for place in turns.asked if begin <= place < end]
                replied = [each for each in turns.replied if begin <= each[0] < end]
            part.add(here, [instants[place] for place in asked], stretch.shift_us)
            part.replies += [instants[reply] - instants[question] for question, reply in replied]
            begin += len(here.instants)

    def _of(self, stretch: Stretch, us: int) -> _Part:
        key = (stretch.day, stretch.is_cut_off)
        part = self.by_day.get(key)
        if part is None:
            part = self.by_day[key] = _Part(stretch.day, us)
        return part


class _Turns(NamedTuple):
    """Places of messages, as senders take turns."""

    asked: Sequence[int]
    """Those of the user."""
    replied: Sequence[tuple[int, int]]
    """A user's and the twin's that replies to it."""


@lru_cache(maxsize=4096)
def _turns(senders: str) -> _Turns:
    """Return the turns of a conversation, given its senders.

    >>> _turns("11022")
    _Turns(asked=(0, 1), replied=((1, 3),))
    """
    asked, replied, asking = [], [], None
    for place, sender in enumerate(senders):
        if sender == USER:
            asked.append(place)
            asking = place
        elif sender == TWIN and asking is not None:
            replied.append((asking, place))
            asking = None
    return _Turns(tuple(asked), tuple(replied))


def _length(instants: Sequence[int]) -> int:
    whole = instants[-1] - instants[0]
    if whole <= IDLE_US:
        return whole
    return sum([pause for pause in map(sub, instants[1:], instants) if pause <= IDLE_US])

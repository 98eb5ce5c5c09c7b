"""What one session comes to, whole and per local day: a pure function of its base rows.

The values are those of `twin_tui.analytics`: the length is the sum of the pauses between messages, each of at
most 30 minutes; a user message's reply is the next message of user or twin, where that is the twin's.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from twin_tui.rollups.calendar import HOUR_US, WEEK, Calendar, Stretch
from twin_tui.rollups.details import written
from twin_tui.rollups.rows import SessionDay, SessionRow
from twin_tui.rollups.turns import TWIN, USER, length_of, turns_of


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
    found = _within_a_stretch(thread, events, calendar, topic_no) if before_cut_of is None else None
    return found or by_parts(thread, events, calendar, topic_no, before_cut_of=before_cut_of)


def _within_a_stretch(
    thread: Thread, events: Events, calendar: Calendar, topic_no: int
) -> tuple[SessionRow, list[SessionDay]] | None:
    """Return the same as `by_parts`, sooner, of a session that lies on one stretch; ``None`` of others.

    Most do.
    """
    sent, documents, queries = events.messages, events.documents, events.queries
    session_no, session_id, started_us, user_no, twin_no, department_cell, platform, shared = thread
    instants, senders, _ = sent
    ends = [*instants[:1], *instants[-1:]]
    if started_us is not None:
        ends.append(started_us)
    if documents or queries:
        ends += [us for us, _, _ in documents]
        ends += [us for us, _, _ in queries]
    if not ends:
        return None
    first_us, last_us = min(ends), max(ends)
    stretch = calendar.stretch(first_us)
    if last_us >= stretch.end_us:
        return None
    count, length_us, active_us, hours = len(instants), None, None, {}
    waits: Sequence[int] = ()
    user_messages = twin_messages = 0
    if count:
        turns = turns_of(senders)
        asked = turns.asked
        user_messages, twin_messages = len(asked), senders.count(TWIN)
        if asked:
            active_us = instants[asked[-1]]
            hours = _hours([instants[place] + stretch.shift_us for place in asked])
            waits = [instants[reply] - instants[question] for question, reply in turns.replied]
        if count > 1:
            length_us = length_of(instants)
    begun = started_us is not None
    if started_us is not None:
        active_us = max(started_us, active_us or started_us)
    detail = written(
        since=0 if active_us is None else last_us - active_us,
        hours=hours,
        length=length_us if begun else None,
        count=count if begun else 0,
        waits=waits,
        types=sent.types,
        documents=documents,
        queries=queries,
    )
    day = SessionDay(
        session_no, stretch.day, first_us, last_us, last_us, user_no, twin_no, department_cell, platform,
        shared, int(begun), count, user_messages, twin_messages, len(documents), len(queries), detail,
    )  # fmt: skip
    session = SessionRow(
        session_no, session_id, started_us, last_us, user_no, twin_no, department_cell, platform, shared,
        count, user_messages, len(documents), len(queries), length_us, topic_no,
    )  # fmt: skip
    return session, [day]


def _hours(shifted: Sequence[int]) -> dict[int, int]:
    """Return how many of these lie in each hour of the week."""
    first = shifted[0] // HOUR_US
    if first == shifted[-1] // HOUR_US:
        return {first % WEEK: len(shifted)}
    hours: dict[int, int] = {}
    for us in shifted:
        hour = us // HOUR_US % WEEK
        hours[hour] = hours.get(hour, 0) + 1
    return hours


def by_parts(
    thread: Thread, events: Events, calendar: Calendar, topic_no: int = 0, *, before_cut_of: int | None = None
) -> tuple[SessionRow, list[SessionDay]]:
    """Return what `session_facts` does, of any session."""
    parts = _Parts(calendar)
    messages, documents, queries = events.messages, events.documents, events.queries
    count, user_messages, length_us = len(messages.instants), 0, None
    if count:
        user_messages = messages.senders.count(USER)
        parts.add_messages(messages)
        if count > 1:
            length_us = length_of(messages.instants)
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
        turns = turns_of(sent.senders)
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

"""What one session left open: why it is a dead end, and the messages that the twin said nothing after.

A pure function of its base rows, as `twin_tui.analytics.quality.dead_ends` defines it. Only sessions with
anything to tell have a row.
"""

import json
from typing import NamedTuple

from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.session_facts import Events, Thread
from twin_tui.rollups.turns import TWIN, USER

UNANSWERED, EMPTY, REPEATED = 1, 2, 4
"""Reasons, as bits: ends without a reply; on a query that found nothing; the same was asked twice."""


class DeadEndRow(NamedTuple):
    """One session that led nowhere or left messages unanswered."""

    session_no: int
    started_us: int | None
    """Microseconds since 1970."""
    day: int | None
    """Proleptic ordinal of the local day it starts on."""
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int
    reasons: int
    """Bits."""
    open_from_us: int | None
    """First message that the twin said nothing after."""
    open_us: int | None
    """The last of them."""
    open_day: int | None
    """Its local day."""
    open_messages: int
    """How many there are."""
    more: str
    """JSON list of all their instants, where there are several; else ""."""


def dead_end(thread: Thread, events: Events, calendar: Calendar) -> DeadEndRow | None:
    """Return a session's row, ``None`` where it left nothing open."""
    left = open_instants(events)
    reasons = UNANSWERED if left else 0
    if events.queries and _ends_on_nothing(events):
        reasons |= EMPTY
    if events.asks_twice:
        reasons |= REPEATED
    if not reasons:
        return None
    started = thread.started_us
    return DeadEndRow(
        thread.session_no,
        started,
        None if started is None else calendar.stretch(started).day,
        *thread[3:],
        reasons=reasons,
        open_from_us=left[0] if left else None,
        open_us=left[-1] if left else None,
        open_day=calendar.stretch(left[-1]).day if left else None,
        open_messages=len(left),
        more=json.dumps(left, separators=(",", ":")) if len(left) > 1 else "",
    )


def open_instants(events: Events) -> list[int]:
    """Return when the messages were sent that the twin said nothing after."""
    senders = events.messages.senders
    last = senders.rfind(TWIN) + 1
    if USER not in senders[last:]:
        return []
    return [events.messages.instants[at] for at in range(last, len(senders)) if senders[at] == USER]


def _ends_on_nothing(events: Events) -> bool:
    """Return whether the last query found nothing, with nothing after it but the twin's words."""
    last = max(us for us, _, _ in events.queries)
    if any(us == last and results != 0 for us, _, results in events.queries):
        return False
    place = events.messages.senders.rfind(USER)
    if place >= 0 and events.messages.instants[place] > last:
        return False
    return all(us <= last for us, _, _ in events.documents)

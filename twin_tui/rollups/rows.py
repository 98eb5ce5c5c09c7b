"""Rows of the derived tables, fields in the order of their columns."""

from typing import Any, NamedTuple


class SessionRow(NamedTuple):
    """One session whole, of everything dated in it."""

    session_no: int
    """What other tables name it by; kept as long as there is a row."""
    session_id: str
    started_us: int | None
    """Microseconds since 1970, ``None`` when unknown."""
    until_us: int | None
    """The latest instant of anything dated in it."""
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int
    messages: int
    user_messages: int
    documents: int
    queries: int
    length_us: int | None
    """Active time, unknown below two messages."""
    topic_no: int
    """The number of its topic."""


class SessionDay(NamedTuple):
    """One session on one local day on which it began or holds anything dated."""

    session_no: int
    day: int
    """Proleptic ordinal of the local day."""
    first_us: int
    last_us: int
    until_us: int
    """The latest instant of the whole session."""
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int
    begun: int
    """1 on the day it started."""
    messages: int
    user_messages: int
    twin_messages: int
    documents: int
    queries: int
    detail: str
    """Compact JSON, what is absent being zero: see `Detail`."""

    @property
    def is_active(self) -> bool:
        """Whether its user counts as active on the day: a twin's reply makes nobody active."""
        return bool(self.begun or self.user_messages)


Detail = dict[str, Any]
"""What `SessionDay.detail` holds, by key; times in seconds where there is an ``s``, see `details.written`.

``h`` [[hour of the week, user messages] …] · ``t`` messages by type · ``d`` documents by type, ``dk`` those
with known words, ``dw`` words, ``dx`` [[type, known, words] …] where there are several types · ``q`` queries
by type, ``qk`` those with known results, ``qe`` without any, ``qf`` results · ``r`` waits for the reply to
this day's user messages, microseconds · ``a`` microseconds from the latest start or user message of the day
to its ``last_us`` · where it began ``l`` the session's active microseconds (from two messages on) and ``n``
its messages.
"""

"""How conversations, times and people spread: counts in buckets that are the same in every period."""

from collections.abc import Callable

from twin_tui.analytics.answers import Bucket, Distribution
from twin_tui.analytics.answers.engagement import DistributionKey
from twin_tui.analytics.answers.figures import Unit
from twin_tui.analytics.engagement.busiest import Counts
from twin_tui.analytics.facts import Facts, Row
from twin_tui.analytics.order import ratio

STARTS: dict[DistributionKey, tuple[int, ...]] = {
    "sessions_per_user": (0, 1, 2, 3, 5, 10, 20, 50, 100),
    "messages_per_conversation": (0, 1, 2, 3, 6, 11, 21, 51),
    "session_length": (0, 60, 300, 900, 1_800, 3_600, 7_200),
    "reply_time": (0, 2, 5, 10, 30, 60, 300, 1_800),
}
"""Where each bucket begins, in the distribution's unit; from ten conversations on one is a power user."""
_SECOND = 1_000_000


def distributions(facts: Facts, counts: Counts) -> tuple[Distribution, ...]:
    """Return conversations per person, messages per conversation, session lengths and reply times."""
    return (
        _sessions_per_user(facts, counts),
        _messages(facts),
        _times(facts, "lengths", "session_length", label="Session length", counted="conversations"),
        _times(facts, "replies", "reply_time", label="Reply time", counted="messages"),
    )


def bounds(key: DistributionKey) -> tuple[tuple[int, int | None], ...]:
    """Return start and stop of each bucket of a distribution.

    >>> bounds("session_length")[-1]
    (7200, None)
    """
    starts = STARTS[key]
    return tuple(zip(starts, (*starts[1:], None), strict=True))


def _sessions_per_user(facts: Facts, counts: Counts) -> Distribution:
    return Distribution(
        key="sessions_per_user",
        label="Conversations per user",
        unit="conversations",
        counted="users",
        n=counts.people,
        mean=ratio(facts.total("conversations", facts.frame.current), counts.people),
        median=counts.median,
        p90=counts.p90,
        buckets=_buckets("sessions_per_user", counts.below, counts.people),
    )


def _messages(facts: Facts) -> Distribution:
    """Return the spread of messages; conversations without any are not among the stored numbers."""
    counts = facts.ordered("counts", facts.frame.current)
    sessions = facts.total("conversations", facts.frame.current)
    empty = sessions - len(counts)
    rank = -(-9 * sessions // 10) - 1
    p90 = None if not sessions else 0 if rank < empty else counts.at(rank - empty)
    return Distribution(
        key="messages_per_conversation",
        label="Messages per conversation",
        unit="messages",
        counted="conversations",
        n=sessions,
        mean=ratio(counts.sum, sessions),
        median=counts.median(empty),
        p90=p90,
        buckets=_buckets(
            "messages_per_conversation", lambda stop: empty + counts.below(stop) if stop > 0 else 0, sessions
        ),
    )


def _times(facts: Facts, kind: Row, key: DistributionKey, *, label: str, counted: Unit) -> Distribution:
    times = facts.ordered(kind, facts.frame.current)
    return Distribution(
        key=key,
        label=label,
        unit="seconds",
        counted=counted,
        n=len(times),
        mean=_seconds(times.mean),
        median=_seconds(times.median()),
        p90=_seconds(times.p90),
        buckets=_buckets(key, lambda stop: times.below(stop * _SECOND), len(times)),
    )


def _buckets(key: DistributionKey, below: Callable[[int], int], whole: int) -> tuple[Bucket, ...]:
    """Return the bars, given how many values are below a number."""
    bars = []
    for start, stop in bounds(key):
        count = (whole if stop is None else below(stop)) - below(start)
        bars.append(Bucket(start, stop, count, ratio(count, whole)))
    return tuple(bars)


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / _SECOND

"""The figures of what did not work: those of every answer, and those of dead ends and single messages."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from twin_tui.analytics.answers import SLOW_SECONDS, DeadEndReason, Figure
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.figures import figure
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame, Slice
from twin_tui.analytics.kpis import KPIS, Kpi
from twin_tui.analytics.measures import Amount, Parts
from twin_tui.analytics.order import ratio
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.dead_ends import EMPTY, REPEATED, UNANSWERED

BITS: dict[DeadEndReason, int] = {
    "unanswered": UNANSWERED,
    "zero_results": EMPTY,
    "repeated": REPEATED,
}
_SLOW_US = SLOW_SECONDS * 1_000_000
_SHARED = {kpi.key: kpi for kpi in KPIS}
_ORDER = (
    "zero_result_rate",
    "dead_end_share",
    "unanswered_share",
    "reply_time_median",
    "slow_reply_share",
    "conversations",
    "messages",
    "queries",
    "documents",
    "document_words",
)


class EndCounts:
    """Dead ends, by reason, and messages without a reply per bucket of a frame."""

    def __init__(
        self, frame: Frame, dead: Iterable[tuple[int, int, int]], open_: Iterable[tuple[int, int]]
    ) -> None:
        """Add up dead ends (when they start, reasons' bits, how many) and messages (when, how many).

        Instants are microseconds since 1970; for whole days their beginning will do.
        """
        self._starts = [micros(bucket.start) for bucket in frame.buckets]
        dead = list(dead)
        self._sums: dict[str, list[int]] = {
            reason: self._summed((us, count) for us, reasons, count in dead if reasons & bit)
            for reason, bit in BITS.items()
        }
        self._sums["dead_ends"] = self._summed((us, count) for us, _, count in dead)
        self._sums["unanswered_messages"] = self._summed(open_)

    def _summed(self, counted: Iterable[tuple[int, int]]) -> list[int]:
        counts = [0] * len(self._starts)
        for us, count in counted:
            place = bisect_right(self._starts, us) - 1
            if place >= 0:
                counts[place] += count
        return list(accumulate(counts, initial=0))

    def total(self, name: str, part: Slice) -> int:
        """Return how many there are in a slice: of a reason, ``dead_ends`` or ``unanswered_messages``."""
        sums = self._sums[name]
        return sums[part.stop] - sums[part.first]


def slow_replies(facts: Facts, part: Slice) -> int:
    """Return the replies that took longer than `SLOW_SECONDS`."""
    waits = facts.buckets[part.first : part.stop]
    return sum(len(day.replies) - day.replies.count_to(_SLOW_US) for day in waits)


def quality_figures(facts: Facts, counts: EndCounts, filters: Filters) -> tuple[Figure, ...]:
    """Return the figures of an answer, in the order of reports."""
    kpis = _SHARED | {kpi.key: kpi for kpi in _own(counts)}
    return tuple(figure(kpis[key], facts, filters) for key in _ORDER)


def _own(counts: EndCounts) -> tuple[Kpi, ...]:
    def dead_end_share(facts: Facts, part: Slice) -> Amount:
        return _quotient(counts.total("dead_ends", part), facts.total("conversations", part))

    def reasons(_: Facts, part: Slice) -> Parts:
        return (
            ("End without a reply", counts.total("unanswered", part), "conversations"),
            ("End on a search without results", counts.total("zero_results", part), "conversations"),
            ("Ask the same twice", counts.total("repeated", part), "conversations"),
        )

    def unanswered_share(facts: Facts, part: Slice) -> Amount:
        return _quotient(counts.total("unanswered_messages", part), facts.total("by_user", part))

    def slow_share(facts: Facts, part: Slice) -> Amount:
        return _quotient(slow_replies(facts, part), len(facts.ordered("replies", part)))

    return (
        Kpi(
            "dead_end_share",
            "Dead ends",
            "ratio",
            "down",
            dead_end_share,
            "Conversations that led nowhere ÷ conversations started. One leads nowhere when its last message "
            "is the person's, when its last search found nothing and nothing but the twin's words came after "
            "it, or when the person sent the same text twice. It belongs whole to the window in which it "
            "starts, and is judged as it stands now.",
            reasons,
        ),
        Kpi(
            "unanswered_share",
            "Unanswered messages",
            "ratio",
            "down",
            unanswered_share,
            "Messages of people after which the twin said nothing more in the conversation ÷ messages of "
            "people.",
        ),
        Kpi(
            "slow_reply_share",
            "Slow replies",
            "ratio",
            "down",
            slow_share,
            f"Replies that took longer than {SLOW_SECONDS} seconds ÷ replies, each counted by the time of "
            "the message replied to. A reply is the twin's next message, where the person did not write "
            "again before it.",
        ),
    )


def _quotient(numerator: int, denominator: int) -> Amount:
    return Amount(ratio(numerator, denominator), denominator, numerator, denominator)

"""The conversations behind a number: which number, and a line for each of its conversations."""

from dataclasses import dataclass

from twin_tui.analytics.answers.feed import ActivityItem


@dataclass(frozen=True, slots=True)
class SessionsCell:
    """One number whose conversations are wanted, within filters that say of when and of whom."""

    kind: str
    """One of the kinds that `analytics.behind` knows."""
    key: str = ""
    """Which of its kind: a reason, a type, the key of a text; "" for all of them, where a kind says so."""
    low: float | None = None
    """Where a kind counts within bounds: at least."""
    high: float | None = None
    """At most."""


@dataclass(frozen=True, slots=True)
class SessionBehind:
    """One conversation of a number, and why it is counted there."""

    item: ActivityItem
    """Its line as in the feed, dated by what makes it count; the event is the one to open it at."""
    reason: str
    """Why it is here, in a few words; they may be somebody's. "" where the number says it all."""

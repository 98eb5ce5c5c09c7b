"""What a large sample may be asked for, and what follows from the number of its messages."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from twin_tui.sample.options import (
    DEFAULT_SEED,
    FIRST_DAY,
    LAST_DAY,
    MAX_DAYS,
    MAX_MESSAGES,
    MAX_SEED,
    BadOptionError,
    check_span,
    check_within,
    last_second_of,
)

MOST_MESSAGES = 1_000_000_000
MOST_USERS = 10_000_000
MESSAGES_EACH = 100
"""Messages for every user, where the number of users is not given."""
FEWEST_DAYS, MANY_DAYS = 60, 730
"""Days of a thousand messages or fewer, and of a million or more."""


@dataclass(frozen=True, slots=True)
class CrowdOptions:
    """The arguments of a large sample; raises `BadOptionError` when one of them cannot be used."""

    messages: int
    """Exactly so many are made."""
    until: date
    """Last UTC day, inclusive."""
    now: datetime | None = None
    """Aware; where ``until`` is its UTC day, every row is dated before it."""
    users: int = 0
    """0: one for every hundred messages."""
    days: int = 0
    """UTC days, ending with ``until``; 0: as many as suit the number of messages."""
    seed: int = DEFAULT_SEED
    messages_per_session: tuple[int, int] = (3, 8)
    """Fewest and most messages of a conversation; the last one of a day may have fewer."""

    def __post_init__(self) -> None:
        check_within("messages", self.messages, 1, MOST_MESSAGES)
        if self.users:
            check_within("users", self.users, 1, MOST_USERS)
        if self.days:
            check_within("days", self.days, 1, MAX_DAYS)
        check_within("seed", self.seed, 0, MAX_SEED)
        check_span("messages-per-session", self.messages_per_session, MAX_MESSAGES)
        if self.until > LAST_DAY:
            raise BadOptionError(f"--until {self.until} is after {LAST_DAY}.")
        if self.until - timedelta(days=min(self.day_count, (self.until - date.min).days)) < FIRST_DAY:
            raise BadOptionError(
                f"--until {self.until} with --days {self.day_count} starts before {FIRST_DAY}: "
                "ask for a later day or fewer days."
            )

    @property
    def user_count(self) -> int:
        """How many people there are."""
        return self.users or max(3, self.messages // MESSAGES_EACH)

    @property
    def day_count(self) -> int:
        """How many UTC days: 60 for a thousand messages, 730 from a million on, between by factors."""
        if self.days:
            return self.days
        share = min(1.0, max(0.0, math.log10(self.messages / 1_000) / 3))
        return round(FEWEST_DAYS * math.pow(MANY_DAYS / FEWEST_DAYS, share))

    @property
    def last_second(self) -> int:
        """The last second that can hold a row, counted from day 0 of the proleptic calendar."""
        return last_second_of(self.until, self.now)

"""What a sample may be asked for, checked, and the plan that follows from it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

MAX_USERS = 131_071
"""As many people as a plan can name (see `identity`)."""
MAX_DAYS = 3_650
MAX_SEED = 2**32 - 1
MAX_SESSIONS = 60
"""Conversations one person can have in a day."""
MAX_MESSAGES = 120
"""Messages one conversation can have."""
FIRST_DAY = date(2000, 1, 1)
"""No sample starts before this day."""
LAST_DAY = date(2999, 12, 31)
"""No sample ends after this day."""
DEFAULT_SEED = 2026
_DAY = 86_400


class SampleError(Exception):
    """A sample cannot be made or continued; one sentence says why."""


class BadOptionError(SampleError):
    """An option of the sample cannot be used; the sentence names it, its value and what is accepted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the sample depends on: the same plan tells the same day the same way, for ever."""

    seed: int
    users: int
    start: int
    """First day, as the proleptic ordinal of `datetime.date`."""
    horizon: int
    """Days over which people join, twins are installed and use grows; after it the world goes on as it is."""
    sessions: tuple[int, int]
    messages: tuple[int, int]


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """The arguments of ``generate``; raises `BadOptionError` when one of them cannot be used."""

    users: int = 12
    days: int = 60
    """UTC days, ending with ``until``."""
    seed: int = DEFAULT_SEED
    until: date = field(default_factory=_today)
    """Last UTC day, inclusive."""
    now: datetime | None = None
    """Aware; where ``until`` is its UTC day, every row is dated before it."""
    sessions: tuple[int, int] = (2, 5)
    """Fewest and most conversations of an active person on a working day."""
    messages_per_session: tuple[int, int] = (3, 8)
    """Fewest and most messages of a conversation."""

    def __post_init__(self) -> None:
        check_within("users", self.users, 1, MAX_USERS)
        check_within("days", self.days, 1, MAX_DAYS)
        check_within("seed", self.seed, 0, MAX_SEED)
        check_span("sessions", self.sessions, MAX_SESSIONS)
        check_span("messages-per-session", self.messages_per_session, MAX_MESSAGES)
        if self.until > LAST_DAY:
            raise BadOptionError(f"--until {self.until} is after {LAST_DAY}.")
        if self.until - timedelta(days=min(self.days, (self.until - date.min).days)) < FIRST_DAY:
            raise BadOptionError(
                f"--until {self.until} with --days {self.days} starts before {FIRST_DAY}: "
                "ask for a later day or fewer days."
            )

    @property
    def first_day(self) -> date:
        """The first UTC day of the sample."""
        return self.until - timedelta(days=self.days - 1)

    @property
    def last_second(self) -> int:
        """The last second that can hold a row, counted from day 0 of the proleptic calendar."""
        return last_second_of(self.until, self.now)

    @property
    def plan(self) -> Plan:
        """What the rows are made from."""
        return Plan(
            self.seed,
            self.users,
            self.first_day.toordinal(),
            self.days,
            self.sessions,
            self.messages_per_session,
        )


def last_second_of(day: date, now: datetime | None = None) -> int:
    """Return the last second of a UTC day, or the last whole one before ``now`` where that is its day.

    >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> last_second_of(noon.date(), noon) - last_second_of(noon.date() - timedelta(days=1))
    43200
    """
    midnight = (day.toordinal() + 1) * _DAY
    if now is not None:
        before = now.astimezone(UTC) - timedelta(microseconds=1)
        if now.astimezone(UTC).date() == day:
            return before.toordinal() * _DAY + before.hour * 3_600 + before.minute * 60 + before.second
    return midnight - 1


def check_within(name: str, value: int, lowest: int, highest: int) -> None:
    """Raise `BadOptionError` unless ``value`` of the option ``name`` lies between the two, both possible."""
    if not lowest <= value <= highest:
        raise BadOptionError(f"--{name} {value} is not between {lowest} and {highest}.")


def check_span(name: str, span: tuple[int, int], highest: int) -> None:
    """Raise `BadOptionError` unless the two numbers of ``span`` rise, from 1 at least to ``highest``."""
    low, high = span
    if not 1 <= low <= high <= highest:
        raise BadOptionError(
            f"--{name} {low}-{high} is not a range LOW-HIGH between 1 and {highest}, the lower number first."
        )

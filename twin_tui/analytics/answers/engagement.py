"""How twins are used: by how many, how much, how evenly, with whose twins, about what."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from twin_tui.analytics.answers.database import DatabaseStatus
from twin_tui.analytics.answers.feed import Person, TwinRef
from twin_tui.analytics.answers.figures import DayRow, Feature, Figure, Hourly, Share, Unit, Window
from twin_tui.analytics.filters import Filters

FunnelKey = Literal["created", "own_twin", "own_shared_twin", "active"]
DistributionKey = Literal["sessions_per_user", "messages_per_conversation", "session_length", "reply_time"]
TOP_PERCENTS = (1, 10, 20)
"""Shares of the active people whose conversations are told apart."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """People who came as far as one step; each step is taken by people of the one before."""

    key: FunnelKey
    label: str
    people: int
    rate: float | None
    """``people`` ÷ those of the step before; ``None`` for the first and where nobody came as far."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar of a distribution: values in ``[start, stop)``."""

    start: int
    """In the distribution's unit; times in seconds."""
    stop: int | None
    """``None``: no end."""
    count: int
    share: float | None
    """``count`` ÷ all values."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one number spreads over people, conversations or messages."""

    key: DistributionKey
    label: str
    unit: Unit
    """Of the values."""
    counted: Unit
    """What a bucket counts."""
    n: int
    """All that are counted."""
    mean: float | None
    median: float | None
    p90: float | None
    """By nearest rank."""
    buckets: tuple[Bucket, ...]
    """Always the same ones, lowest first, empty ones among them."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """What the busiest people did."""

    percent: int
    """Of the active people, busiest first."""
    people: int
    """So many people, rounded up."""
    conversations: int
    share: float | None
    """Their conversations ÷ all."""


@dataclass(frozen=True, slots=True)
class BusyPerson:
    """One of those who started most conversations."""

    person: Person
    conversations: int
    share: float | None
    """Of all conversations."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A person and the twin of someone else."""

    person: Person
    twin: TwinRef
    conversations: int
    """Started in the window with ``is_shared_twin``."""
    share: float | None
    """Of all such conversations."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who uses whose twin."""

    total: int
    """Pairs, also those beyond ``rows``."""
    people: int
    """Different people of all pairs; below, different twins."""
    twins: int
    rows: tuple[Pair, ...]
    """Most conversations first, then by the ids of person and twin."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some conversations are about."""

    key: str
    """Names the topic to the service and tells nobody what it is."""
    name: str
    """"" where there is none."""
    count: int
    """Conversations started."""
    share: float | None
    """Of all of them."""


@dataclass(frozen=True, slots=True)
class Topics:
    """What conversations are about."""

    total: int
    """Different topics, none among them, also those beyond ``rows``."""
    without: int
    """Conversations without one."""
    rows: tuple[Topic, ...]
    """Most conversations first, then by name."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """Everything the engagement tab and ``report engagement`` show, read in one transaction."""

    filters: Filters
    window: Window
    previous_window: Window | None
    timezone: str
    start: date | None
    end: date
    figures: tuple[Figure, ...]
    """Each with its daily series."""
    days: tuple[DayRow, ...]
    """Feature usage, own and shared use by local day."""
    features: tuple[Feature, ...]
    funnel: tuple[FunnelStep, ...]
    """Accounts, twins and shared twins at the window's end, then who was active in it.

    Accounts and twins obey company, department and user only."""
    distributions: tuple[Distribution, ...]
    concentration: tuple[Concentration, ...]
    busiest: tuple[BusyPerson, ...]
    """Most conversations first, then by id; only those who started any."""
    pairs: Pairs
    topics: Topics
    platforms: tuple[Share, ...]
    message_types: tuple[Share, ...]
    document_types: tuple[Share, ...]
    query_types: tuple[Share, ...]
    hourly: Hourly
    studied: tuple[Figure, ...]
    """What funnel, concentration, pairs and topics come to; without a series and a previous window."""
    status: DatabaseStatus

    def figure(self, key: str) -> Figure:
        """Return the figure of that key; raises `KeyError`."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(key)

    def distribution(self, key: DistributionKey) -> Distribution:
        """Return the distribution of that key; raises `KeyError`."""
        for each in self.distributions:
            if each.key == key:
                return each
        raise KeyError(key)


EngagementCellKind = Literal["funnel", "sessions_per_user", "top", "active"]


@dataclass(frozen=True, slots=True)
class EngagementCell:
    """One number of the answer whose people are wanted."""

    kind: EngagementCellKind
    step: FunnelKey | None = None
    """Of the funnel."""
    is_reached: bool = True
    """Of a step: those who took it, or those of the step before who did not."""
    start: int = 0
    """Of a bucket: so many conversations at least."""
    stop: int | None = None
    """And fewer than so many."""
    percent: int = 0
    """Of the busiest."""

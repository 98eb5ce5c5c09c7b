"""Who came back, who stopped: days, weeks and states of the people let through."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from twin_tui.analytics.answers.database import DatabaseStatus
from twin_tui.analytics.answers.figures import Figure, Window
from twin_tui.analytics.filters import Filters

LifecycleState = Literal["new", "returning", "resurrected", "dormant", "never"]
LIFECYCLE: tuple[LifecycleState, ...] = ("new", "returning", "resurrected", "dormant", "never")
RETENTION_DAYS = (1, 7, 30)
COHORT_WEEKS = 13
"""Columns of the weekly grid: week 0 to week 12."""


@dataclass(frozen=True, slots=True)
class Retained:
    """How many of those who could have come back did."""

    retained: int
    eligible: int
    """People whose day, or week, is over."""
    rate: float | None
    """``retained`` ÷ ``eligible``; ``None`` where nobody could have yet."""


@dataclass(frozen=True, slots=True)
class DayRetention:
    """Retention on (or, unbounded, from) the N-th local day after the first active one."""

    day: int
    """N."""
    retained: Retained


@dataclass(frozen=True, slots=True)
class Cohort:
    """The people whose first active day lies in one local week."""

    week: date
    """Its Monday."""
    size: int
    cells: tuple[Retained | None, ...]
    """Week 0 to week 12: active at any time in that local week; ``None`` while the week is not over."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Every eligible person in exactly one state, of one window against the one of equal length before it."""

    start: date
    end: date
    """The day after the last."""
    new: int
    """First active in the window."""
    returning: int
    """Active in it and in the one before."""
    resurrected: int
    """Active in it and at an earlier time, not in the one before."""
    dormant: int
    """Active before, not in it."""
    never: int
    """With an account, and never active."""
    is_complete: bool
    """Whether the window is over."""

    def of(self, state: LifecycleState) -> int:
        """Return the number of people in a state."""
        return int(getattr(self, state))

    @property
    def active(self) -> int:
        """The people active in the window."""
        return self.new + self.returning + self.resurrected

    @property
    def everyone(self) -> int:
        """All eligible people."""
        return self.active + self.dormant + self.never


@dataclass(frozen=True, slots=True)
class ActiveDays:
    """How many people were active on exactly so many local days of the window."""

    days: int
    people: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Everything the retention tab and ``report retention`` show, read in one transaction."""

    filters: Filters
    window: Window
    previous_window: Window | None
    """What is compared with: other days, or the same of another company; ``None``: nothing."""
    timezone: str
    start: date | None
    end: date
    cohort_start: date
    """First day of the cohorts of ``days`` and ``cohorts``: the period's, of all time the last 90 days."""
    cohort_end: date
    """The day after their last."""
    is_unbounded: bool
    """Whether coming back on a later day counts, too."""
    figures: tuple[Figure, ...]
    """DAU, WAU, MAU and DAU/MAU, each with its daily series."""
    series_days: tuple[date, ...]
    """The local days of the figures' series."""
    days: tuple[DayRetention, ...]
    """D1, D7 and D30 over the mature people of all cohorts."""
    cohorts: tuple[Cohort, ...]
    """The oldest first."""
    lifecycle: Lifecycle
    """Of the period."""
    steps: tuple[Lifecycle, ...]
    """Of the days, weeks or months of the period, the oldest first."""
    active_days: tuple[ActiveDays, ...]
    """Fewest days first; days nobody has are left out."""
    returned: tuple[Figure, ...]
    """D1, D7 and D30 as figures, their series by the cohort's day."""
    states: tuple[Figure, ...]
    """The states of ``lifecycle`` as figures."""
    status: DatabaseStatus
    unfiltered: tuple[str, ...]
    """Filters in force that say nothing about a first time: twin, platform, shared."""


RetentionCellKind = Literal["day", "week", "lifecycle", "active_days", "active", "adopted", "created"]
"""The last three: of daily, weekly and monthly active users; of adoption; of new users."""


@dataclass(frozen=True, slots=True)
class RetentionCell:
    """One number of the answer whose people are wanted."""

    kind: RetentionCellKind
    number: int = 0
    """N of a day, the place of a week, the number of active days; of ``active``: over how many days."""
    week: date | None = None
    """Of a week: the cohort's Monday."""
    state: LifecycleState | None = None
    """Of a lifecycle."""
    is_retained: bool = True
    """Of a day or week: those who came back, or those who could have and did not."""
    start: date | None = None
    """Of a lifecycle's step: its first day; ``None``: the period. Of ``active``: its last day; ``None``: the
    period's last complete one."""

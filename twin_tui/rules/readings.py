"""Figures as rules read them: by one key each, from whichever answer of the service holds them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import (
    RETENTION_DAYS,
    SLOW_SECONDS,
    DatabaseStatus,
    Figure,
    Unit,
    Window,
)
from twin_tui.analytics.answers.engagement import TOP_PERCENTS
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.kpis import KPIS

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

DATA_AGE = "data_age"
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that rules may limit."""

    key: str
    label: str
    unit: Unit
    definition: str
    has_change: bool = False
    """Whether it is compared with the period before."""
    is_timeless: bool = False
    """Whether no period and no filter says anything to it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure came to."""

    known: Known
    value: float | None
    """``None``: unknown, or there is no data at all in the window."""
    previous: float | None = None
    change: float | None = None
    """A fraction; of ratios the difference of the fractions."""
    n: int | None = None
    """How many things the value is made of."""


Readings = Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Source:
    """One answer of the service and the figures it holds."""

    figures: tuple[Known, ...]
    read: Callable[["AnalyticsService", Filters], Iterable[Reading]]


def _read_figures(service: "AnalyticsService", filters: Filters) -> Iterable[Reading]:
    sheet = service.figures(filters)
    has_data = is_there(sheet.window, sheet.status)
    for figure in sheet.figures:
        yield of_figure(figure, is_there=has_data)
    age = None if sheet.status.as_of is None else (service.now() - sheet.status.as_of).total_seconds()
    yield Reading(_AGE, age)


def of_figure(figure: Figure, *, is_there: bool) -> Reading:
    """Return a KPI as rules read it; where no data ``is_there``, its value is unknown."""
    known = BY_KEY[figure.key]
    return Reading(known, figure.value if is_there else None, figure.previous, figure.change, figure.n)


def is_there(window: Window, status: DatabaseStatus) -> bool:
    """Return whether any data reaches into a window: where none does, 0 tells of the supply, not of use."""
    if status.as_of is None or (window.start is not None and status.as_of < window.start):
        return False
    last = (window.end - _INSTANT).astimezone(ZoneInfo(window.timezone)).date()
    return status.first_day is None or last >= status.first_day


def _read_retention(service: "AnalyticsService", filters: Filters) -> Iterable[Reading]:
    found = service.retention(filters)
    for figure in found.returned:
        known = BY_KEY[f"retention_{figure.key}"]
        yield Reading(known, figure.value, figure.previous, figure.change, figure.n)
    has_data = is_there(found.window, found.status) and bool(found.lifecycle.everyone)
    for figure in found.states:
        yield of_figure(figure, is_there=has_data)


def _read_engagement(service: "AnalyticsService", filters: Filters) -> Iterable[Reading]:
    for each in service.engagement(filters).concentration:
        yield Reading(BY_KEY[f"concentration_top_{each.percent}"], each.share, n=each.people)


def _read_quality(service: "AnalyticsService", filters: Filters) -> Iterable[Reading]:
    found = service.quality(filters)
    has_data = is_there(found.window, found.status)
    own = {known.key for known in _QUALITY}
    return [of_figure(figure, is_there=has_data) for figure in found.figures if figure.key in own]


_QUALITY = (
    Known(
        "dead_end_share",
        "Dead ends",
        "ratio",
        "Conversations that led nowhere ÷ conversations started.",
        has_change=True,
    ),
    Known(
        "unanswered_share",
        "Unanswered messages",
        "ratio",
        "Messages of people that the twin never answered ÷ messages of people.",
        has_change=True,
    ),
    Known(
        "slow_reply_share",
        "Slow replies",
        "ratio",
        f"Replies that took longer than {SLOW_SECONDS} seconds ÷ replies.",
        has_change=True,
    ),
)
_AGE = Known(
    DATA_AGE,
    "Age of the data",
    "seconds",
    "Time since the newest row of any table, unfiltered.",
    is_timeless=True,
)
_LIFECYCLE = {
    "new": "People first active in the window.",
    "returning": "People active in the window and in the one before.",
    "resurrected": "People active in the window and earlier, not in the window before.",
    "dormant": "People active before the window, not in it.",
    "never": "People with an account who were never active.",
}
SOURCES = (
    Source(
        (
            *(Known(kpi.key, kpi.label, kpi.unit, kpi.definition, has_change=True) for kpi in KPIS),
            _AGE,
        ),
        _read_figures,
    ),
    Source(
        (
            *(
                Known(
                    f"retention_d{day}",
                    f"Retention on day {day}",
                    "ratio",
                    f"People active {day} days after their first active day ÷ those for whom it is over.",
                    has_change=True,
                )
                for day in RETENTION_DAYS
            ),
            *(
                Known(f"lifecycle_{state}", f"Lifecycle: {state}", "users", told, has_change=True)
                for state, told in _LIFECYCLE.items()
            ),
        ),
        _read_retention,
    ),
    Source(
        tuple(
            Known(
                f"concentration_top_{percent}",
                f"Share of the busiest {percent} %",
                "ratio",
                f"Conversations of the busiest {percent} % of active users ÷ all conversations.",
            )
            for percent in TOP_PERCENTS
        ),
        _read_engagement,
    ),
    Source(_QUALITY, _read_quality),
)
"""Where each figure comes from."""
BY_KEY: Mapping[str, Known] = {known.key: known for source in SOURCES for known in source.figures}
"""Every figure that rules may limit, by its key."""


def read(service: "AnalyticsService", filters: Filters, keys: Iterable[str]) -> Readings:
    """Return what the figures of those keys come to; each answer that holds any is asked for once."""
    wanted = set(keys)
    readings: dict[str, Reading] = {}
    for source in SOURCES:
        if wanted & {known.key for known in source.figures}:
            readings |= {reading.known.key: reading for reading in source.read(service, filters)}
    return {key: readings[key] for key in wanted}

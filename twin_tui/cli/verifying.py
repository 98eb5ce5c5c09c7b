"""The same questions asked twice, of the derived tables and of every row: what differs."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twin_tui.analytics.filters import Filters
    from twin_tui.analytics.service import AnalyticsService

PERIODS = ("today", "7d", "30d", "365d", "all")
GROUPS = ("company", "department", "user", "twin")
KINDS = ("conversation", "document", "query")
DIRECTORIES = ("users", "twins")
Question = Callable[["AnalyticsService"], Any]


def compared_answers(place: str, timezone: str, clock: Callable[[], datetime]) -> list[str]:
    """Return a line for every question whose two answers differ; raises `AnalyticsError`."""
    from twin_tui.analytics.service import AnalyticsService  # noqa: PLC0415

    now = clock()
    with (
        AnalyticsService(place, timezone=timezone, clock=lambda: now) as derived,
        AnalyticsService(place, timezone=timezone, clock=lambda: now, is_plain=True) as plain,
    ):
        return [
            f"{name}: the answer from the derived tables differs from that of plain queries"
            for name, question in _questions(derived)
            if question(derived) != question(plain)
        ]


def _questions(service: "AnalyticsService") -> Iterator[tuple[str, Question]]:
    for name, filters in _filters(service):
        yield f"overview, {name}", _overview(filters)
        yield f"retention, {name}", _retention(filters)
        yield f"engagement, {name}", _engagement(filters)
        yield f"quality, {name}", _quality(filters)
        for kind in KINDS:
            yield f"activity of type {kind}, {name}", _activity(filters, kind)
        for directory in DIRECTORIES:
            yield f"directory of {directory}, {name}", _people(filters, directory)
    _, filters = next(_filters(service))
    for group in GROUPS:
        yield f"leaderboard by {group}", _board(filters, group)
    yield "choices", lambda service: service.choices()


def _overview(filters: "Filters") -> Question:
    return lambda service: _but_status(service.overview(filters))


def _engagement(filters: "Filters") -> Question:
    return lambda service: _but_status(service.engagement(filters))


def _quality(filters: "Filters") -> Question:
    return lambda service: _but_status(service.quality(filters))


def _but_status(found: Any) -> Any:
    """Return all of an answer but what is open, which says how it was read."""
    return [getattr(found, each.name) for each in fields(found) if each.name != "status"]


def _retention(filters: "Filters") -> Question:
    return lambda service: _but_status(service.retention(filters))


def _activity(filters: "Filters", kind: Any) -> Question:
    from twin_tui.analytics.answers import ActivityRequest  # noqa: PLC0415 - not needed for --help

    return lambda service: service.activity(filters, ActivityRequest(type=kind))


def _people(filters: "Filters", kind: Any) -> Question:
    from twin_tui.analytics.answers import PeopleRequest  # noqa: PLC0415 - not needed for --help

    return lambda service: service.people(filters, PeopleRequest(kind=kind))


def _board(filters: "Filters", group: Any) -> Question:
    return lambda service: service.leaderboard(filters, group, "messages")


def _filters(service: "AnalyticsService") -> "Iterator[tuple[str, Filters]]":
    """Yield every period unfiltered, and the last 30 days by the busiest value of each filter."""
    from twin_tui.analytics.filters import Filters, Period  # noqa: PLC0415

    today = service.today()
    for period in PERIODS:
        yield period, Filters(Period.parse(period, today))
    month, choices = Period.parse("30d", today), service.choices()
    for name, values in (
        ("company", choices.companies),
        ("department", choices.departments),
        ("user", choices.users),
        ("twin", choices.twins),
        ("platform", choices.platforms),
    ):
        for choice in values[:1]:
            yield f"{name} {choice.label or '(none)'}", replace(Filters(month), **{name: choice.value})  # type: ignore[arg-type]
    for shared in (True, False):
        yield "shared" if shared else "own", Filters(month, shared=shared)

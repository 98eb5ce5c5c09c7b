"""Retention made by hand, behind the same fake service as the other screens."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tests.tui.fake_answers import STATUS, WAVE, figure, window
from tests.tui.people_world import HOSTILE, FakePeople, paged
from twin_tui.analytics.answers import (
    LIFECYCLE,
    ActiveDays,
    Cohort,
    DayRetention,
    Lifecycle,
    PagedList,
    Person,
    Retained,
    Retention,
    RetentionCell,
)
from twin_tui.analytics.filters import Filters

LAST = date(2026, 11, 23)
MONDAYS = (date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))


def cohort(at: int, week: date) -> Cohort:
    """A cohort of ten that loses two a week; three weeks are over for the oldest."""
    over = len(MONDAYS) - at
    cells = (Retained(10 - 2 * place, 10, (10 - 2 * place) / 10) for place in range(over))
    return Cohort(week, 10, (*cells, *[None] * (13 - over)))


def lifecycle(start: date, end: date, active: int, *, is_complete: bool = True) -> Lifecycle:
    return Lifecycle(start, end, 2, active, 1, 20 - active, 4, is_complete)


def retention(filters: Filters, *, is_unbounded: bool = False) -> Retention:
    start, end = filters.period.start, filters.period.end
    assert start is not None
    assert end is not None
    days = tuple(start + timedelta(days=at) for at in range((end - start).days))
    wave = tuple(float(WAVE[(day - date(2026, 10, 25)).days % 30]) for day in days)
    rates = (0.6, 0.4, None)
    back = tuple(
        DayRetention(day, Retained(round(20 * (rate or 0)), 20 if rate else 0, rate))
        for day, rate in zip((1, 7, 30), rates, strict=True)
    )
    whole = lifecycle(start, end, 9, is_complete=end <= LAST)
    return Retention(
        filters=filters,
        window=window(filters),
        previous_window=None,
        timezone="UTC",
        start=start,
        end=end,
        cohort_start=start,
        cohort_end=end,
        is_unbounded=is_unbounded,
        figures=(
            figure("dau", "Daily active users", "users", 9, -0.1, series=(*wave[:-1], None)),
            figure("wau", "Weekly active users", "users", 21, 0.05, series=tuple(2 * one for one in wave)),
            figure("mau", "Monthly active users", "users", 34, 0.02, series=tuple(3 * one for one in wave)),
            figure("dau_mau", "DAU/MAU", "ratio", 0.31, 0.01, series=tuple(one / 30 for one in wave)),
            figure("adoption", "Adoption", "ratio", 0.7, None),
            figure("new_users", "New users", "users", 2, None),
        ),
        series_days=days,
        days=back,
        cohorts=tuple(cohort(at, week) for at, week in enumerate(MONDAYS)),
        lifecycle=whole,
        steps=tuple(
            lifecycle(day, day + timedelta(days=1), round(active), is_complete=day < LAST)
            for day, active in zip(days, wave, strict=True)
        ),
        active_days=(ActiveDays(1, 5), ActiveDays(2, 12), ActiveDays(9, 1)),
        returned=tuple(
            figure(
                f"d{each.day}",
                f"D{each.day}: back on day {each.day}",
                "ratio",
                each.retained.rate,
                0.05,
                series=(each.retained.rate,) * len(days),
            )
            for each in back
        ),
        states=tuple(
            replace(figure(f"lifecycle_{state}", state.capitalize(), "users", whole.of(state), None), n=36)
            for state in LIFECYCLE
        ),
        status=STATUS,
        unfiltered=tuple(name for name in ("twin", "platform") if getattr(filters, name) is not None),
    )


@dataclass
class FakeRetention(FakePeople):
    """The fake service, with retention and the people behind it."""

    retained: Any = retention
    behind: tuple[Person, ...] = field(
        default_factory=lambda: (Person("u1", "Sarah Chen", "sarah@acme.example"), Person("u3", HOSTILE, ""))
    )

    def retention(self, filters: Filters, *, is_unbounded: bool = False) -> Retention:
        self.asked.append(("retention", filters, is_unbounded))
        if self.error is not None:
            raise self.error
        found = self.retained(filters, is_unbounded=is_unbounded)
        assert isinstance(found, Retention)
        return found

    def retention_people(
        self,
        filters: Filters,
        cell: RetentionCell,
        *,
        is_unbounded: bool = False,
        page: int = 1,
        limit: int = 50,
    ) -> PagedList[Person]:
        self.asked.append(("retention_people", filters, cell, is_unbounded))
        return paged(self.behind, page, limit)

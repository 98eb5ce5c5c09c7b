"""One history of active days looked at over one period: cohorts, states, and who is behind each number."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from twin_tui.analytics.answers import (
    LIFECYCLE,
    RETENTION_DAYS,
    ActiveDays,
    Cohort,
    DayRetention,
    Lifecycle,
    Retained,
    RetentionCell,
)
from twin_tui.analytics.answers.retention import COHORT_WEEKS
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.people_sets import at_least
from twin_tui.analytics.retention.history import History
from twin_tui.analytics.retention.history_reading import HistoryReader
from twin_tui.analytics.retention.steps import WEEK, Span, monday, steps_of
from twin_tui.analytics.windows import ONE_DAY, day_start, days_before
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.day_facts import added

COHORT_DAYS = 90
"""Days of cohorts looked at where the period is all time."""


class Study:
    """One history looked at over one period."""

    def __init__(self, context: Context, filters: Filters, frame: Frame, *, is_unbounded: bool) -> None:
        self.context, self.frame, self.is_unbounded = context, frame, is_unbounded
        self.is_all = filters.period.is_all
        self.shift = filters.shift
        self.reader = HistoryReader(context, filters)
        self.history: History = self.reader.history
        self.today = frame.today

    @property
    def span(self) -> Span:
        """The local days of the period that have begun."""
        start = self.frame.start or self.frame.end
        return start, max(start, min(self.frame.end, self.today + ONE_DAY))

    @property
    def steps(self) -> list[Span]:
        """The days, weeks (from Monday) or months of the period, cut to nothing."""
        return steps_of(self.span)

    @property
    def cohort_days(self) -> Span:
        """The local days whose cohorts are looked at."""
        if self.is_all:
            return days_before(self.today, COHORT_DAYS - 1), self.today + ONE_DAY
        return self.span

    @property
    def span_before(self) -> Span | None:
        """The whole local days compared with; ``None`` where there are none.

        As many days just before the period, or, where last year is compared with, the same days then.
        """
        start, end = self.span
        back = end - start if self.shift is None else self.shift
        return None if self.frame.previous_window is None else (start - back, end - back)

    def day_retention(self, span: Span | None = None) -> tuple[DayRetention, ...]:
        """Return D1, D7 and D30 of the cohorts that began in a span; ``None``: those that are looked at."""
        found = []
        for number in RETENTION_DAYS:
            retained = eligible = 0
            for day, cohort in self._cohorts_by_day(span):
                if day + timedelta(days=number) < self.today:
                    eligible += cohort.bit_count()
                    retained += (cohort & self._back(day + timedelta(days=number))).bit_count()
            found.append(DayRetention(number, _retained(retained, eligible)))
        return tuple(found)

    def day_rates(self, shift: timedelta = timedelta()) -> list[tuple[float | None, ...]]:
        """Return the rates of D1, D7 and D30 by the day of the cohort, one for each day of the period.

        ``shift``: by the days so much earlier.
        """
        start, end = self.cohort_days
        cohorts = dict(self._cohorts_by_day((start - shift, end - shift)))
        days = [day - shift for day in self.frame.days]
        return [tuple(self._rate(cohorts.get(day, 0), day, n) for day in days) for n in RETENTION_DAYS]

    def _rate(self, cohort: int, day: date, number: int) -> float | None:
        back = day + timedelta(days=number)
        if not cohort or back >= self.today:
            return None
        return (cohort & self._back(back)).bit_count() / cohort.bit_count()

    def cohorts(self) -> Iterator[Cohort]:
        """Yield the weeks that hold a day of the period, whole, where anybody began in them."""
        for week, cohort in self._cohorts_by_week():
            size = cohort.bit_count()
            cells: list[Retained | None] = []
            for place in range(COHORT_WEEKS):
                begins = week + place * WEEK
                is_over = begins + WEEK <= self.today
                active = self.history.between(begins, begins + WEEK) if is_over else 0
                cells.append(_retained((cohort & active).bit_count(), size) if is_over else None)
            yield Cohort(week, size, tuple(cells))

    def lifecycles(self, spans: Iterable[Span]) -> list[Lifecycle]:
        """Return the states of each stretch of days; the earliest beginning is cheap for all."""
        found: dict[Span, Lifecycle] = {}
        wanted = list(spans)
        ordered = sorted(set(wanted), key=lambda span: (span[1], span[0]))
        ends = [min(day_start(end, self.frame.zone), self.context.now) for _, end in ordered]
        accounts = self.reader.accounts(min(ends, default=self.context.now)).at(list(map(micros, ends)))
        for span, (count, without) in zip(ordered, accounts, strict=True):
            sets = self._states(span)
            until = (sets["new"] | sets["returning"] | sets["resurrected"] | sets["dormant"]) & ~without
            found[span] = Lifecycle(
                start=span[0],
                end=span[1],
                new=sets["new"].bit_count(),
                returning=sets["returning"].bit_count(),
                resurrected=sets["resurrected"].bit_count(),
                dormant=sets["dormant"].bit_count(),
                never=count - until.bit_count(),
                is_complete=span[1] <= self.today,
            )
        return [found[span] for span in wanted]

    def active_days(self) -> Iterator[ActiveDays]:
        """Yield how many people were active on 1, 2, 3 … days of the period."""
        planes = self._planes()
        most = (1 << len(planes)) - 1
        more = at_least(planes, 1) if planes else 0
        for days in range(1, most + 1):
            exactly, more = more, at_least(planes, days + 1)
            people = (exactly & ~more).bit_count()
            if people:
                yield ActiveDays(days, people)

    def behind(self, cell: RetentionCell) -> int:
        """Return the set of people that a number counts."""
        match cell.kind:
            case "day":
                return self._behind_day(cell)
            case "week":
                return self._behind_week(cell)
            case "lifecycle" if cell.state in LIFECYCLE[:-1]:
                return self._states(self._span_of(cell.start))[str(cell.state)]
            case "active_days" if cell.number > 0:
                planes = self._planes()
                return at_least(planes, cell.number) & ~at_least(planes, cell.number + 1)
        raise BadFilterError(f"There is no such number of the kind {cell.kind!r}.")

    def never(self, start: date | None) -> list[str]:
        """Return the ids of everyone with an account by the end of a stretch who was not active before it."""
        _, end = self._span_of(start)
        active = set(self.reader.ids(self.history.before(end)))
        moment = min(day_start(end, self.frame.zone), self.context.now)
        return [key for key in self.reader.account_ids(moment) if key not in active]

    def _behind_day(self, cell: RetentionCell) -> int:
        back = people = 0
        for day, cohort in self._cohorts_by_day():
            reached = day + timedelta(days=cell.number)
            if reached < self.today:
                people |= cohort
                back |= cohort & self._back(reached)
        return back if cell.is_retained else people & ~back

    def _behind_week(self, cell: RetentionCell) -> int:
        begins = (cell.week or date.min) + cell.number * WEEK
        for week, cohort in self._cohorts_by_week():
            if week == cell.week and begins + WEEK <= self.today:
                active = self.history.between(begins, begins + WEEK)
                return cohort & active if cell.is_retained else cohort & ~active
        raise BadFilterError(f"There is no cohort of the week of {cell.week}, or its week is not over.")

    def _span_of(self, start: date | None) -> Span:
        if start is None:
            return self.span
        for span in self.steps:
            if span[0] == start:
                return span
        raise BadFilterError(f"No step of the period begins on {start}.")

    def _states(self, span: Span) -> dict[str, int]:
        start, end = span
        earlier, active = self.history.before(start), self.history.between(start, end)
        length = end - start
        before = self.history.between(start - length, start) if start - date.min > length else 0
        return {
            "new": active & ~earlier,
            "returning": active & before,
            "resurrected": active & earlier & ~before,
            "dormant": earlier & ~active,
        }

    def _back(self, day: date) -> int:
        return self.history.since(day) if self.is_unbounded else self.history.on(day)

    def _planes(self) -> tuple[int, ...]:
        start, end = self.span
        planes: tuple[int, ...] = ()
        for day, active in zip(self.history.days, self.history.active, strict=True):
            if start <= day < end:
                planes = added(planes, (active,))
        return planes

    @cached_property
    def _firsts(self) -> list[tuple[date, int]]:
        return [(day, cohort) for day, cohort in self.history.firsts() if cohort]

    def _cohorts_by_day(self, span: Span | None = None) -> list[tuple[date, int]]:
        start, end = self.cohort_days if span is None else span
        return [(day, cohort) for day, cohort in self._firsts if start <= day < end]

    def _cohorts_by_week(self) -> Iterator[tuple[date, int]]:
        start, end = self.cohort_days
        if start >= end:
            return
        first, last = monday(start), monday(end - ONE_DAY)
        weeks: dict[date, int] = {}
        for day, cohort in self._firsts:
            week = monday(day)
            if first <= week <= last:
                weeks[week] = weeks.get(week, 0) | cohort
        yield from weeks.items()


def _retained(retained: int, eligible: int) -> Retained:
    return Retained(retained, eligible, retained / eligible if eligible else None)

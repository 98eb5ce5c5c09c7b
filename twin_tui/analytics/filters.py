"""What an answer is about: a period and what is let through, as one immutable value."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

from twin_tui.analytics.against import Against
from twin_tui.analytics.errors import BadFilterError
from twin_tui.text.typed_days import read_day

PRESETS: dict[str, int | None] = {"today": 1, "7d": 7, "30d": 30, "90d": 90, "365d": 365, "all": None}
"""Names of the preset periods and their lengths in local days; ``None`` means everything."""

_FORMS = (
    "today, 7d, 30d, 90d, 365d, all, a day (2026-10-01, yesterday, last tuesday)"
    " or two days (2026-10-01..2026-10-31)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open local days ``[start, end)`` in the report timezone; both ``None`` means all."""

    start: date | None = None
    """First day; ``None`` for all."""
    end: date | None = None
    """The day after the last; ``None`` for all."""
    preset: str | None = None
    """The preset this came from while it still ends today, else ``None``."""

    @classmethod
    def of_preset(cls, name: str, today: date) -> Self:
        """Return the preset period that ends with ``today``.

        >>> Period.of_preset("7d", date(2026, 11, 23)).start
        datetime.date(2026, 11, 17)
        """
        days = PRESETS[name]
        if days is None:
            return cls(None, None, name)
        return cls(today - timedelta(days=days - 1), today + timedelta(days=1), name)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Return the days from ``first`` to ``last``, both included; raises `BadFilterError` if reversed."""
        if last < first:
            raise BadFilterError(f"The period ends ({last}) before it begins ({first}).")
        if last >= date.max - timedelta(days=1) or first <= date.min + timedelta(days=1):
            raise BadFilterError(f"{first}..{last} is outside the calendar.")
        return cls(first, last + timedelta(days=1))

    @classmethod
    def parse(cls, text: str, today: date) -> Self:
        """Read a preset's name, ``Nd``, a day or ``first..last``; raises `BadFilterError`.

        Days are dates, weekdays (the last such day) and what else `read_day` understands.

        >>> Period.parse("2026-10-01..2026-10-31", date(2026, 11, 23)).days
        31
        >>> Period.parse("14d", date(2026, 11, 23)).start
        datetime.date(2026, 11, 10)
        >>> Period.parse("last tuesday", date(2026, 11, 23)).start
        datetime.date(2026, 11, 17)
        """
        word = text.strip().lower()
        if word in PRESETS:
            return cls.of_preset(word, today)
        try:
            if (
                word.endswith("d")
                and word[:-1].isascii()
                and word[:-1].isdigit()
                and 0 < int(word[:-1]) <= 36_500
            ):
                return cls(today - timedelta(days=int(word[:-1]) - 1), today + timedelta(days=1))
            first, dots, last = word.partition("..")
            begin = _day(first, today)
            return cls.between(begin, _day(last, today) if dots else begin)
        except (ValueError, OverflowError) as error:
            raise BadFilterError(f"{text!r} is not a period: use {_FORMS}.") from error

    @property
    def is_all(self) -> bool:
        """Whether every day is meant."""
        return self.start is None

    @property
    def days(self) -> int | None:
        """Number of local days, ``None`` for all."""
        return None if self.start is None or self.end is None else (self.end - self.start).days

    @property
    def last_day(self) -> date | None:
        """The last day included, ``None`` for all."""
        return None if self.end is None else self.end - timedelta(days=1)

    def shifted(self, periods: int) -> "Period":
        """Return the period as many of its own lengths later (or earlier, when negative); all stays all."""
        if self.start is None or self.end is None:
            return self
        try:
            step = (self.end - self.start) * periods
            return Period(self.start + step, self.end + step)
        except OverflowError:
            return self

    def previous(self) -> "Period":
        """Return the same number of days just before."""
        return self.shifted(-1)

    def anchored(self, today: date) -> "Period":
        """Return a preset moved so that it ends ``today``; a custom period is returned as it is."""
        return Period.of_preset(self.preset, today) if self.preset else self

    def a_year_before(self) -> timedelta | None:
        """Return how far back the same days of last year are; ``None`` for all, or before the calendar."""
        if self.start is None or self.start.year <= date.min.year:
            return None
        day = min(self.start.day, 28) if self.start.month == 2 else self.start.day
        return self.start - self.start.replace(year=self.start.year - 1, day=day)


def _day(text: str, today: date) -> date:
    """Return a day as typed; raises `ValueError`. So many days back would be taken for a period."""
    found = None if text.strip().startswith("-") else read_day(text, today)
    if found is None:
        raise ValueError(text)
    return found


def one_day(text: str, today: date) -> date:
    """Return the one day that is typed; raises `BadFilterError`.

    >>> one_day("yesterday", date(2026, 11, 23))
    datetime.date(2026, 11, 22)
    """
    period = Period.parse(text, today)
    if period.days != 1 or period.start is None:
        raise BadFilterError(f"{text!r} is not one day: use 2026-11-03 or today.")
    return period.start


@dataclass(frozen=True, slots=True)
class Filters:
    """Period and attributes; ``None`` lets everything through, ``""`` means "(none)" (NULL or empty)."""

    period: Period = field(default_factory=Period)
    company: str | None = None
    """Company of the session's user, compared casefolded."""
    department: str | None = None
    """Department of the session's user, compared casefolded."""
    user: str | None = None
    """Id of the session's user."""
    twin: str | None = None
    """Id of the session's twin."""
    platform: str | None = None
    """Platform of the session, compared casefolded."""
    shared: bool | None = None
    """True: only sessions with someone else's twin; False: only with one's own."""
    against: Against | None = None
    """What is compared with; ``None``: the period before, in numbers alone."""

    def with_period(self, period: Period) -> "Filters":
        """Return the same filters over another period."""
        return replace(self, period=period)

    @property
    def cleared(self) -> "Filters":
        """The period alone and what it is compared with, nothing else filtered."""
        return Filters(self.period, against=self.against)

    @property
    def other(self) -> "Filters | None":
        """What another company lets through, where one is compared with; filters by person do not apply."""
        if self.against is None or self.against.kind != "company":
            return None
        company = self.against.company
        return replace(self, company=company, department=None, user=None, twin=None, against=None)

    @property
    def shift(self) -> timedelta | None:
        """How far back the days compared with are; ``None``: just before."""
        is_year = self.against is not None and self.against.kind == "year"
        return self.period.a_year_before() if is_year else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the period is filtered."""
        return self != self.cleared

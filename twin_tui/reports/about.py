"""What a report is about: its database, days, timezone and filters, the same above every form."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import Window
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import group_name, span
from twin_tui.text.safe_text import safe_line


@dataclass(frozen=True, slots=True)
class About:
    """The frame of a report."""

    database: str
    """File name or host/database; never a password."""
    timezone: str
    """IANA name of the report timezone."""
    now: datetime
    """Aware UTC: rows at or after it are invisible."""
    filters: Filters
    start: date | None
    """First local day; for all: the first with data, ``None`` before any."""
    end: date | None
    """The day after the last."""
    user: str = ""
    """Name of the user filtered by."""
    twin: str = ""
    """Name of the twin filtered by."""

    @property
    def zone(self) -> ZoneInfo:
        """The report timezone."""
        return ZoneInfo(self.timezone)

    @property
    def last_day(self) -> date | None:
        """The last local day included."""
        return None if self.end is None else self.end - timedelta(days=1)

    @property
    def days(self) -> str:
        """The period as people write it."""
        shown = span(self.start, self.last_day)
        return f"all time ({shown})" if self.filters.period.is_all and self.start else shown

    @property
    def narrowed(self) -> str:
        """The filters beside the period in one safe line; "" without any."""
        asked = self.filters
        parts = [
            f"{label} {safe_line(value)}"
            for label, value in (
                ("company", None if asked.company is None else group_name(asked.company)),
                ("department", None if asked.department is None else group_name(asked.department)),
                ("user", None if asked.user is None else self.user or asked.user),
                ("twin", None if asked.twin is None else self.twin or asked.twin),
                ("platform", None if asked.platform is None else group_name(asked.platform)),
            )
            if value is not None
        ]
        if asked.shared is not None:
            parts.append("shared twins only" if asked.shared else "own twins only")
        return " · ".join(parts)


def compared_words(filters: Filters, before: Window | None) -> str:
    """Return what figures are compared with, in one safe line; "" where with nothing."""
    if filters.other is not None and filters.against is not None:
        return f"company {safe_line(group_name(filters.against.company))}"
    period = filters.period
    if before is None or period.start is None or period.end is None or period.days is None:
        return ""
    shift = filters.shift or period.end - period.start
    return span(period.start - shift, period.end - shift - timedelta(days=1))

"""One frozen value for everything that is configured: database, report timezone, clock, theme, page size."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def system_clock() -> datetime:
    """Return the instant it is, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this run behaves; where each value came from is told by ``twin-tui config``."""

    database: str | None = None
    """Path or URL; ``None``: looked for in the documented places."""
    timezone: str = "UTC"
    """IANA name of the report timezone."""
    now: datetime | None = None
    """Aware UTC instant that stands still; ``None``: the system clock."""
    theme: str = "twin-dark"
    page_size: int = 50
    """Lines of one page of the activity table."""
    no_color: bool = False
    period: str = "30d"
    """Period the dashboard opens with, as typed."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """The constant instant of ``now``, else the system clock."""
        fixed = self.now
        return system_clock if fixed is None else lambda: fixed

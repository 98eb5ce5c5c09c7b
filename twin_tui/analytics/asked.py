"""Filters as people write them, by name, and the values they mean in one database."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twin_tui.analytics.against import Against
from twin_tui.analytics.filters import Filters, Period

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as they were typed; ``None`` was not given."""

    period: str | None = None
    company: str | None = None
    department: str | None = None
    user: str | None = None
    twin: str | None = None
    platform: str | None = None
    shared: bool | None = None
    compare: str | None = None
    """``previous``, ``year`` or ``company:NAME``."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the period was given: names, which only the database knows."""
        named = (self.company, self.department, self.user, self.twin, self.platform)
        return self.shared is not None or any(name is not None for name in named)


NOTHING_ASKED = Asked()


def meant(service: "AnalyticsService", asked: Asked, default_period: str) -> Filters:
    """Return the filters meant; raises `BadFilterError`, `NotFoundError`, `AmbiguousError`."""
    return Filters(
        period=Period.parse(asked.period or default_period, service.today()),
        company=asked.company,
        department=asked.department,
        user=None if asked.user is None else service.find_user(asked.user),
        twin=None if asked.twin is None else service.find_twin(asked.twin),
        platform=asked.platform,
        shared=asked.shared,
        against=None if asked.compare is None else Against.parse(asked.compare),
    )

"""What is open, and the values its filters can take."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

ChoicePart = Literal["groups", "users", "twins"]
"""Filters whose values are asked for together: of companies, departments and platforms there are few."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter can take."""

    value: str
    """What goes into `Filters`: "" for (none)."""
    label: str
    detail: str
    """E-mail of a user, owner of a twin, company of a department."""
    count: int
    """Conversations, all time."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of every filter, most used first."""

    companies: tuple[Choice, ...]
    departments: tuple[Choice, ...]
    users: tuple[Choice, ...]
    twins: tuple[Choice, ...]
    platforms: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """What is open: for the header line, the footer and reports."""

    name: str
    """File name or host/database; never a password."""
    is_ours: bool
    is_read_only: bool
    missing: tuple[str, ...]
    """Optional columns that are not there, as ``table.column``."""
    is_empty: bool
    """No session at all."""
    first_day: date | None
    """First local day with any data, whole database."""
    last_day: date | None
    as_of: datetime | None
    """The newest data change visible at now: latest timestamp of any row."""
    is_derived: bool = False
    """Whether figures come from the derived tables, not from every row."""
    behind: int = 0
    """Changes that the derived tables have not taken in yet, about; 0 exactly when there are none."""
    plain_reason: str = ""
    """Why figures come from every row: a sentence without its end; empty where they do not."""

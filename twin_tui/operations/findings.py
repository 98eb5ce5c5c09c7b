"""What a check-up hands back: facts about the installation, findings in the data."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["note", "warn"]
"""``warn``: figures are wrong because of it, or someone sees too much; ``note``: worth knowing."""
Group = Literal["programs", "terminal", "folders", "database"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so."""

    group: Group
    key: str
    label: str
    value: str | int | bool | None
    """``None`` where there is none or it is not known."""
    hint: str | None = None
    """What to do about it, if anything."""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the rows behind a finding."""

    id: str
    session_id: str | None
    """The conversation it is in; ``None`` for users and twins."""
    about: str | None
    """What is odd about this very row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: ``count`` is 0 when all is well."""

    key: str
    table: str
    sentence: str
    """What it means, in users' words."""
    severity: Severity
    count: int | None
    """Rows; ``None`` when it could not be checked because of ``missing``."""
    examples: tuple[Example, ...] = ()
    """The first of the rows by id."""
    missing: tuple[str, ...] = ()
    """Columns this database lacks and the check needs, as ``table.column``."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything a check-up found."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    failure: str | None = None
    """Why there is nothing about a database; one sentence."""

    @property
    def differences(self) -> int:
        """Number of checks that found something."""
        return sum(1 for finding in self.findings if finding.count)

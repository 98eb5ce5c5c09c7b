"""What figures are compared with, as it is chosen and written."""

from dataclasses import dataclass
from typing import Literal, Self

from twin_tui.analytics.errors import BadFilterError


@dataclass(frozen=True, slots=True)
class Against:
    """What figures are compared with, drawn as a second line beside theirs."""

    kind: Literal["previous", "year", "company"]
    """As many days just before; the same days last year; the same days of another company."""
    company: str = ""
    """Compared casefolded, "" means "(none)"."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``previous``, ``year`` or ``company:NAME``; raises `BadFilterError`.

        >>> Against.parse("company:Acme").company
        'Acme'
        """
        kind, colon, company = text.partition(":")
        if not colon and (word := kind.strip().lower()) in ("previous", "year"):
            return cls("previous" if word == "previous" else "year")
        if colon and kind.strip().lower() == "company":
            return cls("company", company.strip())
        raise BadFilterError(f"{text!r} is nothing to compare with: use previous, year or company:NAME.")

    def __str__(self) -> str:
        """Write it as it is read."""
        return f"company:{self.company}" if self.kind == "company" else self.kind

"""What a comparison of derived tables with the six tables comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived row that is not what it should be."""

    table: str
    key: str
    """Whose row it is, in words; it may hold stored text."""
    column: str
    """The first column that differs; "" when the row is missing or one too many."""
    is_there: str
    """What is there, "–" for no row."""
    expected: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison came to."""

    differences: tuple[Difference, ...]
    sessions: int
    """Sessions compared."""
    days: int
    """Rows by cell and day compared."""
    behind: int
    """Changes that had not been taken in, about: rows they belong to differ, and rightly."""

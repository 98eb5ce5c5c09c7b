"""What somebody does that is to be noted; kept apart so that one who notes nothing loads no record."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does; never a word of what they read."""

    action: str
    """open, search, reveal, copy, export, import, generate, migrate, rebuild …"""
    session_id: str | None = None
    subject: str | None = None
    """Id of what was revealed, copied or opened inside it."""
    detail: Mapping[str, str | int] = field(default_factory=dict)
    """Counts and kinds: sizes, numbers of hits, formats."""
    ticket: str | None = None
    """Why, where that was said since the record was opened."""

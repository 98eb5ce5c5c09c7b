"""What the derived tables say of themselves: version, timezone, how far a build has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from twin_tui.data.source import Source
from twin_tui.rollups import tables

Status = Literal["building", "current"]
"""``building`` until every session is in; nothing is to be read from the tables then."""


@dataclass(frozen=True, slots=True)
class State:
    """The derived tables of one database, as noted in them."""

    version: int
    """What `tables.VERSION` was when they were made."""
    timezone: str
    """IANA name of the timezone whose local days they hold."""
    status: Status
    build: str = field(default="", compare=False)
    """What tells the build that made them from every other, "" where that is not known."""

    def serves(self, timezone: str) -> bool:
        """Return whether questions in that timezone may be answered from the tables."""
        return self.status == "current" and self.version == tables.VERSION and self.timezone == timezone


def read_state(source: Source) -> State | None:
    """Return what is noted; ``None`` where there are no derived tables. Raises `DatabaseError`."""
    if not tables.are_there(source):
        return None
    noted = notes(source)
    version = noted.get("version", "")
    return State(
        version=int(version) if version.isdecimal() else 0,
        timezone=noted.get("timezone", ""),
        status=cast("Status", noted.get("status", "building")),
        build=noted.get("build", ""),
    )


def notes(source: Source) -> dict[str, str]:
    """Return everything noted beside the tables, by key; raises `DatabaseError`."""
    return dict(source.run(f"SELECT key, value FROM {tables.ROLLUP}"))


def note(source: Source, values: Mapping[str, str | None]) -> None:
    """Note values by key in the caller's write transaction, ``None`` to forget; raises `DatabaseError`."""
    for key, value in values.items():
        source.run(f"DELETE FROM {tables.ROLLUP} WHERE key = ?", (key,))
        if value is not None:
            source.run(f"INSERT INTO {tables.ROLLUP} (key, value) VALUES (?, ?)", (key, value))

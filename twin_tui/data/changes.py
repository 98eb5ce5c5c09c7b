"""Noticing that somebody else wrote: one cheap look at a time, whichever database it is."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from twin_tui.data.source import Source

Finding = Literal["same", "changed", "replaced", "locked"]
"""``replaced``: other tables stand there, the source has to be opened anew; ``locked``: look again soon."""


class Changes(ABC):
    """Looks at an opened database through a connection of its own, for one thread.

    The first look only remembers what there is.
    """

    interval: ClassVar[float]
    """Seconds between looks that cost nobody anything."""

    @abstractmethod
    def look(self) -> Finding:
        """Return what happened since the look before; raises `DatabaseError` while the database is away."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; a later `look` opens another."""


def changes_of(source: Source) -> Changes:
    """Return how changes of an opened database are noticed; nothing is connected before the first look."""
    if source.is_sqlite:
        from twin_tui.data.changes_sqlite import SqliteChanges  # noqa: PLC0415 - they know this module

        return SqliteChanges(source)
    from twin_tui.data.changes_postgres import PostgresChanges  # noqa: PLC0415 - the driver may be absent

    return PostgresChanges(source)

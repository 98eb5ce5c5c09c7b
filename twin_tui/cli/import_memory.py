"""What earlier imports knew, from twin-tui's own state; without it imports go on."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from twin_tui.cli.recent import remembered
from twin_tui.settings import Settings
from twin_tui.store.errors import StoreError

if TYPE_CHECKING:
    from twin_tui.store.imported import ImportState


class ImportMemory:
    """The state of one database; what goes wrong with it is told afterwards, and stops nothing."""

    def __init__(self, state: "ImportState") -> None:
        self._state = state
        self.trouble: str | None = None
        """Why it could not be used, one sentence; None where it could."""

    def newest(self, unit: str) -> datetime | None:
        """Return the newest moment that an import of the unit knew of, None where that is not known."""
        try:
            return self._state.newest(unit)
        except StoreError as error:
            self.trouble = str(error)
            return None

    def remember(self, moments: Mapping[str, datetime]) -> None:
        """Keep the newest moment of each unit."""
        try:
            self._state.remember(moments)
        except StoreError as error:
            self.trouble = str(error)


def memory_of(settings: Settings, place: str) -> ImportMemory:
    """Return what is remembered of imports into a database."""
    from twin_tui.store.file import StoreFile  # noqa: PLC0415 - only where something is imported
    from twin_tui.store.imported import ImportState  # noqa: PLC0415
    from twin_tui.store.places import store_file  # noqa: PLC0415

    return ImportMemory(ImportState(StoreFile(store_file(remembered(place))), settings.clock))

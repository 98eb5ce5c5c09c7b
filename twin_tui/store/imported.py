"""What earlier imports into a database knew, so that an older export never undoes a newer one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from twin_tui.store.file import StoreFile


class ImportState:
    """The newest moment known of each unit: a workspace, a channel. Every method raises `StoreError`."""

    def __init__(self, file: StoreFile, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file, self._clock = file, clock

    def newest(self, unit: str) -> datetime | None:
        """Return the newest moment that an import of the unit knew of, aware UTC; None before the first."""
        rows = self._file.rows("SELECT newest FROM import_state WHERE unit = ?", (_storable(unit),))
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def remember(self, moments: Mapping[str, datetime]) -> None:
        """Keep the newest moment of each unit; it never moves back."""
        at = _text(self._clock())
        with self._file.writing() as conn:
            conn.executemany(
                "INSERT INTO import_state (unit, newest, at) VALUES (?, ?, ?) ON CONFLICT (unit)"
                " DO UPDATE SET newest = excluded.newest, at = excluded.at"
                " WHERE excluded.newest > import_state.newest",
                [(_storable(unit), _text(newest), at) for unit, newest in moments.items()],
            )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _storable(unit: str) -> str:
    return unit.encode("utf-8", "replace").decode("utf-8")

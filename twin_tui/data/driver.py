"""What each kind of database does its own way, behind `Source`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Row


class Driver(ABC):
    """The part of a `Source` that a kind of database implements."""

    is_sqlite: bool
    db: Any
    """The `peewee.Database`; its type stubs leave the calls untyped."""

    _driver_errors: tuple[type[Exception], ...]

    @abstractmethod
    def look(self) -> None:
        """Look up whose database it is and how its columns are read; raises `DatabaseError`."""

    @abstractmethod
    def failure(self, error: Exception) -> DatabaseError:
        """Return a driver's exception as the error to raise."""

    @abstractmethod
    def is_lost(self, error: DatabaseError) -> bool:
        """Return whether an error means that the connection is gone and another may work."""

    def is_spoilt(self) -> bool:
        """Return whether open connections would keep a new one from working."""
        return False

    @abstractmethod
    def running_connection(self) -> Any:
        """Return this thread's driver connection, for `interrupt` from another thread."""

    @abstractmethod
    def interrupt(self, conn: Any) -> None:
        """Stop what runs on a connection; its thread gets `InterruptedReadError`. Safe when nothing runs."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection of every thread; what still runs is interrupted."""

    @abstractmethod
    def wait_for_turn(self) -> None:
        """Inside `writing`, wait until no other program is inside an import's transaction.

        One that was killed may still be ending on a server. Raises `DatabaseError` after 5 seconds.
        """

    @abstractmethod
    def _begin_read(self) -> None: ...

    @abstractmethod
    def _end_read(self) -> None: ...

    @abstractmethod
    def _begin_write(self) -> None: ...

    @abstractmethod
    def _end_write(self, *, is_good: bool) -> None: ...

    def _stream(self, select: Any, size: int) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self.db.execute(select)
        while rows := cursor.fetchmany(size):
            yield rows

    @abstractmethod
    def _rows_by_id(
        self, model: type[Row], columns: Sequence[str], ids: list[str]
    ) -> list[tuple[Any, ...]]: ...

    @abstractmethod
    def _insert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int: ...

    @abstractmethod
    def _upsert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int: ...

    @abstractmethod
    def _fill(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str
    ) -> None: ...

    @abstractmethod
    def _marked(self, sql: str) -> str:
        """Return a statement with the driver's marks for its ``?``."""

"""What changed in the six tables since it was last asked: whose derived rows have to be made anew.

An insert is found without a trigger where rows are numbered (SQLite), every other change leaves a line in a
queue, written by triggers in the changing transaction itself. So nothing is missed that was committed, and
nothing is taken in that was rolled back.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from twin_tui.data.columns import COLUMNS
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source

MATTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "users": ("id", "company", "department", "created_at"),
    "twins": ("id", "user_id", "is_shared", "created_at"),
    "sessions": ("id", "user_id", "twin_id", "topic", "platform", "is_shared_twin", "started_at"),
    "messages": ("id", "session_id", "sender_type", "message_type", "created_at", "content"),
    "documents": ("id", "session_id", "document_type", "word_count", "created_at"),
    "queries": ("id", "session_id", "query_type", "query_text", "results_count", "created_at"),
}
"""The columns by table whose change makes derived rows differ: of texts only what people ask, not names."""
OWNERS: Final[Mapping[str, tuple[str, str]]] = {
    "users": ("user", "id"),
    "twins": ("twin", "id"),
    **dict.fromkeys(("messages", "documents", "queries"), ("session", "session_id")),
    "sessions": ("session", "id"),
}
"""Whose derived rows a row of a table belongs to: the kind, and the column with its id."""
SCAN = 4_000
"""Lines and rows one `Capture.take` looks at, at most: some 8 ms."""

PEOPLE = 120
"""Users, and twins, that one `Capture.take` returns at most: they are taken in whole, in some 20 ms."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Ids of what changed, each once; the rows themselves may be gone by now."""

    sessions: list[str]
    users: list[str]
    twins: list[str]
    is_more: bool
    """Whether there is more to take."""


class Capture(ABC):
    """Changes of one opened database; all but `behind` and `is_intact` write, in the caller's transaction."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @abstractmethod
    def install(self) -> None:
        """Make the queue and the triggers, or bring them up to date; nothing counts as changed before.

        Raises `DatabaseError` for tables that cannot be watched (views, SQLite tables without row numbers).
        """

    @abstractmethod
    def remove(self) -> None:
        """Drop all that `install` made."""

    def hold(self) -> None:  # noqa: B027 - a write transaction is enough on some databases
        """Keep others from changing derived tables until the caller's transaction ends; first thing in it."""

    @abstractmethod
    def take(self, limit: int) -> Taken:
        """Return up to ``limit`` sessions, users and twins each, and take them off what is waiting.

        Rolled back, all is waiting again.
        """

    @abstractmethod
    def behind(self) -> int:
        """Return about how many changes are waiting: 0 exactly when there are none."""

    @abstractmethod
    def reset(self) -> None:
        """Forget what is waiting: everything there is now will be read anew."""

    @abstractmethod
    def is_intact(self) -> bool:
        """Return whether every change since `reset` can be told; if not, only a rebuild helps."""

    def sums(self) -> str:
        """Return numbers that stay the same as long as no row came or went untold; "" where none can."""
        return ""

    def put(self, ids: Sequence[str], kind: str = "session") -> None:
        """Let sessions (users, twins) wait (again)."""
        self.source.fill("twin_tui_queue", ("kind", "id"), ((kind, key) for key in ids))

    def text(self, table: str, column: str, of: str) -> str:
        """Return the SQL of a column of the rows ``of``, as `Source.column` gives it: ids are text."""
        model = next(model for model in MODELS if model._meta.table_name == table)
        node = self.source.column(COLUMNS[table, column], model.alias(of))
        sql, values = self.source.db.get_sql_context().sql(node).query()
        assert not values
        return str(sql)

    def matters(self, table: str) -> list[str]:
        """Return the columns of `MATTERS` that this database has."""
        return [column for column in MATTERS[table] if f"{table}.{column}" not in self.source.missing]

    def refuse(self, table: str, reason: str) -> DatabaseError:
        """Return the error for a table that cannot be watched."""
        return DatabaseError(f"{self.source.name} cannot be adopted: {table} {reason}.")


class Gathering:
    """Collects ids up to a limit of each kind."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._found: dict[str, dict[str, None]] = {"session": {}, "user": {}, "twin": {}}

    def add(self, kind: str, key: str) -> bool:
        """Take in an id; returns False, and takes in nothing, where there is no room for another."""
        found = self._found[kind]
        if key not in found:
            if len(found) >= (self._limit if kind == "session" else min(self._limit, PEOPLE)):
                return False
            found[key] = None
        return True

    def taken(self, *, is_more: bool) -> Taken:
        """Return what was collected, in the order it came."""
        return Taken(
            list(self._found["session"]), list(self._found["user"]), list(self._found["twin"]), is_more
        )


def capture_of(source: Source) -> Capture:
    """Return how changes of an opened database are captured."""
    if source.is_sqlite:
        from twin_tui.rollups.capture.sqlite import SqliteCapture  # noqa: PLC0415 - they know this module

        return SqliteCapture(source)
    from twin_tui.rollups.capture.postgres import PostgresCapture  # noqa: PLC0415

    return PostgresCapture(source)


def install(source: Source) -> None:
    """See `Capture.install`."""
    capture_of(source).install()


def remove(source: Source) -> None:
    """See `Capture.remove`."""
    capture_of(source).remove()


def hold(source: Source) -> None:
    """See `Capture.hold`."""
    capture_of(source).hold()


def take(source: Source, limit: int) -> Taken:
    """See `Capture.take`."""
    return capture_of(source).take(limit)


def behind(source: Source) -> int:
    """See `Capture.behind`."""
    return capture_of(source).behind()


def reset(source: Source) -> None:
    """See `Capture.reset`."""
    capture_of(source).reset()


def is_intact(source: Source) -> bool:
    """See `Capture.is_intact`."""
    return capture_of(source).is_intact()


def put(source: Source, sessions: Sequence[str]) -> None:
    """See `Capture.put`."""
    capture_of(source).put(sessions)

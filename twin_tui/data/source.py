"""An opened database: how its columns are named, its rows read, and writing done."""

import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

from peewee import Database, ModelAlias

from twin_tui.data.columns import Form
from twin_tui.data.dialect import Dialect
from twin_tui.data.driver import Driver
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Row

Result = TypeVar("Result")
Mode = Literal["read", "write", "create", "adopt"]
"""``read`` never changes anything, ``write`` takes what exists, ``create`` also makes and migrates.

``adopt`` also opens another system's database, for tables of our own beside its rows; those stay as
they are.
"""
RETRY_DELAYS = (0.2, 0.5, 1.2, 2.5, 5.0)
"""Seconds waited before each new attempt of a read whose connection was lost."""
CLOSE_SECONDS = 10
"""How long closing waits for interrupted statements to end."""


class _PerThread(threading.local):
    depth = 0
    """How many `reading` or `writing` blocks this thread is inside."""
    transaction: Any = None
    """Peewee's transaction while writing."""


class Source(Driver):
    """One opened database, safe to use from several threads, each with a connection of its own."""

    def __init__(self, db: Database, dialect: Dialect, url: str, name: str, mode: Mode) -> None:
        self.db = db
        self.dialect = dialect
        self.url = url
        """What it was opened with; may hold a password."""
        self.name = name
        """File name or host/database, never a password."""
        self.is_ours = False
        """Migrated by twin-tui, not written by another system."""
        self.is_read_only = mode == "read"
        self.is_adopting = mode == "adopt"
        """Opened to write tables of our own beside rows that may be another system's."""
        self.missing: frozenset[str] = frozenset()
        """Optional columns that are not there, as ``table.column``."""
        self.texts: dict[str, tuple[str, list[Any]]] = {}
        """Statements that are run again and again, as text with parameters, by the name their reader gave."""
        self.kept: dict[str, tuple[Any, Any]] = {}
        """What readers keep from one question to the next, by the name they gave: what it is of, and it."""
        self._forms: Mapping[tuple[str, str], Form] = {}
        self._statements = 0
        self._lock = threading.Lock()
        self._here = _PerThread()
        self._closed = threading.Event()
        self._idle = threading.Condition()
        self._busy: dict[int, Any] = {}
        """Connections in use, by thread."""

    def describe(
        self, *, is_ours: bool, missing: frozenset[str], forms: Mapping[tuple[str, str], Form]
    ) -> None:
        """Take over what was found at opening: whose it is, what is missing, how columns are read."""
        self.is_ours, self.missing, self._forms = is_ours, missing, forms
        self.texts.clear()
        self.kept.clear()

    def column(self, field: Any, of: "ModelAlias[Any] | None" = None) -> Any:
        """Return the expression of a column (of an alias): the only way to name one outside this package.

        A missing column is NULL, ids are text, times compare with `Dialect.instant`, flags keep their NULL.
        """
        node = field if of is None else getattr(of, field.name)
        model = getattr(field.model, "model", field.model)
        form = self._forms.get((model._meta.table_name, field.column_name))
        return node if form is None else form(node)

    @property
    def _may_be_unfinished(self) -> bool:
        """Whether tables may be missing: migrations are about to make them."""
        return not (self.is_read_only or self.is_adopting)

    @property
    def statements(self) -> int:
        """Number of statements run through `rows` and `run` so far."""
        return self._statements

    def rows(self, select: Any) -> list[tuple[Any, ...]]:
        """Run a select and return all its rows, values as the driver gives them; raises `DatabaseError`.

        Outside `reading` it reads in a transaction of its own, again when the connection was lost.
        """
        if not self._here.depth:
            return self.run_read(lambda: self.rows(select))
        self._check_open()
        with self._lock:
            self._statements += 1
        with self.failures():
            found: list[tuple[Any, ...]] = self.db.execute(select).fetchall()
        return found

    def stream(self, select: Any, size: int = 5_000) -> Iterator[list[tuple[Any, ...]]]:
        """Yield a select's rows in lists of up to ``size``, inside `reading`, so that memory holds one list.

        Values as the driver gives them; raises `DatabaseError`.
        """
        self._check_open()
        with self._lock:
            self._statements += 1
        with self.failures():
            yield from self._stream(select, size)

    def rows_by_id(
        self, model: type[Row], columns: Sequence[str], ids: Collection[str]
    ) -> list[tuple[Any, ...]]:
        """Return these columns of the rows with these ids, values as the driver gives them.

        For databases of ours, and for thousands of ids at once; raises `DatabaseError`.
        """
        if not self._here.depth:
            return self.run_read(lambda: self.rows_by_id(model, columns, ids))
        self._check_open()
        with self._lock:
            self._statements += 1
        with self.failures():
            return self._rows_by_id(model, columns, list(ids))

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement given as text, a ``?`` for every parameter; return its rows, none if it has none.

        Outside `reading` and `writing` it reads, as `rows` does. The text holds no user input and no ``?``
        of its own. Raises `DatabaseError`.
        """
        if not self._here.depth:
            return self.run_read(lambda: self.run(sql, params))
        self._check_open()
        with self._lock:
            self._statements += 1
        with self.failures():
            cursor = self.db.execute_sql(self._marked(sql), params)
            return [] if cursor.description is None else list(cursor.fetchall())

    def fill(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str = ""
    ) -> None:
        """Insert rows of plain values into a table of our own, inside `writing`; raises `DatabaseError`.

        ``conflict`` says what happens to a row whose key is there: an ``ON CONFLICT`` clause.
        """
        with self.writing(), self.failures():
            self._fill(table, columns, rows, conflict)

    def run_read(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` returns inside `reading`; it runs again when the connection was lost.

        Waits 0.2 to 5 seconds between attempts, then raises `DatabaseError`. Inside another block of this
        thread it runs once. ``work`` must do nothing but read.
        """
        for delay in () if self._here.depth else RETRY_DELAYS:
            try:
                with self.reading():
                    return work()
            except DatabaseError as error:
                if not self.is_lost(error):
                    raise
            if self._closed.wait(delay):
                break
        with self.reading():
            return work()

    @contextmanager
    def reading(self) -> Generator[None]:
        """Hold this thread's connection in one read transaction: one consistent picture of all rows.

        Nested blocks join the outer one. Raises `DatabaseError`.
        """
        if self._here.depth:
            yield
            return
        with self.failures():
            self._begin_read()
        self._here.depth += 1
        try:
            yield
        finally:
            self._here.depth -= 1
            self._end_read()

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold this thread's connection in one write transaction, rolled back on an exception.

        Nested blocks join the outer one. Raises `DatabaseError`.
        """
        if self.is_read_only:
            raise DatabaseError(f"{self.name} is open for reading only.")
        if self._here.depth:
            if not self.db.in_transaction():
                raise DatabaseError(f"{self.name} is being read: nothing is written inside a read.")
            yield
            return
        with self.failures():
            self._begin_write()
        self._here.depth += 1
        try:
            yield
        except BaseException as error:
            self._here.depth -= 1
            self._end_write(is_good=False)
            if isinstance(error, self._driver_errors):
                raise self.failure(error) from error
            raise
        self._here.depth -= 1
        with self.failures():
            self._end_write(is_good=True)

    def insert_rows(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        """Insert rows given as tuples in the order of ``columns`` (column names); return how many.

        Times are datetimes, aware or naive UTC. Raises `DatabaseError`, for example for an id that exists.
        """
        self._check_ours()
        with self.writing(), self.failures():
            return self._insert(model, columns, rows)

    def upsert_rows(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        """Insert rows, or update those whose id exists; return how many were inserted or really changed.

        ``columns`` holds ``id``; of rows with one id the last wins. Raises `DatabaseError`.
        """
        self._check_ours()
        with self.writing(), self.failures():
            return self._upsert(model, columns, rows)

    @contextmanager
    def failures(self) -> Generator[None]:
        """Turn what the driver raises inside into a `DatabaseError` with one sentence."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise DatabaseError("A text holds characters that no database can store.") from error
        except self._driver_errors as error:
            raise self.failure(error) from error

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_ours(self) -> None:
        if self.is_adopting and not self.is_ours:
            raise DatabaseError(f"{self.name} was made by another system: its rows are never written.")

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise DatabaseError(f"{self.name} is closed.")

    def _occupy(self, conn: Any) -> None:
        with self._idle:
            self._busy[threading.get_ident()] = conn

    def _release(self) -> None:
        with self._idle:
            self._busy.pop(threading.get_ident(), None)
            self._idle.notify_all()

    def _stop_others(self) -> None:
        """Let nothing begin any more, and interrupt other threads again and again until they rest.

        Once is not enough: an interrupt that falls between two statements stops neither.
        """
        self._closed.set()
        deadline = time.monotonic() + CLOSE_SECONDS
        while time.monotonic() < deadline:
            with self._idle:
                others = [conn for ident, conn in self._busy.items() if ident != threading.get_ident()]
            if not others:
                break
            for conn in others:
                self.interrupt(conn)
            with self._idle:
                self._idle.wait(0.05)

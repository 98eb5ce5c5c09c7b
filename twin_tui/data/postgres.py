"""PostgreSQL servers: how a database there is opened, read, written and left."""

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from peewee import Database, PeeweeException
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase

from twin_tui.data.columns import missing_columns
from twin_tui.data.dialect_postgres import PostgresDialect
from twin_tui.data.errors import DatabaseError, InterruptedReadError, original, shown
from twin_tui.data.models import Row
from twin_tui.data.ours import applied_migrations, check_known
from twin_tui.data.postgres_columns import forms_of, read_layout
from twin_tui.data.postgres_failures import failure, refusal
from twin_tui.data.postgres_partitions import upsert_partitioned
from twin_tui.data.postgres_stream import streamed
from twin_tui.data.source import Mode, Source
from twin_tui.data.transfer import end_transaction, quoted, stored_rows

try:
    import psycopg
    from psycopg.pq import TransactionStatus
except ImportError:
    HAS_DRIVER = False
else:
    HAS_DRIVER = True

READ_SECONDS = 60
"""A statement of a read is stopped after this time, unless the role has a limit of its own."""
POOL_SIZE = 8
POOL_SECONDS = 10
"""How long a thread waits for a connection of the pool."""
CANCEL_SECONDS = 3
IMPORT_LOCK = 0x5457494E_00000002
"""Key of the advisory lock of imports."""
BATCH = 500
"""Rows of one INSERT … ON CONFLICT statement."""

_LOCALS = """SELECT set_config('TimeZone', 'UTC', true), set_config('jit', 'off', true),
 CASE WHEN current_setting('lock_timeout') = '0' THEN set_config('lock_timeout', '5s', true) END"""
_READ_LOCALS = f"""{_LOCALS}, CASE WHEN current_setting('statement_timeout') = '0'
 THEN set_config('statement_timeout', '{READ_SECONDS}s', true) END"""


class PostgresSource(Source):
    """A database on a PostgreSQL server; threads take connections from a pool and give them back."""

    is_sqlite = False

    def __init__(self, db: Database, url: str, name: str, secret: str, mode: Mode) -> None:
        super().__init__(db, PostgresDialect(), url, name, mode)
        self._driver_errors = (PeeweeException, psycopg.Error, MaxConnectionsExceeded)
        self._secret = secret
        self._interrupted: set[int] = set()

    def look(self) -> None:
        """Look up whose database it is and how its columns are read."""
        with self.failures(), self.reading():
            layout = read_layout(self.db)
            self.dialect = PostgresDialect(is_utf8=layout.is_utf8, has_icu=layout.has_icu)
            is_ours = layout.is_ours
            if is_ours:
                check_known(self.name, applied_migrations(self.db))
            if self._may_be_unfinished and (layout.is_empty or (is_ours and not layout.is_complete)):
                self.describe(is_ours=is_ours, missing=frozenset(), forms={})
                return
            if layout.is_empty:
                raise DatabaseError(f"{self.name} is an empty database: it has no tables.")
            if layout.unreadable:
                raise DatabaseError(f"{self.name}: the role may not read {', '.join(layout.unreadable)}.")
            missing = missing_columns(self.name, layout.columns, is_ours=is_ours)
            if not (self.is_read_only or self.is_adopting or is_ours):
                raise DatabaseError(
                    f"{self.name} was made by another system: twin-tui reads it and never writes to it."
                )
            forms = forms_of(self.db, layout, self.dialect, is_ours=is_ours)
            self.describe(is_ours=is_ours, missing=missing, forms=forms)

    def failure(self, error: Exception) -> DatabaseError:
        """Return the server's or the driver's exception as a sentence."""
        if self._closed.is_set():
            return DatabaseError(f"{self.name} is closed.")
        conn = self._busy.get(threading.get_ident())
        if getattr(original(error), "sqlstate", None) == "57014" and id(conn) in self._interrupted:
            return InterruptedReadError("The question was interrupted.")
        return failure(error, self.name, self._secret)

    def is_lost(self, error: DatabaseError) -> bool:
        """Return whether the connection broke, or the server was not there or about to stop."""
        inner = original(error.__cause__) if isinstance(error.__cause__, Exception) else error
        if self._closed.is_set() or not isinstance(inner, psycopg.OperationalError | psycopg.InterfaceError):
            return False
        state = inner.sqlstate
        if state is None:
            return refusal(str(inner)) is None
        return state.startswith("08") or state in ("57P01", "57P02", "57P03")

    def running_connection(self) -> Any:
        """Return the `psycopg.Connection` this thread holds inside `reading` or `writing`."""
        with self.failures():
            return self.db.connection()

    def connect_alone(self) -> Any:
        """Return a new `psycopg.Connection` beside the pool, each statement its own transaction."""
        conn = self.db._adapter.connect(self.db, **self.db.connect_params)
        conn.autocommit = True
        return conn

    def interrupt(self, conn: Any) -> None:
        """Ask the server to stop what runs on that connection."""
        with contextlib.suppress(psycopg.Error, OSError):
            if conn.closed or conn.pgconn.transaction_status != TransactionStatus.ACTIVE:
                return
            self._interrupted.add(id(conn))
            conn.cancel_safe(timeout=CANCEL_SECONDS)

    def wait_for_turn(self) -> None:
        """Take a lock that lasts as long as the transaction."""
        with self.failures():
            self.db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (IMPORT_LOCK,))

    def close(self) -> None:
        """Interrupt what runs, wait for it to end, close every connection."""
        self._stop_others()
        with contextlib.suppress(PeeweeException, psycopg.Error):
            self.db.close_all()

    def _take(self) -> None:
        self._check_open()
        self.db.connect(reuse_if_open=True)
        conn = self.db.connection()
        self._interrupted.discard(id(conn))
        self._occupy(conn)

    def _give_back(self) -> None:
        with contextlib.suppress(PeeweeException, psycopg.Error):
            self.db.close()
        self._release()

    def _begin_read(self) -> None:
        self._take()
        try:
            self.db.begin("REPEATABLE READ, READ ONLY")
            self.db.execute_sql(_READ_LOCALS)
        except BaseException:
            self._give_back()
            raise

    def _end_read(self) -> None:
        with contextlib.suppress(PeeweeException, psycopg.Error):
            self.db.rollback()
        self._give_back()

    def _begin_write(self) -> None:
        self._take()
        try:
            transaction = self.db.transaction()
            transaction.__enter__()
            self._here.transaction = transaction
            self.db.execute_sql(_LOCALS)
        except BaseException:
            if self._here.transaction is not None:
                self._end_write(is_good=False)
            else:
                self._give_back()
            raise

    def _end_write(self, *, is_good: bool) -> None:
        try:
            end_transaction(self._here.transaction, is_good=is_good)
        except (PeeweeException, psycopg.Error):
            if is_good:
                raise
        finally:
            self._here.transaction = None
            self._give_back()

    def _stream(self, select: Any, size: int) -> Iterator[list[tuple[Any, ...]]]:
        yield from streamed(self.db, select, size)

    def _rows_by_id(self, model: type[Row], columns: Sequence[str], ids: list[str]) -> list[tuple[Any, ...]]:
        table = model._meta.table_name
        with self.db.connection().cursor() as cursor:
            cursor.execute(f'SELECT {quoted(columns)} FROM "{table}" WHERE id = ANY(%s)', [ids])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str) -> None:
        marks, left = f"({', '.join(['%s'] * len(columns))})", iter(rows)
        while conflict and (batch := list(islice(left, BATCH))):
            insert = f'INSERT INTO "{table}" ({quoted(columns)}) VALUES {", ".join([marks] * len(batch))}'
            self.db.execute_sql(f"{insert} {conflict}", [value for row in batch for value in row])
        if conflict:
            return
        command = f'COPY "{table}" ({quoted(columns)}) FROM STDIN'
        with self.db.connection().cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)

    def _marked(self, sql: str) -> str:
        return sql.replace("%", "%%").replace("?", "%s")

    def _insert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        count = 0
        command = f'COPY "{model._meta.table_name}" ({quoted(columns)}) FROM STDIN'
        with self.db.connection().cursor() as cursor, cursor.copy(command) as copy:
            for row in stored_rows(columns, rows, self.dialect.instant):
                copy.write_row(row)
                count += 1
        return count

    def _upsert(self, model: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        table = model._meta.table_name
        others = [column for column in columns if column != "id"]
        if _is_partitioned(self, table):
            stored = stored_rows(columns, rows, self.dialect.instant)
            return upsert_partitioned(self.db.connection(), table, columns, stored)
        action = "DO NOTHING"
        if others:
            changes = ", ".join(f'"{column}" = excluded."{column}"' for column in others)
            old = ", ".join(f'"{table}"."{column}"' for column in others)
            new = ", ".join(f'excluded."{column}"' for column in others)
            action = f"DO UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})"
        key, changed = list(columns).index("id"), 0
        marks = f"({', '.join(['%s'] * len(columns))})"
        stored = iter(stored_rows(columns, rows, self.dialect.instant))
        with self.db.connection().cursor() as cursor:
            while batch := list({row[key]: row for row in islice(stored, BATCH)}.values()):
                cursor.execute(
                    f'INSERT INTO "{table}" ({quoted(columns)}) VALUES {", ".join([marks] * len(batch))}'
                    f" ON CONFLICT (id) {action}",
                    [value for row in batch for value in row],
                )
                changed += cursor.rowcount
        return changed


def _is_partitioned(source: Source, table: str) -> bool:
    found = source.db.execute_sql(
        "SELECT 1 FROM pg_class WHERE oid = to_regclass(%s) AND relkind = 'p'", (f'"{table}"',)
    )
    return found.fetchone() is not None


def open_postgres(url: str, mode: Mode) -> PostgresSource:
    """Return the opened database, its columns looked up; raises `DatabaseError`.

    An empty database in mode ``write`` or ``create`` comes back as it is, for `twin_tui.data.schema.upgrade`.
    """
    if not HAS_DRIVER:
        raise DatabaseError("PostgreSQL needs its driver: pip install 'twin-tui[postgres]'.")
    from twin_tui.data.postgres_driver import hand_over  # noqa: PLC0415 - the driver may be absent

    hand_over()
    from twin_tui.data.postgres_settings import connection_settings  # noqa: PLC0415 - the driver may be absent

    settings = connection_settings(f"postgresql://{url.partition('://')[2]}")
    database = settings.pop("dbname")
    host = str(settings.get("host") or "localhost")
    port = f":{settings['port']}" if str(settings.get("port") or 5432) != "5432" else ""
    name = shown(f"{'localhost' if host.startswith('/') else host}{port}/{database}")
    db = PooledPostgresqlDatabase(
        database,
        max_connections=POOL_SIZE,
        timeout=POOL_SECONDS,
        stale_timeout=300,
        prefer_psycopg3=True,
        cursor_factory=psycopg.ClientCursor,
        prepare_threshold=None,
        **settings,
    )
    source = PostgresSource(db, url, name, str(settings.get("password") or ""), mode)
    try:
        source.look()
    except BaseException:
        source.close()
        raise
    return source

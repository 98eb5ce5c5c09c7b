"""The schema's history: what is applied, what is pending, one step up or down under a lock."""

import gc
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from peewee import Entity, IntegrityError

from twin_tui.data.columns import TABLES
from twin_tui.data.dialect import expression
from twin_tui.data.errors import DatabaseError
from twin_tui.data.ours import (
    APPLICATION_ID,
    HISTORY_TABLE,
    applied_migrations,
    check_known,
    known_migrations,
    migrations_folder,
    version_of,
)
from twin_tui.data.source import Source

__all__ = ["SchemaStatus", "downgrade", "migrations_folder", "status", "upgrade"]

Result = TypeVar("Result")
_LOCK = 0x5457494E_00000001
"""Key of the advisory lock on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """Migrations of one database, by name and in order."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    """Known here, not applied there."""
    unknown: tuple[str, ...]
    """Applied there, not known here."""
    applied_at: Mapping[str, datetime]
    """When each was applied, aware UTC."""

    @property
    def version(self) -> int:
        """Number of the newest applied migration, 0 for none."""
        return version_of(self.applied)


def status(source: Source) -> SchemaStatus:
    """Return what is applied and pending; raises `DatabaseError`. Reads only."""
    with source.reading(), source.failures():
        applied = dict(_history(source))
    names, known = tuple(sorted(applied)), known_migrations()
    times = {name: source.dialect.parse_time(applied[name]) for name in names}
    return SchemaStatus(
        applied=names,
        pending=tuple(name for name in known if name not in applied),
        unknown=tuple(name for name in names if name not in known),
        applied_at={name: when for name, when in times.items() if when is not None},
    )


def upgrade(source: Source) -> tuple[str, ...]:
    """Apply what is pending, all or nothing; return the names applied. Raises `DatabaseError`.

    Two upgrades at once wait for each other; the second finds nothing to do.
    """
    if not source.is_read_only and not status(source).pending and source.is_ours:
        return ()
    applied = _run(source, lambda runner: tuple(runner.up()))
    source.is_ours = True
    return applied


def downgrade(source: Source, *, yes: bool = False) -> str | None:
    """Undo the newest migration; return its name, ``None`` when none is applied. Raises `DatabaseError`.

    Tables that hold rows are dropped only with ``yes``; otherwise nothing changes.
    """

    def undo(runner: Any) -> str | None:
        if not runner.applied():
            return None
        filled = [table for table in source.db.get_tables() if table in TABLES and _has_rows(source, table)]
        (undone,) = runner.down()
        gone = sorted(set(filled) - set(source.db.get_tables()))
        if gone and not yes:
            raise DatabaseError(
                f"{source.name}: undoing {undone} would drop tables that hold rows: {', '.join(gone)}."
            )
        return str(undone)

    return _run(source, undo)


def _history(source: Source) -> list[tuple[str, Any]]:
    if HISTORY_TABLE not in source.db.get_tables():
        return []
    found: list[tuple[str, Any]] = source.db.execute_sql(
        f"SELECT name, applied FROM {HISTORY_TABLE}"
    ).fetchall()
    return found


def _has_rows(source: Source, table: str) -> bool:
    return bool(
        source.db.execute(expression("SELECT EXISTS (SELECT 1 FROM {0})", Entity(table))).fetchone()[0]
    )


def _run(source: Source, work: Callable[[Any], Result]) -> Result:
    """Return what ``work`` does with the runner, in one transaction that no other upgrade shares.

    Foreign keys are quiet meanwhile on SQLite, and the version is stamped at the end.
    """
    if source.is_read_only:
        raise DatabaseError(f"{source.name} is open for reading only.")
    from twin_tui.data.migration_runner import MigrationError, runner_of  # noqa: PLC0415 - loads every driver

    try:
        with quiet_foreign_keys(source), source.writing():
            if not source.is_sqlite:
                source.db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            check_known(source.name, tuple(name for name, _ in _history(source)))
            try:
                result = work(runner_of(source))
            except MigrationError as error:
                raise DatabaseError(f"{source.name} cannot be migrated: {error}") from error
            if source.is_sqlite:
                _stamp(source)
            return result
    finally:
        # The runner's cursors lie in reference cycles, and one left keeps a closed SQLite file open.
        gc.collect()


def _stamp(source: Source) -> None:
    if source.db.execute_sql("PRAGMA foreign_key_check").fetchone():
        raise IntegrityError("a row would refer to one that is not there")
    source.db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    source.db.execute_sql(f"PRAGMA user_version = {version_of(applied_migrations(source.db))}")


@contextmanager
def quiet_foreign_keys(source: Source) -> Generator[None]:
    """Keep SQLite from cascading and looking up parents; it listens to this outside transactions only."""
    if not source.is_sqlite:
        yield
        return
    with source.failures():
        source.db.connect(reuse_if_open=True)
        source.db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        yield
    finally:
        with source.failures():
            source.db.execute_sql("PRAGMA foreign_keys = 1")

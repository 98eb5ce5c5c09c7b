"""Loads many rows into a database of ours at once: indexes and keys are made after the rows.

Keeping an index sorted while rows come in costs several times what sorting it once does, and no parent needs
to be looked up where the rows are known to fit together.
"""

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from twin_tui.data.columns import TABLES
from twin_tui.data.database import open_database
from twin_tui.data.late_keys import make_up, put_off
from twin_tui.data.schema import quiet_foreign_keys
from twin_tui.data.source import Source

CACHE_KIB = 262_144
"""Pages of a new file kept in memory: ids are random, so the index on them is written all over."""
_SERVER_MEMORY = "256MB"
"""What the server may use to sort one index."""


@contextmanager
def loading(source: Source, *, may_look_up: bool = False) -> Generator[None]:
    """Hold one write transaction for many rows; the caller puts them in by `Source.fill`.

    Indexes and keys are back, or on failure everything is as it was, when it ends. Rows must fit together:
    no key is checked on SQLite. ``may_look_up``: rows are looked up by id meanwhile. Raises `DatabaseError`.
    """
    with quiet_foreign_keys(source), source.writing():
        parts = _on_file(source) if source.is_sqlite else _on_server(source, may_look_up=may_look_up)
        for undo, _ in parts:
            source.run(undo)
        yield
        for _, make in reversed(parts):
            source.run(make)
        if not source.is_sqlite:
            for table in TABLES:
                source.run(f"ANALYZE {table}")


@contextmanager
def without_log(source: Source) -> Generator[None]:
    """Write a SQLite file's pages straight to their places meanwhile, where nobody else has it open.

    A log would have each page of many new rows written twice. Who is killed meanwhile leaves a journal, by
    which the next one to open the file goes back to what it held before. Raises `DatabaseError`.
    """
    if not _is_journal(source, "DELETE", wait=False):
        yield
        return
    try:
        yield
    finally:
        _is_journal(source, "WAL", wait=True)  # Where it fails, the next who opens the file to write does it.


def _is_journal(source: Source, wanted: str, *, wait: bool) -> bool:
    """Change how a file is kept from damage, and say whether that was possible: others may have it open."""
    with source.failures():
        (usual,) = source.db.execute_sql("PRAGMA busy_timeout").fetchone()
        source.db.execute_sql(f"PRAGMA busy_timeout = {usual if wait else 0}").fetchall()
    try:
        (found,) = source.db.execute_sql(f"PRAGMA journal_mode = {wanted}").fetchone()
    except PeeweeException:
        return False
    finally:
        source.db.execute_sql(f"PRAGMA busy_timeout = {usual}").fetchall()
    return str(found).upper() == wanted


@contextmanager
def new_file(path: Path) -> Generator[Source]:
    """Give a migrated SQLite file under another name, which becomes ``path`` when all went well.

    Nothing but an error leaves the block without the file in its place, and then nothing is left of it: so
    it needs no journal while it is filled, and ids are sorted at the end. Raises `DatabaseError`;
    ``path`` must not exist or be empty.
    """
    making = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open_database(str(making), "create") as source:
            with source.failures():
                for pragma in (
                    "journal_mode = DELETE",
                    "journal_mode = OFF",
                    "synchronous = OFF",
                    f"cache_size = -{CACHE_KIB}",
                    "threads = 4",
                    "temp_store = FILE",  # What is sorted for an index grows with the rows.
                ):
                    source.db.execute_sql(f"PRAGMA {pragma}").fetchall()
            with source.writing():
                keys = put_off(source, TABLES)
            yield source
            with source.writing():
                make_up(source, keys)
        open_database(str(making), "write").close()  # Back to the journal that databases of ours have.
        _reach_disk(making)
        making.replace(path)
    finally:
        for each in ("", "-wal", "-shm", "-journal"):
            making.with_name(making.name + each).unlink(missing_ok=True)


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _on_file(source: Source) -> list[tuple[str, str]]:
    """Return how each index is dropped and made; the one behind a key cannot be."""
    found = source.run(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({_marks(TABLES)}) ORDER BY name",
        TABLES,
    )
    return [(f'DROP INDEX "{name}"', made) for name, made in found]


def is_alone(source: Source) -> bool:
    """Say whether nobody else is connected to a server's database, and its tables may be changed.

    Whoever looks at a table waits while its keys are away.
    """
    ((is_plain, is_allowed),) = source.run(
        f"SELECT count(*) = {len(TABLES)}, coalesce(bool_and(pg_has_role(relowner, 'USAGE')), false)"
        f" FROM pg_class WHERE relkind = 'r' AND oid IN ({_oids(TABLES)})"
    )
    ((others,),) = source.run(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    return bool(is_plain and is_allowed and not others)


def _on_server(source: Source, *, may_look_up: bool) -> list[tuple[str, str]]:
    """Return how each foreign key, then each index, then each key is dropped and made.

    Partitioned tables keep all of theirs: keys of one table hang on another's there.
    """
    ((is_plain,),) = source.run(
        f"SELECT count(*) = {len(TABLES)} FROM pg_class WHERE relkind = 'r' AND oid IN ({_oids(TABLES)})"
    )
    if not is_plain:
        return []
    for setting, value in (("maintenance_work_mem", _SERVER_MEMORY), ("statement_timeout", "0")):
        source.run("SELECT set_config(?, ?, true)", (setting, value))
    keys = source.run(
        "SELECT contype::text, conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        f" FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND conrelid IN ({_oids(TABLES)})"
    )
    indexes = source.run(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        f" WHERE indrelid IN ({_oids(TABLES)})"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"
    )
    foreign = [_key(key) for key in keys if key[0] == "f"]
    own = [_key(key) for key in keys if key[0] != "f" and not may_look_up]
    return [*foreign, *((f"DROP INDEX {name}", made) for name, made in indexes), *own]


def _key(key: tuple[Any, ...]) -> tuple[str, str]:
    _, table, name, made = key
    return f"ALTER TABLE {table} DROP CONSTRAINT {name}", f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}"


def _oids(tables: Iterable[str]) -> str:
    return ", ".join(f"'{table}'::regclass" for table in tables)


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)

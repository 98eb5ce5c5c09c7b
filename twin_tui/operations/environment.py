"""What twin-tui runs on: programs, terminal, folders, and the database it opened."""

import os
import platform
import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from twin_tui import __version__, crash_log
from twin_tui.data.source import Source
from twin_tui.data.storage import storage_of
from twin_tui.operations.findings import Fact
from twin_tui.settings import Configuration, sample_database, without_password

_PACKAGES = (
    ("textual", "Textual"),
    ("peewee", "Peewee"),
    ("plotext", "plotext"),
    ("click", "click"),
    ("psycopg", "psycopg"),
)


def programs(version_of: Callable[[str], str] = version) -> Iterator[Fact]:
    """Yield the versions of everything that matters; a package that is not there is ``None``."""
    yield Fact("programs", "twin_tui", "twin-tui", __version__)
    python = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Fact("programs", "python", "Python", python)
    for name, label in _PACKAGES:
        try:
            found: str | None = version_of(name)
        except PackageNotFoundError:
            found = None
        hint = None
        if found is None:
            hint = "for PostgreSQL: pip install 'twin-tui[postgres]'" if name == "psycopg" else "install anew"
        yield Fact("programs", name, label, found, hint)
    yield Fact("programs", "sqlite", "SQLite", sqlite3.sqlite_version)


def folders(found: Configuration) -> Iterator[Fact]:
    """Yield where configuration, sample data and the log are."""
    there = None if found.file_exists else "not there; defaults hold"
    yield Fact("folders", "config_file", "Configuration", str(found.file), there)
    yield _folder("data_folder", "Data", sample_database().parent)
    yield _folder("log_folder", "Crash log", crash_log.log_file().parent)


def _folder(key: str, label: str, folder: Path) -> Fact:
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    hint = None if os.access(nearest, os.W_OK) else "may not be written"
    return Fact("folders", key, label, str(folder), hint)


def database(source: Source) -> Iterator[Fact]:
    """Yield how the open database is stored and what it lacks; raises `DatabaseError`."""
    found = storage_of(source)
    if source.is_ours:
        migrated = "run twin-tui migrate" if found.pending else None
    else:
        migrated = "another system's: twin-tui reads it and never writes to it"
    yield Fact("database", "name", "Name", source.name)
    yield Fact("database", "url", "Opened as", without_password(source.url))
    yield Fact("database", "kind", "Kind", found.kind)
    yield Fact("database", "is_ours", "Made by twin-tui", source.is_ours, migrated)
    if source.is_ours:
        yield Fact("database", "schema_version", "Schema version", found.version)
    missing = ", ".join(sorted(source.missing))
    yield Fact(
        "database",
        "missing_columns",
        "Missing columns",
        missing or None,
        "they read as unknown" if missing else None,
    )
    if source.is_sqlite:
        slow = None if found.journal == "wal" else "writers make readers wait; WAL does not"
        yield Fact("database", "journal_mode", "Journal mode", found.journal, slow)
    yield Fact("database", "bytes", "Bytes", found.size)
    yield Fact("database", "is_writable", "May be written", found.is_writable)
    for table, count in found.rows:
        yield Fact("database", f"rows_{table}", f"Rows of {table}", count)

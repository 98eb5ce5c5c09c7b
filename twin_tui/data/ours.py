"""What marks a database as ours, and which version of the schema it is at."""

import re
from pathlib import Path

from peewee import Database

from twin_tui.data.errors import DatabaseError

APPLICATION_ID = 0x5457494E
"""``PRAGMA application_id`` of our SQLite files: the letters TWIN."""
HISTORY_TABLE = "twin_tui_migration"
"""Where the applied migrations are recorded, on every database."""


def migrations_folder() -> Path:
    """Return where the migrations are: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_migrations"
    return shipped if shipped.is_dir() else package.parent / "migrations"


def known_migrations() -> tuple[str, ...]:
    """Return the names of the migrations this version brings along, in order."""
    return tuple(sorted(path.stem for path in migrations_folder().glob("[0-9]*.py")))


def applied_migrations(db: Database) -> tuple[str, ...]:
    """Return the names recorded in a database's history table, in order; the table must exist."""
    return tuple(sorted(name for (name,) in db.execute_sql(f"SELECT name FROM {HISTORY_TABLE}").fetchall()))


def version_of(names: tuple[str, ...]) -> int:
    """Return the number of the newest migration, 0 for none.

    >>> version_of(("0001_six_tables", "0002_time_ordered_reading"))
    2
    """
    return max((int(found[0]) for name in names if (found := re.match(r"\d+", name))), default=0)


def check_known(name: str, applied: tuple[str, ...], stamped: int = 0) -> None:
    """Raise `DatabaseError` when a newer twin-tui migrated the database.

    ``applied`` is its history and ``stamped`` SQLite's ``user_version``.
    """
    known = known_migrations()
    version, newest = max(version_of(applied), stamped), version_of(known)
    if version > newest:
        raise DatabaseError(
            f"{name} has schema version {version}, and this twin-tui knows versions up to {newest}:"
            " install a newer twin-tui."
        )
    if strange := [migration for migration in applied if migration not in known]:
        raise DatabaseError(
            f"{name} holds a migration that this twin-tui does not know: {', '.join(strange)}."
        )

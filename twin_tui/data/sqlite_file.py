"""A SQLite file before and while it is opened: where it is, what is wrong with it, in one sentence."""

import os
import sqlite3
import stat
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote

from twin_tui.data.errors import DatabaseError, InterruptedReadError, original, shown
from twin_tui.data.ours import APPLICATION_ID
from twin_tui.data.source import Mode

_MAGIC = b"SQLite format 3\0"
_APPLICATION = slice(68, 72)
"""Where the file says whose it is (https://www.sqlite.org/fileformat.html#the_database_header)."""
NO_LOG = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
"""What SQLite reports where it may not make the log that a WAL file is read with."""


def path_of(url: str) -> Path:
    """Return the file a path or a ``sqlite:///`` URL names; raises `DatabaseError` for none or ``:memory:``.

    In a URL three slashes start a relative path and four an absolute one; %-escapes are undone unless a file
    of the literal name exists.
    """
    scheme, colon, rest = url.partition("://")
    if not colon:
        literal = url
    elif rest.startswith("/"):
        literal = rest[1:]
        if not os.path.lexists(literal):
            literal = unquote(literal.partition("?")[0])
    else:
        raise DatabaseError(
            f"{shown(url)} names no file: write {scheme}:///relative.db or {scheme}:////absolute.db."
        )
    if not literal or literal == ":memory:" or "\0" in literal:
        raise DatabaseError(f"{shown(url)} names no file: a database must be a file.")
    try:
        return Path(literal).expanduser()
    except RuntimeError:
        return Path(literal)


OPENED: Counter[tuple[int, int]] = Counter()
"""How often this process has a file open as a database, by device and inode.

Such a file is not opened in any other way: closing one handle gives up the locks that SQLite holds through
another.
"""


def check_file(path: Path, mode: Mode) -> bool:
    """Return whether there is a database in the file already (False: ``create`` starts it).

    Raises `DatabaseError` for no such file, a folder, something else than a file, zero bytes, no permission
    and a file that is not SQLite's. Reads 16 bytes and changes nothing.
    """
    name = shown(path)
    try:
        found = path.stat()
    except PermissionError as error:
        raise DatabaseError(f"{name} may not be read: permission denied.") from error
    except FileNotFoundError as error:
        if mode == "create":
            return _check_new(path)
        raise DatabaseError(f"There is no file {name}.") from error
    except OSError as error:
        raise DatabaseError(f"{name} cannot be read: {error.strerror}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise DatabaseError(f"{name} is a folder, not a database file.")
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseError(f"{name} is not an ordinary file.")
    if mode != "read" and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise DatabaseError(f"{name} may not be written: permission denied.")
    if OPENED[found.st_dev, found.st_ino]:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except PermissionError as error:
        raise DatabaseError(f"{name} may not be read: permission denied.") from error
    except OSError as error:
        raise DatabaseError(f"{name} cannot be read: {error.strerror}.") from error
    if not head:
        if mode == "create":
            return False
        raise DatabaseError(f"{name} is empty: the file has zero bytes.")
    if head != _MAGIC:
        raise DatabaseError(f"{name} is not a SQLite database.")
    return True


def _check_new(path: Path) -> bool:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseError(f"There is no folder {shown(folder)} to make {shown(path.name)} in.")
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise DatabaseError(f"{shown(path)} cannot be made: the folder may not be written.")
    return False


def is_wal_at_rest(path: Path) -> bool:
    """Return whether a file is in WAL mode with nothing left in a log: then no writer has it open."""
    with path.open("rb") as file:
        head = file.read(20)
    log = path.with_name(path.name + "-wal")
    return head[18:20] == b"\2\2" and (not log.exists() or log.stat().st_size == 0)


def is_undone(path: Path, error: BaseException) -> bool:
    """Undo what a killed writer of ours left half written, if that is why a file could not be read.

    Any program that may write the file would do that first. What other systems left is theirs to undo.
    """
    if getattr(original(error), "sqlite_errorcode", 0) != sqlite3.SQLITE_READONLY_ROLLBACK:
        return False
    found = path.stat()
    if OPENED[found.st_dev, found.st_ino]:
        return False
    with path.open("rb") as file:
        head = file.read(_APPLICATION.stop)
    if int.from_bytes(head[_APPLICATION], "big") != APPLICATION_ID or not os.access(path, os.W_OK):
        return False
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri_of(path, "write"), uri=True)) as conn:
        conn.execute("PRAGMA schema_version").fetchone()
        return True
    return False


def uri_of(path: Path, mode: Mode, *, immutable: bool = False) -> str:
    """Return the URI SQLite opens; special characters in the path are escaped."""
    options = {"read": "mode=ro", "create": "mode=rwc"}.get(mode, "mode=rw")
    return f"{path.absolute().as_uri()}?{options}{'&immutable=1' if immutable else ''}"


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code of an exception, 0 when it has none."""
    return int(getattr(original(error), "sqlite_errorcode", 0) or 0) & 0xFF


def failure(error: Exception, name: str) -> DatabaseError:
    """Return the sentence for what SQLite reports about an open file."""
    words = shown(original(error)).rstrip(".")
    if getattr(original(error), "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
        return DatabaseError(
            f"{name} was left in the middle of a write: open it once with the program that writes to it."
        )
    match code_of(error):
        case sqlite3.SQLITE_INTERRUPT:
            return InterruptedReadError("The question was interrupted.")
        case sqlite3.SQLITE_NOTADB:
            return DatabaseError(f"{name} is not a SQLite database.")
        case sqlite3.SQLITE_CORRUPT:
            return DatabaseError(f"{name} is damaged: {words}.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseError(f"{name} is locked by another program; try again when that has finished.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return DatabaseError(
                f"{name} cannot be opened: SQLite needs to write beside it (a -shm file for its log)"
                " and may not; copy it with its -wal file to a folder that may be written."
            )
        case sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return DatabaseError(f"{name} may not be used: permission denied.")
        case sqlite3.SQLITE_FULL:
            return DatabaseError(f"{name} cannot grow: the disk is full.")
        case sqlite3.SQLITE_IOERR:
            return DatabaseError(f"{name} cannot be read from or written to the disk: {words}.")
        case sqlite3.SQLITE_CONSTRAINT:
            return DatabaseError(f"A row does not fit into {name}: {words}.")
        case _:
            return DatabaseError(f"{name}: {words}.")

"""Where twin-tui's own state lies, and the key only this account holds."""

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

from platformdirs import user_state_path

from twin_tui.store.errors import StoreError

KEY_BYTES = 32


def state_folder() -> Path:
    """Return the folder in the platform's state folder; it may not exist yet."""
    return user_state_path("twin-tui", appauthor=False)


def store_file(place: str, folder: Path | None = None) -> Path:
    """Return the file that belongs to one database.

    ``place`` is an absolute path or a URL without its password, always spelled the same way.

    >>> store_file("/srv/work.db", Path("/state")).as_posix()
    '/state/work-d0a4b4b61107dea4.db'
    """
    digest = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    stem = re.sub(r"[^\w-]+", "-", re.split(r"[/\\]", place.rstrip("/"))[-1].partition("?")[0])
    name = stem.removesuffix("-db").strip("-")[:40] or "database"
    return (folder or state_folder()) / f"{name}-{digest}.db"


def make_private(path: Path) -> None:
    """Make a file (0600) and its folder (0700) if they are not there; raises `StoreError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error


def secret_key(folder: Path | None = None) -> bytes:
    """Return the key of this account (0600), made on first use; raises `StoreError`.

    It signs the read-audit and makes pseudonyms: who holds it can forge the one and undo the other.
    """
    path = (folder or state_folder()) / "secret.key"
    for _ in range(2):
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            _make_key(path)
            continue
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
        if len(key) != KEY_BYTES:
            raise StoreError(f"{path} is not a key of twin-tui: it should have {KEY_BYTES} bytes.")
        return key
    raise StoreError(f"{path} cannot be made.")


def _make_key(path: Path) -> None:
    """Write a new key whole or not at all: another process may be doing the same."""
    made = path.with_name(f".key-{os.getpid()}-{secrets.token_hex(4)}")
    make_private(made)
    try:
        made.write_bytes(secrets.token_bytes(KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        made.unlink(missing_ok=True)

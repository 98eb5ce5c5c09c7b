"""What is kept of an unexpected error: where it happened, never what was being shown."""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path

from twin_tui import __version__

LARGEST = 1_000_000
"""Bytes of the log from which it begins anew."""


def log_file() -> Path:
    """Return the log in the platform's log folder."""
    return user_log_path("twin-tui") / "crash.log"


def record(error: BaseException) -> Path | None:
    """Append where ``error`` was raised to the log (0600), and return it; ``None`` if it cannot be written.

    Kept are exception types and source lines; messages and local values may hold people's words and are not.
    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [f"{when} twin-tui {__version__}, Python {platform.python_version()}, {sys.platform}"]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            line.rstrip("\n") for line in traceback.format_list(traceback.extract_tb(link.__traceback__))
        ]
        link = link.__cause__ or link.__context__
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        grown = path.exists() and path.stat().st_size > LARGEST
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if grown else os.O_APPEND)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(log.fileno(), 0o600)
            log.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path

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


def record(error: BaseException | None, *programs: str) -> Path | None:
    """Append where ``error`` was raised to the log (0600), and return it; ``None`` if it cannot be written.

    ``programs`` name what else took part, with their versions.
    """
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        grown = path.exists() and path.stat().st_size > LARGEST
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if grown else os.O_APPEND)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(log.fileno(), 0o600)
            log.write(described(error, *programs))
    except OSError:
        return None
    return path


def described(error: BaseException | None, *programs: str) -> str:
    """Return what is kept of an error and of those behind it: versions, exception types, source lines.

    Messages and local values may hold people's words and are left out.
    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    parts = (f"{when} twin-tui {__version__}", f"Python {platform.python_version()}", *programs, sys.platform)
    lines = [f"{', '.join(parts)}\n"]
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
        lines += traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__)).format()
        error = _behind(error)
    return "".join(lines) + "\n"


def _behind(error: BaseException) -> BaseException | None:
    """Return what caused an error; Textual's WorkerFailed carries it as an attribute."""
    carried = getattr(error, "error", None)
    return carried if isinstance(carried, BaseException) else error.__cause__ or error.__context__

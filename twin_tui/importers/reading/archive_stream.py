"""Bytes of an export read piece by piece; whatever goes wrong with them is one named error."""

import os
import stat
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Self

READ_ERRORS = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What reading a damaged file, or a ZIP's damaged member, raises."""


class UnreadableFileError(Exception):
    """One file of the export cannot be read; the text is the reason."""


class Closing:
    """What is closed at the end of a ``with``."""

    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class GuardedStream(Closing):
    """A file or a ZIP's member open for reading."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end; raises :class:`UnreadableFileError`."""
        try:
            return self._file.read(size)
        except OSError as error:
            raise UnreadableFileError(error.strerror or f"cannot be read: {error}") from error
        except READ_ERRORS as error:
            raise UnreadableFileError(f"cannot be unpacked: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def open_regular(path: Path) -> GuardedStream:
    """Return a file's bytes piece by piece; raises :class:`UnreadableFileError`, also for what is no file."""
    try:
        # A pipe that nobody writes into shall not be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UnreadableFileError(error.strerror or "cannot be read") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFileError("not a regular file")
    return GuardedStream(os.fdopen(handle, "rb"))

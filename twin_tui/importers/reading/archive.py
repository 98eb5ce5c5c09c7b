"""Reads the members of an export, a folder or a ZIP, without ever writing or following a path out of it."""

import os
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Protocol

from twin_tui.importers.base import ImportFailedError
from twin_tui.importers.reading.archive_member import unpacked
from twin_tui.importers.reading.archive_names import member_name, path_trick
from twin_tui.importers.reading.archive_stream import (
    READ_ERRORS,
    Closing,
    GuardedStream,
    UnreadableFileError,
    open_regular,
)
from twin_tui.importers.report import Journal, counted
from twin_tui.text.safe_text import safe_line

MAX_MEMBER = 512 * 2**20
"""Bytes of one unpacked file; a workspace of 100,000 people has a users.json of 200 MB."""
MAX_RATIO = 250
"""Unpacked ÷ packed size beyond which a file is no honest JSON (which packs about 1 : 10 to 1 : 40)."""
RATIO_FLOOR = AT_ONCE = 4 * 2**20
"""Files up to this size may have any ratio, as they do no harm; and they are unpacked at once."""
TOTAL_FLOOR = 2**30
"""The same for the archive as a whole."""
MAX_FOLDERS = 3
"""Folders within folders that are still looked into."""
MAX_NAMES = 3_000_000
Names = list[str]
__all__ = ["Archive", "FileArchive", "FolderArchive", "Names", "UnreadableFileError", "ZipArchive"]


class Archive(Protocol):
    """An opened export: names relative to its top, with forward slashes, and their bytes."""

    label: str
    """The folder's or file's own name."""
    names: Names

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises :class:`UnreadableFileError`."""

    def stream(self, name: str) -> GuardedStream:
        """Return a file's bytes to be read piece by piece, of any size, and to be closed.

        Raises :class:`UnreadableFileError`, here and while it is read.
        """

    def size(self, name: str) -> int:
        """Return how many bytes a file says it has."""

    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> "Archive": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class FolderArchive(Closing):
    """An export that was unpacked; links are not followed."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self.label = path.resolve().name
        self._paths: dict[str, Path] = {}
        for folder, inner, files in os.walk(path, onerror=lambda error: _unlisted(error, path, journal)):
            inner.sort()
            for file in sorted(files):
                found = Path(folder, file)
                name = found.relative_to(path).as_posix()
                if found.is_symlink():
                    journal.reject_file(name, "a link, not followed")
                else:
                    self._paths[name] = found
            if len(Path(folder).relative_to(path).parts) >= MAX_FOLDERS:
                inner.clear()
            for link in [item for item in inner if Path(folder, item).is_symlink()]:
                journal.reject_file(Path(folder, link).relative_to(path).as_posix(), "a link, not followed")
        self.names: Names = list(self._paths)

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises :class:`UnreadableFileError`."""
        with self.stream(name) as file:
            size = min(MAX_MEMBER, self.size(name)) + 1  # No more memory is set aside than is needed.
            data = file.read(size)
            if len(data) == size <= MAX_MEMBER:
                data += file.read(MAX_MEMBER)
            return _capped(data)

    def stream(self, name: str) -> GuardedStream:
        """Return a file's bytes piece by piece; raises :class:`UnreadableFileError`."""
        return open_regular(self._paths[name])

    def size(self, name: str) -> int:
        """Return how many bytes a file has; 0 of one that is gone."""
        try:
            return self._paths[name].stat().st_size
        except OSError:
            return 0


class FileArchive(FolderArchive):
    """A single file that is an export by itself."""

    def __init__(self, path: Path) -> None:
        self.label = path.stem
        self._paths = {path.name: path}
        self.names: Names = [path.name]


class ZipArchive(Closing):
    """An export as it was downloaded; members are read in memory, never extracted."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self.label = path.stem
        try:
            self._zip = zipfile.ZipFile(path)
        except READ_ERRORS as error:
            raise ImportFailedError(
                f"{shown(path)} is not a readable ZIP file: {safe_line(str(error), 100)}"
            ) from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        packed, unpacked = sum(i.compress_size for i in infos), sum(i.file_size for i in infos)
        is_dense = unpacked > TOTAL_FLOOR and unpacked > MAX_RATIO * max(1, packed)
        if len(infos) > MAX_NAMES or is_dense or packed > path.stat().st_size:  # members share their bytes
            self._zip.close()
            raise ImportFailedError(
                f"{shown(path)} would unpack to {unpacked:,} bytes in {counted(len(infos), 'file')}:"
                " refused as a ZIP bomb"
            )
        recoded = 0
        for info in infos:
            name = member_name(info)
            recoded += name != info.filename.replace("\\", "/")
            trick = path_trick(name)
            if trick:
                journal.reject_file(name, trick)
            elif name.startswith("__MACOSX/"):
                continue
            elif name in self._members:
                journal.reject_file(name, "stands twice in the ZIP, the first one was read")
            else:
                self._members[name] = info
        if recoded:
            journal.note(f"{counted(recoded, 'name')} in the ZIP not marked as UTF-8, read as UTF-8")
        self.names: Names = sorted(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; raises :class:`UnreadableFileError`."""
        info = self._members[name]
        if max(info.file_size, info.compress_size) <= AT_ONCE:
            data = unpacked(self._zip, info)
            if data is not None:
                return _capped(data)
        with self.stream(name) as member:
            return _capped(member.read(MAX_MEMBER + 1))

    def stream(self, name: str) -> GuardedStream:
        """Return a member's bytes piece by piece; raises :class:`UnreadableFileError`."""
        info = self._members[name]
        if info.file_size > RATIO_FLOOR and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise UnreadableFileError(f"would unpack to {info.file_size:,} bytes, refused as a ZIP bomb")
        try:
            return GuardedStream(self._zip.open(info))
        except READ_ERRORS as error:
            raise UnreadableFileError(f"cannot be unpacked: {error}") from error

    def size(self, name: str) -> int:
        """Return how many bytes a member says it unpacks to."""
        return self._members[name].file_size

    def close(self) -> None:
        """Close the ZIP file."""
        self._zip.close()


def _capped(data: bytes) -> bytes:
    if len(data) > MAX_MEMBER:
        raise UnreadableFileError(f"larger than {MAX_MEMBER // 2**20} MB")
    return data


def _unlisted(error: OSError, top: Path, journal: Journal) -> None:
    where = os.path.relpath(error.filename or top, top)
    journal.reject_file(where, error.strerror or "cannot be listed")


def shown(path: Path) -> str:
    """Return a path as one line that is safe to print."""
    return safe_line(str(path), 160)

"""Finds the export that a path means: a folder, a ZIP, or what lies in one of either."""

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from twin_tui.importers.base import ImportFailedError
from twin_tui.importers.reading.archive import Archive, FileArchive, FolderArchive, Names, ZipArchive, shown
from twin_tui.importers.reading.archive_stream import Closing, GuardedStream
from twin_tui.importers.report import Journal, counted
from twin_tui.text.safe_text import safe_line

MAX_TOPS = 3
"""Folders within folders in which an export is looked for."""


class OtherFormatError(ImportFailedError):
    """A path leads to no export of the format that was looked for."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text + hint)
        self.hint = hint
        """What to give instead, from the semicolon on; "" where nobody knows."""


class _Nested(Closing):
    """An archive whose files all lie in one top folder."""

    def __init__(self, outer: Archive, top: str) -> None:
        self.label = top.strip("/")
        self._outer, self._top = outer, top
        self.names: Names = [name.removeprefix(top) for name in outer.names if name.startswith(top)]

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises :class:`UnreadableFileError`."""
        return self._outer.read(self._top + name)

    def stream(self, name: str) -> GuardedStream:
        """Return a file's bytes piece by piece; raises :class:`UnreadableFileError`."""
        return self._outer.stream(self._top + name)

    def size(self, name: str) -> int:
        """Return how many bytes a file says it has."""
        return self._outer.size(self._top + name)

    def close(self) -> None:
        """Close the outer archive."""
        self._outer.close()


def open_archive(
    path: str | Path,
    is_export: Callable[[Names], bool],
    looked_for: str,
    journal: Journal,
    *,
    suffixes: tuple[str, ...] = (),
    are_names_enough: bool = True,
) -> Archive:
    """Return the export at ``path``: a folder, a ZIP, or a folder that holds one of either.

    A single file with one of the ``suffixes`` is an export by itself. ``are_names_enough``: what has such
    names as ``is_export`` wants is such an export.

    Raises :class:`ImportFailedError` when nothing is there, it cannot be read or ``is_export`` denies it.
    """
    where = Path(path).expanduser()
    archive = _open(where, journal, suffixes)
    if isinstance(archive, FileArchive) or is_export(archive.names):
        return archive
    inner = _inner(archive.names, is_export)
    if len(inner) == 1:
        return _Nested(archive, inner[0])
    zips = [name for name in archive.names if name.lower().endswith(".zip")]
    archive.close()
    if where.is_dir() and len(zips) == 1 and "/" not in zips[0]:
        only = _open(where / zips[0], journal)
        if is_export(only.names):
            return only
        only.close()
    hint, give = "", "give" if where.is_dir() else "unpack it and give"
    if "conversations.json" in archive.names:
        hint = "; its conversations.json looks like a ChatGPT or claude.ai export"
    elif len(inner) > 1 and are_names_enough:
        hint = f"; it holds {len(inner)} exports ({_listed(inner)}): {give} the path of one of them"
    elif len(zips) > 1 or (zips and not where.is_dir()):
        which = "one of them" if len(zips) > 1 else "that"
        hint = f"; it holds {counted(len(zips), 'ZIP file')} ({_listed(zips)}): {give} the path of {which}"
    elif are_names_enough and is_export([f"{where.name}/{name}" for name in archive.names]):
        hint = "; it may be a part of one: give the path of the folder above it"
    raise OtherFormatError(f"{shown(where)} is not {looked_for}", hint)


def _inner(names: Names, is_export: Callable[[Names], bool]) -> list[str]:
    """Return the folders that are exports, of those that lie least deep."""
    rest = [("", name) for name in names]
    for _ in range(MAX_TOPS):
        tops: dict[str, Names] = {}
        for top, name in rest:
            folder, slash, within = name.partition("/")
            if slash:
                tops.setdefault(f"{top}{folder}/", []).append(within)
        found = [top for top, within in tops.items() if is_export(within)]
        if found:
            return found
        rest = [(top, name) for top, within in tops.items() for name in within]
    return []


def _listed(names: Names) -> str:
    few = ", ".join(name.rstrip("/") for name in names[:3])
    return safe_line(few + (" …" if len(names) > 3 else ""), 160)


def _open(path: Path, journal: Journal, suffixes: tuple[str, ...] = ()) -> Archive:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.listdir(path)
            return FolderArchive(path, journal)
        if not stat.S_ISREG(mode):
            raise ImportFailedError(f"{shown(path)} is neither a folder nor a file")
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise ImportFailedError(f"{shown(path)} does not exist") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportFailedError(f"{shown(path)} cannot be read: {safe_line(reason, 100)}") from None
    if not zipfile.is_zipfile(path):
        if path.name.lower().endswith(suffixes):
            return FileArchive(path)
        raise ImportFailedError(f"{shown(path)} is neither a folder nor a ZIP file")
    return ZipArchive(path, journal)

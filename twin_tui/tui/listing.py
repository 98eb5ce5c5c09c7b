"""What a folder holds that may be chosen: folders and files of some kinds, looked up off the UI thread."""

import os
from collections.abc import Collection
from dataclasses import dataclass

from twin_tui.text.safe_text import safe_line, safe_text

MOST = 200
"""Entries listed at once; typing narrows."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or a file of the listing."""

    path: str
    """What stands in the field when it is chosen; a folder's ends with a slash."""
    name: str
    """Safe to show; ends with a slash for a folder."""
    size: int | None
    """Bytes of a file, ``None`` for a folder."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The places that begin with what was typed."""

    places: tuple[Place, ...]
    note: str
    """What is worth saying about them, else empty."""
    holds_files: bool
    """Whether the folder itself holds files of the kinds that make a folder one export."""


def list_places(typed: str, suffixes: Collection[str], telling: Collection[str] = ()) -> Listing:
    """Return the folders, and the files ending in ``suffixes``, that begin with ``typed``, any case.

    ``telling`` are endings of files by which a folder is recognised as a whole. Hidden ones are left out
    unless a dot is typed; so are names that hold what cannot be typed. Reads the disk.
    """
    folder, slash, start = typed.rpartition("/")
    base = folder + slash
    try:
        with os.scandir(os.path.expanduser(base) or ".") as found:
            entries = [(entry.name, _size(entry)) for entry in found if _begins(entry.name, start)]
    except FileNotFoundError:
        return Listing((), f"There is no folder {safe_line(base, 60)}", holds_files=False)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        return Listing((), f"{safe_line(base, 60)}: {why}", holds_files=False)
    clean = [(name, size) for name, size in entries if _is_typable(name)]
    folders = sorted((name for name, size in clean if size is None), key=str.casefold)
    files = sorted(
        (name, size) for name, size in clean if size is not None and name.lower().endswith(tuple(suffixes))
    )
    places = [Place(f"{base}{name}/", f"{name}/", None) for name in folders]
    places = [*(Place(base + name, name, size) for name, size in files), *places]
    odd, more = len(entries) - len(clean), len(places) - MOST
    note = f"{more:,} more: type to narrow" if more > 0 else ""
    if odd and not note:
        note = f"{odd:,} not listed: their names cannot be typed"
    is_export = any(size is not None and name.endswith(tuple(telling)) for name, size in clean)
    return Listing(tuple(places[:MOST]), note, holds_files=bool(telling) and is_export)


def _begins(name: str, start: str) -> bool:
    return name.casefold().startswith(start.casefold()) and (
        start.startswith(".") or not name.startswith(".")
    )


def _is_typable(name: str) -> bool:
    return "\n" not in name and safe_text(name) == name


def _size(entry: "os.DirEntry[str]") -> int | None:
    try:
        return None if entry.is_dir() else entry.stat().st_size
    except OSError:
        return 0


def file_size(size: int) -> str:
    """Return bytes in words.

    >>> file_size(0), file_size(900), file_size(3_250_000), file_size(5_000_000_000)
    ('0 B', '900 B', '3.2 MB', '5.0 GB')
    """
    amount, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} B" if unit == "B" else f"{amount:.1f} {unit}"

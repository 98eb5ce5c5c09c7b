"""Copying over any distance: OSC 52 to the terminal, and a file where the terminal refuses."""

import os
import re
from pathlib import Path

OSC52_LIMIT = 100_000
"""Bytes of base64 that terminals accept in one OSC 52 sequence; xterm and tmux cut or drop beyond."""

HANDING_OVER = "handing over"
"""Group of the workers that record what is copied or exported, and then do it."""


def fits_clipboard(text: str) -> bool:
    """Return whether terminals will take ``text`` in one OSC 52 sequence."""
    return (len(text.encode("utf-8", "replace")) + 2) // 3 * 4 <= OSC52_LIMIT


def file_name(title: str, session_id: str) -> str:
    r"""Return a plain ASCII file name for a transcript.

    >>> file_name("Q4 renewal / Globex\x1b", "3f2a9c1e-77")
    'q4-renewal-globex-3f2a9c1e.md'
    """
    words = re.findall("[a-z0-9]+", title.casefold().encode("ascii", "ignore").decode())
    stem = "-".join(words)[:48].strip("-")
    tail = re.sub("[^A-Za-z0-9]", "", session_id)[:8]
    return "-".join(part for part in (stem or "conversation", tail) if part) + ".md"


def write_private(folder: Path, name: str, text: str) -> Path:
    """Write ``text`` into a new file that only its owner may read, never over an old one; return its path.

    A folder that is not there is made, for its owner alone. Raises `OSError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    base, suffix = Path(name).stem, Path(name).suffix
    for attempt in range(1, 1000):
        path = folder / (name if attempt == 1 else f"{base}-{attempt}{suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        return path
    raise FileExistsError(f"{folder / name} and 998 more exist already.")

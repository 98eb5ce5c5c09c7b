"""Memory that questions needed: pages that SQLite keeps, freed heap that the C library keeps."""

import sqlite3
import sys
from contextlib import suppress

from twin_tui.data.source import Source

READER_KIB = 8_192
"""KiB of pages that a connection of a screen keeps at most."""


def give_back_memory(source: Source) -> None:
    """Return to the system what an idle database keeps: 8 MiB of pages a connection, and freed heap.

    The pages are read again when they are asked for, from the system's own cache.
    """
    if source.is_sqlite:
        for conn in tuple(source.db.connections):
            with suppress(sqlite3.Error):
                conn.execute("PRAGMA shrink_memory").fetchall()
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - not before the first picture

        # Only glibc has it; others give freed memory back by themselves.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def sparing(source: Source) -> Source:
    """Return a database opened for writing whose connection keeps no more pages than a reader's."""
    if source.is_sqlite:
        with source.failures():
            source.db.execute_sql(f"PRAGMA cache_size = -{READER_KIB}")
    return source

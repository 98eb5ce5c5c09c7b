"""One heap of the C library for all threads of the screens."""

import sys
from contextlib import suppress

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's ``mallopt`` (malloc.h)."""


def share_one_heap() -> None:
    """Have glibc give every thread from the same heap: to be called before there is a second one.

    Left alone, each thread has a heap of its own, with gaps of its own: 1.5 MiB more while looking around.
    Python's threads seldom ask at once.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - two milliseconds that nothing but the screens needs

        # Only glibc has it.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)

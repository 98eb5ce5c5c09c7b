"""All threads of the screens are served from one heap of the C library."""

import platform
import subprocess
import sys

PROGRAM = """
import ctypes, threading
from twin_tui.cli.one_heap import share_one_heap
{call}
kept = []
def work():
    kept.append([bytearray(2_000) for _ in range(100)])
for _ in range(4):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
library = ctypes.CDLL(None)
print(sum(map(len, kept)), hasattr(library, "malloc_stats"), flush=True)
if hasattr(library, "malloc_stats"):
    library.malloc_stats()
"""


def heaps(call: str) -> int:
    """Return how many heaps glibc tells of, 1 for another C library."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(call=call)], capture_output=True, text=True, check=True
    )
    made, is_told = done.stdout.split()
    assert made == "400"
    return done.stderr.count("Arena ") if is_told == "True" else 1


def test_threads_share_one_heap() -> None:
    assert heaps("share_one_heap()") == 1
    assert heaps("pass") > 1 or platform.libc_ver()[0] != "glibc"

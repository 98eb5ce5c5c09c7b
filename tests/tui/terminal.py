"""A real pseudo-terminal around a program: its raw bytes, its picture, its exit code."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pyte

PATIENCE = 60.0
"""Seconds a picture may take; a loaded machine is slow, a hang is not this slow."""
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?]\d*u|\x1b\[\?\d+\$p")
"""Keyboard protocol and mode queries, which pyte would print."""
MODES_ON = (b"\x1b[?1049h", b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1006h", b"\x1b[?25l", b"\x1b[?2004h")
MODES_OFF = tuple(mode[:-1] + {b"h": b"l", b"l": b"h"}[mode[-1:]] for mode in MODES_ON)


class Terminal:
    """A program in a terminal of its own, whose leader it is: closing it hangs up."""

    def __init__(self, argv: Sequence[str], home: Path, size: tuple[int, int] = (80, 24), **env: str) -> None:
        self.raw = bytearray()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.attributes = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.process = subprocess.Popen(
            [sys.executable, *argv],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no thread forks here
            cwd=home,
            env={
                "HOME": str(home),
                "PATH": os.environ.get("PATH", ""),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "PYTHONPATH": os.getcwd(),
                **env,
            },
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for handle in (self._ours, self._theirs):
            if handle >= 0:
                os.close(handle)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1

    def _read(self, seconds: float) -> bool:
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        data = os.read(self._ours, 65_536)
        self.raw += data
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        return True

    @property
    def text(self) -> str:
        """What stands on the screen."""
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return "\n".join("".join(self.screen.buffer[row][at].data for at in columns) for row in rows)

    def wait_for(self, words: str) -> None:
        """Read until ``words`` stand on the screen; raises `AssertionError` with the picture."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            self._read(0.1)
            assert time.monotonic() < end, f"no {words!r} in\n{self.text}"
            assert self.process.poll() is None or words in self.text, f"ended: {bytes(self.raw[-800:])!r}"

    def settle(self, quiet: float = 0.12) -> None:
        """Read until nothing is written for a while."""
        end = time.monotonic() + PATIENCE
        while self._read(quiet) and time.monotonic() < end:
            pass

    def press(self, *keys: str) -> None:
        """Type keys one after another, each once the one before was read and the screen is quiet.

        Escape and what follows it would be one key to a program that reads both at once.
        """
        for key in keys:
            os.write(self._ours, key.encode())
            end = time.monotonic() + PATIENCE
            while self._is_unread() and self.process.poll() is None and time.monotonic() < end:
                self._read(0.02)
            self.settle()

    def _is_unread(self) -> bool:
        """Whether keys wait in the terminal for the program to read them."""
        return struct.unpack("i", fcntl.ioctl(self._theirs, termios.FIONREAD, bytes(4))) != (0,)

    def press_until(self, key: str, words: str) -> None:
        """Press a key, again where it came too early, until ``words`` stand on the screen."""
        for _ in range(12):
            self.press(key)
            end = time.monotonic() + PATIENCE / 12
            while words not in self.text and time.monotonic() < end:
                self._read(0.1)
            if words in self.text:
                return
        raise AssertionError(f"no {words!r} after {key!r} in\n{self.text}")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def ended(self) -> int:
        """Read until the program has ended and return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if self._ours >= 0:
                self._read(0.1)
            else:
                time.sleep(0.05)
            assert time.monotonic() < end, f"still running:\n{self.text}"
        if self._ours >= 0:
            while self._read(0.2):
                pass
        return self.process.returncode

    def assert_whole(self) -> None:
        """Assert that every mode that was switched on is off again, and the line settings are as before."""
        for on, off in zip(MODES_ON, MODES_OFF, strict=True):
            if on in self.raw:
                assert self.raw.rfind(off) > self.raw.rfind(on), f"{on!r} was left on"
        assert MODES_ON[0] in self.raw
        assert termios.tcgetattr(self._theirs) == self.attributes

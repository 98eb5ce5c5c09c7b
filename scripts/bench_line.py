"""A program in a pseudo-terminal at the end of a line, which may be slow and far."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import pyte

NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?]\d*u|\x1b\[\?\d+\$p")
KEYS = {"tab": b"\t", "down": b"\x1b[B", "ctrl+p": b"\x10", "escape": b"\x1b", "f5": b"\x1b[15~"}
KEYS |= {"pagedown": b"\x1b[6~", "enter": b"\r", "end": b"\x1b[F", "up": b"\x1b[A"}
KEYS |= {"shift+tab": b"\x1b[Z", "pageup": b"\x1b[5~", "home": b"\x1b[H"}
PATIENCE = 60.0
PIECE = 512
"""Bytes that a slow line takes at once."""


class Line:
    """One program in one terminal, started at once."""

    def __init__(self, argv: Sequence[str], size: tuple[int, int], rate: float, delay: float) -> None:
        """``rate`` is in bytes a second, 0 for no limit; ``delay`` in seconds, one way, both ways."""
        width, height = size
        self.rate, self.delay = rate, delay
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.count = 0
        """Bytes that arrived."""
        self.last = 0.0
        """When the last of them did."""
        self.worked = 0.0
        """Seconds of processor time the program had taken by then."""
        self._arrived: SimpleQueue[tuple[float, float, bytes]] = SimpleQueue()
        self._ahead: tuple[float, float, bytes] | None = None
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        dropped = ("NO_COLOR", "COLUMNS", "LINES", "TMUX", "SSH_TTY", "SSH_CONNECTION")
        # What is installed is compiled: nobody's start compiles it.
        dropped += ("PYTHONDONTWRITEBYTECODE",)
        env = {name: value for name, value in os.environ.items() if name not in dropped}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.begin = time.perf_counter()
        self.process = subprocess.Popen(
            argv, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)
        # The thread that takes the time must not wait for the one that draws the picture.
        sys.setswitchinterval(0.0005)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        """Take what the program writes as fast as the line does, and note when each piece arrives."""
        free = 0.0
        while True:
            try:
                data = os.read(self._ours, PIECE if self.rate else 65_536)
            except OSError:
                return
            now = time.perf_counter()
            if self.rate:
                free = max(free, now) + len(data) / self.rate
                time.sleep(free - now)
            self._arrived.put((max(free, now) + self.delay, self._worked(), data))

    def read(self, seconds: float) -> bool:
        """Show what arrives first within ``seconds``; return whether anything did."""
        end = time.perf_counter() + seconds
        if self._ahead is None:
            try:
                self._ahead = self._arrived.get(timeout=seconds)
            except Empty:
                return False
        at, worked, data = self._ahead
        if at > end:
            time.sleep(max(0.0, end - time.perf_counter()))
            return False
        time.sleep(max(0.0, at - time.perf_counter()))
        self._ahead = None
        self.last, self.worked = at, worked
        self.count += len(data)
        self._stream.feed(NOT_FOR_PYTE.sub(b"", data))
        if b"\x1b[?2026$p" in data:
            self.send(b"\x1b[?2026;2$y")
        return True

    def send(self, data: bytes) -> None:
        """Write to the program through the line."""
        time.sleep(self.delay)
        os.write(self._ours, data)

    def settle(self, quiet: float = 0.4, most: float = PATIENCE) -> None:
        """Read until nothing comes for a while, or for ``most`` seconds where something always does."""
        end = time.perf_counter() + most
        while self.read(quiet + 2 * self.delay) and time.perf_counter() < end:
            pass

    def is_painted(self) -> bool:
        """Return whether a tenth of the cells are not blank or have a background."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        full = sum(
            row[x].data.strip() != "" or row[x].bg != "default"
            for row in rows
            for x in range(self.screen.columns)
        )
        return full * 10 >= self.screen.columns * self.screen.lines

    def has(self, words: str) -> bool:
        """Return whether ``words`` stand on the screen."""
        return any(words in line for line in self.screen.display)

    def _worked(self) -> float:
        """Return the seconds of processor time of all the program's threads."""
        try:
            tasks = list(Path(f"/proc/{self.process.pid}/task").iterdir())
            return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
        except OSError:
            return self.worked

    def wait(self, words: str) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return seconds and processor seconds to the first paint and to ``words``.

        Raises `SystemExit` with what is there instead.
        """
        first = (0.0, 0.0)
        while time.perf_counter() - self.begin < PATIENCE:
            self.read(0.05)
            now = (self.last - self.begin, self.worked)
            if not first[0] and self.count and (self.has(words) or self.is_painted()):
                first = now
            if self.has(words):
                return first, now
            if self.process.poll() is not None and self._arrived.empty():
                break
        raise SystemExit(f"{words!r} never appeared:\n" + "\n".join(self.screen.display).rstrip())

    def wait_painted(self) -> None:
        """Wait for the first paint; raises `SystemExit` where it never comes."""
        while time.perf_counter() - self.begin < PATIENCE:
            self.read(0.05)
            if self.count and self.is_painted():
                return
        raise SystemExit("Nothing was ever painted.")

    def processor(self) -> float:
        """Return the seconds of processor time the program has taken until now."""
        return self._worked()

    def press(self, key: str) -> tuple[int, float]:
        """Return the bytes a key (or ``hover:COLUMN,LINE``) cost and the milliseconds to the last of them."""
        before, begin = self.count, time.perf_counter()
        self.last = begin
        if key.startswith("hover:"):
            column, line = key[6:].split(",")
            self.send(f"\x1b[<35;{column};{line}M".encode())
        else:
            self.send(KEYS.get(key, key.encode()))
        self.settle(1.0)
        return self.count - before, (self.last - begin) * 1000

    def idle(self, seconds: float) -> int:
        """Return the bytes that come while nobody does anything."""
        before, end = self.count, time.perf_counter() + seconds
        while (rest := end - time.perf_counter()) > 0:
            self.read(rest)
        return self.count - before

    def memory(self) -> float:
        """Return the resident memory, MiB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def close(self) -> None:
        """End the program."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

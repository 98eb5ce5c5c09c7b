"""Measures full-screen programs in a pseudo-terminal: time to paint, bytes, answers to keys, memory.

    python scripts/bench_terminal.py --db ai_twin_analytics.db [--size 120x40] [--runs 3] [--json]

Beside twin-tui (lean and plain) runs a bare Textual app with one word, and harlequin and dolphie where
installed. Times are the least of all runs, bytes and memory those of the last. Needs pyte; Linux.
"""

import argparse
import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyte

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Bare")

Bare().run()
"""
NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?]\d*u|\x1b\[\?\d+\$p")
KEYS = {"tab": b"\t", "down": b"\x1b[B", "ctrl+p": b"\x10", "escape": b"\x1b", "f5": b"\x1b[15~"}
KEYS["pagedown"] = b"\x1b[6~"
ACTIONS = (
    ("focus", "tab"),
    ("tab", "2"),
    ("cursor", "down"),
    ("page", "pagedown"),
    ("back", "1"),
    ("palette", "ctrl+p"),
    ("close", "escape"),
    ("refresh", "f5"),
)
PATIENCE = 30.0


@dataclass
class Found:
    """What one program needed; seconds from its start, milliseconds from a key to its last byte."""

    name: str
    first_paint_s: float = 0.0
    full_paint_s: float = 0.0
    start_bytes: int = 0
    idle_bytes_per_s: float = 0.0
    rss_mib: float = 0.0
    bytes: dict[str, int] = field(default_factory=dict)
    """Bytes of each action."""
    last_byte_ms: dict[str, float] = field(default_factory=dict)


class Run:
    """One program in one terminal."""

    def __init__(self, argv: Sequence[str], size: tuple[int, int]) -> None:
        width, height = size
        self.cells = width * height
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.ByteStream(self.screen)
        self.count = 0
        self.last = 0.0
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        dropped = ("NO_COLOR", "COLUMNS", "LINES", "TMUX")
        env = {name: value for name, value in os.environ.items() if name not in dropped}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.begin = time.perf_counter()
        self.process = subprocess.Popen(
            argv, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)

    def read(self, seconds: float) -> bool:
        """Show what comes within ``seconds``; answer the question for synchronized output."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.ours, 65_536)
        except OSError:
            return False
        if not data:
            return False
        self.last = time.perf_counter()
        self.count += len(data)
        if b"\x1b[?2026$p" in data:
            os.write(self.ours, b"\x1b[?2026;2$y")
        self.stream.feed(NOT_FOR_PYTE.sub(b"", data))
        return True

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing comes for a while."""
        end = time.perf_counter() + PATIENCE
        while self.read(quiet) and time.perf_counter() < end:
            pass

    def filled(self) -> float:
        """Return the share of cells that are not blank or have a background."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        full = sum(
            row[x].data.strip() != "" or row[x].bg != "default"
            for row in rows
            for x in range(self.screen.columns)
        )
        return full / self.cells

    def has(self, words: str) -> bool:
        """Return whether ``words`` stand on the screen."""
        return any(words in line for line in self.screen.display)

    def wait(self, words: str) -> tuple[float, float]:
        """Return the seconds to the first paint (a tenth of the cells) and to ``words``."""
        first = 0.0
        while time.perf_counter() - self.begin < PATIENCE:
            self.read(0.05)
            now = self.last - self.begin
            first = first or (now if self.filled() > 0.1 or self.has(words) else 0.0)
            if self.has(words):
                return first, now
            if self.process.poll() is not None:
                break
        raise SystemExit(f"{words!r} never appeared:\n" + "\n".join(self.screen.display).rstrip())

    def press(self, key: str) -> tuple[int, float]:
        """Return the bytes a key cost and the milliseconds to the last of them."""
        before, begin = self.count, time.perf_counter()
        self.last = begin
        os.write(self.ours, KEYS.get(key, key.encode()))
        self.settle()
        return self.count - before, (self.last - begin) * 1000

    def idle(self, seconds: float) -> float:
        """Return the bytes per second while nobody does anything."""
        before, end = self.count, time.perf_counter() + seconds
        while (rest := end - time.perf_counter()) > 0:
            self.read(rest)
        return (self.count - before) / seconds

    def memory(self) -> float:
        """Return the resident memory, MiB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def close(self) -> None:
        """End the program."""
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


def measure(name: str, argv: Sequence[str], words: str, size: tuple[int, int], idle: float) -> Found:
    """Run a program once; only twin-tui is given keys."""
    found = Found(name)
    run = Run(argv, size)
    try:
        found.first_paint_s, found.full_paint_s = run.wait(words)
        run.settle(0.8)
        found.start_bytes = run.count
        found.rss_mib = run.memory()
        if name.startswith("twin-tui"):
            for action, key in ACTIONS:
                found.bytes[action], found.last_byte_ms[action] = run.press(key)
            found.rss_mib = max(found.rss_mib, run.memory())
        found.idle_bytes_per_s = run.idle(idle)
    finally:
        run.close()
    return found


def least(runs: list[Found]) -> Found:
    """Return one result of several: the least times, the last bytes and memory."""
    last = runs[-1]
    last.first_paint_s = min(run.first_paint_s for run in runs)
    last.full_paint_s = min(run.full_paint_s for run in runs)
    for action in last.last_byte_ms:
        last.last_byte_ms[action] = min(run.last_byte_ms[action] for run in runs)
    return last


def programs(database: str, now: str | None) -> list[tuple[str, list[str], str]]:
    """Return name, command and the words that stand on the full screen, of what is installed here."""
    ours = [sys.executable, "-m", "twin_tui", "--db", database, *(["--now", now] if now else [])]
    found = [
        ("bare Textual", [sys.executable, "-c", BARE], "Bare"),
        ("twin-tui lean", [*ours, "--driver", "lean"], "Active users"),
        ("twin-tui plain", [*ours, "--driver", "plain"], "Active users"),
    ]
    if path := shutil.which("harlequin"):
        found.append(("harlequin", [path, "-a", "sqlite", database], "Query Editor"))
    if path := shutil.which("dolphie"):
        found.append(("dolphie", [path, "--tab-setup"], "Dolphie"))
    return found


def show(results: list[Found]) -> None:
    """Print one table, a program a column."""
    rows: list[tuple[str, list[str]]] = [
        ("first paint, ms", [f"{each.first_paint_s * 1000:,.0f}" for each in results]),
        ("full paint, ms", [f"{each.full_paint_s * 1000:,.0f}" for each in results]),
        ("start, bytes", [f"{each.start_bytes:,}" for each in results]),
        ("idle, bytes/s", [f"{each.idle_bytes_per_s:,.0f}" for each in results]),
        ("memory, MiB", [f"{each.rss_mib:,.0f}" for each in results]),
    ]
    for action, key in ACTIONS:
        cells = [
            f"{each.bytes[action]:,} B {each.last_byte_ms[action]:4.0f} ms" if action in each.bytes else "–"
            for each in results
        ]
        rows.append((f"{action} ({key})", cells))
    print(f"{'':18}" + "".join(f"{each.name:>20}" for each in results))
    for label, cells in rows:
        print(f"{label:18}" + "".join(f"{cell:>20}" for cell in cells))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--db", required=True, help="database to open")
    parser.add_argument("--now", help="instant that stands still")
    parser.add_argument("--size", default="120x40", help="columns x lines")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--idle", type=float, default=3.0, help="seconds to watch an idle screen")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    asked = parser.parse_args()
    width, height = map(int, asked.size.split("x"))
    results = []
    for name, argv, words in programs(asked.db, asked.now):
        runs = [measure(name, argv, words, (width, height), asked.idle) for _ in range(asked.runs)]
        results.append(least(runs))
    if asked.json:
        print(json.dumps([asdict(each) for each in results], indent=2))
    else:
        show(results)


if __name__ == "__main__":
    main()

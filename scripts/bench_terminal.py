"""Measures full-screen programs in a pseudo-terminal: time to paint, bytes, answers to keys, memory.

    python scripts/bench_terminal.py --db ai_twin_analytics.db [--size 120x40] [--runs 3] [--json]
    python scripts/bench_terminal.py --db ai_twin_analytics.db --rate 20000 --delay 0.1
    python scripts/bench_terminal.py --db long.db --open

Beside twin-tui (lean and plain) runs a bare Textual app with one word, and harlequin and dolphie where
installed. The programs take turns; times are the least of all runs, bytes and memory those of the last.
``--rate`` and ``--delay`` make it a slow line; ``--open`` reads the newest conversation. On a busy machine
processor time tells more than time. Needs pyte; Linux.
"""

import argparse
import json
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bench_line import Line

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Bare")

Bare().run()
"""
ACTIONS = (
    ("focus", "tab"),
    ("focus back", "shift+tab"),
    ("tab", "2"),
    ("mouse over a row", "hover:30,12"),
    ("over the next", "hover:30,13"),
    ("cursor down", "down"),
    ("down again", "down"),
    ("page", "pagedown"),
    ("tab back", "1"),
    ("palette", "ctrl+p"),
    ("close it", "escape"),
    ("refresh", "f5"),
)
OPENING = (("tab", "2"), ("open", "enter"), ("end", "end"), ("up", "up"))


@dataclass
class Found:
    """What one program needed; seconds from its start, milliseconds from a key to its last byte."""

    name: str
    first_paint_s: float = 0.0
    full_paint_s: float = 0.0
    first_cpu_s: float = 0.0
    full_cpu_s: float = 0.0
    start_bytes: int = 0
    idle_bytes: int = 0
    rss_mib: float = 0.0
    used_rss_mib: float = 0.0
    """After all actions."""
    bytes: dict[str, int] = field(default_factory=dict)
    """Bytes of each action."""
    last_byte_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """How every program is run."""

    size: tuple[int, int]
    rate: float
    delay: float
    idle: float
    actions: tuple[tuple[str, str], ...]


def measure(name: str, argv: Sequence[str], words: str, how: How) -> Found:
    """Run a program once; only twin-tui is given keys."""
    found = Found(name)
    line = Line(argv, how.size, how.rate, how.delay)
    try:
        first, full = line.wait(words)
        (found.first_paint_s, found.first_cpu_s), (found.full_paint_s, found.full_cpu_s) = first, full
        line.settle(1.5)
        found.start_bytes = line.count
        found.rss_mib = line.memory()
        if name.startswith("twin-tui"):
            for action, key in how.actions:
                found.bytes[action], found.last_byte_ms[action] = line.press(key)
            found.used_rss_mib = line.memory()
        found.idle_bytes = line.idle(how.idle)
    finally:
        line.close()
    return found


def least(runs: list[Found]) -> Found:
    """Return one result of several: the least times, the last bytes and memory."""
    last = runs[-1]
    last.first_paint_s = min(run.first_paint_s for run in runs)
    last.full_paint_s = min(run.full_paint_s for run in runs)
    last.first_cpu_s = min(run.first_cpu_s for run in runs)
    last.full_cpu_s = min(run.full_cpu_s for run in runs)
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


def show(results: list[Found], how: How) -> None:
    """Print one table, a program a column; then what the goals are about."""
    rows: list[tuple[str, list[str]]] = [
        ("first paint, ms", [f"{each.first_paint_s * 1000:,.0f}" for each in results]),
        ("full paint, ms", [f"{each.full_paint_s * 1000:,.0f}" for each in results]),
        ("processor to first paint, ms", [f"{each.first_cpu_s * 1000:,.0f}" for each in results]),
        ("processor to full paint, ms", [f"{each.full_cpu_s * 1000:,.0f}" for each in results]),
        ("start, bytes", [f"{each.start_bytes:,}" for each in results]),
        (f"idle {how.idle:.0f} s, bytes", [f"{each.idle_bytes:,}" for each in results]),
        ("memory, MiB", [f"{each.rss_mib:,.0f}" for each in results]),
        ("memory used, MiB", [f"{each.used_rss_mib:,.0f}" if each.bytes else "–" for each in results]),
    ]
    for action, key in how.actions:
        cells = [
            f"{each.bytes[action]:,} B {each.last_byte_ms[action]:4.0f} ms" if action in each.bytes else "–"
            for each in results
        ]
        rows.append((f"{action} ({key})", cells))
    print(f"{'':32}" + "".join(f"{each.name:>20}" for each in results))
    for label, cells in rows:
        print(f"{label:32}" + "".join(f"{cell:>20}" for cell in cells))
    bare = results[0]
    for each in results[1:]:
        first, first_cpu = each.first_paint_s - bare.first_paint_s, each.first_cpu_s - bare.first_cpu_s
        full, full_cpu = each.full_paint_s / bare.full_paint_s, each.full_cpu_s / bare.full_cpu_s
        print(
            f"{each.name}: first paint bare {first * 1000:+,.0f} ms "
            f"({first_cpu * 1000:+,.0f} ms of processor), full {full:.1f} × bare ({full_cpu:.1f} ×), "
            f"memory {each.rss_mib / bare.rss_mib:.2f} × bare"
        )


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
    parser.add_argument("--rate", type=float, default=0.0, help="bytes a second the line takes; 0: no limit")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds the line takes, each way")
    parser.add_argument("--open", action="store_true", help="read the newest conversation, and nothing else")
    parser.add_argument("--only", help="comma-separated names of the programs to run beside the bare app")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    asked = parser.parse_args()
    width, height = map(int, asked.size.split("x"))
    how = How((width, height), asked.rate, asked.delay, asked.idle, OPENING if asked.open else ACTIONS)
    chosen = programs(asked.db, asked.now)
    if asked.only:
        names = ("bare Textual", *asked.only.split(","))
        chosen = [program for program in chosen if program[0] in names]
    runs = [[measure(*program, how) for program in chosen] for _ in range(asked.runs)]
    results = [least([once[at] for once in runs]) for at in range(len(chosen))]
    if asked.json:
        print(json.dumps([asdict(each) for each in results], indent=2))
        return
    line = f"{asked.rate:,.0f} B/s, {asked.delay:g} s each way" if asked.rate or asked.delay else "no limit"
    print(f"{asked.size}, line: {line}, Python {platform.python_version()}, {platform.machine()}")
    show(results, how)


if __name__ == "__main__":
    main()

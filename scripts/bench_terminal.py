"""Measures full-screen programs in a pseudo-terminal: time to paint, bytes, answers to keys, memory.

    python scripts/bench_terminal.py [--messages 1e6] [--conversation 50000] [--idle 60] [--runs 3] [--json]
    python scripts/bench_terminal.py --db ai_twin_analytics.db [--open SESSION] [--size 80x24]
    python scripts/bench_terminal.py --db ai_twin_analytics.db --rate 20000 --delay 0.1

Without ``--db`` it makes a database, with one long conversation in it. Beside twin-tui (lean and plain) runs
a bare Textual app with one word, and harlequin and dolphie where installed. The programs take turns; times
are the least of all runs, bytes and memory those of the last. twin-tui walks through its tabs, the palette
and the filters, then opens the conversation in a process of its own; its memory is looked at on the way.
``--rate`` and ``--delay`` make it a slow line. On a busy machine processor time tells more than time. Needs
pyte; Linux.
"""

import argparse
import json
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.long_world import make_long
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
    ("Activity", "2"),
    ("mouse over a row", "hover:30,12"),
    ("over the next", "hover:30,13"),
    ("cursor down", "down"),
    ("down again", "down"),
    ("page", "pagedown"),
    ("People", "3"),
    ("Retention", "4"),
    ("Engagement", "5"),
    ("Quality", "6"),
    ("Activity again", "2"),
    ("People again", "3"),
    ("Overview again", "1"),
    ("refresh", "f5"),
    ("palette", "ctrl+p"),
    ("close it", "escape"),
    ("filters", "f"),
    ("close them", "escape"),
)
STAGES = {"refresh": "every tab", "close it": "the palette", "close them": "the filters"}
"""After which actions memory is looked at, and what was seen by then."""
READING = (("its end", "end"), ("line up", "up"), ("page up", "pageup"), ("its beginning", "home"))
"""Keys in the long conversation."""
RESTED = 2.0
"""Seconds of rest before memory is looked at: what questions needed is given back by then."""
STARTED = 5.0
"""Seconds after the full paint in which a start is over, for programs that never rest."""


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
    rss_mib: dict[str, float] = field(default_factory=dict)
    """At the start, and when more was seen."""
    bytes: dict[str, int] = field(default_factory=dict)
    """Bytes of each action."""
    last_byte_ms: dict[str, float] = field(default_factory=dict)
    cpu_ms: dict[str, float] = field(default_factory=dict)
    """Processor time of each action and what it sets going."""


@dataclass(frozen=True)
class How:
    """How every program is run."""

    size: tuple[int, int]
    rate: float
    delay: float
    idle: float
    conversation: str | None
    """Id of the session that is read."""


def measure(name: str, argv: Sequence[str], words: str, how: How) -> Found:
    """Run a program once; only twin-tui is given keys."""
    found = Found(name)
    line = Line(argv, how.size, how.rate, how.delay)
    try:
        first, full = line.wait(words)
        (found.first_paint_s, found.first_cpu_s), (found.full_paint_s, found.full_cpu_s) = first, full
        line.settle(RESTED, STARTED)
        found.start_bytes = line.count
        found.rss_mib["start"] = line.memory()
        if name.startswith("twin-tui"):
            act(line, found, ACTIONS)
        found.idle_bytes = line.idle(how.idle)
    finally:
        line.close()
    if name.startswith("twin-tui") and how.conversation is not None:
        read(argv, found, how)
    return found


def act(line: Line, found: Found, actions: tuple[tuple[str, str], ...]) -> None:
    """Press keys and note what each costs."""
    for action, key in actions:
        before = line.processor()
        found.bytes[action], found.last_byte_ms[action] = line.press(key)
        found.cpu_ms[action] = (line.processor() - before) * 1000
        if action in STAGES:
            line.settle(RESTED)
            found.rss_mib[STAGES[action]] = line.memory()


def read(argv: Sequence[str], found: Found, how: How) -> None:
    """Open a conversation at once, in a process of its own, and move in it."""
    at = argv.index("twin_tui") + 1
    line = Line([*argv[:at], "open", str(how.conversation), *argv[at:]], how.size, how.rate, how.delay)
    try:
        line.wait_painted()
        line.settle(RESTED)
        act(line, found, READING)
        line.settle(RESTED)
        found.rss_mib["the conversation"] = line.memory()
    finally:
        line.close()


def least(runs: list[Found]) -> Found:
    """Return one result of several: the least times, the last bytes and memory."""
    last = runs[-1]
    last.first_paint_s = min(run.first_paint_s for run in runs)
    last.full_paint_s = min(run.full_paint_s for run in runs)
    last.first_cpu_s = min(run.first_cpu_s for run in runs)
    last.full_cpu_s = min(run.full_cpu_s for run in runs)
    for action in last.bytes:
        last.last_byte_ms[action] = min(run.last_byte_ms[action] for run in runs)
        last.cpu_ms[action] = min(run.cpu_ms[action] for run in runs)
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
    ]
    for stage in ("start", *STAGES.values(), "the conversation"):
        cells = [f"{each.rss_mib[stage]:,.0f}" if stage in each.rss_mib else "–" for each in results]
        rows.append((f"memory after {stage}, MiB", cells))
    for action, key in (*ACTIONS, *READING):
        cells = [
            f"{each.bytes[action]:,} B {each.last_byte_ms[action]:,.0f} / {each.cpu_ms[action]:,.0f} ms"
            if action in each.bytes
            else "–"
            for each in results
        ]
        rows.append((f"{action} ({key})", cells))
    print("Actions: bytes, milliseconds to the last of them / of the processor")
    print(f"{'':32}" + "".join(f"{each.name:>26}" for each in results))
    for label, cells in rows:
        print(f"{label:32}" + "".join(f"{cell:>26}" for cell in cells))
    bare = results[0]
    for each in results[1:]:
        first, first_cpu = each.first_paint_s - bare.first_paint_s, each.first_cpu_s - bare.first_cpu_s
        full, full_cpu = each.full_paint_s / bare.full_paint_s, each.full_cpu_s / bare.full_cpu_s
        print(
            f"{each.name}: first paint bare {first * 1000:+,.0f} ms "
            f"({first_cpu * 1000:+,.0f} ms of processor), full {full:.1f} × bare ({full_cpu:.1f} ×), "
            f"memory {_times(each, bare)} × bare"
        )


def _times(one: Found, bare: Found) -> str:
    """Return every amount of memory in multiples of the bare app's."""
    return ", ".join(f"{amount / bare.rss_mib['start']:.2f}" for amount in one.rss_mib.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--db", help="database to open; without one it is made")
    parser.add_argument("--messages", default="1e5", help="of the database that is made")
    parser.add_argument("--conversation", type=int, default=50_000, help="messages of the long conversation")
    parser.add_argument("--open", metavar="SESSION", help="conversation of --db that is read")
    parser.add_argument("--now", help="instant that stands still")
    parser.add_argument("--size", default="120x40", help="columns x lines")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--idle", type=float, default=3.0, help="seconds to watch an idle screen")
    parser.add_argument("--rate", type=float, default=0.0, help="bytes a second the line takes; 0: no limit")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds the line takes, each way")
    parser.add_argument("--only", help="comma-separated names of the programs to run beside the bare app")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        database, conversation = asked.db, asked.open
        if database is None:
            database = str(Path(folder) / "terminal.db")
            conversation = make_long(Path(database), int(float(asked.messages)), asked.conversation)
        width, height = map(int, asked.size.split("x"))
        how = How((width, height), asked.rate, asked.delay, asked.idle, conversation)
        results = run(programs(database, asked.now), asked.only, asked.runs, how)
    if asked.json:
        print(json.dumps([asdict(each) for each in results], indent=2))
        return
    line = f"{asked.rate:,.0f} B/s, {asked.delay:g} s each way" if asked.rate or asked.delay else "no limit"
    print(f"{asked.size}, line: {line}, Python {platform.python_version()}, {platform.machine()}")
    show(results, how)


def run(every: list[tuple[str, list[str], str]], only: str | None, rounds: int, how: How) -> list[Found]:
    """Run the programs in turns; ``only`` names those beside the bare one."""
    names = None if only is None else ("bare Textual", *only.split(","))
    chosen = [program for program in every if names is None or program[0] in names]
    runs = [[measure(*program, how) for program in chosen] for _ in range(rounds)]
    return [least([once[at] for once in runs]) for at in range(len(chosen))]


if __name__ == "__main__":
    main()

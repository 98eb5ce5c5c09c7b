"""Measures what writers, readers and the refresher feel of one another, each a process of its own.

    python scripts/bench_writers.py [--messages 200000] [--seconds 10] [--database postgresql] [--json]

A writer of another program's kind writes ten messages a transaction, without a pause: alone, beside the
refresher that follows it, and with a reader beside both who asks for the overview of 30 days. Milliseconds,
by the clock: on a machine with fewer processors than processes, waiting for one is in every figure.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from bench.clock import percentile  # noqa: E402 - this folder is not a package
from bench.world import NOW  # noqa: E402

from tests import postgres  # noqa: E402
from tests.rollups.plain import Writer  # noqa: E402
from twin_tui.analytics.filters import Filters, Period  # noqa: E402
from twin_tui.analytics.service import AnalyticsService  # noqa: E402
from twin_tui.data.database import open_database  # noqa: E402
from twin_tui.rollups.capture import changes as capture  # noqa: E402
from twin_tui.rollups.follower import Follower  # noqa: E402
from twin_tui.rollups.rebuild import rebuild  # noqa: E402
from twin_tui.rollups.search.index import sync  # noqa: E402
from twin_tui.sample.crowd_options import CrowdOptions  # noqa: E402
from twin_tui.sample.crowd_writing import write_crowd  # noqa: E402

INSERT = (
    "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
    " VALUES (?, ?, 'user', 'One more thing about the contract, please.', ?)"
)
ROWS = 10
"""Messages of one transaction."""


@contextmanager
def database(kind: str, messages: int) -> Iterator[str]:
    """Yield the URL of a database with so many messages, its derived tables and search index made."""
    with tempfile.TemporaryDirectory() as folder:
        server = None
        url = f"sqlite:///{folder}/writers.db"
        if kind == "postgresql":
            binaries = postgres.find_binaries()
            if binaries is None:
                raise SystemExit(postgres.ABSENT)
            server = postgres.Server(binaries)
            url = server.make()
        try:
            with open_database(url, "create") as source:
                write_crowd(source, CrowdOptions(messages, NOW.date(), NOW))
                rebuild(source, "UTC")
                sync(source)
            yield url
        finally:
            if server is not None:
                server.stop()


def write(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Write until told to stop; tell how long each transaction took to begin, and to end, in seconds."""
    begun, ended = [], []
    with Writer(url) as writer:
        if writer.is_sqlite:
            writer.run("PRAGMA synchronous = NORMAL")
        keys = [key for (key,) in writer.run("SELECT id FROM sessions ORDER BY started_at DESC LIMIT 2000")]
        number = int(time.time() * 1e6)
        while not stop.is_set():
            at = time.perf_counter()
            writer.run("BEGIN IMMEDIATE" if writer.is_sqlite else "BEGIN")
            begun.append(time.perf_counter() - at)
            for _ in range(ROWS):
                number += 1
                writer.run(INSERT, f"bench-{number}", keys[number // 7 % len(keys)], "2026-11-20 11:00:00")
            writer.run("COMMIT")
            ended.append(time.perf_counter() - at)
            ready.set()
    told.put((begun, ended))


def follow(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Refresh as the dashboard does until told to stop."""
    with open_database(url, "write") as source:
        follower = Follower(source, "UTC")
        thread = threading.Thread(target=follower.run)
        thread.start()
        ready.set()
        stop.wait()
        waiting = capture.behind(source)
        follower.stop()
        thread.join()
    told.put(waiting)


def read(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Ask for an overview again and again; tell the seconds each took."""
    asked, taken = Filters(Period.parse("30d", NOW.date())), []
    with AnalyticsService(url, clock=lambda: NOW) as service:
        service.overview(asked)
        ready.set()
        while not stop.is_set():
            at = time.perf_counter()
            service.overview(asked)
            taken.append(time.perf_counter() - at)
            # A person looks at an answer; a loop without rest would measure the processors alone.
            stop.wait(0.01)
    told.put(taken)


def together(url: str, seconds: float, *works: Callable[..., None]) -> list[Any]:
    """Let these work beside one another for that long; return what each tells."""
    context = multiprocessing.get_context("spawn")
    stop, running = context.Event(), []
    for work in works:
        ready, told = context.Event(), context.Queue()
        process = context.Process(target=work, args=(url, stop, ready, told), daemon=True)
        process.start()
        running.append((process, ready, told))
    for _, ready, _ in running:
        if not ready.wait(60):
            raise SystemExit("A process did not start.")
    time.sleep(seconds)
    stop.set()
    found = [told.get(timeout=60) for _, _, told in running]
    for process, _, _ in running:
        process.join(60)
    return found


def measured(url: str, seconds: float) -> dict[str, float]:
    """Return milliseconds and transactions a second; also the rows still waiting when the writer stops."""
    found: dict[str, float] = {}
    (idle,) = together(url, seconds, read)
    _told(found, "reader_idle", idle)
    (alone,) = together(url, seconds, write)
    _told(found, "writer_alone", alone[1], seconds)
    beside, waiting = together(url, seconds, write, follow)
    _told(found, "writer_beside_refresher", beside[1], seconds)
    _told(found, "wait_to_begin", beside[0])
    found["refresher_behind_rows"] = waiting
    _catch_up(url)
    of_three, _, reader = together(url, seconds, write, follow, read)
    _told(found, "reader_beside_both", reader)
    _told(found, "writer_beside_both", of_three[1], seconds)
    found["reader_p99_over_idle"] = found["reader_beside_both_p99"] / found["reader_idle_p99"]
    return found


def _catch_up(url: str) -> None:
    with open_database(url, "write") as source:
        Follower(source, "UTC").once()


def _told(found: dict[str, float], name: str, taken: Sequence[float], seconds: float = 0) -> None:
    for share in (0.5, 0.99):
        found[f"{name}_p{share * 100:.0f}"] = percentile(taken, share) * 1000
    found[f"{name}_worst"] = max(taken) * 1000
    if seconds:
        found[f"{name}_per_s"] = len(taken) / seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each of the four parts")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    asked = parser.parse_args()
    with database(asked.database, asked.messages) as url:
        found = measured(url, asked.seconds)
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):32} {value:12,.2f}")


if __name__ == "__main__":
    main()

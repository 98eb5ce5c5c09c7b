"""Measures what writers, readers and the refresher feel of one another, each a process of its own.

    python scripts/bench_writers.py [--messages 200000] [--seconds 10] [--database postgresql] [--json]
    python scripts/bench_writers.py --rebuild [--db FILE] [--seconds 60] [--holds]

A writer of another program's kind writes ten messages a transaction, without a pause: alone, beside the
refresher that follows it, and with a reader beside both who asks for the overview of 30 days. With --rebuild
it writes while everything is made anew, the search index too, until that is done or the seconds are over.
FILE is copied and stays as it is. Milliseconds, by the clock: on a machine with fewer processors than
processes, waiting for one is in every figure. --holds lists the refresher's transactions by what they are
for, with their processor time, and which of them each long wait of the writer belongs to.
"""

import argparse
import json
import multiprocessing
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from bench import holds  # noqa: E402 - this folder is not a package
from bench.clock import percentile  # noqa: E402
from bench.world import NOW  # noqa: E402

from tests import postgres  # noqa: E402
from tests.rollups.plain import Writer  # noqa: E402
from twin_tui.analytics.filters import Filters, Period  # noqa: E402
from twin_tui.analytics.service import AnalyticsService  # noqa: E402
from twin_tui.data.database import Source, open_database  # noqa: E402
from twin_tui.rollups.capture import changes as capture  # noqa: E402
from twin_tui.rollups.follower import Follower  # noqa: E402
from twin_tui.rollups.rebuild import rebuild  # noqa: E402
from twin_tui.rollups.search import index as search_index  # noqa: E402
from twin_tui.rollups.search import tables as search_tables  # noqa: E402
from twin_tui.rollups.search.store import Store  # noqa: E402
from twin_tui.sample.crowd_options import CrowdOptions  # noqa: E402
from twin_tui.sample.crowd_writing import write_crowd  # noqa: E402

INSERT = (
    "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
    " VALUES (?, ?, 'user', 'One more thing about the contract, please.', ?)"
)
ROWS = 10
"""Messages of one transaction."""
LONG_SECONDS = 0.05
"""Waits from that on are told of one by one."""


@contextmanager
def database(kind: str, messages: int, given: Path | None) -> Iterator[str]:
    """Yield the URL of a database with so many messages, its derived tables and search index made.

    A file that is given is copied instead, and brought up to date.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = None
        url = f"sqlite:///{folder}/writers.db"
        if kind == "postgresql":
            binaries = postgres.find_binaries()
            if binaries is None:
                raise SystemExit(postgres.ABSENT)
            server = postgres.Server(binaries)
            url = server.make()
        if given is not None:
            copied(given, Path(folder) / "writers.db")
            _catch_up(url)
            yield url
            return
        try:
            with open_database(url, "create") as source:
                write_crowd(source, CrowdOptions(messages, NOW.date(), NOW))
                rebuild(source, "UTC")
                search_index.sync(source)
            yield url
        finally:
            if server is not None:
                server.stop()


def write(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Write until told to stop; tell when each transaction was begun, had begun and was over, in seconds."""
    taken = []
    with Writer(url) as writer:
        if writer.is_sqlite:
            writer.run("PRAGMA synchronous = NORMAL")
        keys = [key for (key,) in writer.run("SELECT id FROM sessions ORDER BY started_at DESC LIMIT 2000")]
        number = int(time.time() * 1e6)
        while not stop.is_set():
            at = time.perf_counter()
            writer.run("BEGIN IMMEDIATE" if writer.is_sqlite else "BEGIN")
            begun = time.perf_counter()
            for _ in range(ROWS):
                number += 1
                writer.run(INSERT, f"bench-{number}", keys[number // 7 % len(keys)], "2026-11-20 11:00:00")
            writer.run("COMMIT")
            taken.append((at, begun, time.perf_counter()))
            ready.set()
    told.put(taken)


def follow(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Refresh as the dashboard does until told to stop; tell what is left to do, and every transaction."""
    with open_database(url, "write") as source, holds.noted(source) as held:
        follower = Follower(source, "UTC")
        thread = threading.Thread(target=follower.run)
        thread.start()
        ready.set()
        stop.wait()
        waiting = capture.behind(source)
        follower.stop()
        thread.join()
    told.put((waiting, held))


def remake(url: str, stop: Event, ready: Event, told: Any) -> None:
    """Make everything anew, and stop all when it is done; tell the seconds it took and every transaction."""
    with open_database(url, "write") as source, holds.noted(source) as held:
        ready.set()
        begun = time.perf_counter()
        rebuild(source, "UTC", should_stop=stop.is_set)
        search_index.rebuild(source)
        store = search_index.store_of(source)
        # The last rows never are in: the writer does not stop.
        search_index.sync(source, should_stop=lambda: stop.is_set() or _is_about_whole(source, store))
        told_of = (time.perf_counter() - begun, time.process_time(), not stop.is_set(), held)
        stop.set()
    told.put(told_of)


def _is_about_whole(source: Source, store: Store) -> bool:
    with source.reading():
        is_begun = search_tables.is_current(search_tables.notes(source))
        return is_begun and store.behind() < 1_000


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
    stop.wait(seconds)
    stop.set()
    found = [told.get(timeout=60) for _, _, told in running]
    for process, _, _ in running:
        process.join(60)
    return found


def measured(url: str, seconds: float, lines: list[str]) -> dict[str, float]:
    """Return milliseconds and transactions a second; also the rows still waiting when the writer stops.

    What the refresher's transactions were goes to ``lines``.
    """
    found: dict[str, float] = {}
    (idle,) = together(url, seconds, read)
    _told(found, "reader_idle", idle)
    (alone,) = together(url, seconds, write)
    _told(found, "writer_alone", _wholes(alone), seconds)
    beside, (waiting, held) = together(url, seconds, write, follow)
    _told(found, "writer_beside_refresher", _wholes(beside), seconds)
    _waits(found, beside, held, lines)
    found["refresher_behind_rows"] = waiting
    _catch_up(url)
    of_three, _, reader = together(url, seconds, write, follow, read)
    _told(found, "reader_beside_both", reader)
    _told(found, "writer_beside_both", _wholes(of_three), seconds)
    found["reader_p99_over_idle"] = found["reader_beside_both_p99"] / found["reader_idle_p99"]
    return found


def measured_anew(url: str, seconds: float, lines: list[str]) -> dict[str, float]:
    """Return the same of a writer while everything is made anew; see `measured`."""
    found: dict[str, float] = {}
    (alone,) = together(url, 3, write)
    _told(found, "writer_alone", _wholes(alone), 3)
    beside, (taken, cpu, is_done, held) = together(url, seconds, write, remake)
    found |= {"rebuild_s": taken, "rebuild_cpu_s": cpu, "rebuild_is_done": is_done}
    _told(found, "writer_beside_rebuild", _wholes(beside), taken)
    _waits(found, beside, held, lines)
    return found


def copied(given: Path, path: Path) -> None:
    """Copy a database as it is, with what its log holds."""
    with (
        closing(sqlite3.connect(f"file:{given}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)


def _wholes(taken: Sequence[tuple[float, float, float]]) -> list[float]:
    return [ended - at for at, _, ended in taken]


def _waits(
    found: dict[str, float],
    taken: Sequence[tuple[float, float, float]],
    held: Sequence[holds.Hold],
    lines: list[str],
) -> None:
    """Tell how long a writer waited for its turn, and for what."""
    waits = [(at, begun) for at, begun, _ in taken]
    _told(found, "wait_to_begin", [begun - at for at, begun in waits])
    _told(found, "refresher_holds", [hold.seconds for hold in held])
    _told(found, "refresher_holds_cpu", [hold.cpu for hold in held])
    lines += [*holds.told(held), *holds.during(waits, held, LONG_SECONDS)]


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
    parser.add_argument("--db", type=Path, help="a SQLite database to copy instead of making one")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of each of the four parts; of a rebuild at most"
    )
    parser.add_argument("--rebuild", action="store_true", help="write while everything is made anew")
    parser.add_argument(
        "--holds", action="store_true", help="list what the refresher's transactions were for"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    asked = parser.parse_args()
    lines: list[str] = []
    with database(asked.database, asked.messages, asked.db) as url:
        found = (measured_anew if asked.rebuild else measured)(url, asked.seconds, lines)
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):32} {value:12,.2f}")
        if asked.holds:
            print(*lines, sep="\n")


if __name__ == "__main__":
    main()

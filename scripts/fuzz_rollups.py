"""Changes small databases at random and compares the derived tables with a fresh build, again and again.

    python scripts/fuzz_rollups.py --steps 10000 [--seed 1] [--walk 200] [--database postgresql] [--no-kill]

A walk begins with an empty database and a seed of its own, which is printed. The first difference ends it,
with the steps that led there (exit 20). Between steps a refresher in another process is killed now and then.
PostgreSQL is a throw-away server, found as the tests find it.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402 - the tests are beside this folder
from tests.rollups.fuzz.walk import DifferenceError, Walk  # noqa: E402
from twin_tui.data.database import open_database  # noqa: E402
from twin_tui.rollups import portions  # noqa: E402

portions.REST_SECONDS = 0.0  # Nobody waits here.
VICTIM = """
import sys
from twin_tui.data.database import open_database
from twin_tui.rollups import refresh as refreshing
refreshing.BATCH, refreshing.CHUNK_SECONDS = 1, 0
with open_database(sys.argv[1], "write") as source:
    print(flush=True)
    while sys.stdin.readline():
        refreshing.refresh(source, pause=lambda _: None)
        print(flush=True)
"""


class Victim:
    """A refresher in another process: told to refresh, and killed while it does."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Have it ready, so that the kill hits the refresh and not the start."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", VICTIM, self.url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def refresh_and_die(self, seconds: float) -> None:
        """Let it refresh for that long, at most."""
        if self.process is None:
            self.start()
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write("refresh\n")
        self.process.stdin.flush()
        time.sleep(seconds)
        self.close()

    def close(self) -> None:
        """Kill it."""
        process, self.process = self.process, None
        if process is not None:
            with process:
                process.kill()


@contextmanager
def databases(kind: str) -> Iterator[Iterator[str]]:
    """Yield URLs of migrated, empty databases, without end; each ends the one before."""
    if kind == "sqlite":
        memory = Path("/dev/shm")
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
            yield _files(Path(folder))
        return
    binaries = postgres.find_binaries()
    if binaries is None:
        raise SystemExit(postgres.ABSENT)
    server = postgres.Server(binaries)
    try:
        yield _servers(server)
    finally:
        server.stop()


def _files(folder: Path) -> Iterator[str]:
    empty = folder / "empty.db"
    open_database(str(empty), "create").close()
    while True:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            yield f"sqlite:///{shutil.copy(empty, Path(own) / 'fuzz.db')}"


def _servers(server: postgres.Server) -> Iterator[str]:
    server.run("CREATE DATABASE empty TEMPLATE template0")
    open_database(server.url("empty"), "create").close()
    while True:
        url = server.make("empty")
        yield url
        server.drop(url)


def walk(url: str, seed: int, steps: int, *, kill: bool) -> int:
    """Walk that many steps; return how often everything was compared. Raises `DifferenceError`."""
    walk, luck, victim = Walk(url, seed), Random(~seed), Victim(url)
    try:
        for number in range(steps):
            walk.step()
            if kill and number % 50 == 25:
                victim.start()
            if kill and number % 50 == 49:
                walk.log.append("a refresher is killed")
                victim.refresh_and_die(luck.choice((0.001, 0.005, 0.02, 0.05)))
        walk.compare()
    finally:
        victim.close()
        walk.close()
    return walk.compared


def main() -> None:
    """Walk until the steps are done or the tables differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first walk; the next ones count on")
    parser.add_argument("--walk", type=int, default=200, help="steps of one walk")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--no-kill", action="store_true", help="kill no refresher")
    asked = parser.parse_args()
    left, seed, compared, begun = asked.steps, asked.seed, 0, time.monotonic()
    with databases(asked.database) as urls:
        while left > 0:
            steps = min(left, asked.walk)
            print(f"seed {seed}, {steps} steps", end=" … ", flush=True)
            try:
                compared += walk(next(urls), seed, steps, kill=not asked.no_kill)
            except DifferenceError as error:
                print(f"differs.\n{error}")
                raise SystemExit(20) from error
            print("equal")
            left, seed = left - steps, seed + 1
    minutes = (time.monotonic() - begun) / 60
    print(
        f"{asked.steps:,} steps on {asked.database}: every table equal, {compared:,} times, {minutes:.1f} min"
    )


if __name__ == "__main__":
    main()

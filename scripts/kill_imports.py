"""Kills imports at random points and holds that the next import leaves the rows of an undisturbed one.

    python scripts/kill_imports.py [slack|chatgpt|claude|tables]
        [--kills 50] [--postgres] [--megabytes 4] [--over]

Each round takes a fresh database, starts an import in a process of its own, ends it by SIGKILL after a random
part of the time an import takes, and looks: the database must be sound, and each conversation there whole or
not at all, but for those that were there before; of tables each row must be one that was there before or will
stay. Then it imports again and compares every row with those of an import nobody disturbed. ``--over``: the
database already holds an earlier export of the same kind, so that the import goes on in many transactions.
``--postgres`` starts a throw-away server.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import postgres
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS, Message
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.loading import load
from twin_tui.importers.tables import importer as tables

CHILD = """
import sys
from twin_tui.__main__ import main
from twin_tui.importers import load, slack, tables
load.TRANSACTION_ROWS, slack.BATCH_MESSAGES, tables.CHUNK = {rows}, {rows} // 4, {rows}
sys.argv[0] = "twin-tui"
sys.exit(main())
"""
OF_ONE = ("chatgpt", "claude")
"""Formats that hold one person's conversations."""
EARLIER = 0.4
"""Part of the conversations that an earlier export holds."""


def make(kind: str, path: Path, megabytes: float) -> Path:
    """Write a made-up export and return it."""
    script = str(Path(__file__).with_name("make_export.py"))
    subprocess.run([sys.executable, script, kind, str(path), "-m", str(megabytes)], check=True)
    return path


def bring_in(kind: str, export: Path, url: str) -> None:
    """Import in this process, as `twin-tui import` does."""
    with open_database(url, "create") as source:
        options = ImportOptions(user="ann@example.com" if kind in OF_ONE else None)
        report = IMPORTERS[kind].run(export, source, options)
        assert not report.rejected, report.problems[:3]


def rows_of(url: str) -> list[list[list[str]]]:
    """Return all rows, table by table in the order of their ids, in one form for both databases."""
    words = {"True": "1", "False": "0"}
    with open_database(url) as source:
        return [
            [
                [words.get(str(value), str(value)) for value in row]
                for row in source.rows(model.select().order_by(model.id))
            ]
            for model in MODELS
        ]


def is_part(some: list[list[str]], every: list[list[str]]) -> bool:
    """Say whether all rows are among others."""
    return set(map(tuple, some)) <= set(map(tuple, every))


def sizes_of(url: str) -> Counter[str]:
    """Return how many messages each conversation has; raises where the database is not sound."""
    with open_database(url) as source:
        if source.is_sqlite:
            for pragma in ("integrity_check", "foreign_key_check"):
                found = source.db.execute_sql(f"PRAGMA {pragma}").fetchall()
                assert found in ([], [("ok",)]), found
        return Counter(ref for (ref,) in source.rows(Message.select(Message.session)))


def killed(kind: str, export: Path, url: str, after: float, rows: int) -> bool:
    """Start an import and kill it after so many seconds; say whether it was still running."""
    words = ["import", kind, str(export), "--db", url]
    words += ["--user", "ann@example.com"] if kind in OF_ONE else []
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD.format(rows=rows), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
        return True
    assert child.returncode == 0, child.returncode
    return False


@contextmanager
def databases(folder: Path, *, on_server: bool) -> Iterator[Iterator[str]]:
    """Give URLs of fresh databases without end."""
    if not on_server:
        yield (f"sqlite:///{folder}/{number}.db" for number in count())
        return
    binaries = postgres.find_binaries()
    if binaries is None:
        raise SystemExit(postgres.ABSENT)
    server = postgres.Server(binaries)
    try:
        yield (server.make("template0") for _ in count())
    finally:
        server.stop()


def rounds(chosen: argparse.Namespace, folder: Path, urls: Iterator[str]) -> dict[str, Any]:
    """Kill so often, and return how it went; raises where a row is missing, different or too many."""
    kind, dice = chosen.format, random.Random(chosen.seed)
    name = "conversations.json" if kind in OF_ONE else "export"
    export = make(kind, folder / name, chosen.megabytes)
    earlier = None
    if chosen.over:
        earlier = make(kind, folder / f"earlier-{name}", chosen.megabytes * EARLIER)
    wanted_url = next(urls)
    for path in filter(None, (earlier, export)):
        bring_in(kind, path, wanted_url)
    wanted, whole = rows_of(wanted_url), sizes_of(wanted_url)
    probe = next(urls)
    open_database(probe, "create").close()
    if earlier:
        bring_in(kind, earlier, probe)
    before = sizes_of(probe) if earlier else Counter[str]()
    known = [[*rows, *others] for rows, others in zip(rows_of(probe), wanted, strict=True)]
    started = time.monotonic()
    assert not killed(kind, export, probe, 600, chosen.rows)
    span = time.monotonic() - started
    told = Counter[str]()
    for _ in range(chosen.kills):
        url = next(urls)
        open_database(url, "create").close()
        if earlier:
            bring_in(kind, earlier, url)
        was_running = killed(kind, export, url, dice.uniform(span / 5, span), chosen.rows)
        found = sizes_of(url)
        if kind == "tables":
            assert all(map(is_part, rows_of(url), known)), "a row is there that never was"
        else:
            torn = [ref for ref, size in found.items() if size not in (whole[ref], before[ref])]
            assert not torn, f"{len(torn)} conversations are torn"
        told["killed" if was_running else "finished before"] += 1
        told["killed with nothing written" if found == before else "killed with something written"] += (
            was_running
        )
        bring_in(kind, export, url)
        assert rows_of(url) == wanted, "importing again leaves other rows"
    return {**told, "rows": sum(map(len, wanted)), "seconds_of_an_import": round(span, 2)}


def main() -> int:
    """Kill, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("format", nargs="?", default="slack", choices=sorted(("slack", "tables", *OF_ONE)))
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument(
        "--rows", type=int, default=400, help="rows of one transaction, where there are several"
    )
    parser.add_argument("--over", action="store_true", help="over an earlier export")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    load.TRANSACTION_ROWS = tables.CHUNK = chosen.rows
    with (
        tempfile.TemporaryDirectory() as name,
        databases(Path(name), on_server=chosen.postgres) as urls,
    ):
        print(json.dumps(rounds(chosen, Path(name), urls)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

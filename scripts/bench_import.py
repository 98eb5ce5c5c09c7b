"""Compares imports with Peewee's `insert_many`, and says how much memory a large export takes.

    python scripts/bench_import.py [--megabytes 50] [--rounds 5] [--postgres] [--large 1024] [--json]

Loading: the same rows, ready in memory, through the importers' loader and through `insert_many` (dicts, 500
at a time, one transaction), into the same schema. Importing: from the export's bytes to rows. Rounds are
interleaved, ratios are those of the medians, and all ways must leave equal rows. Time is that of the
processor; with ``--postgres`` (a throw-away server) that of the clock, as the server's part counts too.
Memory is the peak of a process that imports an export of so many megabytes, by format, and of one that
imports it again into what the first one left; 0 leaves that out.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import postgres
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import MODELS, Row
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers import slack as slack_importer
from twin_tui.importers.base import Batch
from twin_tui.importers.load import load

CHUNK = 500
HERE = Path(__file__).resolve().parent
FORMATS = ("slack", "chatgpt", "claude", "tables")
NAMES = {"slack": "slack.zip", "tables": "tables"}
"""What large exports are called; others are one file."""


def spent_on(work: Callable[[], None], clock: Callable[[], float]) -> float:
    """Return the seconds that a piece of work takes by a clock."""
    start = clock()
    work()
    return clock() - start


@contextmanager
def databases(folder: Path, *, on_server: bool) -> Iterator[Callable[[], str]]:
    """Give a function that makes an empty database of ours and returns its URL."""
    numbers = count()
    server = postgres.Server(binaries) if on_server and (binaries := postgres.find_binaries()) else None
    if on_server and server is None:
        raise SystemExit(postgres.ABSENT)

    def make() -> str:
        url = server.make("template0") if server else f"sqlite:///{folder}/{next(numbers)}.db"
        open_database(url, "create").close()
        return url

    try:
        yield make
    finally:
        if server:
            server.stop()


def rows_of(source: Source, model: type[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows, in the order of their ids."""
    yield from source.rows(model.select().order_by(model.id))


def digest(url: str) -> str:
    """Return what tells equal databases from others."""
    found = hashlib.sha256()
    with open_database(url) as source:
        for model in MODELS:
            for row in rows_of(source, model):
                found.update(repr(row).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def captured(export: Path) -> list[Batch]:
    """Return the batches that an import of a Slack export hands to the loader."""
    batches: list[Batch] = []

    def keep(_: Source | None, given: Iterable[Batch], **options: Any) -> Any:
        batches.extend(given)
        return load(None, batches, **{**options, "dry_run": True})

    real, slack_importer.load = slack_importer.load, keep
    try:
        slack_importer.SlackImporter().run(export, None, ImportOptions(dry_run=True))
    finally:
        slack_importer.load = real
    return batches


def by_insert_many(url: str, tables: list[tuple[type[Row], list[dict[str, Any]]]]) -> None:
    """Write rows as Peewee's documentation does."""
    with open_database(url, "create") as source, source.db.atomic():
        for model, rows in tables:
            rest = iter(rows)
            with model.bind_ctx(source.db):
                while chunk := list(islice(rest, CHUNK)):
                    model.insert_many(chunk).execute()


def by_loading(url: str, batches: list[Batch]) -> None:
    """Write rows through the loader."""
    with open_database(url, "create") as source:
        load(source, batches)


def by_importing(url: str, export: Path) -> None:
    """Write rows from the export itself."""
    with open_database(url, "create") as source:
        IMPORTERS["slack"].run(export, source, ImportOptions())


def throughput(folder: Path, megabytes: float, rounds: int, *, on_server: bool) -> dict[str, Any]:
    """Return rows per second of each way, and the ratios to `insert_many`."""
    export = folder / "export"
    make("slack", export, megabytes)
    clock = time.perf_counter if on_server else time.process_time
    with databases(folder, on_server=on_server) as fresh:
        first = fresh()
        by_importing(first, export)
        batches, tables = captured(export), tables_of(first)
        ways: dict[str, Callable[[str], None]] = {
            "insert_many": lambda url: by_insert_many(url, tables),
            "loading": lambda url: by_loading(url, batches),
            "importing": lambda url: by_importing(url, export),
        }
        wanted = digest(first)
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(rounds):
            for way, work in ways.items():
                url = fresh()
                spent[way].append(spent_on(lambda work=work, url=url: work(url), clock))
                if number == 0 and digest(url) != wanted:
                    raise SystemExit(f"{way} leaves other rows")
    rows = sum(len(rows) for _, rows in tables)
    medians = {way: statistics.median(times) for way, times in spent.items()}
    return {
        "database": "PostgreSQL" if on_server else "SQLite",
        "time": "clock" if on_server else "processor",
        "rows": rows,
        "rounds": rounds,
        "rows_per_second": {way: round(rows / median) for way, median in medians.items()},
        "ratio_to_insert_many": {
            way: round(medians["insert_many"] / median, 2) for way, median in medians.items()
        },
    }


def tables_of(url: str) -> list[tuple[type[Row], list[dict[str, Any]]]]:
    """Return every table's rows as dicts by field."""
    out: list[tuple[type[Row], list[dict[str, Any]]]] = []
    with open_database(url) as source:
        for model in MODELS:
            names = [field.name for field in model._meta.sorted_fields]
            out.append((model, [dict(zip(names, row, strict=True)) for row in rows_of(source, model)]))
    return out


def make(kind: str, path: Path, megabytes: float) -> None:
    """Write a made-up export."""
    command = [sys.executable, str(HERE / "make_export.py"), kind, str(path), "-m", str(megabytes)]
    subprocess.run(command, check=True)


def memory(folder: Path, kind: str, megabytes: float) -> list[dict[str, Any]]:
    """Return what importing a large export takes, once and again: peak memory, seconds, rows."""
    path, database = folder / NAMES.get(kind, "conversations.json"), folder / f"{kind}.db"
    make(kind, path, megabytes)
    out: list[dict[str, Any]] = []
    for what in ("once", "again"):
        start = time.monotonic()
        command = [sys.executable, __file__, "--one", kind, str(path), str(database)]
        ended = subprocess.run(command, check=True, capture_output=True)
        wall = round(time.monotonic() - start, 1)
        out.append({**json.loads(ended.stdout), "what": what, "megabytes": megabytes, "wall_seconds": wall})
    database.unlink()
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return out


def one(kind: str, path: str, database: str) -> None:
    """Import one export and print what it took."""
    with open_database(database, "create") as source:
        report = IMPORTERS[kind].run(path, source, ImportOptions())
    used = resource.getrusage(resource.RUSAGE_SELF)
    rows = sum(tally.total for tally in report.rows.values())
    cpu = used.ru_utime + used.ru_stime
    found = {"peak_mb": round(used.ru_maxrss / 1024), "cpu_seconds": round(cpu, 1), "rows": rows}
    print(json.dumps({**found, "rows_per_cpu_second": round(rows / cpu)}))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=50, help="size of the export of the comparison")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=float, default=1024, help="size of the exports of the memory test")
    parser.add_argument("--formats", nargs="*", default=FORMATS, help="of the memory test")
    parser.add_argument("--postgres", action="store_true", help="compare on a throw-away server, too")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(*chosen.one)
        return 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        found: dict[str, Any] = {}
        for on_server in (False, True)[: 1 + chosen.postgres] if chosen.rounds else ():
            told = throughput(Path(name), chosen.megabytes, chosen.rounds, on_server=on_server)
            found.setdefault("throughput", []).append(told)
        if chosen.large:
            kinds = [kind for kind in chosen.formats if kind in IMPORTERS]
            found["memory"] = {kind: memory(Path(name), kind, chosen.large) for kind in kinds}
    print(json.dumps(found) if chosen.json else "\n".join(lines_of(found)))
    return 0


def lines_of(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines."""
    for told in found.get("throughput", ()):
        yield (
            f"{told['database']}: {told['rows']:,} rows, medians of {told['rounds']} interleaved rounds,"
            f" time of the {told['time']}:"
        )
        for way, speed in told["rows_per_second"].items():
            yield f"  {way:<12} {speed:>9,} rows/s  {told['ratio_to_insert_many'][way]:.2f} × insert_many"
    for kind, both in found.get("memory", {}).items():
        for told in both:
            yield (
                f"{kind}, {told['megabytes']:,.0f} MB, {told['what']}: peak {told['peak_mb']:,} MB,"
                f" {told['rows']:,} rows, {told['rows_per_cpu_second']:,} rows/s of CPU,"
                f" {told['wall_seconds']:,} s"
            )


if __name__ == "__main__":
    sys.exit(main())

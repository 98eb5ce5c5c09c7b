"""Compares imports with Peewee's `insert_many`, and says how much memory a large export takes.

    python scripts/bench_import.py [--megabytes 50] [--rounds 5] [--formats slack …] [--postgres]
        [--large 1024] [--json]

Importing: from an export's bytes to rows, for each format. Loading: a Slack export's rows, ready in memory,
through the importers' loader. Both are compared with `insert_many` (dicts, 500 at a time, one transaction) of
the same rows, ready in memory, into the same schema. Rounds are interleaved, ratios are those of the medians,
and all ways must leave equal rows. Time is told twice, of the processor and of the clock; with ``--postgres``
(a throw-away server) the clock's alone counts, as the server's part is not this processor time. Memory is the
peak of a process that imports an export of so many megabytes, by format, and of one that imports it again
into what the first one left; 0 leaves that out.
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
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import postgres
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import MODELS, Row
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.base import Batch
from twin_tui.importers.loading.load import load
from twin_tui.importers.slack import importer as slack_importer

CHUNK = 500
HERE = Path(__file__).resolve().parent
FORMATS = ("slack", "chatgpt", "claude", "tables")
NAMES = {"slack": "slack.zip", "tables": "tables"}
"""What large exports are called; others are one file."""


class Spent(NamedTuple):
    """Seconds that a piece of work takes."""

    processor: float
    clock: float


def spent_on(work: Callable[[], None]) -> Spent:
    """Return what a piece of work takes."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


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


def by_importing(url: str, kind: str, export: Path) -> None:
    """Write rows from the export itself."""
    with open_database(url, "create") as source:
        IMPORTERS[kind].run(export, source, ImportOptions(user="ann@example.com"))


def throughput(folder: Path, kind: str, megabytes: float, rounds: int, *, on_server: bool) -> dict[str, Any]:
    """Return rows per second of each way, and the ratios to `insert_many`."""
    export = folder / NAMES.get(kind, "conversations.json")
    make(kind, export, megabytes)
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        databases(Path(place), on_server=on_server) as fresh,
    ):
        first = fresh()
        by_importing(first, kind, export)
        tables, wanted = tables_of(first), digest(first)
        ways: dict[str, Callable[[str], None]] = {"insert_many": lambda url: by_insert_many(url, tables)}
        if kind == "slack":
            batches = captured(export)
            ways["loading"] = lambda url: by_loading(url, batches)
        ways["importing"] = lambda url: by_importing(url, kind, export)
        spent: dict[str, list[Spent]] = {way: [] for way in ways}
        for number in range(rounds):
            for way, work in ways.items():
                url = fresh()
                spent[way].append(spent_on(lambda work=work, url=url: work(url)))
                if number == 0 and digest(url) != wanted:
                    raise SystemExit(f"{way} leaves other rows")
    remove(export)
    rows = sum(len(rows) for _, rows in tables)
    medians = {way: Spent(*map(statistics.median, zip(*times, strict=True))) for way, times in spent.items()}
    base = medians["insert_many"]
    return {
        "database": "PostgreSQL" if on_server else "SQLite",
        "format": kind,
        "rows": rows,
        "rounds": rounds,
        "ways": {
            way: {
                "rows_per_processor_second": round(rows / median.processor),
                "rows_per_second": round(rows / median.clock),
                "processor_ratio": round(base.processor / median.processor, 2),
                "clock_ratio": round(base.clock / median.clock, 2),
            }
            for way, median in medians.items()
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
    remove(path)
    return out


def remove(path: Path) -> None:
    """Remove an export."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()


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
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    parser.add_argument("--postgres", action="store_true", help="compare on a throw-away server, too")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(*chosen.one)
        return 0
    kinds = [kind for kind in chosen.formats if kind in IMPORTERS]
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        found: dict[str, Any] = {}
        for on_server in (False, True)[: 1 + chosen.postgres] if chosen.rounds else ():
            for kind in kinds:
                told = throughput(Path(name), kind, chosen.megabytes, chosen.rounds, on_server=on_server)
                found.setdefault("throughput", []).append(told)
        if chosen.large:
            found["memory"] = {kind: memory(Path(name), kind, chosen.large) for kind in kinds}
    print(json.dumps(found) if chosen.json else "\n".join(lines_of(found)))
    return 0


def lines_of(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines."""
    for told in found.get("throughput", ()):
        yield (
            f"{told['database']}, {told['format']}: {told['rows']:,} rows, medians of {told['rounds']}"
            " interleaved rounds, by processor and by clock:"
        )
        for way, figures in told["ways"].items():
            yield (
                f"  {way:<12} {figures['rows_per_processor_second']:>9,} rows/s"
                f"  {figures['processor_ratio']:.2f} × insert_many"
                f"   {figures['rows_per_second']:>9,} rows/s  {figures['clock_ratio']:.2f} ×"
            )
    for kind, both in found.get("memory", {}).items():
        for told in both:
            yield (
                f"{kind}, {told['megabytes']:,.0f} MB, {told['what']}: peak {told['peak_mb']:,} MB,"
                f" {told['rows']:,} rows, {told['rows_per_cpu_second']:,} rows/s of CPU,"
                f" {told['wall_seconds']:,} s"
            )


if __name__ == "__main__":
    sys.exit(main())

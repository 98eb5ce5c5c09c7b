"""Compares imports with Peewee's `insert_many`, and says how much memory a large export takes.

    python scripts/bench_import.py [--megabytes 50] [--rounds 5] [--large 1024] [--json]

Loading: the same rows, ready in memory, through the importers' loader and through `insert_many` (dicts, 500
at a time, one transaction), into the same schema. Importing: from the export's bytes to rows. Rounds are
interleaved, ratios are those of the medians of CPU time, and all ways must leave equal rows. Memory is the
peak of a process that imports an export of so many megabytes, by format; 0 leaves that out.
"""

import argparse
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from twin_tui.data.database import Source, open_database
from twin_tui.data.models import MODELS, Row
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers import slack as slack_importer
from twin_tui.importers.base import Batch
from twin_tui.importers.load import load

CHUNK = 500
HERE = Path(__file__).resolve().parent
FORMATS = ("slack", "chatgpt", "claude")


def cpu_of(work: Callable[[], None]) -> float:
    """Return the CPU seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def rows_of(source: Source, model: type[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows, in the order of their ids."""
    yield from source.rows(model.select().order_by(model.id))


def digest(path: Path) -> str:
    """Return what tells equal databases from others."""
    found = hashlib.sha256()
    with open_database(str(path)) as source:
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


def by_insert_many(path: Path, tables: list[tuple[type[Row], list[dict[str, Any]]]]) -> None:
    """Write rows as Peewee's documentation does."""
    with open_database(str(path), "create") as source, source.db.atomic():
        for model, rows in tables:
            rest = iter(rows)
            with model.bind_ctx(source.db):
                while chunk := list(islice(rest, CHUNK)):
                    model.insert_many(chunk).execute()


def by_loading(path: Path, batches: list[Batch]) -> None:
    """Write rows through the loader."""
    with open_database(str(path), "create") as source:
        load(source, batches)


def by_importing(path: Path, export: Path) -> None:
    """Write rows from the export itself."""
    with open_database(str(path), "create") as source:
        IMPORTERS["slack"].run(export, source, ImportOptions())


def throughput(folder: Path, megabytes: float, rounds: int) -> dict[str, Any]:
    """Return rows per CPU second of each way, and the ratios to `insert_many`."""
    export = folder / "export"
    make("slack", export, megabytes)
    by_importing(folder / "first.db", export)
    batches = captured(export)
    tables: list[tuple[type[Row], list[dict[str, Any]]]] = []
    with open_database(str(folder / "first.db")) as source:
        for model in MODELS:
            columns = [field.column_name for field in model._meta.sorted_fields]
            names = [field.name for field in model._meta.sorted_fields]
            kept = [dict(zip(names, row, strict=True)) for row in rows_of(source, model)]
            tables.append((model, kept))
            assert len(columns) == len(names)
    count = sum(len(rows) for _, rows in tables)
    ways: dict[str, Callable[[Path], None]] = {
        "insert_many": lambda path: by_insert_many(path, tables),
        "loading": lambda path: by_loading(path, batches),
        "importing": lambda path: by_importing(path, export),
    }
    wanted = digest(folder / "first.db")
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds):
        for way, work in ways.items():
            path = folder / f"{way}-{number}.db"
            open_database(str(path), "create").close()
            spent[way].append(cpu_of(lambda work=work, path=path: work(path)))
            if number == 0 and digest(path) != wanted:
                raise SystemExit(f"{way} leaves other rows")
            path.unlink()
    medians = {way: statistics.median(times) for way, times in spent.items()}
    return {
        "rows": count,
        "rounds": rounds,
        "rows_per_cpu_second": {way: round(count / spent) for way, spent in medians.items()},
        "ratio_to_insert_many": {
            way: round(medians["insert_many"] / spent, 2)
            for way, spent in medians.items()
            if way != "insert_many"
        },
    }


def make(kind: str, path: Path, megabytes: float) -> None:
    """Write a made-up export."""
    command = [sys.executable, str(HERE / "make_export.py"), kind, str(path), "-m", str(megabytes)]
    subprocess.run(command, check=True)


def memory(folder: Path, kind: str, megabytes: float) -> dict[str, Any]:
    """Return what importing a large export takes: peak memory, CPU and wall seconds, rows."""
    path = folder / (f"{kind}.zip" if kind == "slack" else "conversations.json")
    make(kind, path, megabytes)
    database = folder / f"{kind}.db"
    start = time.monotonic()
    ended = subprocess.run(
        [sys.executable, __file__, "--one", kind, str(path), str(database)], check=True, capture_output=True
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    found |= {"megabytes": megabytes, "wall_seconds": round(time.monotonic() - start, 1)}
    for each in (path, database):
        each.unlink()
    return found


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
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(*chosen.one)
        return 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        found: dict[str, Any] = {}
        if chosen.rounds:
            found["throughput"] = throughput(Path(name), chosen.megabytes, chosen.rounds)
        if chosen.large:
            kinds = [kind for kind in chosen.formats if kind in IMPORTERS]
            found["memory"] = {kind: memory(Path(name), kind, chosen.large) for kind in kinds}
    print(json.dumps(found) if chosen.json else "\n".join(lines_of(found)))
    return 0


def lines_of(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines."""
    if "throughput" in found:
        told = found["throughput"]
        yield f"{told['rows']:,} rows, medians of {told['rounds']} interleaved rounds, CPU time:"
        for way, speed in told["rows_per_cpu_second"].items():
            ratio = told["ratio_to_insert_many"].get(way)
            yield f"  {way:<12} {speed:>9,} rows/s" + (
                "" if ratio is None else f"  {ratio:.2f} × insert_many"
            )
    for kind, told in found.get("memory", {}).items():
        yield (
            f"{kind}, {told['megabytes']:,.0f} MB: peak {told['peak_mb']:,} MB, {told['rows']:,} rows,"
            f" {told['rows_per_cpu_second']:,} rows/s of CPU, {told['wall_seconds']:,} s"
        )


if __name__ == "__main__":
    sys.exit(main())

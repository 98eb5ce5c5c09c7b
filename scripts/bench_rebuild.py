"""Tells what making the derived tables of a SQLite database anew consists of, and what of it is a floor.

    python scripts/bench_rebuild.py --messages 1e6 [--db FILE] [--rounds 3] [--json]

A database of that size is made, or FILE is copied; it stays as it is. The tables are made once, whole, in a
process of its own for its peak of memory. Then every part is done alone, round by round, beside its floor:
the same columns of the same rows touched by SQL that hands nothing over, and the same rows inserted, the same
indexes made, in an empty file. Seconds of processor time per million messages, medians.
"""

import argparse
import gc
import json
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import layer
from bench.world import timed

from twin_tui.cli.amount import parse_amount
from twin_tui.data.bulk import new_file
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import BaseRows, Stored
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.day_building import DayBuilding
from twin_tui.rollups.members import Place
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.session_order import next_sessions
from twin_tui.rollups.statements import listed_in
from twin_tui.rollups.writing import Known, rows_of
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TIMEZONE = "UTC"
PIECE = 1_500
"""Sessions, or rows by day, worked on at a time: about as many as a build takes."""
TOUCHED = {
    "messages": "count(created_at), count(sender_type), count(message_type), sum(length(content))",
    "documents": "count(created_at), count(document_type), sum(word_count)",
    "queries": "count(created_at), count(query_type), sum(results_count), sum(length(query_text))",
}
"""What a build reads of the rows of a session, added up."""
FILLED = (
    tables.SESSION,
    tables.SESSION_DAY,
    tables.DEAD_END,
    tables.EMPTY_QUERY,
    tables.DAY,
    tables.DOING,
    tables.PAIR_MONTH,
)
Took = dict[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", default="1e6", help="size of the database (1e6)")
    parser.add_argument("--db", type=Path, help="a database to copy instead of making one")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of every part (3)")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    asked = parser.parse_args()
    size = parse_amount(asked.messages) or parser.error(f"{asked.messages!r} is no size")
    with tempfile.TemporaryDirectory(prefix="twin-tui-rebuild-") as folder:
        path = Path(folder) / "rebuilt.db"
        if asked.db is None:
            _elsewhere(generate, str(path), size)
        else:
            _copy(asked.db, path)
        size = path.stat().st_size
        whole = _elsewhere(rebuilt, str(path))
        with closing(sqlite3.connect(path)) as connection:
            share = layer.bytes_of(connection, is_search=False) / size
        rounds = [parts(path, Path(folder) / f"empty{number}.db") for number in range(asked.rounds)]
        with open_database(str(path)) as source:
            ((messages,),) = source.run("SELECT count(*) FROM messages")
    found = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    results = {
        "messages": messages,
        "seconds": whole["seconds"],
        "peak_mib": whole["peak_mib"],
        "share_of_file": share,
        "cpu_per_million": {
            name: took / messages * 1e6 for name, took in {"whole": whole["cpu"], **found}.items()
        },
    }
    print(json.dumps(results, indent=2) if asked.json else show(results))


def _elsewhere(work: Callable[..., Took], *given: Any) -> Took:
    """Do something in a new process: one has the peak of the process that began it, too."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def generate(path: str, size: int) -> Took:
    """Make a database of that many messages; return what it took."""
    with timed() as took, new_file(Path(path)) as source:
        write_crowd(source, CrowdOptions(size, NOW.date(), NOW))
    return took


def _copy(given: Path, path: Path) -> None:
    """Copy a database as it is, with what its log holds."""
    with (
        closing(sqlite3.connect(f"file:{given}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)


def rebuilt(path: str) -> Took:
    """Make the tables anew; return seconds and the peak of memory of this process."""
    with open_database(path, "write") as source, timed() as took:
        rebuild(source, TIMEZONE)
    return took


def parts(path: Path, empty: Path) -> Took:
    """Return the processor time of every part, done alone once."""
    gc.disable()  # As a build does.
    took: defaultdict[str, float] = defaultdict(float)

    def add(name: str, part: Took) -> None:
        took[name] += part["cpu"]

    with open_database(str(path)) as source, open_database(str(empty), "create") as other:
        with source.reading():
            known = _known(source)
            for stored, floor, ours in _read(source):
                add("reading, floor", floor)
                add("reading", ours)
                with timed() as part:
                    rows_of(stored, known, Calendar(ZoneInfo(TIMEZONE)))
                add("rows of sessions", part)
            days, cells = DayBuilding(source, Calendar(ZoneInfo(TIMEZONE))), Cells(source)
            with timed() as part:
                cursor: str | None = None
                while (cursor := days.read(cells, cursor, PIECE).following) is not None:
                    pass
            add("rows of days", part)
            with other.writing():
                tables.create(other)
                tables.drop_indexes(other)
            for table, columns, rows in _derived(source):
                with timed() as part:
                    other.fill(table, columns, rows)
                add("inserting, floor", part)
        with timed() as part:
            for name in (*tables.SESSION_INDEXES, *tables.DAY_INDEXES):
                with other.writing():
                    tables.create_index(other, name)
        add("indexes, floor", part)
    empty.unlink()
    return dict(took)


def _read(source: Source) -> Iterator[tuple[Stored, Took, Took]]:
    """Yield sessions piece by piece, and what the floor and the product took to read them."""
    base, cursor = BaseRows(source), None
    while True:
        with timed() as ours:
            sessions, cursor = next_sessions(source, cursor, PIECE)
        if cursor is None:
            return
        ids = [session.session_id for session in sessions]
        condition, listed = listed_in(source, "session_id", ids)
        with timed() as floor:
            of_ids, _ = listed_in(source, "id", ids)
            source.run(f"SELECT count(started_at), count(topic) FROM sessions WHERE {of_ids}", (listed,))
            for table, touched in TOUCHED.items():
                source.run(f"SELECT {touched} FROM {table} WHERE {condition}", (listed,))
        with timed() as more:
            stored = Stored(sessions, base.events(base.these(ids)))
        yield stored, floor, {"cpu": ours["cpu"] + more["cpu"]}


def _known(source: Source) -> Known:
    """Return the numbers that the tables gave."""
    run = source.run
    return Known(
        dict(run(f"SELECT session_id, session_no FROM {tables.SESSION}")),
        {
            key: Place(no, cell)
            for key, no, cell in run(f"SELECT user_id, no, department_cell FROM {tables.PERSON}")
        },
        dict(run(f"SELECT twin_id, no FROM {tables.TWIN}")),
        dict(run(f"SELECT topic, no FROM {tables.TOPIC}")),
    )


def _derived(source: Source) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Yield the rows of the large derived tables, a part of one at a time."""
    for table in FILLED:
        columns = [name for (name,) in source.run("SELECT name FROM pragma_table_info(?)", (table,))]
        last, select = -1, f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid > ? ORDER BY rowid"
        while rows := source.run(f"{select} LIMIT 20000", (last,)):
            last = rows[-1][0]
            yield table, columns, [row[1:] for row in rows]


def show(results: dict[str, Any]) -> str:
    """Return the results as lines."""
    costs = results["cpu_per_million"]
    told = sum(cost for name, cost in costs.items() if name in _OURS)
    clock, peak, share = results["seconds"], results["peak_mib"], results["share_of_file"]
    lines = [f"{results['messages']:,} messages · whole {clock:.1f} s by the clock, {peak:.0f} MiB at most"]
    lines.append(f"the derived tables are {share:.1%} of the file without them")
    lines.append("CPU seconds per million messages")
    lines += [f"{name:34}{cost:8.2f}" for name, cost in costs.items()]
    lines.append(f"{'committing, people, all else':34}{costs['whole'] - told:8.2f}")
    floors = sum(cost for name, cost in costs.items() if name.endswith("floor"))
    lines.append(f"{'all floors':34}{floors:8.2f}")
    return "\n".join(lines)


_OURS = ("reading", "rows of sessions", "rows of days", "inserting, floor", "indexes, floor")
"""What the whole consists of: rows are inserted and indexes made no other way than the floor does."""


if __name__ == "__main__":
    main()

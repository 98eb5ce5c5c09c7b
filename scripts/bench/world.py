"""The databases a size is measured on: the product's file, one with the seed's indexes only, DuckDB's own."""

import csv
import importlib.util
import json
import resource
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from twin_tui.data.bulk import new_file
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd
from twin_tui.sample.world import COLUMNS

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The clock of every question: a Friday noon, so that the last day is unfinished."""
SEED_INDEXES = "0001_six_tables"
PRODUCT, PLAIN, DUCK = "product", "plain SQL", "DuckDB"
_TYPES = {
    "id": "UUID", "user_id": "UUID", "twin_id": "UUID", "session_id": "UUID", "message_id": "UUID",
    "created_at": "TIMESTAMP", "started_at": "TIMESTAMP", "last_login_at": "TIMESTAMP",
    "is_shared": "BOOLEAN", "is_shared_twin": "BOOLEAN", "word_count": "INTEGER",
    "results_count": "INTEGER",
}  # fmt: skip
"""How DuckDB holds a column; text otherwise."""


@dataclass(frozen=True)
class World:
    """One size; what is not there yet is made when first asked for, and kept."""

    folder: Path
    messages: int
    users: int = 0
    """0: as many as suit the number of messages."""

    @property
    def product(self) -> Path:
        """The database as `twin-tui generate` makes it, and as the product keeps it."""
        return self.folder / "product.db"

    @property
    def plain(self) -> Path:
        """The same rows with the indexes of the first migration only."""
        return self.folder / "plain.db"

    @property
    def duck(self) -> Path:
        """The same rows in DuckDB's own format and types."""
        return self.folder / "duck.db"

    @property
    def notes(self) -> dict[str, Any]:
        """What making it took: rows, and seconds of the clock and of the processor, by step."""
        path = self.folder / "notes.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def note(self, **values: Any) -> None:
        """Keep values beside the databases."""
        (self.folder / "notes.json").write_text(json.dumps(self.notes | values))

    def make(self, left_out: Collection[str] = ()) -> None:
        """Make what is not there, but not the copies of the programs ``left_out``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.product.exists():
            with timed() as took, new_file(self.product) as source:
                rows = write_crowd(source, CrowdOptions(self.messages, NOW.date(), NOW, self.users))
            self.note(rows=rows, generate=took, product_bytes=self.product.stat().st_size)
        if not self.plain.exists() and not {PLAIN, DUCK} <= set(left_out):
            _make_plain(self.product, self.plain)
            self.note(plain_bytes=self.plain.stat().st_size)
        if not self.duck.exists() and has_duck() and DUCK not in left_out:
            _make_duck(self.plain, self.duck)
            self.note(duck_bytes=self.duck.stat().st_size)


def has_duck() -> bool:
    """Return whether DuckDB is installed."""
    return importlib.util.find_spec("duckdb") is not None


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Yield a mapping that holds the seconds of the clock and of the processor when the block is over."""
    took: dict[str, float] = {}
    begin, used = time.perf_counter(), time.process_time()
    yield took
    took |= {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - used}
    took["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_plain(product: Path, plain: Path) -> None:
    making = plain.with_suffix(".part")
    shutil.copyfile(product, making)
    connection = sqlite3.connect(making)
    for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    seed = set(seed_indexes())
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for kind, name, _ in found:
        if kind == "trigger" or (kind == "index" and name not in seed):
            connection.execute(f'DROP {kind} "{name}"')
    for kind, name, sql in found:
        is_beside = kind == "table" and name.startswith("twin_tui_") and name != "twin_tui_migration"
        # The tables inside a virtual one go with it.
        if is_beside and ("fts" not in name or sql.upper().startswith("CREATE VIRTUAL")):
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    making.replace(plain)


def seed_indexes() -> Iterator[str]:
    """Yield the names of the indexes that the first migration makes."""
    text = (Path(__file__).parents[2] / "migrations" / f"{SEED_INDEXES}.py").read_text()
    for line in text.splitlines():
        words = line.strip().strip('",').split()
        if words[:2] == ["CREATE", "INDEX"]:
            yield words[2]


def _make_duck(plain: Path, duck: Path) -> None:
    import duckdb  # noqa: PLC0415 - an optional tool of development

    making = duck.with_suffix(".part")
    making.unlink(missing_ok=True)
    rows = sqlite3.connect(plain)
    connection = duckdb.connect(str(making))
    for table, columns in COLUMNS.items():
        declared = ", ".join(f"{column} {_TYPES.get(column, 'VARCHAR')}" for column in columns)
        connection.execute(f"CREATE TABLE {table} ({declared})")
        text = duck.with_name(f"{table}.csv")
        with text.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(
                (value if value is not None else "\\N" for value in row)
                for row in rows.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid")
            )
        types = ", ".join(f"'{column}': '{_TYPES.get(column, 'VARCHAR')}'" for column in columns)
        connection.execute(
            f"INSERT INTO {table} SELECT * FROM read_csv('{text}', header = false, nullstr = '\\N',"
            f" quote = '\"', escape = '\"', delim = ',', columns = {{{types}}},"
            " auto_detect = false, parallel = false, new_line = '\\n', max_line_size = 4000000)"
        )
        text.unlink()
    connection.execute("CHECKPOINT")
    connection.close()
    rows.close()
    making.replace(duck)

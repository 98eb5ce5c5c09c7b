"""How fast rows come in: through the product, and through Peewee's ``insert_many`` in the same run."""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.layer import MISSING, add_messages, part
from bench.world import NOW, timed
from twin_tui.data.bulk import new_file
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS
from twin_tui.sample.crowd import generate_crowd
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd
from twin_tui.sample.world import COLUMNS

_BATCH = 1_000
"""Rows of one ``insert_many``; more make SQLite refuse the number of parameters."""


def generating(messages: int) -> dict[str, Any]:
    """Return rows a second of generating so many messages, telling and writing, and of ``insert_many``.

    The latter gets its rows ready made and only writes them, in one transaction, into a database with the
    same tables and indexes.
    """
    options = CrowdOptions(messages, NOW.date(), NOW, users=max(3, messages // 100))
    with tempfile.TemporaryDirectory() as folder:
        with timed() as ours, new_file(Path(folder) / "ours.db") as source:
            rows = sum(write_crowd(source, options).values())
        made: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}
        for batch in generate_crowd(options):
            for table, of_table in batch.rows.items():
                made[table] += of_table
        with open_database(str(Path(folder) / "theirs.db"), "create") as source, timed() as theirs:
            _insert_many(source, made)
    return {
        "generate_rows": rows,
        "generate_rows_per_s": rows / ours["seconds"],
        "generate_rows_per_cpu_s": rows / ours["cpu"],
        "insert_many_rows_per_s": rows / theirs["seconds"],
        "insert_many_rows_per_cpu_s": rows / theirs["cpu"],
        "generate_over_insert_many": theirs["cpu"] / ours["cpu"],
    }


def _insert_many(source: Any, made: dict[str, list[tuple[object, ...]]]) -> None:
    with source.db.atomic():
        for model, (table, columns) in zip(MODELS, COLUMNS.items(), strict=True):
            names = [next(f for f in model._meta.sorted_fields if f.column_name == each) for each in columns]
            with model.bind_ctx(source.db, bind_refs=False, bind_backrefs=False):
                for at in range(0, len(made[table]), _BATCH):
                    model.insert_many(made[table][at : at + _BATCH], fields=names).execute()


def cost_of_layer(rows: int = 20_000, rounds: int = 5) -> dict[str, Any]:
    """Return what keeping up the derived tables costs whoever inserts messages, a thousand a transaction.

    As the median of interleaved rounds against the same tables without it; and the rate with search caught up
    after every transaction, as a share of the plain rate.
    """
    capture, sync = part("rollups.capture.changes", "install"), part("rollups.search.index", "sync")
    if capture is None or sync is None:
        return {"insert_cost": MISSING}
    options = CrowdOptions(20_000, NOW.date(), NOW)
    taken: dict[str, list[float]] = {"plain": [], "captured": [], "searched": []}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        sources = {}
        for name in taken:
            source = opened.enter_context(open_database(str(Path(folder) / f"{name}.db"), "create"))
            write_crowd(source, options)
            if name != "plain":
                with source.writing():
                    capture(source)
            if name == "searched":
                sync(source)
            sources[name] = source
        for _ in range(rounds):
            for name, source in sources.items():
                with timed() as took:
                    for _ in range(rows // _BATCH):
                        add_messages(source, _BATCH)
                        if name == "searched":
                            sync(source)
                taken[name].append(took["cpu"])
    plain, captured, searched = (statistics.median(each) for each in taken.values())
    return {
        "insert_cost": captured / plain - 1,
        "insert_rate_with_search": plain / searched,
    }

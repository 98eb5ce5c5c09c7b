"""What a reader feels of a writer that never stops."""

import multiprocessing
import shutil
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from bench.clock import percentile
from bench.layer import add_messages
from bench.world import NOW, World
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database


def latency(world: World, questions: int = 300) -> dict[str, Any]:
    """Return the 99th percentile of an overview's milliseconds, idle and beside a writer; on a copy."""
    path = world.folder / "read.db"
    shutil.copyfile(world.product, path)
    try:
        idle = _asked(path, questions)
        context = multiprocessing.get_context("spawn")
        stop, ready, waits = context.Event(), context.Event(), context.Queue()
        writer = context.Process(target=_write, args=(str(path), stop, ready, waits), daemon=True)
        writer.start()
        ready.wait(60)
        busy = _asked(path, questions)
        stop.set()
        written, worst = waits.get(timeout=60)
        writer.join(60)
    finally:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    return {
        "reader_p99_idle_ms": percentile(idle, 0.99) * 1000,
        "reader_p99_busy_ms": percentile(busy, 0.99) * 1000,
        "reader_busy_over_idle": percentile(busy, 0.99) / percentile(idle, 0.99),
        "written_meanwhile": written,
        "writers_worst_wait_ms": worst * 1000,
    }


def _asked(path: Path, questions: int) -> list[float]:
    taken = []
    asked = Filters(Period.parse("30d", NOW.date()))
    with AnalyticsService(str(path), clock=lambda: NOW) as service:
        service.overview(asked)
        until = time.perf_counter() + 60
        while len(taken) < questions and time.perf_counter() < until:
            begin = time.perf_counter()
            service.overview(asked)
            taken.append(time.perf_counter() - begin)
    return taken


def _write(path: str, stop: Event, ready: Event, waits: Any) -> None:
    """Write ten messages a transaction as fast as the database takes them; tell the longest one took."""
    written, worst = 0, 0.0
    with open_database(path, "write") as source:
        while not stop.is_set():
            begin = time.perf_counter()
            add_messages(source, 10)
            worst = max(worst, time.perf_counter() - begin)
            written += 10
            ready.set()
    waits.put((written, worst))

"""The overview on a throw-away PostgreSQL server: from the derived tables, and from plain SQL."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from partition_postgres import partition

from bench.answers import differences, overview_values
from bench.layer import MISSING, TIMEZONE, part
from bench.world import NOW, seed_indexes, timed
from tests.postgres import Server, find_binaries
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd

_TICKS = os.sysconf("SC_CLK_TCK")


def measured(messages: int, tell: Callable[[str], None], rounds: int = 5) -> dict[str, Any]:
    """Return what generating, building and an overview of 30 days cost there, the server's processes counted.

    Plain SQL is the service on the same rows without derived tables and with the seed's indexes only.
    """
    binaries = find_binaries()
    if binaries is None:
        return {"postgresql": "no server is installed here"}
    server = Server(binaries)
    try:
        return _measured(server, messages, tell, rounds)
    finally:
        server.stop()


def _measured(server: Server, messages: int, tell: Callable[[str], None], rounds: int) -> dict[str, Any]:
    tell(f"PostgreSQL: generating {messages:,} messages")
    server.run("CREATE DATABASE plain TEMPLATE template0")
    begin = _used(server)
    with timed() as took, open_database(server.url("plain"), "create") as source:
        rows = sum(write_crowd(source, CrowdOptions(messages, NOW.date(), NOW)).values())
    found: dict[str, Any] = {
        "postgresql_rows_per_s": rows / took["seconds"],
        "postgresql_rows_per_cpu_s": rows / (took["cpu"] + _used(server) - begin),
    }
    for name in ("product", "bare"):
        server.run(f"CREATE DATABASE {name} TEMPLATE plain")
    _drop_indexes(server)
    rebuild = part("rollups.rebuild", "rebuild")
    if rebuild is None:
        return found | {"postgresql_overview": MISSING}
    tell("PostgreSQL: rebuild")
    with open_database(server.url("product"), "write") as source, timed() as took:
        rebuild(source, TIMEZONE)
    found["postgresql_rebuild_s"] = took["seconds"]
    for name in ("plain", "product"):
        server.run("VACUUM ANALYZE", name)
    tell("PostgreSQL: overview")
    found |= _overviews(server, rounds)
    tell("PostgreSQL: partitions")
    return found | _partitions(server)


def _partitions(server: Server) -> dict[str, Any]:
    """Return what monthly partitions change: an overview by plain SQL, and taking away the oldest month.

    From a copy with all of the product's indexes and no derived tables.
    """
    server.run("CREATE DATABASE whole TEMPLATE bare")
    server.run("CREATE DATABASE parted TEMPLATE bare")
    with open_database(server.url("parted"), "write") as source, timed() as took:
        list(partition(source))
    found: dict[str, Any] = {"postgresql_partitioning_s": took["seconds"]}
    for name in ("whole", "parted"):
        server.run("VACUUM ANALYZE", name)
    asked = Filters(Period.parse("30d", NOW.date()))
    for name in ("whole", "parted"):
        with AnalyticsService(server.url(name), clock=lambda: NOW) as service:
            service.overview(asked)
            begin = _used(server) + time.process_time()
            service.overview(asked)
            found[f"postgresql_overview_{name}_ms"] = (_used(server) + time.process_time() - begin) * 1000
    with open_database(server.url("whole"), "write") as source:
        ((oldest,),) = source.run("SELECT min(created_at)::date FROM messages")
        following = date(oldest.year + oldest.month // 12, oldest.month % 12 + 1, 1)
        with timed() as took, source.writing():
            source.run("DELETE FROM messages WHERE created_at < ?", (following,))
        found["postgresql_delete_month_s"] = took["seconds"]
    with open_database(server.url("parted"), "write") as source, timed() as took:
        list(partition(source, drop_before=following))
    return found | {"postgresql_drop_month_s": took["seconds"]}


def _overviews(server: Server, rounds: int) -> dict[str, Any]:
    asked = Filters(Period.parse("30d", NOW.date()))
    services = {name: AnalyticsService(server.url(name), clock=lambda: NOW) for name in ("product", "plain")}
    try:
        answers = {name: overview_values(service.overview(asked)) for name, service in services.items()}
        if wrong := differences(answers["plain"], answers["product"]):
            return {"postgresql_differences": wrong[:10]}
        taken: dict[str, list[float]] = {name: [] for name in services}
        for _ in range(rounds):
            for name, service in services.items():
                times = 20 if name == "product" else 1
                begin = _used(server) + time.process_time()
                for _ in range(times):
                    service.overview(asked)
                taken[name].append((_used(server) + time.process_time() - begin) / times)
    finally:
        for service in services.values():
            service.close()
    cpu = {name: statistics.median(each) for name, each in taken.items()}
    return {
        "postgresql_overview_product_ms": cpu["product"] * 1000,
        "postgresql_overview_plain_ms": cpu["plain"] * 1000,
        "postgresql_plain_over_product": cpu["plain"] / cpu["product"],
    }


def _drop_indexes(server: Server) -> None:
    """Leave the indexes of the first migration only."""
    kept = ", ".join(f"'{name}'" for name in seed_indexes())
    server.run(
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT indexname FROM pg_indexes"
        f" WHERE indexname LIKE 'idx_%' AND indexname NOT IN ({kept})"
        " LOOP EXECUTE 'DROP INDEX ' || name; END LOOP; END $$",
        "plain",
    )


def _used(server: Server) -> float:
    """Return the processor seconds of the server and all its processes, those that ended included."""
    parent, total = server.process.pid, 0
    for each in Path("/proc").iterdir():
        if not each.name.isdigit():
            continue
        try:
            values = (each / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(each.name) == parent:
            total += sum(map(int, values[11:15]))
        elif int(values[1]) == parent:
            total += sum(map(int, values[11:13]))
    return total / _TICKS

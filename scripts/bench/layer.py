"""The derived tables as far as this version has them: built, refreshed, sized. What is missing says so."""

import importlib
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.world import NOW, World, timed
from twin_tui.data.changes import changes_of
from twin_tui.data.database import open_database

TIMEZONE = "UTC"
MISSING = "missing in this version"


def part(module: str, name: str) -> Callable[..., Any] | None:
    """Return a function of the product, ``None`` where this version has none of that name."""
    try:
        found: Callable[..., Any] | None = getattr(importlib.import_module(f"twin_tui.{module}"), name, None)
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("twin_tui"):
            raise
        return None
    return found


def build(world: World, tell: Callable[[str], None], *, with_search: bool) -> None:
    """Build what the product keeps beside the six tables, once; the notes say what each step took."""
    before = world.product.stat().st_size
    open_database(str(world.product), "create").close()  # Made by an earlier version, it is brought up.
    if "rebuild" not in world.notes and world.product.stat().st_size != before:
        world.note(product_bytes=world.product.stat().st_size)
    for key, module, name in (
        ("rebuild", "rollups.rebuild", "rebuild"),
        ("search", "rollups.search.index", "sync"),
    ):
        make = part(module, name)
        if key == "search" and not with_search:
            continue
        if make is None or (key in world.notes and _is_current(world, key)):
            continue
        arguments = (TIMEZONE,) if key == "rebuild" else ()
        if key == "rebuild" and _is_half_built(world):
            make, arguments = part("rollups.rebuild", "resume") or make, ()
        tell(f"{key} of {world.messages:,} messages")
        with open_database(str(world.product), "write") as source:
            with timed() as took:
                make(source, *arguments)
            source.run("SELECT 1")
        _settle(world.product)
        world.note(**{key: took})


def _is_half_built(world: World) -> bool:
    """Return whether an earlier run was stopped while it built; the figures of the rest are of the rest."""
    read_state = part("rollups.state", "read_state")
    with open_database(str(world.product)) as source:
        state = None if read_state is None else read_state(source)
    return state is not None and bool(state.status == "building")


def _is_current(world: World, key: str) -> bool:
    """Return whether this version still reads what an earlier one built."""
    read_state, is_whole = part("rollups.state", "read_state"), part("rollups.search.tables", "is_whole")
    with open_database(str(world.product)) as source:
        if key == "search":
            return is_whole is None or bool(is_whole(part("rollups.search.tables", "notes")(source)))
        state = None if read_state is None else read_state(source)
    return state is not None and bool(state.serves(TIMEZONE))


def _settle(path: Path) -> None:
    """Put the write-ahead log away, so that the file's size is that of all it holds."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def refreshed(world: World, count: int = 100) -> dict[str, Any]:
    """Return what taking in ``count`` new messages costs, against a rebuild; on a copy of the database."""
    refresh = part("rollups.refresh", "refresh")
    if refresh is None:
        return {"refresh": MISSING}
    path = world.folder / "refreshed.db"
    shutil.copyfile(world.product, path)
    try:
        with open_database(str(path), "write") as source:
            refresh(source)
            add_messages(source, count)
            with timed() as took:
                done = refresh(source)
            rebuilt = world.notes["rebuild"]["cpu"]
            return {
                "refresh_ms": took["cpu"] * 1000,
                "refresh_told": repr(done),
                "rebuild_s": rebuilt,
                "rebuild_over_refresh": rebuilt / took["cpu"],
            }
    finally:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def add_messages(source: Any, count: int) -> None:
    """Add messages to the newest sessions, two each, dated just before the clock's now."""
    sessions = source.run("SELECT id FROM sessions ORDER BY started_at DESC LIMIT ?", (max(1, count // 2),))
    rows = [
        (
            str(uuid.uuid4()),
            sessions[number // 2 % len(sessions)][0],
            ("user", "twin")[number % 2],
            "One more thing about the contract, please.",
            "general",
            str(NOW.replace(tzinfo=None) - timedelta(seconds=300 - number % 299)),
        )
        for number in range(count)
    ]
    with source.writing():
        source.fill(
            "messages", ("id", "session_id", "sender_type", "content", "message_type", "created_at"), rows
        )


def idle_poll(world: World, looks: int = 20_000) -> dict[str, float]:
    """Return the microseconds one look for changes takes while nobody writes."""
    with open_database(str(world.product)) as source:
        changes = changes_of(source)
        changes.look()
        begin = time.process_time()
        for _ in range(looks):
            changes.look()
        took = time.process_time() - begin
        changes.close()
    return {"idle_poll_us": took / looks * 1e6}


def sizes(world: World) -> dict[str, Any]:
    """Return the bytes of the six tables with the product's indexes, and the shares of what stands beside."""
    base = world.notes["product_bytes"]
    found: dict[str, Any] = {"file_bytes": base, "bytes_per_message": base / world.messages}
    with closing(sqlite3.connect(world.product)) as connection:
        for key, name in (("rebuild", "derived"), ("search", "search")):
            held = key in world.notes
            found[f"{name}_share"] = (
                bytes_of(connection, is_search=key == "search") / base if held else MISSING
            )
    return found


def bytes_of(connection: sqlite3.Connection, *, is_search: bool) -> int:
    """Return what derived tables or search index take with their indexes, free pages of the file left out."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE tbl_name GLOB 'twin_tui_*' AND rootpage > 0"
        " AND tbl_name NOT GLOB 'twin_tui_migration*' AND (tbl_name GLOB 'twin_tui_search*') = ?",
        (is_search,),
    ).fetchall()
    size = "SELECT sum(pgsize) FROM dbstat WHERE name = ? AND aggregate = TRUE"
    return sum(connection.execute(size, name).fetchone()[0] for name in names)

"""The search index kept up: made, brought up to date in short steps, made anew, taken away.

Figures never wait for it: it has marks of its own and catches up behind them, one short write transaction
after the other. Killed in the middle it goes on where it was.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from twin_tui.data.source import Source
from twin_tui.rollups.portions import Portion, Rests
from twin_tui.rollups.search import capture as search_capture
from twin_tui.rollups.search import tables as search_tables
from twin_tui.rollups.search.store import Store, Taken

FEWEST, MOST = 50, 5_000
"""Rows of a step, at least and at most."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What one `sync` did."""

    items: int
    """Rows taken in."""
    is_whole: bool
    """Whether nothing was left to take in."""


def store_of(source: Source) -> Store:
    """Return the index of a database; nothing is read yet."""
    if source.is_sqlite:
        from twin_tui.rollups.search.sqlite import SqliteStore  # noqa: PLC0415

        return SqliteStore(source)
    from twin_tui.rollups.search.postgres import PostgresStore  # noqa: PLC0415

    return PostgresStore(source)


def install(source: Source) -> None:
    """Make an empty index, in place of any; in the caller's write transaction. Raises `DatabaseError`."""
    search_tables.check(source)
    remove(source)
    search_tables.create(source)
    search_capture.install(source)
    search_tables.note(source, {"triggers": str(search_capture.count(source))})


def remove(source: Source) -> None:
    """Take the index away; in the caller's write transaction. Raises `DatabaseError`."""
    search_capture.remove(source)
    search_tables.drop(source)


def rebuild(source: Source) -> None:
    """Begin the index anew; `sync` takes what there is away and fills it. Raises `DatabaseError`."""
    search_tables.check(source)
    give_up(source)


def give_up(source: Source) -> None:
    """Let nobody use what there is any more; raises `DatabaseError`."""
    with source.writing():
        if search_tables.notes(source):
            search_tables.note(source, {"version": None, "built": None})


def sync(
    source: Source,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
) -> Synced:
    """Take in what is new or changed until nothing is left or ``should_stop``; make a missing index first.

    Nothing is done where a database cannot hold one: SQLite without FTS5, tables without row numbers.

    Each step is a short write transaction of its own. Between two of them ``pause`` lets
    writers go first; it is given seconds. Raises `DatabaseError`.
    """
    if not search_tables.can_be(source):
        return Synced(0, is_whole=False)
    count, store = 0, store_of(source)
    portion, rests = Portion(FEWEST, min(MOST, store.most_rows), store.step_seconds), Rests(pause)
    while not should_stop():
        taken, is_more = _step(store, portion, rests)
        rests.ended()
        count += taken
        if not is_more:
            return Synced(count, is_whole=True)
    return Synced(count, is_whole=False)


def behind(source: Source) -> int | None:
    """Return how many rows are not in yet; ``None`` where no whole index is. Raises `DatabaseError`."""
    with source.reading():
        return store_of(source).behind() if search_tables.is_whole(search_tables.notes(source)) else None


def _step(store: Store, portion: Portion, rests: Rests) -> tuple[int, bool]:
    """Return how many rows were taken in, and whether more may be left."""
    source = store.source
    with source.reading():
        is_current = search_tables.is_current(search_tables.notes(source))
        ahead = store.ahead(portion.size) if is_current else None
    rests.rest()
    with source.writing():
        begun = time.monotonic()
        noted = search_tables.notes(source)
        if not search_tables.is_current(noted):
            if not store.take_away(portion.size):
                install(source)
            portion.took(time.monotonic() - begun)
            return 0, True
        is_heard = noted.get("triggers") == str(search_capture.count(source))
        taken = store.take(portion.size, ahead) if is_heard else Taken(is_spoilt=True)
        if taken.is_spoilt:
            give_up(source)
            return 0, True
        if taken.items or taken.gone:
            store.put(taken)
        if not taken.is_more and not search_tables.is_whole(noted):
            store.complete()
            search_tables.note(source, {"built": "1"})
    portion.took(time.monotonic() - begun)
    return len(taken.items), taken.is_more

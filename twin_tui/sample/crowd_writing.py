"""Writes a large sample into a database of ours, as fast as the database takes it."""

from twin_tui.data.bulk import loading
from twin_tui.data.source import Source
from twin_tui.sample.crowd import generate_crowd
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.world import COLUMNS
from twin_tui.sample.writing import Progress, check_ours, make_room

_AT_ONCE = 20_000
"""Messages gathered before rows are handed to the database."""


def write_crowd(
    source: Source, options: CrowdOptions, *, force: bool = False, progress: Progress | None = None
) -> dict[str, int]:
    """Write a large sample in one transaction and return the number of rows per table.

    ``force`` first empties the six tables of a database of ours. Raises `ForeignDatabaseError`,
    `NotEmptyError` without ``force``, and `DatabaseError`; then nothing has changed.
    """
    check_ours(source)
    counts = dict.fromkeys(COLUMNS, 0)
    with loading(source):
        make_room(source, force=force)
        ready: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}
        for batch in generate_crowd(options):
            for table, rows in batch.rows.items():
                ready[table] += rows
            if len(ready["messages"]) >= _AT_ONCE:
                _put(source, ready, counts)
                if progress:
                    progress(counts["messages"], options.messages, batch.day.isoformat())
        _put(source, ready, counts)
        if progress:
            progress(options.messages, options.messages, "indexes")
    return counts


def _put(source: Source, ready: dict[str, list[tuple[object, ...]]], counts: dict[str, int]) -> None:
    for table, rows in ready.items():
        if rows:
            source.fill(table, COLUMNS[table], rows)
            counts[table] += len(rows)
            rows.clear()

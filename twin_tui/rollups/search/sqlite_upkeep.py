"""What keeps SQLite's full-text index in good shape, bit by bit: merging what was written, taking it away.

Left to itself FTS5 merges in bursts, some of them as long as everything written so far, and drops a table
whole; both inside a transaction that keeps writers out (https://www.sqlite.org/fts5.html, "automerge",
"crisismerge", "merge").
"""

from collections.abc import Mapping

from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source
from twin_tui.rollups.search.tables import ITEM, WORDS, note

_STEADY = {"automerge": 0, "crisismerge": 1_000}
"""FTS5 merges only when it is asked to; the second number is never reached."""
_NOTED = "steady"
"""Key under which that is noted."""
_BYTES_PER_PAGE = 2_048
"""Text written for each page to merge: an index page holds some 12 KiB of text and is merged three or four
times until its part is large; twice that catches up with what is left."""
_HEAD = 10
"""Numbers of index pages up to it are no leaves: the averages and the structure."""


def steady(source: Source, noted: Mapping[str, str]) -> None:
    """Let FTS5 merge only in `merge`, in the caller's write transaction; raises `DatabaseError`."""
    if _NOTED not in noted:
        for name, value in _STEADY.items():
            _tell(source, name, value)
        note(source, {_NOTED: "1"})


def merge(source: Source, written: int) -> None:
    """Merge in proportion to so many bytes of text written, in the same transaction; raises `DatabaseError`.

    Parts of the index stay few, as words are looked up in each of them.
    """
    _tell(source, "merge", max(1, written // _BYTES_PER_PAGE))


def take_away(source: Source, limit: int) -> bool:
    """Take away so many pages and places, at most, of an index that nobody reads; return whether any went.

    In the caller's write transaction. A SQLite that lets nobody at FTS5's own tables has none taken away;
    raises `DatabaseError` otherwise.
    """
    if not source.run("SELECT 1 FROM sqlite_master WHERE name = ?", (f"{WORDS}_data",)):
        return False
    went = False
    for table, condition in ((f"{WORDS}_data", f"WHERE id > {_HEAD}"), (ITEM, "")):
        some = f"SELECT rowid FROM {table} {condition} LIMIT ?"
        if source.run(some, (1,)):
            try:
                source.run(f"DELETE FROM {table} WHERE rowid IN ({some})", (limit,))
            except DatabaseError:
                return False
            went = True
    return went


def _tell(source: Source, command: str, value: int) -> None:
    source.run(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('{command}', ?)", (value,))

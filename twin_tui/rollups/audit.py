"""Finds what no trigger told of: rows that went or came untold, by counting.

``INSERT OR REPLACE`` takes away the row that is in its way, and on SQLite tells no trigger of that unless
the writer has switched ``recursive_triggers`` on; the row it writes is noticed like any other. Numbers of
rows are cheap to compare, so that is looked at first; only when they do not add up, every session is counted.
What is found waits to be taken in, like any other change. `verify` finds whatever else there may be.
"""

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.capture.changes import Capture, capture_of
from twin_tui.rollups.state import note, notes

_CHILDREN = ("messages", "documents", "queries")
_NOTED = "audited"
"""Key of the sums at the last audit."""


def sums(source: Source) -> str:
    """Return what tells of the rows there are; raises `DatabaseError`."""
    return capture_of(source).sums()


def begin(source: Source, counted: str) -> None:
    """Note the `sums` there were before a build read any row: it will read them all.

    The first audit then has nothing to look into, and nothing to write. Raises `DatabaseError`.
    """
    note(source, {_NOTED: counted})


def audit(source: Source) -> int:
    """Return for how many sessions, users and twins something came or went untold; they wait from now on.

    Call it while nothing waits: what waits is not yet counted in, and would be found as well. Reads in one
    picture, keeping no writer up; raises `DatabaseError`.
    """
    capture = capture_of(source)
    with source.reading():
        sums = capture.sums()
        if sums == notes(source).get(_NOTED, ""):
            return 0
        found = {
            "user": _strangers(source, capture, "users", f"user_id FROM {tables.PERSON} WHERE is_there = 1"),
            "twin": _strangers(source, capture, "twins", f"twin_id FROM {tables.TWIN} WHERE is_there = 1"),
            "session": _strangers(source, capture, "sessions", f"session_id FROM {tables.SESSION}"),
        }
        for table in _CHILDREN:
            found["session"] |= _miscounted(source, capture, table)
    with source.writing():
        capture.hold()
        for kind, ids in found.items():
            capture.put(sorted(ids), kind)
        note(source, {_NOTED: sums})
    return sum(map(len, found.values()))


def _strangers(source: Source, capture: Capture, table: str, known: str) -> set[str]:
    """Return the ids that derived rows know and the table does not, or the other way round."""
    stored = f'{capture.text(table, "id", "t")} FROM "{table}" AS t'
    return {
        key
        for one, other in ((known, stored), (stored, known))
        for (key,) in source.run(f"SELECT {one} EXCEPT SELECT {other}")
        if key is not None
    }


def _miscounted(source: Source, capture: Capture, table: str) -> set[str]:
    """Return the ids of sessions that do not hold as many dated rows of a table as is noted."""
    dated = capture.text(table, "created_at", "t")
    if "?" in dated:
        # A pattern over text, which `Source.run` would take for parameters: rows with no time count, too.
        dated = 't."created_at"'
    rows = source.run(
        f"SELECT s.session_id FROM {tables.SESSION} AS s LEFT JOIN (SELECT"
        f' {capture.text(table, "session_id", "t")} AS thread, count({dated}) AS many FROM "{table}" AS t'
        f" GROUP BY 1) AS held ON held.thread = s.session_id WHERE coalesce(held.many, 0) <> s.{table}"
    )
    return {session_id for (session_id,) in rows}

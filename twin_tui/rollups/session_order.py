"""The order in which a build takes sessions: by start, so that the rows of a day come to lie side by side.

Days that are read session by session are then read in one go. Other systems' databases may lack the index
for it: there it is the order of ids.
"""

import json
from typing import NamedTuple

from twin_tui.data.models import Session
from twin_tui.data.source import Source
from twin_tui.rollups.base_rows import BaseRows


class _Said(NamedTuple):
    """What the two databases say differently."""

    from_first: str
    """The condition that a start is at or past the first that has its place in the order."""
    to_last: str
    """The condition that it is up to the last such one; others than those between come last of all."""
    is_undated: str
    kept: str
    """The start, as a cursor keeps it."""
    given: str
    """The start that a cursor kept."""


# SQLite may hold anything as a time, bytes that are no text too; only text is put in order.
_SQLITE = _Said(
    "started_at >= ''",
    "started_at < x''",
    "(started_at IS NULL OR started_at < '' OR started_at >= x'')",
    "hex(CAST(started_at AS BLOB))",
    "CAST(? AS TEXT)",
)
_POSTGRES = _Said(
    "started_at IS NOT NULL",
    "started_at IS NOT NULL",
    "started_at IS NULL",
    "CAST(started_at AS TEXT)",
    "CAST(? AS TIMESTAMP)",
)


def next_sessions(source: Source, cursor: str | None, count: int) -> tuple[list[str], str | None]:
    """Return the ids of up to ``count`` sessions past a cursor, and the cursor past them.

    At the end there are none, and no cursor. Raises `DatabaseError`.
    """
    if not source.is_ours:
        ids = BaseRows(source).next_ids(Session, cursor, count)
        return ids, ids[-1] if ids else None
    start, after = json.loads(cursor) if cursor else ("", "")
    if start is not None:
        found = _dated(source, start, after, count)
        if found:
            return [session_id for session_id, _ in found], json.dumps((found[-1][1], found[-1][0]))
        after = ""
    said = _said(source)
    ids = [
        session_id
        for (session_id,) in source.run(
            f"SELECT id FROM sessions WHERE {said.is_undated} AND id > ? ORDER BY id LIMIT ?", (after, count)
        )
    ]
    return ids, json.dumps((None, ids[-1])) if ids else None


def _dated(source: Source, start: str, after: str, count: int) -> list[tuple[str, str]]:
    """Return ids and starts past a start and id, none past an empty one."""
    said = _said(source)
    past, params = said.from_first, list[bytes | str]()
    if start:
        # Alone: beside another lower bound SQLite would walk from there every time.
        past = f"(started_at, id) > ({said.given}, ?)"
        params = [bytes.fromhex(start) if source.is_sqlite else start, after]
    return source.run(
        f"SELECT id, {said.kept} FROM sessions WHERE {past} AND {said.to_last}"
        " ORDER BY started_at, id LIMIT ?",
        (*params, count),
    )


def _said(source: Source) -> _Said:
    return _SQLITE if source.is_sqlite else _POSTGRES

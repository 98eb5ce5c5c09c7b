"""The order in which a build takes sessions: by start, so that the rows of a day come to lie side by side.

Days that are read session by session are then read in one go. Other systems' databases may lack the index
for it: there it is the order of ids.
"""

import json
from typing import NamedTuple

from peewee import SQL

from twin_tui.data.models import Session
from twin_tui.data.source import Source
from twin_tui.rollups.base_rows import BaseRows, SessionBase


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
    """The start that a cursor kept, ``{}`` being the mark of a parameter."""


# SQLite may hold anything as a time, bytes that are no text too; only text is put in order.
_SQLITE = _Said(
    "started_at >= ''",
    "started_at < x''",
    "(started_at IS NULL OR started_at < '' OR started_at >= x'')",
    "hex(CAST(started_at AS BLOB))",
    "CAST({} AS TEXT)",
)
_POSTGRES = _Said(
    "started_at IS NOT NULL",
    "started_at IS NOT NULL",
    "started_at IS NULL",
    "CAST(started_at AS TEXT)",
    "CAST({} AS TIMESTAMP)",
)


def next_sessions(source: Source, cursor: str | None, count: int) -> tuple[list[SessionBase], str | None]:
    """Return up to ``count`` sessions past a cursor, and the cursor past them.

    At the end there are none, and no cursor. Call it inside `Source.reading`; raises `DatabaseError`.
    """
    base = BaseRows(source)
    if not source.is_ours:
        ids = base.next_ids(Session, cursor, count)
        return base.sessions(base.these(ids)) if ids else [], ids[-1] if ids else None
    start, after = json.loads(cursor) if cursor else ("", "")
    if start is not None:
        found = _dated(base, start, after, count)
        if found:
            last = found[-1].session_id
            ((kept,),) = source.run(f"SELECT {_said(source).kept} FROM sessions WHERE id = ?", (last,))
            return found, json.dumps((kept, last))
        after = ""
    undated = SQL(f"{_said(source).is_undated} AND id > {base.mark}", (after,))
    found = base.sessions(lambda _: undated, SQL("id"), limit=count)
    return found, json.dumps((None, found[-1].session_id)) if found else None


def _dated(base: BaseRows, start: str, after: str, count: int) -> list[SessionBase]:
    """Return the sessions past a start and id, from the first on past an empty one."""
    source = base.source
    said = _said(source)
    past, params = said.from_first, list[bytes | str]()
    if start:
        # Alone: beside another lower bound SQLite would walk from there every time.
        past = f"(started_at, id) > ({said.given.format(base.mark)}, {base.mark})"
        params = [bytes.fromhex(start) if source.is_sqlite else start, after]
    within = SQL(f"{past} AND {said.to_last}", params)
    return base.sessions(lambda _: within, SQL("started_at"), SQL("id"), limit=count)


def _said(source: Source) -> _Said:
    return _SQLITE if source.is_sqlite else _POSTGRES

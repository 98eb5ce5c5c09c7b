"""The triggers that tell of changes on SQLite, as text; they stand in the file, so any program fires them.

None has a conflict clause: the one of the statement that fires a trigger would take its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

NEAR = 4
"""Lines at the queue's end among which another of the same is not written: a cascade writes one, not each."""
_ROWID = ("rowid", "oid", "_rowid_")


@dataclass(frozen=True, slots=True)
class Watched:
    """One table, and the SQL that says whose derived rows a row of it belongs to."""

    no: int
    """Its number in ``twin_tui_mark``."""
    table: str
    kind: str
    """What the queue is told of: session, user or twin."""
    old: str
    """Expression of the owner's id in the old row of a trigger; `new` and `same` likewise."""
    new: str
    same: str
    """The same of a row of the table named ``t``."""
    new_id: str
    """Expression of the row's own id, in the new row."""
    columns: tuple[str, ...]
    """Columns that matter, the id among them."""
    is_numbered_by_id: bool
    """Whether the id is the row number (``INTEGER PRIMARY KEY``): rows may come in below the mark then."""


def triggers(watched: Watched) -> Iterator[tuple[str, str]]:
    """Yield name and statement of each trigger of a table."""
    for name, when, body in _parts(watched):
        whole = f"twin_tui_capture_{watched.table}_{name}"
        yield whole, f'CREATE TRIGGER "{whole}" {when} BEGIN {" ".join(body)} END'


def _parts(watched: Watched) -> Iterator[tuple[str, str, list[str]]]:
    table, no = f'"{watched.table}"', watched.no
    numbers = ", ".join((*_ROWID, *(("id",) if watched.is_numbered_by_id else ())))
    changed = f"AFTER UPDATE OF {', '.join((*watched.columns, *_ROWID))} ON {table}"
    yield "deleted", f"AFTER DELETE ON {table}", [_push(watched.kind, watched.old), _lower(watched, "0")]
    yield (
        "updated",
        f"{changed} WHEN old.rowid <> new.rowid OR {_differs(watched.columns)}",
        [_push(watched.kind, watched.old), _push(watched.kind, watched.new)],
    )
    yield (
        "moved",
        f"AFTER UPDATE OF {numbers} ON {table} WHEN old.rowid <> new.rowid",
        [
            _lower(watched, "(new.rowid <= top)"),
            f"DELETE FROM twin_tui_witness WHERE no = {no} AND row = new.rowid;",
        ],
    )
    yield (
        "named",
        f"AFTER UPDATE OF id ON {table} WHEN {_differs(('id',))}",
        [f"UPDATE twin_tui_witness SET id = {watched.new_id} WHERE no = {no} AND row = new.rowid;"],
    )
    # UPDATE OR REPLACE takes away whoever bears the new name, and tells no trigger of it.
    for column in ("id", *(("email",) if watched.table == "users" else ())):
        given = f"UPDATE OF {column} ON {table} WHEN {_differs((column,))}"
        yield f"{column}_taken", f"BEFORE {given}", [_push_named(watched, f"t.{column} = new.{column}")]
        lowered = (
            f"UPDATE twin_tui_mark SET top = {_newest(watched)} WHERE no = {no} AND top > {_newest(watched)};"
        )
        yield f"{column}_given", f"AFTER {given}", [lowered]
    if watched.is_numbered_by_id:
        top = f"(SELECT top FROM twin_tui_mark WHERE no = {no})"
        yield (
            "replaced",
            f"BEFORE INSERT ON {table} WHEN new.id <= {top}",
            [_push_named(watched, "t.rowid = new.id")],
        )
        yield (
            "inserted",
            f"AFTER INSERT ON {table} WHEN new.rowid <= {top}",
            [
                _push(watched.kind, watched.new),
                f"UPDATE twin_tui_mark SET moved = moved + 1 WHERE no = {no};",
            ],
        )


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'old."{column}" IS NOT new."{column}" COLLATE BINARY' for column in columns)


def _push(kind: str, owner: str) -> str:
    """Return the statement that lets an owner wait, if it has an id and was not written just before."""
    return (
        f"INSERT INTO twin_tui_queue (kind, id) SELECT '{kind}', {owner} WHERE {owner} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM (SELECT kind, id FROM twin_tui_queue ORDER BY seq DESC LIMIT {NEAR})"
        f" WHERE kind = '{kind}' AND id = {owner});"
    )


def _push_named(watched: Watched, condition: str) -> str:
    return (
        f"INSERT INTO twin_tui_queue (kind, id) SELECT '{watched.kind}', {watched.same}"
        f' FROM "{watched.table}" AS t WHERE {condition} AND {watched.same} IS NOT NULL;'
    )


def _newest(watched: Watched) -> str:
    return f'ifnull((SELECT max(rowid) FROM "{watched.table}"), 0)'


def _lower(watched: Watched, came: str) -> str:
    """Return the statement that keeps the mark at or below the newest row: its number is given anew."""
    top = f"CASE WHEN old.rowid >= top THEN min(top, {_newest(watched)}) ELSE top END"
    return (
        f"UPDATE twin_tui_mark SET moved = moved - (old.rowid <= top) + {came}, top = {top}"
        f" WHERE no = {watched.no};"
    )

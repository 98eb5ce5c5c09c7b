"""Noticing what the search index has to take in anew: changed rows, by triggers into its queue.

On SQLite new rows need no trigger: they have higher row numbers than those taken in. Deleted rows need none
either, but where the highest is deleted its number is given to another row, so the mark goes down with it.
On PostgreSQL every new, changed or deleted row's id is appended, once per statement.
"""

from collections.abc import Iterator

from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups.search.tables import (
    CHILDREN,
    DOCUMENT,
    IN_ORDER,
    KIND_MODELS,
    MARK,
    MESSAGE,
    OF_USER,
    QUERY,
    QUEUE,
    SESSION,
    TWIN,
    USER,
)

LOWEST = -(1 << 63)
"""Below every row number."""

_PLACES = ", ".join(f"to_regclass('{model._meta.table_name}')" for model in KIND_MODELS)
_WATCHED = {
    MESSAGE: (Message, ("content", "created_at", "session_id")),
    DOCUMENT: (Document, ("title", "content", "created_at", "session_id")),
    QUERY: (Query, ("query_text", "created_at", "session_id")),
    SESSION: (Session, ("title", "topic", "started_at")),
    CHILDREN: (Session, ("user_id", "twin_id")),
    USER: (User, ("full_name", "email")),
    OF_USER: (User, ("company",)),
    TWIN: (Twin, ("name", "user_id")),
}
"""Whose and which columns' changes count, by the kind that is noted then."""


def install(source: Source) -> None:
    """Make the triggers, and let everything that is there count as new; in the caller's write transaction."""
    for statement in _sqlite(source) if source.is_sqlite else _postgres(source):
        source.run(statement)


def count(source: Source) -> int:
    """Return how many of the triggers are there: a table that is made anew loses its own."""
    if source.is_sqlite:
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'twin_tui_search_%'"
    else:
        sql = (
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'twin_tui_search_%'"
            f" AND tgrelid IN ({_PLACES})"
        )
    ((found,),) = source.run(sql)
    return int(found)


def remove(source: Source) -> None:
    """Take the triggers away; in the caller's write transaction."""
    if source.is_sqlite:
        found = source.run(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'twin_tui_search_%'"
        )
        for (name,) in found:
            source.run(f'DROP TRIGGER "{name}"')
        return
    for model in KIND_MODELS:
        table = model._meta.table_name
        for event in ("insert", "update", "delete", "truncate"):
            source.run(f"DROP TRIGGER IF EXISTS twin_tui_search_{event} ON {table}")
            source.run(f"DROP FUNCTION IF EXISTS twin_tui_search_{event}_{table}()")


def _watched(source: Source) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for kind, (model, columns) in _WATCHED.items():
        table = model._meta.table_name
        there = tuple(column for column in columns if f"{table}.{column}" not in source.missing)
        if there:
            yield kind, table, there


def _sqlite(source: Source) -> Iterator[str]:
    for kind, table, columns in _watched(source):
        differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        yield (
            f"CREATE TRIGGER twin_tui_search_update_{kind} AFTER UPDATE OF {names} ON {table} WHEN {differs}"
            f" BEGIN INSERT INTO {QUEUE} (kind, key) VALUES ({kind}, NEW.rowid); END"
        )
    for kind in IN_ORDER:
        table = KIND_MODELS[kind]._meta.table_name
        highest = f"coalesce((SELECT max(rowid) FROM {table}), {LOWEST})"
        yield (
            f"CREATE TRIGGER twin_tui_search_delete_{kind} AFTER DELETE ON {table} WHEN OLD.rowid > {highest}"
            f" BEGIN UPDATE {MARK} SET at = {highest}, id = NULL WHERE kind = {kind} AND at > {highest}; END"
        )
        yield f"INSERT INTO {MARK} (kind, at, id) VALUES ({kind}, {LOWEST}, NULL)"


def _postgres(source: Source) -> Iterator[str]:
    by_table: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for kind, table, columns in _watched(source):
        by_table.setdefault(table, []).append((kind, columns))
    for table, watched in by_table.items():
        own = next(kind for kind in IN_ORDER if KIND_MODELS[kind]._meta.table_name == table)
        yield from _trigger(table, "insert", "NEW TABLE AS new_rows", _noting(own, "SELECT id FROM new_rows"))
        yield from _trigger(table, "delete", "OLD TABLE AS old_rows", _noting(own, "SELECT id FROM old_rows"))
        changes = "".join(
            _noting(
                kind,
                "SELECT n.id FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id"
                f" WHERE o.id IS NULL OR ({_row('n', columns)}) IS DISTINCT FROM ({_row('o', columns)})",
            )
            for kind, columns in watched
        )
        moved = _noting(
            own, "SELECT o.id FROM old_rows o LEFT JOIN new_rows n ON n.id = o.id WHERE n.id IS NULL"
        )
        yield from _trigger(table, "update", "OLD TABLE AS old_rows NEW TABLE AS new_rows", changes + moved)
        yield from _trigger(table, "truncate", None, _noting(-1, "SELECT ''"))


def _row(alias: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f'{alias}."{column}"' for column in columns)


def _noting(kind: int, ids: str) -> str:
    return f" INSERT INTO {QUEUE} (kind, key) SELECT {kind}, id::text FROM ({ids}) AS found(id);"


def _trigger(table: str, event: str, tables: str | None, body: str) -> Iterator[str]:
    name = f"twin_tui_search_{event}"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path FROM CURRENT AS $$BEGIN{body} RETURN NULL; END$$"
    )
    referencing = f" REFERENCING {tables}" if tables else ""
    yield (
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table}{referencing}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}_{table}()"
    )

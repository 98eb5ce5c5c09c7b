"""The derived tables themselves: made, taken away, emptied.

Times are whole microseconds since 1970 (UTC), days proleptic ordinals of the local day in the layer's
timezone, months ``year * 12 + month - 1`` of it; an empty text stands for NULL.
"""

from collections.abc import Iterable

from twin_tui.data.source import Source
from twin_tui.rollups import lookups

VERSION = 9
"""What the tables hold and how; tables of another version are of no use and made anew."""
ROLLUP = "twin_tui_rollup"
PERSON, TWIN, CELL = "twin_tui_person", "twin_tui_twin", "twin_tui_cell"
SESSION, SESSION_DAY = "twin_tui_session", "twin_tui_session_day"
DAY, PAIR_MONTH = "twin_tui_day", "twin_tui_pair_month"
DEAD_END, MEMBER = "twin_tui_dead_end", "twin_tui_member"
TOPIC, DOING, EMPTY_QUERY = "twin_tui_topic", "twin_tui_doing", "twin_tui_empty_query"

_COLUMNS = {
    ROLLUP: "key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL",
    PERSON: "no INTEGER NOT NULL PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, is_there INTEGER NOT NULL,"
    " company TEXT NOT NULL, department TEXT NOT NULL, department_cell INTEGER NOT NULL, created_us BIGINT",
    TWIN: "no INTEGER NOT NULL PRIMARY KEY, twin_id TEXT NOT NULL UNIQUE, is_there INTEGER NOT NULL,"
    " owner_id TEXT, created_us BIGINT, owner_no INTEGER, is_shared INTEGER NOT NULL",
    TOPIC: "no INTEGER NOT NULL PRIMARY KEY, topic TEXT NOT NULL UNIQUE, sessions INTEGER NOT NULL",
    CELL: "no INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,"
    " UNIQUE (kind, first, second)",
    MEMBER: "cell INTEGER NOT NULL PRIMARY KEY, people {blob} NOT NULL",
    SESSION: "session_no INTEGER NOT NULL PRIMARY KEY, session_id TEXT NOT NULL, started_us BIGINT,"
    " until_us BIGINT, user_no INTEGER NOT NULL, twin_no INTEGER NOT NULL,"
    " department_cell INTEGER NOT NULL, platform TEXT NOT NULL, shared INTEGER NOT NULL,"
    " messages INTEGER NOT NULL, user_messages INTEGER NOT NULL, documents INTEGER NOT NULL,"
    " queries INTEGER NOT NULL, length_us BIGINT, topic_no INTEGER NOT NULL",
    SESSION_DAY: "session_no INTEGER NOT NULL, day INTEGER NOT NULL, first_us BIGINT NOT NULL,"
    " last_us BIGINT NOT NULL, until_us BIGINT NOT NULL, user_no INTEGER NOT NULL,"
    " twin_no INTEGER NOT NULL, department_cell INTEGER NOT NULL, platform TEXT NOT NULL,"
    " shared INTEGER NOT NULL, begun INTEGER NOT NULL, messages INTEGER NOT NULL,"
    " user_messages INTEGER NOT NULL, twin_messages INTEGER NOT NULL, documents INTEGER NOT NULL,"
    " queries INTEGER NOT NULL, detail TEXT NOT NULL",
    DEAD_END: "session_no INTEGER NOT NULL PRIMARY KEY, started_us BIGINT, day INTEGER,"
    " user_no INTEGER NOT NULL, twin_no INTEGER NOT NULL, department_cell INTEGER NOT NULL,"
    " platform TEXT NOT NULL, shared INTEGER NOT NULL, reasons INTEGER NOT NULL,"
    " open_from_us BIGINT, open_us BIGINT, open_day INTEGER, open_messages INTEGER NOT NULL,"
    " more TEXT NOT NULL",
    EMPTY_QUERY: "query_id TEXT NOT NULL, session_no INTEGER NOT NULL, us BIGINT NOT NULL,"
    " user_no INTEGER NOT NULL, twin_no INTEGER NOT NULL, department_cell INTEGER NOT NULL,"
    " platform TEXT NOT NULL, shared INTEGER NOT NULL, text TEXT NOT NULL",
    DOING: "day INTEGER NOT NULL PRIMARY KEY, sums TEXT NOT NULL, twins {blob} NOT NULL,"
    " pairs {blob} NOT NULL",
    DAY: "cell INTEGER NOT NULL, day INTEGER NOT NULL, new_users INTEGER NOT NULL,"
    " new_twins INTEGER NOT NULL, conversations INTEGER NOT NULL, shared INTEGER NOT NULL,"
    " messages INTEGER NOT NULL, documents INTEGER NOT NULL, queries INTEGER NOT NULL,"
    " active {blob} NOT NULL, detail {blob} NOT NULL, PRIMARY KEY (cell, day)",
    PAIR_MONTH: "month INTEGER NOT NULL, user_no INTEGER NOT NULL, twin_no INTEGER NOT NULL,"
    " conversations INTEGER NOT NULL, shared INTEGER NOT NULL, messages INTEGER NOT NULL,"
    " user_messages INTEGER NOT NULL, documents INTEGER NOT NULL, queries INTEGER NOT NULL,"
    " lengths INTEGER NOT NULL, length_us BIGINT NOT NULL, last_us BIGINT,"
    " PRIMARY KEY (month, user_no, twin_no)",
}
_SUMMED = "begun, messages, user_messages, documents, queries"
_OF_DAY = f"day, platform, shared, user_no, twin_no, department_cell, {_SUMMED}, first_us, last_us"
"""Holds everything that sums by group ask for, also up to an instant."""
_COUNTS = "cell, day, conversations, shared, messages, documents, queries, new_users, new_twins"
"""Counts by day without the sets and lists that make a row long."""
_UNIQUE = {SESSION: "session_id", SESSION_DAY: "session_no, day"}
"""Keys that are indexes of their own: a build adds rows in the order of time, not of ids."""
_INDEXES = {
    PERSON: ("created_us, is_there", "department_cell"),
    TWIN: ("owner_id", "created_us, is_there", "is_shared, created_us, owner_no"),
    SESSION: (
        "started_us, session_id, topic_no",
        "user_no, started_us",
        "twin_no, started_us",
        "department_cell, started_us",
    ),
    SESSION_DAY: (
        _OF_DAY,
        "user_no, day",
        "twin_no, day",
        "department_cell, day",
        "until_us",
    ),
    DEAD_END: (
        "started_us",
        "open_us, open_from_us",
        "twin_no, started_us",
    ),
    EMPTY_QUERY: ("us", "session_no", "twin_no, us"),
    DAY: (_COUNTS,),
    PAIR_MONTH: ("user_no, month", "twin_no, month"),
}
INDEXES = {
    f"{table}_{'_'.join(place.split(', ')[:2])}": (table, place)
    for table, places in _INDEXES.items()
    for place in (_UNIQUE.get(table), *places)
    if place is not None
}
"""Table and columns of each index besides the keys, by its name."""
SESSION_INDEXES, DAY_INDEXES = (
    tuple(name for name, (table, _) in INDEXES.items() if table in late)
    for late in ((SESSION, SESSION_DAY, DEAD_END, EMPTY_QUERY), (DAY, PAIR_MONTH))
)
"""Those that a build makes when the rows are in: of sessions, then of days and months."""
TABLES = tuple(_COLUMNS)
"""All of them, by name."""


def create(source: Source) -> None:
    """Make the tables that are not there, inside the caller's write transaction; raises `DatabaseError`."""
    blob = "BLOB" if source.is_sqlite else "BYTEA"
    for table, columns in _COLUMNS.items():
        source.run(f"CREATE TABLE IF NOT EXISTS {table} ({columns.format(blob=blob)})")
    for name in INDEXES:
        create_index(source, name)
    lookups.create(source)


def create_index(source: Source, name: str) -> None:
    """Make one of `INDEXES` if it is not there; raises `DatabaseError`."""
    table, place = INDEXES[name]
    unique = "UNIQUE " if place == _UNIQUE.get(table) else ""
    source.run(f"CREATE {unique}INDEX IF NOT EXISTS {name} ON {table} ({place})")


def drop_indexes(source: Source) -> None:
    """Take away those of `INDEXES` that a build makes when the rows are in; raises `DatabaseError`.

    Kept up row by row they cost several times what the rows themselves do.
    """
    for name in (*SESSION_INDEXES, *DAY_INDEXES):
        drop_index(source, name)


def drop_index(source: Source, name: str) -> None:
    """Take away an index if it is there; raises `DatabaseError`.

    SQLite may be made to overwrite what is deleted, which keeps writers out three times as long: an index of
    numbers and ids holds nothing that anybody wrote.
    """
    if not source.is_sqlite:
        source.run(f"DROP INDEX IF EXISTS {name}")
        return
    ((usual,),) = source.run("PRAGMA secure_delete")
    source.run("PRAGMA secure_delete = 0")
    source.run(f"DROP INDEX IF EXISTS {name}")
    source.run(f"PRAGMA secure_delete = {usual}")


def late_indexes(source: Source) -> list[str]:
    """Return the names of the indexes in a SQLite file that a build makes when the rows are in.

    Those that another version made of the same tables are among them. Raises `DatabaseError`.
    """
    early = INDEXES.keys() - {*SESSION_INDEXES, *DAY_INDEXES}
    found = source.run("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return [name for name, table in found if table in TABLES and name not in early]


def take_rows(source: Source, table: str, count: int) -> bool:
    """Take rows away, so many at most where writers wait for it; return whether any are left.

    Inside the caller's write transaction; the table may be missing. Raises `DatabaseError`.
    """
    with source.failures():
        if not source.db.table_exists(table):
            return False
    if not source.is_sqlite:
        source.run(f"DELETE FROM {table}")
        return False
    # Nobody reads the table or writes to it meanwhile: a large one is emptied bit by bit.
    source.run(f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT ?)", (count,))
    return bool(source.run(f"SELECT 1 FROM {table} LIMIT 1"))


def drop(source: Source) -> None:
    """Take the tables away, inside the caller's write transaction; raises `DatabaseError`."""
    drop_tables(source, TABLES)
    lookups.drop(source)


def drop_tables(source: Source, names: Iterable[str]) -> None:
    """Take some of them away, inside the caller's write transaction; raises `DatabaseError`."""
    for table in names:
        source.run(f"DROP TABLE IF EXISTS {table}")


def empty(source: Source) -> None:
    """Leave no row but what `ROLLUP` notes, inside the caller's write transaction; raises `DatabaseError`."""
    for table in TABLES:
        if table != ROLLUP:
            source.run(f"DELETE FROM {table}" if source.is_sqlite else f"TRUNCATE {table}")


def survey(source: Source) -> None:
    """Let PostgreSQL look at the tables' contents now, so that it plans well from the first question on."""
    if not source.is_sqlite:
        source.run(f"ANALYZE {', '.join(TABLES)}")


def are_there(source: Source) -> bool:
    """Return whether the database has the tables and the role may read them; raises `DatabaseError`."""
    if source.is_sqlite:
        return bool(source.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (ROLLUP,)))
    ((may_read,),) = source.run("SELECT has_table_privilege(to_regclass(?)::oid, 'SELECT')", (ROLLUP,))
    return bool(may_read)

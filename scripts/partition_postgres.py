"""Keeps sessions and messages of a PostgreSQL database of ours in monthly partitions.

    python scripts/partition_postgres.py postgresql://USER@HOST/NAME [--ahead 3] [--drop-before 2025-01]

The first run copies both tables into partitioned ones, in one transaction that locks them; every later run
makes the partitions of the months to come and moves into them what the default partition has gathered. Run
it once a month. Rows without a time, or of a month that has no partition, lie in the default partition.

A partitioned table knows no key without its time column, so the foreign keys to sessions and messages become
triggers that do the same, and ids are unique within each partition. After the first run, and after
--drop-before, run ``twin-tui rebuild`` where the database has derived tables.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

from twin_tui.data.database import Source, open_database
from twin_tui.data.errors import DatabaseError

TIMES = {"sessions": "started_at", "messages": "created_at"}
CHILDREN = {"sessions": ("messages", "documents", "queries"), "messages": ("documents", "queries")}
"""Who refers to a partitioned table, by ``session_id`` and ``message_id``."""
_LOCK = 0x5457494E_00000002


def main() -> int:
    """Partition, or keep partitioned, and say what was done."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="the database")
    parser.add_argument("--ahead", type=int, default=3, help="months to come that get a partition (3)")
    parser.add_argument(
        "--drop-before", type=_month, metavar="YYYY-MM", help="drop the messages of months before, for good"
    )
    asked = parser.parse_args()
    try:
        with open_database(asked.url, "write") as source:
            for line in partition(source, asked.ahead, asked.drop_before):
                print(line)
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no month such as 2025-01") from error


def partition(source: Source, ahead: int = 3, drop_before: date | None = None) -> Iterator[str]:
    """Do what is to be done in one transaction, and yield a line for each thing; raises `DatabaseError`."""
    if source.is_sqlite or not source.is_ours:
        raise DatabaseError(
            f"{source.name} is no PostgreSQL database of ours: only such a one is partitioned."
        )
    with source.writing():
        source.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        if not _is_partitioned(source, "sessions"):
            yield from _convert(source)
        for table, time in TIMES.items():
            yield from _provide(source, table, time, ahead)
        if drop_before is not None:
            yield from _drop_before(source, drop_before)


def _is_partitioned(source: Source, table: str) -> bool:
    ((kind,),) = source.run("SELECT relkind::text FROM pg_class WHERE oid = to_regclass(?)", (table,))
    return bool(kind == "p")


def _convert(source: Source) -> Iterator[str]:
    """Put partitioned tables in place of both, with the same columns, indexes and rights."""
    kept = {table: _kept(source, table) for table in TIMES}
    source.run("LOCK TABLE sessions, messages, documents, queries IN ACCESS EXCLUSIVE MODE")
    for table, column in (("messages", "session_id"), ("documents", "session_id"), ("queries", "session_id"),
                          ("documents", "message_id"), ("queries", "message_id")):  # fmt: skip
        for (name,) in source.run(
            "SELECT quote_ident(c.conname) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.conrelid = to_regclass(?) AND a.attname = ?",
            (table, column),
        ):
            source.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table, time in TIMES.items():
        source.run(f"ALTER TABLE {table} RENAME TO {table}_whole")
        source.run(
            f"CREATE TABLE {table} (LIKE {table}_whole INCLUDING DEFAULTS) PARTITION BY RANGE ({time})"
        )
        source.run(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")
        for (first,) in source.run(
            f"SELECT DISTINCT date_trunc('month', {time})::date FROM {table}_whole WHERE {time} IS NOT NULL"
        ):
            _make(source, table, first)
        source.run(f"INSERT INTO {table} SELECT * FROM {table}_whole")
        source.run(f"DROP TABLE {table}_whole")
        for statement in kept[table]:
            source.run(statement)
        # Only with the time column can a key span partitions; by itself the id is unique in each.
        source.run(f"CREATE UNIQUE INDEX {table}_id_{time} ON {table} (id, {time})")
        yield f"{table}: in monthly partitions by {time}"
    for column in ("user_id", "twin_id"):
        parent = f"{column.removesuffix('_id')}s"
        source.run(
            f"ALTER TABLE sessions ADD FOREIGN KEY ({column}) REFERENCES {parent}(id) ON DELETE CASCADE"
        )
    for statement in _keys():
        source.run(statement)


def _kept(source: Source, table: str) -> list[str]:
    """Return the statements that make a table's indexes and rights again."""
    indexes = source.run(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = to_regclass(?) AND NOT indisunique",
        (table,),
    )
    rights = source.run(
        "SELECT DISTINCT privilege_type, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END"
        " FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(?)",
        (table,),
    )
    return [
        *(made for (made,) in indexes),
        *(f"GRANT {right} ON {table} TO {role}" for right, role in rights),
    ]


def _keys() -> Iterator[str]:
    """Yield functions and triggers that act as the foreign keys did: parents exist, children go along."""
    for parent, children in CHILDREN.items():
        column = f"{parent.removesuffix('s')}_id"
        for child in children:
            yield (
                f"CREATE OR REPLACE FUNCTION twin_tui_needs_{parent}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f"BEGIN IF NEW.{column} IS NOT NULL AND"
                f" NOT EXISTS (SELECT 1 FROM {parent} WHERE id = NEW.{column} FOR KEY SHARE) THEN"
                f" RAISE foreign_key_violation USING MESSAGE = 'no {parent} with the id ' || NEW.{column};"
                " END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE CONSTRAINT TRIGGER twin_tui_needs_{parent} AFTER INSERT OR UPDATE OF {column}"
                f" ON {child} FOR EACH ROW EXECUTE FUNCTION twin_tui_needs_{parent}()"
            )
        undone = " ".join(
            f"DELETE FROM {child} WHERE {column} = OLD.id;"
            if parent == "sessions"
            else f"UPDATE {child} SET {column} = NULL WHERE {column} = OLD.id;"
            for child in children
        )
        yield (
            f"CREATE OR REPLACE FUNCTION twin_tui_without_{parent}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f"BEGIN {undone} RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER twin_tui_without_{parent} AFTER DELETE ON {parent} FOR EACH ROW"
            f" EXECUTE FUNCTION twin_tui_without_{parent}()"
        )


def _partitions(source: Source, table: str) -> list[str]:
    found = source.run(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass(?) ORDER BY 1",
        (table,),
    )
    return [name for (name,) in found]


def _provide(source: Source, table: str, time: str, ahead: int) -> Iterator[str]:
    """Make what is missing of the months from now on, and of those the default partition holds."""
    there = set(_partitions(source, table))
    wanted = source.run(
        "SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month')::date"
        " FROM generate_series(0, ?) AS n",
        (ahead,),
    )
    wanted += source.run(
        f"SELECT DISTINCT date_trunc('month', {time})::date FROM {table}_default WHERE {time} IS NOT NULL"
    )
    for first in sorted({first for (first,) in wanted}):
        if f"{table}_{first:%Y_%m}" in there:
            continue
        _make(source, table, first)
        yield f"{table}_{first:%Y_%m}: made"


def _make(source: Source, table: str, first: date) -> None:
    """Make one month's partition, with what the default partition holds of it."""
    time, name = TIMES[table], f"{table}_{first:%Y_%m}"
    end = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    within = f"{time} >= '{first}' AND {time} < '{end}'"
    source.run(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS)")
    # The rows move, nobody takes them away: what refers to them goes on to.
    source.run(f"ALTER TABLE {table}_default DISABLE TRIGGER USER")
    source.run(
        f"WITH gone AS (DELETE FROM {table}_default WHERE {within} RETURNING *)"
        f" INSERT INTO {name} SELECT * FROM gone"
    )
    source.run(f"ALTER TABLE {table}_default ENABLE TRIGGER USER")
    source.run(f"CREATE UNIQUE INDEX {name}_id ON {name} (id)")
    source.run(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{end}')")


def _drop_before(source: Source, first: date) -> Iterator[str]:
    """Drop the partitions of messages of months before; what refers to them refers to nothing then."""
    for name in _partitions(source, "messages"):
        year, _, month = name.removeprefix("messages_").partition("_")
        if not (year.isdigit() and month.isdigit()) or date(int(year), int(month), 1) >= first:
            continue
        for child in CHILDREN["messages"]:
            source.run(f"UPDATE {child} SET message_id = NULL WHERE message_id IN (SELECT id FROM {name})")
        source.run(f"DROP TABLE {name}")
        yield f"{name}: dropped"


if __name__ == "__main__":
    sys.exit(main())

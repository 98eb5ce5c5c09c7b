"""Makes one world of another by the statements that another program would use, and not a row more."""

from datetime import datetime
from typing import Any

from tests.analytics.plain_rows import TABLES, World
from tests.rollups.plain import Writer

NOT_NULL = {"messages": "content", "documents": "content", "queries": "query_text"}


def change_rows(writer: Writer, before: World, after: World) -> None:
    """Insert, update and delete what differs, in one transaction."""
    with writer.transaction():
        for table in TABLES:
            old = {row["id"]: row for row in getattr(before, table)}
            for row in getattr(after, table):
                if row["id"] not in old:
                    insert(writer, table, row)
                elif row != old[row["id"]]:
                    update(writer, table, row)
        for table in reversed(TABLES):
            kept = {row["id"] for row in getattr(after, table)}
            for row in getattr(before, table):
                if row["id"] not in kept:
                    writer.run(f"DELETE FROM {table} WHERE id = ?", row["id"])


def insert(writer: Writer, table: str, row: dict[str, Any]) -> None:
    stored = ({NOT_NULL[table]: "text"} if table in NOT_NULL else {}) | row
    marks = ", ".join("?" * len(stored))
    writer.run(f"INSERT INTO {table} ({', '.join(stored)}) VALUES ({marks})", *map(plain, stored.values()))


def update(writer: Writer, table: str, row: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} = ?" for name in row)
    writer.run(f"UPDATE {table} SET {columns} WHERE id = ?", *map(plain, row.values()), row["id"])


def plain(value: Any) -> Any:
    return value.isoformat(" ") if isinstance(value, datetime) else value

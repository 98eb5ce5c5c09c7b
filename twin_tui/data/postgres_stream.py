"""Reads a PostgreSQL select piece by piece through a cursor on the server."""

from collections.abc import Iterator
from typing import Any

_NAME = "twin_stream"


def streamed(db: Any, select: Any, size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a select in lists of up to ``size``, inside a transaction.

    However long they take: the server's limit on statements is lifted until the transaction ends.
    """
    sql, params = db.get_sql_context().sql(select).query()
    db.execute_sql("SET LOCAL statement_timeout = 0")
    db.execute_sql(f"DECLARE {_NAME} NO SCROLL CURSOR FOR {sql}", params)
    while rows := db.execute_sql(f"FETCH {size:d} FROM {_NAME}").fetchall():
        yield rows
    db.execute_sql(f"CLOSE {_NAME}")

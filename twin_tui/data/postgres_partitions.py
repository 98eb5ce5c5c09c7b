"""Inserting or updating rows of a partitioned table, which has no key on the id alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from twin_tui.data.transfer import quoted


def upsert_partitioned(
    connection: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows, or update those whose id exists in any partition; return how many really changed.

    Of rows with one id the last wins. Two that do this at once for one id may both insert it where their
    months differ; whoever imports does so alone. Raises what the driver raises.
    """
    given = f"twin_tui_given_{table}"
    key = list(columns).index("id")
    latest = {row[key]: row for row in rows}
    if not latest:
        return 0
    names = quoted(columns)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE "{given}" ON COMMIT DROP AS SELECT {names} FROM "{table}" LIMIT 0')
        with cursor.copy(f'COPY "{given}" ({names}) FROM STDIN') as copy:
            for row in latest.values():
                copy.write_row(row)
        changed = 0
        if others := [column for column in columns if column != "id"]:
            sets = ", ".join(f'"{column}" = g."{column}"' for column in others)
            old = ", ".join(f't."{column}"' for column in others)
            new = ", ".join(f'g."{column}"' for column in others)
            cursor.execute(
                f'UPDATE "{table}" AS t SET {sets} FROM "{given}" AS g'
                f" WHERE t.id = g.id AND ({old}) IS DISTINCT FROM ({new})"
            )
            changed += cursor.rowcount
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{given}" AS g'
            f' WHERE NOT EXISTS (SELECT 1 FROM "{table}" AS t WHERE t.id = g.id)'
        )
        changed += cursor.rowcount
        cursor.execute(f'DROP TABLE "{given}"')
    return int(changed)

"""What every kind of source needs to write: rows as they are stored, and the end of a transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any


def stored_rows(
    columns: Sequence[str], rows: Iterable[tuple[Any, ...]], instant: Callable[[datetime], Any]
) -> Iterable[Sequence[Any]]:
    """Return rows as they are stored: datetimes of the time columns become what ``instant`` makes of them."""
    rows = list(rows)
    times = [place for place, column in enumerate(columns) if column.endswith("_at")]
    kinds = {type(row[place]) for place in times for row in rows}
    return (_stored(row, times, instant) for row in rows) if datetime in kinds else rows


def _stored(row: tuple[Any, ...], times: Sequence[int], instant: Callable[[datetime], Any]) -> list[Any]:
    values = list(row)
    for place in times:
        if isinstance(values[place], datetime):
            values[place] = instant(values[place])
    return values


def quoted(columns: Sequence[str]) -> str:
    """Return column names as they stand in a statement.

    >>> quoted(["id", "name"])
    '"id", "name"'
    """
    return ", ".join(f'"{column}"' for column in columns)


def end_transaction(transaction: Any, *, is_good: bool) -> None:
    """Commit one of Peewee's entered transactions, or roll it back."""
    if is_good:
        transaction.__exit__(None, None, None)
    else:
        reason = RuntimeError("rolled back")
        transaction.__exit__(type(reason), reason, None)

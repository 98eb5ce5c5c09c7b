"""What every kind of source needs to write: rows as they are stored, and the end of a transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any


def stored_rows(
    columns: Sequence[str], rows: Iterable[tuple[Any, ...]], instant: Callable[[datetime], Any]
) -> Iterator[Sequence[Any]]:
    """Yield rows as they are stored: datetimes of the time columns become what ``instant`` makes of them."""
    times = [place for place, column in enumerate(columns) if column.endswith("_at")]
    if times == [len(columns) - 1]:
        for row in rows:
            when = row[-1]
            yield (*row[:-1], instant(when)) if isinstance(when, datetime) else row
        return
    for row in rows:
        values = list(row)
        for place in times:
            if isinstance(values[place], datetime):
                values[place] = instant(values[place])
        yield values


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

"""Reads many rows of a table's file at once, column by column, where all of them are as usual.

What is read so is never read otherwise row by row: rows of which any holds something else, such as a time in
an unusual form, a reference to nothing or an unknown column, are not read here at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from twin_tui.importers.loading.rows import RowTuple
from twin_tui.importers.reading.odd import OddError
from twin_tui.importers.tables.files import RawRow
from twin_tui.importers.tables.format import EVERY, MOST, Column, csv_values

Cells = Sequence[Any]
"""A column of many rows."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\+00:00)", re.ASCII)
_ZONE = len("+00:00")
_FLAGS: Mapping[object, bool | None] = {"true": True, "false": False, True: True, False: False, None: None}
_LEAST = 2
"""Fewer columns than this are read row by row."""
_DIGITS = 10
_SENDERS = frozenset(("user", "twin"))


@dataclass(frozen=True, slots=True)
class ManyRows:
    """Rows of one table, whole: a column that the file does not tell is None."""

    told: frozenset[str]
    """Columns that the file tells."""
    columns: Mapping[str, Cells]
    """Every column of the table in its order, times as aware UTC."""

    @property
    def ids(self) -> Cells:
        """The rows' ids, each once."""
        return self.columns["id"]

    def rows(self, table: str, *, are_compared: bool) -> dict[str, RowTuple]:
        """Return rows by id; those that are compared with stored ones hold datetimes, others text."""
        cells = [
            [None if when is None else when.isoformat(" ")[:-_ZONE] for when in self.columns[column.name]]
            if column.kind == "time" and not are_compared
            else self.columns[column.name]
            for column in EVERY[table]
        ]
        return dict(zip(self.ids, zip(*cells, strict=True), strict=True))


def read_at_once(table: str, chunk: Sequence[RawRow], *, holds_nul: bool) -> ManyRows | None:
    """Return the rows of a chunk, None where any of them is unusual; references are not looked at."""
    try:
        told = dict(_columns(chunk))
        if not told.keys() <= {column.name for column in EVERY[table]}:
            return None
        columns = {
            column.name: _read(column, told.get(column.name, ()), len(chunk), holds_nul=holds_nul)
            for column in EVERY[table]
        }
    except (OddError, KeyError, TypeError, ValueError):
        return None
    if len(set(columns["id"])) < len(chunk) or not set(columns.get("sender_type", ())) <= _SENDERS:
        return None
    return ManyRows(frozenset(told), columns)


def _columns(chunk: Sequence[RawRow]) -> Iterable[tuple[str, Cells]]:
    """Return each column that all rows tell, with its values."""
    if any(raw.error is not None for raw in chunk):
        raise OddError
    if chunk[0].told is None:
        fields = zip(*(raw.fields for raw in chunk), strict=True)
        return zip(chunk[0].header, map(csv_values, fields), strict=True)
    names = tuple(chunk[0].told)
    values = [raw.told for raw in chunk if raw.told is not None and len(raw.told) == len(names)]
    if len(names) < _LEAST or len(values) < len(chunk):
        raise OddError
    return zip(names, zip(*map(itemgetter(*names), values), strict=True), strict=True)


def _read(column: Column, cells: Cells, count: int, *, holds_nul: bool) -> Cells:
    if not cells:
        if not column.may_be_null:
            raise OddError
        return [None] * count
    if None in cells and not column.may_be_null:
        raise OddError
    match column.kind:
        case "time":
            return [None if cell is None else _time(cell) for cell in cells]
        case "flag":
            return [_FLAGS[cell] for cell in cells]
        case "count":
            return [None if cell is None else _count(cell) for cell in cells]
    if column.kind == "id" and "" in cells:
        raise OddError
    together = "".join(cell for cell in cells if cell is not None)  # `TypeError` where one is no text.
    if "\0" in together and not holds_nul:
        raise OddError
    if not together.isascii():
        together.encode()  # Raises `UnicodeEncodeError`, a `ValueError`, for lone surrogates.
    return cells


def _time(cell: str) -> datetime:
    if not _TIME.fullmatch(cell):
        raise OddError
    return datetime.fromisoformat(cell)


def _count(cell: object) -> int:
    if isinstance(cell, str) and cell.isdecimal() and cell.isascii() and len(cell) < _DIGITS:
        return int(cell)
    if type(cell) is int and 0 <= cell <= MOST:
        return cell
    raise OddError

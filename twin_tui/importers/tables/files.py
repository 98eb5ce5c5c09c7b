"""Reads the files of our exchange format row by row: one CSV or JSON Lines file per table."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from twin_tui.data.columns import TABLES
from twin_tui.importers.reading.archive import Archive, Names, UnreadableFileError
from twin_tui.importers.reading.archive_stream import GuardedStream
from twin_tui.importers.reading.json_stream import MAX_ITEM
from twin_tui.importers.reading.json_value import parse_json
from twin_tui.importers.report import Journal
from twin_tui.importers.tables.format import csv_value

SUFFIXES = (".csv", ".jsonl", ".ndjson")
_NAME = re.compile(rf"({'|'.join(TABLES)})\.(csv|jsonl|ndjson)\Z", re.IGNORECASE)
_OTHER_MARKS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class RawRow(NamedTuple):
    """A row as it stands in a file."""

    position: int
    """From 1."""
    told: Mapping[str, object] | None = None
    """A row of JSON Lines."""
    header: Sequence[str] = ()
    fields: Sequence[str] = ()
    """A row of CSV, as many fields as its header has."""
    error: str | None = None
    """Why it cannot be read."""
    odd: object = None
    """What stands there instead of a row."""

    @property
    def values(self) -> Mapping[str, object] | None:
        """Values by column, as far as the row tells them; None where it cannot be read."""
        if self.error is not None or self.told is not None:
            return self.told
        return {column: csv_value(field) for column, field in zip(self.header, self.fields, strict=True)}

    @property
    def item(self) -> object:
        """What stands there, for the list of rejected items."""
        return self.values if self.error is None else self.odd


def is_tables(names: Names) -> bool:
    """Say whether names are those of tables.

    >>> is_tables(["users.csv"]), is_tables(["users.json", "notes.csv"])
    (True, False)
    """
    return any(_NAME.match(name) for name in names)


def table_files(archive: Archive, journal: Journal) -> dict[str, str]:
    """Return the file of each table, parents before children; a second file of a table is rejected."""
    found: dict[str, str] = {}
    for name in sorted(archive.names):
        match = _NAME.match(name)
        if match is None:
            continue
        table = match[1].lower()
        if table in found:
            journal.reject_file(name, f"{found[table]} holds that table already")
        else:
            found[table] = name
    return {table: found[table] for table in TABLES if table in found}


class Meter(io.RawIOBase):
    """A stream as the standard library wants it; counts what was read."""

    def __init__(self, stream: GuardedStream) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, as `io.RawIOBase` asks."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


def read_rows(name: str, meter: Meter, notes: Journal) -> Iterator[RawRow]:
    """Yield the rows of a table's file; raises :class:`UnreadableFileError`."""
    buffer = io.BufferedReader(meter, 2**18)
    return _csv_rows(name, buffer, notes) if name.lower().endswith(".csv") else _json_rows(buffer)


def _json_rows(buffer: IO[bytes]) -> Iterator[RawRow]:
    position = 0
    while line := buffer.readline(MAX_ITEM + 1):
        if len(line) > MAX_ITEM:
            raise UnreadableFileError(f"row {position + 1} is larger than {MAX_ITEM // 2**20} MB")
        if position == 0:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        position += 1
        try:
            value, _ = parse_json(line)
        except ValueError as error:
            odd = line.decode("utf-8", "replace")
            yield RawRow(position, error=f"broken JSON: {error}", odd=odd)
            continue
        if isinstance(value, dict):
            yield RawRow(position, value)
        else:
            yield RawRow(position, error="not a JSON object", odd=value)


def _csv_rows(name: str, buffer: IO[bytes], notes: Journal) -> Iterator[RawRow]:
    csv.field_size_limit(MAX_ITEM)
    reader = csv.reader(_lines(buffer), strict=True)
    header: list[str] | None = None
    position = 0
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            position += header is not None
            yield RawRow(position, error=f"broken CSV at line {reader.line_num:,}: {error}")
            if header is None:
                return
            continue
        if fields is None:
            if header is None:
                notes.note(f"{name} is empty")
            return
        if not fields:
            continue
        if header is None:
            header = [field.strip() for field in fields]
            _check_header(header)
            continue
        position += 1
        if len(fields) == len(header):
            yield RawRow(position, None, header, fields)
        else:
            told = f"{len(fields)} fields where the first line names {len(header)}"
            yield RawRow(position, error=told, odd=fields)


def _check_header(header: list[str]) -> None:
    if "id" not in header:
        raise UnreadableFileError(f"its first line names no column id{_seeming(header)}")
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        raise UnreadableFileError(f"its first line names {twice} twice")


def _seeming(header: list[str]) -> str:
    """Return why the column id seems not to be there, as far as a first line tells; spreadsheets write so."""
    line = ",".join(header)
    if "\0" in line:
        return ": it is UTF-16, save it as UTF-8"
    for mark, called in _OTHER_MARKS.items():
        if "id" in [name.strip(' "') for name in line.split(mark)]:
            return f": it parts columns by {called}, not by commas"
    return ": columns are named in small letters" if "ID" in map(str.upper, header) else ""


def _lines(buffer: IO[bytes]) -> Iterator[str]:
    """Yield lines with their ends as they are; bytes that are no UTF-8 become lone surrogates."""
    text = io.TextIOWrapper(buffer, "utf-8-sig", errors="surrogateescape", newline="")
    while line := text.readline(MAX_ITEM + 1):
        if len(line) > MAX_ITEM:
            raise UnreadableFileError(f"a line is longer than {MAX_ITEM // 2**20} MB")
        yield line

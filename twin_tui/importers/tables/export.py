"""Writes the six tables as files, one each, so that importing them gives exactly the same rows."""

import csv
import io
import os
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from twin_tui.data.models import MODELS
from twin_tui.data.source import Source
from twin_tui.importers.base import Progress
from twin_tui.importers.tables.format import EVERY, Column, Plain, csv_text, json_line, stored_value
from twin_tui.text.safe_text import safe_line

FORMS = ("csv", "jsonl")
_PART = ".part"
_SAME_DATE = (1980, 1, 1, 0, 0, 0)
"""The same rows make the same bytes, whenever they are written."""


class ExportFailedError(Exception):
    """Nothing was written; the text is one clear sentence."""


def export_tables(
    source: Source, out: Path, form: str, *, may_replace: bool = False, progress: Progress | None = None
) -> dict[str, int]:
    """Write every table into the folder or ``.zip`` file ``out`` and return the rows of each.

    ``form`` is csv or jsonl. All tables are of one moment, ordered by id; memory holds a few thousand rows.
    Files appear when all are whole. Raises `ExportFailedError` and ``DatabaseError``.
    """
    target: _Target = _Zip(out) if out.suffix.lower() == ".zip" else _Folder(out)
    counts: dict[str, int] = {}
    try:
        target.prepare(may_replace=may_replace)
        with source.reading():
            for model in MODELS:
                table = model._meta.table_name
                columns = EVERY[table]
                nodes = [source.column(model._meta.columns[column.name]) for column in columns]
                select = model.select(*nodes).order_by(source.dialect.ordered_text(source.column(model.id)))
                counts[table] = 0
                with target.file(f"{table}.{form}") as file:
                    writer = _WRITERS[form](file, columns)
                    for rows in source.stream(select):
                        writer.write(rows)
                        counts[table] += len(rows)
                        if progress is not None:
                            progress(sum(counts.values()), None, f"writing {table}")
        target.finish()
    except OSError as error:
        place = safe_line(str(error.filename or out), 160)
        raise ExportFailedError(f"{place} cannot be written: {error.strerror or error}") from error
    finally:
        target.clean_up()
    return counts


class _Writer(ABC):
    def __init__(self, file: IO[str], columns: Sequence[Column]) -> None:
        self._file, self._columns = file, columns

    def write(self, rows: Sequence[Sequence[object]]) -> None:
        """Write rows as a database gave them."""
        for row in rows:
            self.row([stored_value(column, value) for column, value in zip(self._columns, row, strict=True)])

    @abstractmethod
    def row(self, values: Sequence[Plain]) -> None:
        """Write one row."""


class _CsvWriter(_Writer):
    def __init__(self, file: IO[str], columns: Sequence[Column]) -> None:
        super().__init__(file, columns)
        self._csv = csv.writer(self._file, lineterminator="\r\n")
        self._csv.writerow([column.name for column in self._columns])

    def row(self, values: Sequence[Plain]) -> None:
        """Write one row."""
        self._csv.writerow([csv_text(value) for value in values])


class _JsonWriter(_Writer):
    def row(self, values: Sequence[Plain]) -> None:
        """Write one row."""
        self._file.write(json_line(self._columns, values))


_WRITERS: dict[str, type[_Writer]] = {"csv": _CsvWriter, "jsonl": _JsonWriter}


class _Target(ABC):
    def __init__(self, out: Path) -> None:
        self._out = out

    @abstractmethod
    def prepare(self, *, may_replace: bool) -> None:
        """Make sure that nothing is overwritten unasked."""

    @abstractmethod
    @contextmanager
    def file(self, name: str) -> Iterator[IO[str]]:
        """Give a file to write one table into."""

    @abstractmethod
    def finish(self) -> None:
        """Let the files appear."""

    @abstractmethod
    def clean_up(self) -> None:
        """Take away what was not finished."""


class _Folder(_Target):
    def __init__(self, out: Path) -> None:
        super().__init__(out)
        self._parts: list[Path] = []

    def prepare(self, *, may_replace: bool) -> None:
        """Make the folder; what it holds already is left alone unless it may be replaced."""
        self._out.mkdir(parents=True, exist_ok=True)
        held = {name for name in os.listdir(self._out) if not name.endswith(_PART)}
        if held and not may_replace:
            raise ExportFailedError(f"{safe_line(str(self._out), 160)} is not empty: --force writes into it")

    @contextmanager
    def file(self, name: str) -> Iterator[IO[str]]:
        """Give a file beside its later name."""
        part = self._out / f"{name}{_PART}"
        self._parts.append(part)
        with open(_private(part), "w", encoding="utf-8", errors="replace", newline="") as file:
            yield file

    def finish(self) -> None:
        """Give the files their names, and take away those of the other form."""
        names = {part.name.removesuffix(_PART) for part in self._parts}
        for part in self._parts:
            os.replace(part, part.with_name(part.name.removesuffix(_PART)))
        others = {f"{table}.{form}" for table in EVERY for form in FORMS} - names
        for name in others:
            (self._out / name).unlink(missing_ok=True)
        self._parts.clear()

    def clean_up(self) -> None:
        """Take away what was not finished."""
        for part in self._parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)


class _Zip(_Target):
    def __init__(self, out: Path) -> None:
        super().__init__(out)
        self._part = out.with_name(f"{out.name}{_PART}")
        self._zip: zipfile.ZipFile | None = None

    def prepare(self, *, may_replace: bool) -> None:
        """Begin the ZIP file beside its later name."""
        if os.path.lexists(self._out) and not may_replace:
            raise ExportFailedError(f"{safe_line(str(self._out), 160)} is there already: --force replaces it")
        self._out.parent.mkdir(parents=True, exist_ok=True)
        os.close(_private(self._part))
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def file(self, name: str) -> Iterator[IO[str]]:
        """Give a member of the ZIP file."""
        assert self._zip is not None
        info = zipfile.ZipInfo(name, _SAME_DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        with (
            self._zip.open(info, "w", force_zip64=True) as member,
            io.TextIOWrapper(member, "utf-8", errors="replace", newline="") as file,
        ):
            yield file

    def finish(self) -> None:
        """Give the ZIP file its name."""
        assert self._zip is not None
        self._zip.close()
        os.replace(self._part, self._out)
        self._zip = None

    def clean_up(self) -> None:
        """Take away what was not finished."""
        if self._zip is not None:
            with suppress(OSError, ValueError):
                self._zip.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)


def _private(path: Path) -> int:
    """Return a new file's descriptor, readable by its owner alone."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)

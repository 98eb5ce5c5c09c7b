"""Imports tables: our own exchange format, and the way in for every source without a format of its own."""

from collections.abc import Generator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path

from twin_tui.data.models import MODELS
from twin_tui.data.source import Source
from twin_tui.importers.base import ImportFailedError, ImportOptions, Progress
from twin_tui.importers.loading.bulk import BULK_ROWS, bulk, may_fill
from twin_tui.importers.loading.collecting import seldom_collected
from twin_tui.importers.loading.rows import RowTuple, TableLoad
from twin_tui.importers.reading.archive import Archive, UnreadableFileError
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.report import ImportReport, Journal, Tally, make_report
from twin_tui.importers.tables.files import SUFFIXES, Meter, RawRow, is_tables, read_rows, table_files
from twin_tui.importers.tables.format import EVERY
from twin_tui.importers.tables.known import Known
from twin_tui.importers.tables.rows import Rows
from twin_tui.text.safe_text import safe_line

CHUNK = 5_000
"""Rows read, looked up and written together."""
LOOKED_FOR = "tables: no users.csv, sessions.jsonl or the like was found in it"
KIND = "conversation"
_MODELS = {model._meta.table_name: model for model in MODELS}


class TablesImporter:
    """One CSV or JSON Lines file per table → rows, by their ids."""

    name = "tables"
    label = "tables of .csv, .jsonl (ZIP, folder, file)"

    suffixes = SUFFIXES

    def recognises(self, path: str | Path) -> bool:
        """Say whether names in ``path`` are those of tables."""
        try:
            self.require(path)
        except ImportFailedError:
            return False
        return True

    def require(self, path: str | Path) -> None:
        """Raise :class:`ImportFailedError` where ``path`` holds no tables."""
        with closing(_opened(path, Journal())):
            pass

    def run(
        self,
        path: str | Path,
        source: Source | None,
        options: ImportOptions,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import ``path`` into ``source``; raises :class:`ImportFailedError` and ``DatabaseError``.

        Users are written in one transaction, the rows of the other tables in transactions of 5,000; an
        empty database is filled in one.
        """
        if source is None and not options.dry_run:
            raise ImportFailedError("no database to import into")
        if source is not None and not source.is_ours:
            raise ImportFailedError(
                f"{source.name} was written by another system: import into a database of twin-tui"
            )
        if source is not None and source.is_read_only and not options.dry_run:
            raise ImportFailedError("the database is open for reading only: nothing can be imported")
        journal = Journal(options.on_reject, noun="row")
        with (
            closing(_opened(path, journal)) as archive,
            closing(Known(source, dry_run=options.dry_run)) as known,
            seldom_collected(),
        ):
            return _Run(archive, journal, source, known, options=options, progress=progress).report()


def _opened(path: str | Path, journal: Journal) -> Archive:
    archive = open_archive(path, is_tables, LOOKED_FOR, journal, suffixes=SUFFIXES)
    if not is_tables(archive.names):
        archive.close()
        raise ImportFailedError(f"{safe_line(str(path), 160)} is not {LOOKED_FOR}")
    return archive


class _Run:
    """One import, table by table, parents before children."""

    def __init__(
        self,
        archive: Archive,
        journal: Journal,
        source: Source | None,
        known: Known,
        *,
        options: ImportOptions,
        progress: Progress | None,
    ) -> None:
        self._archive, self._journal, self._source, self._known = archive, journal, source, known
        self._options, self._progress = options, progress
        self._files = table_files(archive, journal)
        self._size = sum(archive.size(name) for name in self._files.values())
        self._done = 0
        self._rows = Rows(journal, known, source)
        self._filling = ExitStack()
        """Ends the transaction that fills an empty database."""

    def report(self) -> ImportReport:
        """Read, write and report."""
        rows: dict[str, Tally] = {}
        self._journal.sessions[KIND] = 0
        with self._filling as filling:
            if self._source is not None and not self._options.dry_run and may_fill(self._source):
                filling.enter_context(bulk(self._source, may_look_up=True))
            for table, name in self._files.items():
                rows[table] = self._table(table, name)
                self._done += self._archive.size(name)
        self._tick(self._size, "done")
        self._rows.note()
        none = None if self._journal.sessions[KIND] else "no row of the table sessions was read"
        return make_report("tables", self._journal, rows, dry_run=self._options.dry_run, explanation=none)

    def _table(self, table: str, name: str) -> Tally:
        names = [column.name for column in EVERY[table]]
        load = TableLoad(self._source, _MODELS[table], names, dry_run=self._options.dry_run)
        is_whole = table == "users"
        with self._writing(is_needed=is_whole):
            try:
                with self._archive.stream(name) as stream:
                    meter = Meter(stream)
                    rows = read_rows(name, meter, self._journal)
                    while chunk := list(islice(rows, CHUNK)):
                        with self._writing(is_needed=not is_whole):
                            self._write(table, name, load, chunk)
                        if self._journal.read >= BULK_ROWS and not is_whole:
                            self._filling.close()
                        self._tick(self._done + meter.count, f"reading {name}")
            except UnreadableFileError as error:
                self._journal.reject_file(name, str(error))
        return load.tally

    @contextmanager
    def _writing(self, *, is_needed: bool) -> Generator[None]:
        if self._source is None or self._options.dry_run or not is_needed:
            yield
            return
        with self._source.writing():
            self._source.wait_for_turn()
            yield

    def _write(self, table: str, name: str, load: TableLoad, chunk: list[RawRow]) -> None:
        self._journal.read += len(chunk)
        many = self._rows.at_once(table, chunk)
        if many is not None:
            stored = load.stored(many.ids)
            if not stored or len(many.told) == len(many.columns):
                self._journal.kept += len(chunk)
                self._put(table, load, many.rows(table, are_compared=bool(stored)), stored)
                return
        good = self._rows.understood(table, name, chunk)
        stored = load.stored({str(values["id"]) for _, values in good})
        rows: dict[str, RowTuple] = {}
        for raw, values in good:
            ref = str(values["id"])
            row = self._rows.merged(table, values, rows.get(ref) or stored.get(ref))
            if isinstance(row, str):
                self._journal.reject_message(name, f"row {raw.position}", row, raw.item)
            else:
                rows[ref] = row
                self._journal.kept += 1
        self._put(table, load, rows, stored)

    def _put(
        self, table: str, load: TableLoad, rows: Mapping[str, RowTuple], stored: Mapping[str, RowTuple]
    ) -> None:
        load.put(rows, stored)
        self._known.add(table, rows)
        if table == "sessions":
            self._journal.sessions[KIND] += len(rows)

    def _tick(self, done: int, what: str) -> None:
        if self._progress is not None:
            self._progress(done, self._size, what)

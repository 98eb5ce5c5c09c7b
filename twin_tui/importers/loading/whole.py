"""Conversations that a source holds whole: which are newer in the database, and what of them has gone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from peewee import fn

from twin_tui.data.models import Document, Message, Query
from twin_tui.data.source import Source
from twin_tui.importers.base import Batch
from twin_tui.importers.loading.rows import RowTuple, TableLoad, chunks
from twin_tui.importers.report import counted

_SAME_MOMENT = timedelta(milliseconds=1)
_EVENTS = (Query, Document, Message)
"""Those that refer to messages before the messages."""


class Whole:
    """Settles, batch by batch, what is stored of whole conversations against what the source holds."""

    def __init__(self, source: Source | None, *, dry_run: bool) -> None:
        self._source, self._dry_run = source, dry_run
        self._removed = 0
        self._newer: set[str] = set()

    def meet(self, batch: Batch, ids: Mapping[str, str], stored: Collection[str]) -> None:
        """Find out which conversations of a batch are newer in the database."""
        until = _moments(batch, ids, stored)
        if self._source is None or not until:
            return
        for chunk in chunks(until):
            select = Message.select(Message.session, fn.MAX(Message.created_at)).where(
                Message.session.in_(chunk)
            )
            for ref, newest in self._source.rows(select.group_by(Message.session)):
                last = self._source.dialect.parse_time(newest)
                if last is not None and last > until[str(ref)] + _SAME_MOMENT:
                    self._newer.add(str(ref))

    def put(
        self,
        table: TableLoad,
        rows: Mapping[str, RowTuple],
        stored: Mapping[str, RowTuple],
        *,
        may_change: bool,
    ) -> None:
        """Write rows as `TableLoad.put` does; conversations newer in the database stay as they are."""
        if self._newer:
            place = 1 if "session_id" in table.columns else 0
            frozen = {ref: row for ref, row in rows.items() if row[place] in self._newer}
            rows = {ref: row for ref, row in rows.items() if ref not in frozen}
            known = {ref: row for ref, row in frozen.items() if ref in stored}
            table.put(known, stored, may_change=False)
        table.put(rows, stored, may_change=may_change)

    def remove_gone(self, batch: Batch, ids: Mapping[str, str], stored: Collection[str]) -> None:
        """Remove what is stored of whole conversations and no longer in the source."""
        sessions = [ref for ref in _moments(batch, ids, stored) if ref not in self._newer]
        if self._source is None or not sessions:
            return
        events = (record.id for records in (batch.documents, batch.queries) for record in records)
        there = {*batch.messages.ids, *events}
        for model in _EVENTS:
            found: list[str] = []
            for chunk in chunks(sessions):
                rows = self._source.rows(model.select(model.id).where(model.session.in_(chunk)))
                found += [str(ref) for (ref,) in rows if str(ref) not in there]
            self._removed += len(found)
            for chunk in () if self._dry_run else chunks(found):
                with self._source.failures():
                    model.delete().where(model.id.in_(chunk)).execute(self._source.db)

    def notes(self) -> Iterable[str]:
        """Yield what a person should know."""
        if self._newer:
            yield f"{counted(len(self._newer), 'conversation')} newer in the database, left as they are"
        if self._removed:
            rows = counted(self._removed, "row")
            yield f"{rows} of conversations that their source no longer shows were removed"


def _moments(batch: Batch, ids: Mapping[str, str], stored: Collection[str]) -> dict[str, datetime]:
    """Return until when the source knows each whole conversation that is stored, by its stored id."""
    return {
        ids[record.id]: record.known_until
        for record in batch.sessions
        if record.known_until is not None and ids[record.id] in stored
    }

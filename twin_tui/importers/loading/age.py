"""Whether the database holds newer content than a source: then that content stays as it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from peewee import fn

from twin_tui.data.models import Message, Session
from twin_tui.data.source import Source
from twin_tui.importers.base import Batch, Memory
from twin_tui.importers.loading.rows import RowTuple, chunks

_SAME_MOMENT = timedelta(milliseconds=1)


class Age:
    """Compares each batch with what is remembered of its unit, else with what the database shows."""

    def __init__(self, source: Source | None, as_of: datetime | None, memory: Memory | None) -> None:
        self._source, self._as_of, self._memory = source, as_of, memory
        self._is_older: bool | None = None
        self._met: dict[str, datetime] = {}
        self._decided: dict[str, bool | None] = {}
        self.was_older = False
        """Some batch was older than what the database holds."""

    def of_people(self, batch: Batch) -> bool:
        """Return whether people and twins are known from a newer source; decided once."""
        if self._is_older is None and batch.twins:
            older = self._remembered(batch)
            if older is None:
                older = self._twins_said_more([twin.id for twin in batch.twins])
            self._is_older = older
            self.was_older |= older
        return bool(self._is_older)

    def of_content(self, batch: Batch, stored: Mapping[str, RowTuple]) -> bool:
        """Return whether sessions of a batch are stored as a newer source had them."""
        if batch.unit is None:
            return bool(self._is_older)
        older = self._remembered(batch)
        if older is None:
            older = self._sessions_go_on(list(stored), batch.as_of)
        self.was_older |= older
        return older

    def remember(self) -> None:
        """Keep what this source knew, for the next one."""
        if self._memory is not None and self._met:
            self._memory.remember(self._met)

    def _remembered(self, batch: Batch) -> bool | None:
        """Return whether a newer import of the unit is remembered, None where none is."""
        if batch.unit is None or batch.as_of is None or self._memory is None:
            return None
        if batch.unit not in self._met:
            before = self._memory.newest(batch.unit)
            self._decided[batch.unit] = None if before is None else before > batch.as_of
            self._met[batch.unit] = batch.as_of
        return self._decided[batch.unit]

    def _twins_said_more(self, twins: list[str]) -> bool:
        if self._source is None or self._as_of is None:
            return False
        for chunk in chunks(twins):
            select = Message.select(fn.MAX(Message.created_at)).join(Session).where(Session.twin.in_(chunk))
            if self._is_later(self._source.rows(select)[0][0], self._as_of):
                return True
        return False

    def _sessions_go_on(self, sessions: list[str], as_of: datetime | None) -> bool:
        if self._source is None or as_of is None:
            return False
        for chunk in chunks(sessions):
            select = Message.select(fn.MAX(Message.created_at)).where(Message.session.in_(chunk))
            if self._is_later(self._source.rows(select)[0][0], as_of):
                return True
        return False

    def _is_later(self, stored: object, as_of: datetime) -> bool:
        assert self._source is not None
        newest = self._source.dialect.parse_time(stored)
        return newest is not None and newest > as_of + _SAME_MOMENT

"""Writes rows so that the same rows again change nothing: each is new, changed, equal or kept."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import BooleanField, DateTimeField

from twin_tui.data.models import Row
from twin_tui.data.source import Source
from twin_tui.importers.report import Tally

CHUNK = 500
"""Ids asked for in one statement."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
RowTuple = tuple[Any, ...]


class TableLoad:
    """One table: what it holds of given ids, and how many rows were new, changed, equal or kept."""

    def __init__(
        self, source: Source | None, model: type[Row], columns: Sequence[str], *, dry_run: bool
    ) -> None:
        self._source, self._model, self._columns, self._dry_run = source, model, columns, dry_run
        self.tally = Tally()

    def stored(self, ids: Collection[str]) -> dict[str, RowTuple]:
        """Return stored rows by id, times as aware UTC and flags as booleans."""
        if self._source is None:
            return {}
        fields = [self._model._meta.columns[name] for name in self._columns]
        out: dict[str, RowTuple] = {}
        for chunk in chunks(ids):
            found = self._source.rows(self._model.select(*fields).where(self._model.id.in_(chunk)))
            out.update((str(row[0]), self._plain(fields, row)) for row in found)
        return out

    def put(
        self, rows: Mapping[str, RowTuple], stored: Mapping[str, RowTuple], *, may_change: bool = True
    ) -> None:
        """Write the rows that are new or, where ``may_change``, differ from what is stored."""
        new = [row for ref, row in rows.items() if ref not in stored]
        other = [row for ref, row in rows.items() if ref in stored and row != stored[ref]]
        written = new + other if may_change else new
        if written and self._source is not None and not self._dry_run:
            self._source.upsert_rows(self._model, self._columns, written)
        before = self.tally
        self.tally = Tally(
            before.new + len(new),
            before.changed + (len(other) if may_change else 0),
            before.equal + len(rows) - len(new) - len(other),
            before.kept + (0 if may_change else len(other)),
        )

    def _plain(self, fields: Sequence[Any], row: RowTuple) -> RowTuple:
        assert self._source is not None
        values: list[Any] = []
        for field, value in zip(fields, row, strict=True):
            if value is None:
                values.append(None)
            elif isinstance(field, DateTimeField):
                values.append(self._source.dialect.parse_time(value))
            elif isinstance(field, BooleanField):
                values.append(bool(value))
            else:
                values.append(value)
        return tuple(values)


class TextCleaner:
    """Replaces what no database can store, and counts the texts that held it."""

    def __init__(self) -> None:
        self.replaced = 0

    def clean(self, text: str) -> str:
        r"""Return the text with NUL and lone surrogates as U+FFFD.

        >>> TextCleaner().clean("a\0b")
        'a\ufffdb'
        """
        if not _UNSTORABLE.search(text):
            return text
        self.replaced += 1
        return _UNSTORABLE.sub("\ufffd", text)

    def maybe(self, text: str | None) -> str | None:
        """Return the cleaned text, None for None."""
        return None if text is None else self.clean(text)


def chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    """Yield ids in lists short enough for one statement."""
    every = list(ids)
    for at in range(0, len(every), CHUNK):
        yield every[at : at + CHUNK]


def earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two times, the known one where one is None."""
    return one if other is None else other if one is None else min(one, other)


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two times, the known one where one is None."""
    return one if other is None else other if one is None else max(one, other)

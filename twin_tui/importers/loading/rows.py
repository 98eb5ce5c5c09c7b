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
        self._source, self._model, self.columns, self._dry_run = source, model, columns, dry_run
        fields = [model._meta.columns[name] for name in columns]
        self._times = [place for place, field in enumerate(fields) if isinstance(field, DateTimeField)]
        self._flags = [place for place, field in enumerate(fields) if isinstance(field, BooleanField)]
        self.tally = Tally()

    def stored(self, ids: Collection[str]) -> dict[str, RowTuple]:
        """Return stored rows by id, times as aware UTC and flags as booleans."""
        if self._source is None or not ids:
            return {}
        found = self._source.rows_by_id(self._model, self.columns, ids)
        return {row[0]: self._plain(row) for row in found}

    def put(
        self, rows: Mapping[str, RowTuple], stored: Mapping[str, RowTuple], *, may_change: bool = True
    ) -> None:
        """Write the rows that are new or, where ``may_change``, differ from what is stored."""
        new, other = list(rows.values()), []
        if stored:
            new = [row for ref, row in rows.items() if ref not in stored]
            other = [row for ref, row in rows.items() if ref in stored and row != stored[ref]]
        if self._source is not None and not self._dry_run:
            if new:
                self._source.insert_rows(self._model, self.columns, new)
            if other and may_change:
                self._source.upsert_rows(self._model, self.columns, other)
        before = self.tally
        self.tally = Tally(
            before.new + len(new),
            before.changed + (len(other) if may_change else 0),
            before.equal + len(rows) - len(new) - len(other),
            before.kept + (0 if may_change else len(other)),
        )

    def _plain(self, row: RowTuple) -> RowTuple:
        assert self._source is not None
        values = list(row)
        for place in self._times:
            values[place] = self._source.dialect.parse_time(values[place])
        for place in self._flags:
            values[place] = None if values[place] is None else bool(values[place])
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
        if "\0" not in text and (text.isascii() or _is_encodable(text)):
            return text
        self.replaced += 1
        return _UNSTORABLE.sub("\ufffd", text)

    def clean_all(self, texts: Sequence[str]) -> Sequence[str]:
        """Return texts cleaned; where all are clean already, which one look tells, they themselves."""
        together = "".join(texts)
        if "\0" not in together and (together.isascii() or _is_encodable(together)):
            return texts
        return [self.clean(text) for text in texts]

    def maybe(self, text: str | None) -> str | None:
        """Return the cleaned text, None for None."""
        return None if text is None else self.clean(text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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

"""Which rows of a table's file are good: every value readable, everything they refer to there."""

import re
from collections import Counter

from twin_tui.data.source import Source
from twin_tui.importers.loading.rows import RowTuple
from twin_tui.importers.report import Journal, counted
from twin_tui.importers.tables.at_once import ManyRows, read_at_once
from twin_tui.importers.tables.files import RawRow
from twin_tui.importers.tables.format import EVERY, BadValueError, Plain, read_value
from twin_tui.importers.tables.known import Known, parent_of
from twin_tui.importers.tables.people import Emails

Values = dict[str, Plain]
Good = list[tuple[RawRow, Values]]
"""Rows with the columns that they tell."""
_SENDERS = ("user", "twin")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Rows:
    """Reads and checks rows, and writes down what is rejected and what should be known."""

    def __init__(self, journal: Journal, known: Known, source: Source | None) -> None:
        self._journal, self._known = journal, known
        self._holds_nul = source is None or source.is_sqlite
        self._emails = Emails(source)
        self._replaced = 0
        self._extra: Counter[str] = Counter()
        self._odd_senders = 0

    def understood(self, table: str, file: str, chunk: list[RawRow]) -> Good:
        """Return the good rows of a chunk; of the others each is rejected with its reason."""
        good: Good = []
        for raw in chunk:
            try:
                good.append((raw, self._read(table, file, raw)))
            except BadValueError as error:
                self._reject(file, raw, str(error))
        good = self._referring(table, file, good)
        return self._settled(file, good) if table == "users" else good

    def at_once(self, table: str, chunk: list[RawRow]) -> ManyRows | None:
        """Return the rows of a chunk if all are good and as usual; None: `understood` tells."""
        many = None if table == "users" else read_at_once(table, chunk, holds_nul=self._holds_nul)
        if many is None:
            return None
        for column in EVERY[table]:
            parent = parent_of(table, column.name)
            if parent is None:
                continue
            told = set(many.columns[column.name]) - {None}
            if (parent == "users" and self._emails.joined) or self._known.among(parent, told) != told:
                return None
        return many

    def merged(self, table: str, values: Values, before: RowTuple | None) -> RowTuple | str:
        """Return the whole row: what the file does not tell is as it was, NULL in a new row.

        Returns the reason where a new row lacks what it must have.
        """
        row: list[Plain] = []
        for place, column in enumerate(EVERY[table]):
            if column.name in values:
                row.append(values[column.name])
            elif before is not None:
                row.append(before[place])
            elif column.may_be_null:
                row.append(None)
            else:
                return f"no {column.name}"
        return tuple(row)

    def note(self) -> None:
        """Write down what lost nothing but should be known."""
        for column, count in sorted(self._extra.items()):
            self._journal.note(f"{column} is no column of ours, ignored in {counted(count, 'row')}")
        if self._emails.joined:
            users = counted(len(self._emails.joined), "user")
            self._journal.note(f"{users} known here by e-mail under another id, taken as the same")
        if self._odd_senders:
            messages = counted(self._odd_senders, "message")
            self._journal.note(f"{messages} sent neither by user nor by twin: no figure counts them")
        if self._replaced:
            texts = counted(self._replaced, "text")
            self._journal.note(f"{texts} held characters that cannot be stored, replaced by U+FFFD")

    def _reject(self, file: str, raw: RawRow, reason: str) -> None:
        self._journal.reject_message(file, f"row {raw.position}", reason, raw.item)

    def _read(self, table: str, file: str, raw: RawRow) -> Values:
        if raw.values is None:
            raise BadValueError(raw.error or "cannot be read")
        values: Values = {}
        for column in EVERY[table]:
            if column.name in raw.values:
                value = read_value(column, raw.values[column.name])
                values[column.name] = self._storable(value) if isinstance(value, str) else value
        if "id" not in values:
            raise BadValueError("no id")
        if len(values) < len(raw.values):
            self._extra.update(f"{file}: {str(name)[:40]}" for name in raw.values if name not in values)
        if table == "messages" and values.get("sender_type", "user") not in _SENDERS:
            self._odd_senders += 1
        return values

    def _storable(self, text: str) -> str:
        made = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
        if not self._holds_nul and "\0" in made:
            made = made.replace("\0", "\ufffd")
        self._replaced += made != text
        return made

    def _referring(self, table: str, file: str, rows: Good) -> Good:
        """Return the rows whose parents exist; people known here under another id are named so."""
        for column in EVERY[table]:
            parent = parent_of(table, column.name)
            if parent is None:
                continue
            if parent == "users":
                self._rename(rows, column.name)
            told = {str(values[column.name]) for _, values in rows if values.get(column.name) is not None}
            found = self._known.among(parent, told)
            good: Good = []
            for raw, values in rows:
                ref = values.get(column.name)
                if ref is None or ref in found:
                    good.append((raw, values))
                else:
                    self._reject(file, raw, f"{column.name} {str(ref)[:60]} is not among the {parent}")
            rows = good
        return rows

    def _rename(self, rows: Good, column: str) -> None:
        for _, values in rows:
            ref = values.get(column)
            if isinstance(ref, str):
                values[column] = self._emails.joined.get(ref, ref)

    def _settled(self, file: str, rows: Good) -> Good:
        good: Good = []
        for raw, values in rows:
            email = values.get("email")
            try:
                ref = self._emails.settle(str(values["id"]), email if isinstance(email, str) else None)
            except BadValueError as error:
                self._reject(file, raw, str(error))
                continue
            good.append((raw, {**values, "id": ref}))
        return good

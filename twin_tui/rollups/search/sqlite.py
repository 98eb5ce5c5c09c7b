"""The search index in SQLite: FTS5 without content, row numbers that rise with time, marks for new rows."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups.search import sqlite_upkeep as upkeep
from twin_tui.rollups.search.capture import LOWEST
from twin_tui.rollups.search.items import Item, Key, is_one_of, key_of, read_items, words_of
from twin_tui.rollups.search.numbers import (
    TEXTS,
    Numbers,
    block_of,
    block_of_number,
    end_of_region,
    first_number,
    start_of,
)
from twin_tui.rollups.search.sqlite_rows import TABLES, Mark, NewRows
from twin_tui.rollups.search.store import (
    EARLIEST_US,
    REGION_OF,
    Ahead,
    Asked,
    Batch,
    Store,
    Taken,
    every_word,
    sizes,
)
from twin_tui.rollups.search.tables import (
    CHILDREN,
    DOCUMENT,
    IN_ORDER,
    ITEM,
    KIND_MODELS,
    MARK,
    MESSAGE,
    NOTES,
    OF_USER,
    QUERY,
    QUEUE,
    SESSION,
    TWIN,
    USER,
    WORDS,
    note,
    notes,
)

_KIND_BITS = 3
_AT_ONCE = 500
_INSIDE = 100
"""Rows that are read inside a write transaction at most: they cost several times what writing them does."""


class SqliteStore(Store):
    """A SQLite file's index."""

    most_rows = 2_000

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._rows = NewRows(source)
        self._numbers = Numbers(self._highest)
        self._serial = ""

    @cached_property
    def _spilt(self) -> int:
        """How far items went to older blocks, as it is when the first question is asked."""
        ((spilt,),) = self.source.run(f"SELECT max(value) FROM {NOTES} WHERE key = 'spill'")
        return int(spilt or 0)

    def ahead(self, limit: int) -> Ahead | None:
        """Read the next rows above the marks, while nothing is queued."""
        if self.source.run(f"SELECT 1 FROM {QUEUE} LIMIT 1"):
            return None
        return self._rows.ahead(self._marks(), limit)

    def take(self, limit: int, ahead: Ahead | None = None) -> Taken:
        """Take what is queued first, then rows above the marks, a table at a time.

        Rows read ahead are as they were where nothing is queued and the last one is the same: numbers are
        given anew from the highest down.
        """
        if self._is_renumbered():
            return Taken(is_spoilt=True)
        limit = min(limit, _INSIDE)
        if queued := self.source.run(f"SELECT seq, kind, key FROM {QUEUE} ORDER BY seq LIMIT ?", (limit,)):
            return self._take_queued(queued)
        marks = self._marks()
        if ahead and ahead.marks == marks and self._rows.id_of(ahead.kind, ahead.keys[-1]) == ahead.last_id:
            self._pass(ahead.kind, ahead.keys)
            return Taken(ahead.items, is_more=True, words=ahead.words)
        for kind, at, _ in marks:
            items, keys = self._rows.above(kind, at, limit)
            if keys:
                self._pass(kind, keys)
                return Taken(tuple(items), is_more=True)
        return Taken()

    def take_away(self, limit: int) -> bool:
        """Take away so many pages of words, and places."""
        return upkeep.take_away(self.source, limit)

    def _marks(self) -> list[Mark]:
        marks = {
            kind: (kind, at, top) for kind, at, top in self.source.run(f"SELECT kind, at, id FROM {MARK}")
        }
        return [marks[kind] for kind in IN_ORDER]

    def _is_renumbered(self) -> bool:
        """Compare the rows at the marks with those noted; return whether rows got other numbers.

        A row put in another's place without any trigger is taken in anew.
        """
        for kind, at, top in self._marks():
            if top is None:
                continue
            found = self.source.run(f"SELECT CAST(id AS TEXT) FROM {TABLES[kind]} WHERE rowid = ?", (at,))
            if found and found[0][0] == top:
                continue
            if self.source.run(f"SELECT 1 FROM {TABLES[kind]} WHERE id = ?", (top,)):
                return True
            self._enqueue(kind, "SELECT ?", (at,))
            self.source.run(f"UPDATE {MARK} SET id = NULL WHERE kind = ?", (kind,))
        return False

    def _take_queued(self, queued: list[tuple[Any, ...]]) -> Taken:
        items: list[Item] = []
        for kind, rows in groupby(sorted(queued, key=lambda row: row[1]), key=lambda row: row[1]):
            keys = sorted({row[2] for row in rows})
            for some in _portions(keys):
                if kind == CHILDREN:
                    self._enqueue_children(some)
                elif kind == OF_USER:
                    self._enqueue_of_users(some)
                else:
                    items += self._of_keys(kind, some)
        self.source.run(f"DELETE FROM {QUEUE} WHERE seq <= ?", (queued[-1][0],))
        return Taken(tuple(items), is_more=True)

    def _of_keys(self, kind: int, keys: Sequence[Key]) -> list[Item]:
        asked = is_one_of(self.source, key_of(self.source, KIND_MODELS[kind]), keys)
        return read_items(self.source, kind, asked)[0]

    def _pass(self, kind: int, keys: Sequence[Key]) -> None:
        """Move a mark past rows, and see to what came before its parent did."""
        top = keys[-1]
        self.source.run(
            f"UPDATE {MARK} SET at = ?, id = (SELECT CAST(id AS TEXT) FROM {TABLES[kind]} WHERE rowid = ?)"
            " WHERE kind = ?",
            (top, top, kind),
        )
        marks = {other: at for other, at, _ in self._marks()}
        for some in _portions(keys):
            rows = f"SELECT id FROM {TABLES[kind]} WHERE rowid IN ({_marks(some)})"
            if kind == SESSION:
                for child in (MESSAGE, DOCUMENT, QUERY):
                    if marks[child] > LOWEST:
                        self._enqueue(
                            child,
                            f"SELECT rowid FROM {TABLES[child]} WHERE session_id IN ({rows}) AND rowid <= ?",
                            (*some, marks[child]),
                        )
            elif kind == USER:
                for child, told in ((SESSION, CHILDREN), (TWIN, TWIN)):
                    if marks[child] > LOWEST:
                        self._enqueue(
                            told,
                            f"SELECT rowid FROM {TABLES[child]} WHERE user_id IN ({rows}) AND rowid <= ?",
                            (*some, marks[child]),
                        )

    def _enqueue_children(self, sessions: Sequence[int]) -> None:
        ids = f"SELECT id FROM sessions WHERE rowid IN ({_marks(sessions)})"
        self._enqueue(SESSION, f"SELECT rowid FROM sessions WHERE rowid IN ({_marks(sessions)})", sessions)
        for child in (MESSAGE, DOCUMENT, QUERY):
            self._enqueue(child, f"SELECT rowid FROM {TABLES[child]} WHERE session_id IN ({ids})", sessions)

    def _enqueue_of_users(self, users: Sequence[int]) -> None:
        ids = f"SELECT id FROM users WHERE rowid IN ({_marks(users)})"
        self._enqueue(USER, f"SELECT rowid FROM users WHERE rowid IN ({_marks(users)})", users)
        self._enqueue(TWIN, f"SELECT rowid FROM twins WHERE user_id IN ({ids})", users)
        self._enqueue(CHILDREN, f"SELECT rowid FROM sessions WHERE user_id IN ({ids})", users)

    def _enqueue(self, kind: int, select: str, params: Sequence[Any]) -> None:
        self.source.run(
            f"INSERT INTO {QUEUE} (kind, key) SELECT {kind}, found.* FROM ({select}) AS found", params
        )

    def put(self, taken: Taken) -> None:
        """Write items under new numbers; what stood for a row before finds nothing any more, or the row."""
        noted = notes(self.source)
        if noted.get("serial", "") != self._serial or self._numbers.is_full:
            self._numbers = Numbers(self._highest)
        numbers = self._numbers
        self._serial = str(int(noted.get("serial", "0")) + 1)
        items, words = taken.items, taken.words or tuple(map(words_of, taken.items))
        places = sorted(range(len(items)), key=lambda place: items[place].at_us or 0)
        rows = sorted(
            (numbers.take(REGION_OF.get(items[place].kind, TEXTS), items[place].at_us), place)
            for place in places
        )
        upkeep.steady(self.source, noted)
        self.source.fill(ITEM, ("no", "place"), [(no, place_of(items[place])) for no, place in rows])
        self.source.fill(WORDS, ("rowid", "words"), [(no, words[place]) for no, place in rows])
        upkeep.merge(self.source, sum(map(len, words)))
        spill = max(numbers.spill, int(noted.get("spill", "0")))
        note(self.source, {"serial": self._serial, "spill": str(spill)})

    def _highest(self, first: int, end: int) -> int | None:
        ((highest,),) = self.source.run(f"SELECT max(no) FROM {ITEM} WHERE no >= ? AND no < ?", (first, end))
        return None if highest is None else int(highest)

    def complete(self) -> None:
        """Nothing: SQLite walks through the words as they are asked for."""

    def behind(self) -> int:
        """Return the rows above the marks, as their numbers tell, and those queued."""
        ((count,),) = self.source.run(f"SELECT count(*) FROM {QUEUE}")
        for kind, at, _ in self._marks():
            table = TABLES[kind]
            ((lowest, highest),) = self.source.run(
                f"SELECT (SELECT min(rowid) FROM {table}), (SELECT max(rowid) FROM {table})"
            )
            count += 0 if highest is None else max(0, highest - max(at, lowest - 1))
        return int(count)

    def missing(self, limit: int) -> list[tuple[int, Key]]:
        """Return queued rows, then those above the marks, the newest of each kind."""
        found: list[tuple[int, Key]] = [
            (kind, key)
            for kind, key in self.source.run(
                f"SELECT DISTINCT kind, key FROM {QUEUE} WHERE kind < ? LIMIT ?", (CHILDREN, limit)
            )
        ]
        parts = [
            f"SELECT * FROM (SELECT {kind}, rowid FROM {table}"
            f" WHERE rowid > (SELECT at FROM {MARK} WHERE kind = {kind}) ORDER BY rowid DESC LIMIT {limit:d})"
            for kind, table in TABLES.items()
        ]
        found += self.source.run(f"{' UNION ALL '.join(parts)} LIMIT ?", (limit - len(found),))
        return found

    def found(self, asked: Asked) -> Iterator[Batch]:
        """Walk down the numbers of the period; blocks are settled when what may have spilled was seen."""
        spill = self._spilt
        low = first_number(asked.region, max(0, block_of(asked.since_us) - spill))
        end = min(end_of_region(asked.region), first_number(asked.region, block_of(asked.until_us) + 1))
        if asked.since_us == EARLIEST_US:
            low = first_number(asked.region, 0)
        match = " AND ".join(f'"{word}"{" *" if is_open else ""}' for word, is_open in every_word(asked))
        for size in sizes(asked.first):
            rows = self.source.run(
                f"SELECT {WORDS}.rowid, {ITEM}.place FROM {WORDS} CROSS JOIN {ITEM} ON no = {WORDS}.rowid"
                f" WHERE {WORDS} MATCH ? AND {WORDS}.rowid >= ? AND {WORDS}.rowid < ?"
                f" ORDER BY {WORDS}.rowid DESC LIMIT ?",
                (match, low, end, size),
            )
            places = tuple((place & (1 << _KIND_BITS) - 1, place >> _KIND_BITS, "") for _, place in rows)
            if len(rows) < size:
                yield Batch(places, EARLIEST_US)
                return
            end = rows[-1][0]
            yield Batch(places, start_of(block_of_number(end) + spill + 1))


def place_of(item: Item) -> int:
    """Return what the index notes of an item: the number of its row and its kind."""
    return int(item.key) << _KIND_BITS | item.kind


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _portions(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))

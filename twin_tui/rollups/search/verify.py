"""Compares the search index with the words and tags that its rows come to now; reads only."""

import re
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from peewee import Value

from twin_tui.data.source import Source
from twin_tui.rollups.search import tables as search_tables
from twin_tui.rollups.search.index import store_of
from twin_tui.rollups.search.items import Item, Key, key_of, read_items, words_of
from twin_tui.rollups.search.numbers import TEXTS, block_of, block_of_number, end_of_region, first_number
from twin_tui.rollups.search.postgres import vector_of
from twin_tui.rollups.search.sqlite import place_of
from twin_tui.rollups.search.store import REGION_OF
from twin_tui.rollups.search.tables import ITEM, KIND_MODELS, KINDS, NOTES, WORDS

Tell = Callable[[int, int, str], None]
Fault = tuple[str, bool]
"""Which row is not found as it is, and whether anything stands for it in the index."""
_PIECE = 2_000
_TOKEN = re.compile(r"[0-9a-z\x80-\U0010ffff]+")
"""What the tokenizer ``ascii`` takes for a word, capitals made small."""
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_MASK = (1 << 64) - 1
_VOCABULARY = "twin_tui_search_vocabulary"


def faults(source: Source, tell: Tell) -> list[Fault]:
    """Return what of the index would not be found as its rows are, nothing where there is no whole index.

    Rows that wait to be taken in are left out. Call it inside `Source.reading`; raises `DatabaseError`.
    """
    if not search_tables.is_whole(search_tables.notes(source)):
        return []
    waiting = set(store_of(source).missing(100_000))
    index: _Index = _Sqlite(source) if source.is_sqlite else _Postgres(source)
    found: list[Fault] = []
    for kind, model in enumerate(KIND_MODELS):
        for items in _pieces(source, kind, model):
            held = [item for item in items if (kind, item.key) not in waiting]
            for item, is_there in index.wrong(held):
                found.append((f"{KINDS[kind]} {item.key}", is_there))
        tell(kind + 1, len(KIND_MODELS), "kinds of texts")
    return found


def _pieces(source: Source, kind: int, model: Any) -> Iterator[list[Item]]:
    key, after = key_of(source, model), None
    while True:
        above = key.is_null(False) if after is None else key > Value(after, converter=False)
        items, keys = read_items(source, kind, above, _PIECE)
        if not keys:
            return
        yield items
        after = keys[-1]


class _Index(ABC):
    """What is in the index of one database."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @abstractmethod
    def wrong(self, items: Sequence[Item]) -> list[tuple[Item, bool]]:
        """Return the items that are not in as they are, with whether anything stands for them."""


class _Postgres(_Index):
    def wrong(self, items: Sequence[Item]) -> list[tuple[Item, bool]]:
        """Let the server compare its sets of words with those of the rows."""
        by_key: dict[Key, Item] = {item.key: item for item in items}
        if not by_key:
            return []
        rows = self.source.run(
            f"SELECT due.id, i.id IS NULL FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[])"
            f" AS due(id, session_id, words, at_us) LEFT JOIN {ITEM} i ON i.kind = ? AND i.id = due.id"
            " WHERE i.id IS NULL OR i.words <> due.words::tsvector OR i.at_us <> due.at_us"
            " OR i.session_id <> due.session_id ORDER BY due.id",
            (
                list(by_key),
                [item.session_id for item in items],
                [vector_of(item) for item in items],
                [item.at_us or 0 for item in items],
                items[0].kind,
            ),
        )
        return [(by_key[key], not is_missing) for key, is_missing in rows]


class _Sqlite(_Index):
    """The index does not tell the words of an item, only the items of a word: both are added up.

    Of an item a number is kept that its words come to, whatever their order.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._numbers = array("q", (no for (no,) in source.run(f"SELECT no FROM {ITEM} ORDER BY no")))
        by_place = source.run(f"SELECT place, no FROM {ITEM} ORDER BY place, no")
        self._places = array("q", (place for place, _ in by_place))
        self._numbers_by_place = array("q", (no for _, no in by_place))
        self._sums = array("Q", bytes(8 * len(self._numbers)))
        ((spilt,),) = source.run(f"SELECT max(value) FROM {NOTES} WHERE key = 'spill'")
        self._spill = int(spilt or 0)
        self._add_up()

    def _add_up(self) -> None:
        """Go through all words, each with the numbers of its items in ascending order."""
        numbers, sums, count = self._numbers, self._sums, len(self._numbers)
        term, value, at = None, 0, 0
        for batch in self._postings():
            for word, no in batch:
                if word != term:
                    term, value, at = word, hash(word), 0
                at = bisect_left(numbers, no, at)
                if at < count and numbers[at] == no:
                    sums[at] = sums[at] + value & _MASK

    def _postings(self) -> Iterator[list[tuple[Any, ...]]]:
        with self.source.failures():
            ((guard,),) = self.source.run("PRAGMA query_only")
            # A table of this connection alone, by which the module shows its words; the file is not touched.
            self.source.run("PRAGMA query_only = 0")
            try:
                self.source.run(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{_VOCABULARY}"
                    f" USING fts5vocab(main, {WORDS}, instance)"
                )
                cursor = self.source.db.execute_sql(f"SELECT term, doc FROM temp.{_VOCABULARY}")
                while batch := cursor.fetchmany(50_000):
                    yield batch
                self.source.run(f"DROP TABLE temp.{_VOCABULARY}")
            finally:
                self.source.run(f"PRAGMA query_only = {guard}")

    def wrong(self, items: Sequence[Item]) -> list[tuple[Item, bool]]:
        """Compare what the words of items come to with what any of their numbers stands for.

        Numbers that a row had before may be there still: they find nothing that is not in it.
        """
        found = []
        for item in items:
            place = place_of(item)
            first, end = bisect_left(self._places, place), bisect_right(self._places, place)
            if not any(self._is_right(no, item) for no in self._numbers_by_place[first:end]):
                found.append((item, first < end))
        return found

    def _is_right(self, no: int, item: Item) -> bool:
        region, block = REGION_OF.get(item.kind, TEXTS), block_of(item.at_us)
        if not first_number(region, 0) <= no < end_of_region(region):
            return False
        if item.at_us is not None and not 0 <= block - block_of_number(no) <= self._spill:
            return False
        words = set(_TOKEN.findall(words_of(item).translate(_SMALL)))
        return self._sums[bisect_left(self._numbers, no)] == sum(map(hash, words)) & _MASK

"""The search index in PostgreSQL: sets of words under a GIN index, changes by an append-only queue."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from peewee import Value

from twin_tui.rollups.search.items import Item, Key, is_one_of, read_items
from twin_tui.rollups.search.numbers import PERSONS, TEXTS, TITLES, TWINS
from twin_tui.rollups.search.reach import Planner, Reach
from twin_tui.rollups.search.store import EARLIEST_US, Ahead, Asked, Batch, Store, Taken, every_word, sizes
from twin_tui.rollups.search.tables import (
    CHILDREN,
    DOCUMENT,
    IN_ORDER,
    ITEM,
    KIND_MODELS,
    MESSAGE,
    OF_USER,
    QUERY,
    QUEUE,
    SESSION,
    TWIN,
    USER,
    note,
    notes,
)
from twin_tui.rollups.search.tags import region_tag
from twin_tui.text.search_words import search_words

_LOCK = 7_305_881_204_113
"""Key of the advisory lock that lets one at a time take things in."""
_MOST_BYTES = 900_000
"""Of the distinct words of one item: PostgreSQL keeps a megabyte at most."""
_REGION_KINDS = {TEXTS: (MESSAGE, DOCUMENT, QUERY), TITLES: (SESSION,), PERSONS: (USER,), TWINS: (TWIN,)}
_TABLES = {kind: model._meta.table_name for kind, model in enumerate(KIND_MODELS)}
_TRUNCATED = -1
_EVERY_PLACE = Reach(is_walk=False, floors=(EARLIEST_US,))
"""Of people and twins all are compared anyway."""


class PostgresStore(Store):
    """A PostgreSQL database's index."""

    step_seconds = 0.5

    @cached_property
    def _planner(self) -> Planner:
        return Planner(self.source)

    def take(self, limit: int, _: Ahead | None = None) -> Taken:
        """Take what is queued first, then the rows there were before, by id."""
        self.source.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        if queued := self.source.run(f"SELECT seq, kind, key FROM {QUEUE} ORDER BY seq LIMIT ?", (limit,)):
            return self._take_queued(queued)
        noted = notes(self.source)
        for kind in IN_ORDER:
            cursor = noted.get(f"cursor {kind}", "")
            if noted.get(f"done {kind}") == "1":
                continue
            model: Any = KIND_MODELS[kind]
            after = self.source.column(model.id) > Value(cursor, converter=False)
            items, keys = read_items(self.source, kind, after, limit)
            if not keys:
                note(self.source, {f"done {kind}": "1", f"cursor {kind}": None})
                continue
            note(self.source, {f"cursor {kind}": str(keys[-1])})
            return Taken(tuple(items), tuple((kind, key) for key in keys), is_more=True)
        return Taken()

    def _take_queued(self, queued: list[tuple[Any, ...]]) -> Taken:
        if any(kind == _TRUNCATED for _, kind, _ in queued):
            return Taken(is_spoilt=True)
        items: list[Item] = []
        gone: list[tuple[int, Key]] = []
        for kind, rows in groupby(sorted(queued, key=lambda row: row[1]), key=lambda row: row[1]):
            keys = sorted({row[2] for row in rows})
            if kind == CHILDREN:
                self._enqueue_children(keys)
                continue
            if kind == OF_USER:
                self._enqueue_of_users(keys)
                continue
            column = self.source.column(getattr(KIND_MODELS[kind], "id"))  # noqa: B009
            items += read_items(self.source, kind, is_one_of(self.source, column, keys))[0]
            gone += [(kind, key) for key in keys]
            self._see_to_early(kind, keys)
        # A lower number may become visible later than a higher one: only what was read is deleted.
        self.source.run(f"DELETE FROM {QUEUE} WHERE seq = ANY(?)", ([row[0] for row in queued],))
        return Taken(tuple(items), tuple(gone), is_more=True)

    def _see_to_early(self, kind: int, keys: Sequence[str]) -> None:
        """Take in what came before its session did, and give tags to what came before its person."""
        if kind == SESSION:
            for child in (MESSAGE, DOCUMENT, QUERY):
                self._enqueue(
                    child,
                    f"SELECT c.id::text FROM {_TABLES[child]} c LEFT JOIN {ITEM} i ON i.kind = {child}"
                    " AND i.id = c.id::text WHERE c.session_id::text = ANY(?) AND i.id IS NULL",
                    keys,
                )
        elif kind == USER:
            known = f"SELECT id FROM {ITEM} WHERE kind = {USER} AND id = ANY(?)"
            fresh = sorted(set(keys) - {key for (key,) in self.source.run(known, (keys,))})
            if fresh:
                self._enqueue(CHILDREN, "SELECT id::text FROM sessions WHERE user_id::text = ANY(?)", fresh)
                self._enqueue(TWIN, "SELECT id::text FROM twins WHERE user_id::text = ANY(?)", fresh)

    def _enqueue_children(self, sessions: Sequence[str]) -> None:
        self._enqueue(SESSION, "SELECT id::text FROM sessions WHERE id::text = ANY(?)", sessions)
        for child in (MESSAGE, DOCUMENT, QUERY):
            rows = f"SELECT id::text FROM {_TABLES[child]} WHERE session_id::text = ANY(?)"
            self._enqueue(child, rows, sessions)

    def _enqueue_of_users(self, users: Sequence[str]) -> None:
        self._enqueue(USER, "SELECT id::text FROM users WHERE id::text = ANY(?)", users)
        self._enqueue(TWIN, "SELECT id::text FROM twins WHERE user_id::text = ANY(?)", users)
        self._enqueue(CHILDREN, "SELECT id::text FROM sessions WHERE user_id::text = ANY(?)", users)

    def _enqueue(self, kind: int, select: str, keys: Sequence[str]) -> None:
        self.source.run(
            f"INSERT INTO {QUEUE} (kind, key) SELECT {kind}, found.id FROM ({select}) AS found(id)",
            (list(keys),),
        )

    def put(self, taken: Taken) -> None:
        """Write items in place of those that stood for the same rows."""
        for kind, rows in groupby(sorted(taken.gone), key=lambda row: row[0]):
            keys = [key for _, key in rows]
            self.source.run(f"DELETE FROM {ITEM} WHERE kind = ? AND id = ANY(?)", (kind, keys))
        self.source.fill(
            ITEM,
            ("kind", "id", "session_id", "at_us", "words"),
            [
                (
                    item.kind,
                    item.key,
                    item.session_id,
                    item.at_us or 0,
                    vector_of(item),
                )
                for item in taken.items
            ],
        )

    def complete(self) -> None:
        """Make the indexes, much quicker at the end, and let the server know which words are rare."""
        self.source.run(f"CREATE INDEX {ITEM}_words ON {ITEM} USING gin (words)")
        self.source.run(f'CREATE INDEX {ITEM}_time ON {ITEM} (at_us DESC, kind DESC, id COLLATE "C" DESC)')
        self.source.run(f"ANALYZE {ITEM}")

    def behind(self) -> int:
        """Return how much is queued."""
        ((queued,),) = self.source.run(f"SELECT count(*) FROM {QUEUE}")
        return int(queued)

    def missing(self, limit: int) -> list[tuple[int, Key]]:
        """Return queued rows, the newest first."""
        return [
            (kind, key)
            for kind, key in self.source.run(
                f"SELECT DISTINCT kind, key FROM (SELECT kind, key FROM {QUEUE} WHERE kind < ?"
                " ORDER BY seq DESC LIMIT ?) AS queued",
                (CHILDREN, limit),
            )
            if kind >= 0
        ]

    def found(self, asked: Asked) -> Iterator[Batch]:
        """Read in the order of time, kind and id, each batch after the last place of the one before."""
        kinds = _REGION_KINDS[asked.region]
        wanted = [f"'{word}'{':*' if is_open else ''}" for word, is_open in every_word(asked)]
        reach = _EVERY_PLACE
        if asked.region in (TEXTS, TITLES):
            # Whose words they are is left out: titles are about what texts are about.
            reach = self._planner.reach(" & ".join(wanted), asked.since_us, asked.until_us)
        wanted += [f"'{region_tag(kinds[0])}'"] if len(kinds) == 1 else []
        words = " & ".join(wanted)
        # No index has an order by a sum: the places of the words are looked up then.
        newest = "at_us DESC" if reach.is_walk else "at_us + 0 DESC"
        here: tuple[Any, ...] = (min(asked.until_us, 1 << 62), -1, "")
        floors = iter((*reach.floors[:-1], asked.since_us))
        floor = next(floors)
        for size in sizes(asked.first):
            rows = self.source.run(
                f"SELECT kind, id, session_id, at_us FROM {ITEM} WHERE words @@ CAST(? AS tsquery)"
                f" AND kind IN ({', '.join(map(str, kinds))})"
                ' AND at_us >= ? AND (at_us, kind, id COLLATE "C") < (?, ?, ?)'
                f' ORDER BY {newest}, kind DESC, id COLLATE "C" DESC LIMIT ?',
                (words, floor, *here, size),
            )
            places = tuple((kind, key, session) for kind, key, session, _ in rows)
            if len(rows) == size:
                kind, key, _, at_us = rows[-1]
                here = (at_us, kind, key)
                yield Batch(places, at_us + 1)
                continue
            if floor == asked.since_us:
                yield Batch(places, EARLIEST_US)
                return
            yield Batch(places, floor)
            here, floor = (floor, -1, ""), next(floors)


def vector_of(item: Item) -> str:
    """Return the item's words as PostgreSQL reads them; none holds a quote or a backslash."""
    words = set(search_words(item.text))
    if sum(map(len, words)) * 4 > _MOST_BYTES:
        words = _fitting(words)
    marks = [region_tag(item.kind)] if item.kind >= SESSION else []
    return " ".join(f"'{word}'" for word in (*words, *item.tags, *marks))


def _fitting(words: set[str]) -> set[str]:
    kept, size = set(), 0
    for word in sorted(words, key=len):
        size += len(word.encode())
        if size > _MOST_BYTES:
            break
        kept.add(word)
    return kept

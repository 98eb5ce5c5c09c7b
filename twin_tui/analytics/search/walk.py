"""Going back in time through what is sought: by the search index, or by reading where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Tuple, Value

from twin_tui.analytics.search.rows import TEXTS, Last, Row, Rows
from twin_tui.data.source import Source
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.search.items import DATED
from twin_tui.rollups.search.numbers import TEXTS as TEXT_REGION
from twin_tui.rollups.search.store import EARLIEST_US, LATEST_US, REGION_OF, Asked
from twin_tui.rollups.search.tables import DOCUMENT, KIND_MODELS
from twin_tui.rollups.search.tags import tag_words

MANY = 60
"""Places of the index that are looked at first: a page of hits, and some that filters leave out."""
MOST_PLACES = 50_000
"""Places of the index that are looked at before a search ends early."""
MOST_MISSING = 1_000
"""Rows not yet in the index that are read instead."""
_MOST_READ = {DOCUMENT: 4_000}
_MOST_READ_ELSE = 40_000
"""Rows of a kind that are read where there is no index."""
_FIRST_READ, _AT_ONCE = 500, 5_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that hold what is sought, the newest first, all of them newer than those of later stretches."""

    rows: tuple[Row, ...]
    reached_us: int
    """Nothing older was looked at yet; `EARLIEST_US` when there is nothing older."""


class Index:
    """The search index as it stands for one question."""

    def __init__(self, source: Source) -> None:
        self.store = search_index.store_of(source)
        self.missing = self.store.missing(MOST_MISSING)
        """Rows that it does not hold yet, or not as they are now; read beside it."""
        is_all = len(self.missing) < MOST_MISSING
        self.behind = 0 if is_all else max(0, self.store.behind() - len(self.missing))
        """Rows that are neither in it nor among those."""


def by_index(rows: Rows, index: Index, kind: int | None = None, first: int = MANY) -> Iterator[Stretch]:
    """Walk through the index: texts, or one kind of names; what the index lacks yet is read beside it.

    ``first``: about as many places as will be enough.
    """
    filters = rows.filters
    kinds = TEXTS if kind is None else (kind,)
    named = [place for place in index.missing if place[0] in kinds]
    pending = {row.place: row for row in rows.named([(*place, "") for place in named])}
    is_dated = all(each in DATED for each in kinds)
    asked = Asked(
        rows.terms,
        tag_words(filters.company, filters.user, filters.twin if is_dated else None),
        TEXT_REGION if kind is None else REGION_OF[kind],
        rows.micros(rows.window.start, EARLIEST_US) if is_dated else EARLIEST_US,
        rows.micros(rows.window.end, LATEST_US) if is_dated else LATEST_US,
        first,
    )
    given: set[tuple[int, int, str]] = set()
    seen = 0
    for batch in index.store.found(asked):
        seen += len(batch.places)
        pending.update((row.place, row) for row in rows.named(batch.places) if row.place not in given)
        settled = [
            place for place in pending if place[0] >= batch.settled_us or batch.settled_us == EARLIEST_US
        ]
        given.update(settled)
        yield Stretch(tuple(pending.pop(place) for place in sorted(settled, reverse=True)), batch.settled_us)
        if seen >= MOST_PLACES:
            return


def by_reading(rows: Rows, kinds: Sequence[int] = TEXTS) -> Iterator[Stretch]:
    """Read rows from the newest back, each kind as far as the others; ends early after many rows."""
    walks = {kind: _Walk(rows, kind) for kind in kinds}
    pending: list[Row] = []
    while walks:
        walk = max(walks.values(), key=lambda each: each.reached_us)
        if walk.is_over_limit:
            return
        pending += walk.go_on()
        if walk.is_done:
            del walks[walk.kind]
        reached = max((each.reached_us for each in walks.values()), default=EARLIEST_US)
        settled = sorted(
            (row for row in pending if row.at_us > reached), key=lambda row: row.place, reverse=True
        )
        pending = [row for row in pending if row.at_us <= reached]
        yield Stretch(tuple(settled), reached + 1 if walks else EARLIEST_US)


class _Walk:
    """One kind of rows, read from the newest back."""

    def __init__(self, rows: Rows, kind: int) -> None:
        self.kind = kind
        self.reached_us = LATEST_US
        self.is_done = False
        self._rows = rows
        self._read = 0
        self._last: Last | None = None

    @property
    def is_over_limit(self) -> bool:
        return self._read >= _MOST_READ.get(self.kind, _MOST_READ_ELSE)

    def go_on(self) -> list[Row]:
        source = self._rows.context.source
        model: Any = KIND_MODELS[self.kind]
        moment = source.column(DATED[self.kind])
        event = source.dialect.ordered_text(source.column(model.id))
        conditions = []
        if self._last is not None:
            here = Tuple(Value(self._last.moment, converter=False), Value(self._last.id, converter=False))
            conditions.append(Tuple(moment, event) < here)
        limit = _FIRST_READ if self._last is None else _AT_ONCE
        if self.kind == DOCUMENT:
            limit //= 5
        select = self._rows.select(self.kind, *conditions)
        found = self._rows.read(select.order_by(moment.desc(), event.desc()).limit(limit), self.kind)
        self._read += found.read
        self._last = found.last
        if found.read < limit or found.last is None:
            self.is_done, self.reached_us = True, EARLIEST_US
        else:
            self.reached_us = found.last.at_us
        return found.rows

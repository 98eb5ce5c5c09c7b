"""Twins ranked by how often they found nothing, led nowhere, said nothing or took their time."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, Protocol

from peewee import JOIN, SQL, fn

from twin_tui.analytics.answers import FEWEST, Person, QualityMeasure, TwinQuality, TwinRef, Window
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.order import Ordered, ratio
from twin_tui.analytics.quality.replies import waits
from twin_tui.data.models import Message, Query, Session, Twin, User
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.multiset import Multiset

MOST_TWINS = 100
"""Twins that travel with an answer."""
_NOBODY = Person("", "", "")


@dataclass(slots=True)
class TwinTally:
    """What one twin did in the window."""

    queries_known: int = 0
    queries_empty: int = 0
    conversations: int = 0
    dead_ends: int = 0
    user_messages: int = 0
    unanswered_messages: int = 0


Tallies = defaultdict[Hashable, TwinTally]
"""By whatever tells twins apart."""
Replies = Mapping[Hashable, Sequence[int]]
"""Microseconds that each reply took, by the same."""
Left = tuple[Mapping[Hashable, int], Mapping[Hashable, int]]
"""Dead ends and messages without a reply, by the same."""


class Group(NamedTuple):
    """Twins with the same two counts."""

    of: int
    among: int
    """What the first is a part of; not zero."""
    size: int
    twins: Callable[[], Iterable[Hashable]]
    """Returns them by what tells them apart."""


class Doings(Protocol):
    """What twins did in one window within filters."""

    def groups(self, of: str, among: str) -> Iterable[Group]:
        """Return the twins by two counts of a `TwinTally`, without those that have none of the second."""

    def tallies(self, twins: Collection[Hashable]) -> Mapping[Hashable, TwinTally]:
        """Return the counts of some twins; one that did nothing may be left out."""

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took, of some twins, or of all for ``None``."""

    def ids(self, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
        """Return the ids of twins by their keys."""


class Tallied(ABC):
    """Doings of which everybody's counts are known one by one."""

    def __init__(self, left: Left) -> None:
        self._dead_ends, self._unanswered = left

    @abstractmethod
    def counted(self) -> Tallies:
        """Return the counts of everyone who did anything, without dead ends and unanswered messages."""

    @cached_property
    def _tallies(self) -> Tallies:
        tallies = self.counted()
        for key, count in self._dead_ends.items():
            tallies[key].dead_ends = count
        for key, count in self._unanswered.items():
            tallies[key].unanswered_messages = count
        return tallies

    def groups(self, of: str, among: str) -> Iterable[Group]:
        """Return the twins by two of their counts."""
        part, whole = attrgetter(of), attrgetter(among)
        found: defaultdict[tuple[int, int], list[Hashable]] = defaultdict(list)
        for key, tally in self._tallies.items():
            if count := whole(tally):
                found[part(tally), count].append(key)
        return [Group(*counts, len(keys), partial(iter, keys)) for counts, keys in found.items()]

    def tallies(self, twins: Collection[Hashable]) -> Mapping[Hashable, TwinTally]:
        """Return the counts of some twins."""
        return {key: self._tallies[key] for key in twins if key in self._tallies}


class PlainDoings(Tallied):
    """Read from all rows of the window: three statements, and one for replies."""

    def __init__(self, context: Context, filters: Filters, window: Window, left: Left) -> None:
        super().__init__(left)
        self._context, self._filters, self._window = context, filters, window

    def counted(self) -> Tallies:
        """Return the counts."""
        scope, column = self._context.scope(self._filters), self._context.source.column
        tallies: Tallies = defaultdict(TwinTally)
        twin, count = column(Session.twin).alias("with_twin"), fn.COUNT(SQL("*"))
        for key, begun in self._grouped(scope.sessions(twin, count), Session.started_at):
            tallies[words(key)].conversations = int(begun)
        results = column(Query.results_count)
        queries = scope.queries(twin, fn.COUNT(results), fn.COUNT(SQL("*")).filter(results == 0))
        for key, known, empty in self._grouped(queries, Query.created_at):
            tally = tallies[words(key)]
            tally.queries_known, tally.queries_empty = int(known), int(empty)
        written = scope.messages(twin, count).where(column(Message.sender_type) == "user")
        for key, messages in self._grouped(written, Message.created_at):
            tallies[words(key)].user_messages = int(messages)
        return tallies

    def ids(self, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
        """Return the ids of twins: they are the keys."""
        return {key: str(key) for key in twins}

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took."""
        found: defaultdict[Hashable, list[int]] = defaultdict(list)
        for wait in waits(self._context, self._filters, self._window):
            if twins is None or wait.twin_id in twins:
                found[wait.twin_id].append(wait.wait_us)
        return found

    def _grouped(self, select: Any, time: Any) -> list[tuple[Any, ...]]:
        within = self._context.scope(self._filters).in_window(time, self._window)
        return self._context.rows(select.where(within).group_by(SQL("with_twin")))


def ranked(context: Context, doings: Doings, measure: QualityMeasure) -> tuple[tuple[TwinQuality, ...], int]:
    """Return the first twins in order, the worst first, and how many there are in all.

    Of equal ones comes first who has more of what the rate is made of. Those with fewer than `FEWEST` of it
    come last, unranked; those with none not at all.
    """
    replies: Replies = {}
    if measure == "reply_time_median":
        replies = doings.replies(None)
        rates = [
            (Ordered([Multiset(waits)]).median() or 0.0, Group(0, len(waits), 1, partial(iter, (key,))))
            for key, waits in replies.items()
        ]
    else:
        rates = [(group.of / group.among, group) for group in doings.groups(*_MADE_OF[measure])]
    first = _first(rates, doings)
    if measure != "reply_time_median":
        replies = doings.replies([key for key, _ in first]) if first else {}
    names = _named(context, [twin_id for _, twin_id in first])
    tallies, nothing = doings.tallies([key for key, _ in first]), TwinTally()
    shown: list[TwinQuality] = []
    for place, (key, twin_id) in enumerate(first, 1):
        twin = names.get(twin_id, TwinRef(twin_id, "", _NOBODY))
        row = _row(twin, tallies.get(key, nothing), replies.get(key, ()))
        rank = None
        if row.n(measure) >= FEWEST:
            is_tied = bool(shown) and shown[-1].of(measure) == row.of(measure)
            rank = shown[-1].rank if is_tied else place
        shown.append(replace(row, rank=rank))
    return tuple(shown), sum(group.size for _, group in rates)


_MADE_OF: dict[QualityMeasure, tuple[str, str]] = {
    "zero_result_rate": ("queries_empty", "queries_known"),
    "dead_end_share": ("dead_ends", "conversations"),
    "unanswered_share": ("unanswered_messages", "user_messages"),
}
"""Counts of a tally: what, of how many."""


def _first(rates: list[tuple[float, Group]], doings: Doings) -> list[tuple[Hashable, str]]:
    """Return keys and ids of the first twins in order; ids are asked of those that may be among them."""
    placed = [
        ((group.among < FEWEST, 0.0 if group.among < FEWEST else -rate, -group.among), group)
        for rate, group in rates
    ]
    placed.sort(key=itemgetter(0))
    places: dict[Hashable, tuple[bool, float, int]] = {}
    for place, groups in groupby(placed, itemgetter(0)):
        if len(places) >= MOST_TWINS:
            break
        places |= dict.fromkeys((key for _, group in groups for key in group.twins()), place)
    ids = doings.ids(places) if places else {}
    chosen = sorted(places, key=lambda key: (places[key], ids[key]))
    return [(key, ids[key]) for key in chosen[:MOST_TWINS]]


def _row(twin: TwinRef, tally: TwinTally, replies: Sequence[int]) -> TwinQuality:
    middle = Ordered([Multiset(replies)]).median()
    return TwinQuality(
        rank=None,
        twin=twin,
        queries_known=tally.queries_known,
        queries_empty=tally.queries_empty,
        zero_result_rate=ratio(tally.queries_empty, tally.queries_known),
        conversations=tally.conversations,
        dead_ends=tally.dead_ends,
        dead_end_share=ratio(tally.dead_ends, tally.conversations),
        user_messages=tally.user_messages,
        unanswered_messages=tally.unanswered_messages,
        unanswered_share=ratio(tally.unanswered_messages, tally.user_messages),
        replies=len(replies),
        reply_time_median=None if middle is None else middle / 1_000_000,
    )


def _named(context: Context, ids: Collection[str]) -> dict[str, TwinRef]:
    """Return twins with their names and owners."""
    if not ids:
        return {}
    column, these = context.source.column, BaseRows(context.source).these(ids)
    select = Twin.select(
        column(Twin.id),
        brief(column(Twin.name)),
        column(Twin.user),
        brief(column(User.full_name)),
        brief(column(User.email)),
    ).join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id))
    rows = context.rows(select.where(these(column(Twin.id))))
    return {
        key: TwinRef(key, name, Person(*owner)) for key, name, *owner in (map(words, row) for row in rows)
    }

"""Twins ranked by how often they found nothing, led nowhere, said nothing or took their time."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import attrgetter
from typing import Any, Protocol

from peewee import JOIN, SQL, fn

from twin_tui.analytics.answers import FEWEST, Person, QualityMeasure, TwinQuality, TwinRef, Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup_columns import brief, words
from twin_tui.analytics.order import Ordered, ratio
from twin_tui.analytics.replies import waits
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


class Doings(Protocol):
    """What twins did in one window within filters; dead ends and unanswered messages come from elsewhere."""

    def tallies(self) -> Tallies:
        """Return the counts of everyone who did anything."""

    def replies(self, twins: Collection[Hashable] | None) -> Replies:
        """Return how long replies took, of some twins, or of all for ``None``."""

    def ids(self, twins: Collection[Hashable]) -> Mapping[Hashable, str]:
        """Return the ids of twins by their keys."""


class PlainDoings:
    """Read from all rows of the window: three statements, and one for replies."""

    def __init__(self, context: Context, filters: Filters, window: Window) -> None:
        self._context, self._filters, self._window = context, filters, window

    def tallies(self) -> Tallies:
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


def ranked(
    context: Context,
    doings: Doings,
    dead_ends: Mapping[Hashable, int],
    unanswered: Mapping[Hashable, int],
    measure: QualityMeasure,
) -> tuple[tuple[TwinQuality, ...], int]:
    """Return the first twins in order, the worst first, and how many there are in all.

    ``dead_ends`` and ``unanswered`` are how many of these there are, by the keys of ``doings``. Of equal ones
    comes first who has more of what the rate is made of. Those with fewer than `FEWEST` of it come last,
    unranked; those with none not at all.
    """
    tallies = doings.tallies()
    for key, count in dead_ends.items():
        tallies[key].dead_ends = count
    for key, count in unanswered.items():
        tallies[key].unanswered_messages = count
    replies: Replies = {}
    if measure == "reply_time_median":
        replies = doings.replies(None)
        rates = [
            (Ordered([Multiset(waits)]).median() or 0.0, len(waits), key) for key, waits in replies.items()
        ]
    else:
        of, among = map(attrgetter, _MADE_OF[measure])
        rates = [(of(tally) / count, count, key) for key, tally in tallies.items() if (count := among(tally))]
    first = _first(rates, doings)
    if measure != "reply_time_median":
        replies = doings.replies([key for key, _ in first]) if first else {}
    names = _named(context, [twin_id for _, twin_id in first])
    shown: list[TwinQuality] = []
    for place, (key, twin_id) in enumerate(first, 1):
        row = _row(names.get(twin_id, TwinRef(twin_id, "", _NOBODY)), tallies[key], replies.get(key, ()))
        rank = None
        if row.n(measure) >= FEWEST:
            is_tied = bool(shown) and shown[-1].of(measure) == row.of(measure)
            rank = shown[-1].rank if is_tied else place
        shown.append(replace(row, rank=rank))
    return tuple(shown), len(rates)


_MADE_OF: dict[QualityMeasure, tuple[str, str]] = {
    "zero_result_rate": ("queries_empty", "queries_known"),
    "dead_end_share": ("dead_ends", "conversations"),
    "unanswered_share": ("unanswered_messages", "user_messages"),
}
"""Counts of a tally: what, of how many."""


def _first(rates: list[tuple[float, int, Hashable]], doings: Doings) -> list[tuple[Hashable, str]]:
    """Return keys and ids of the first twins in order; ids are asked of those that may be among them."""
    places = {key: (count < FEWEST, 0.0 if count < FEWEST else -rate, -count) for rate, count, key in rates}
    nearest = nsmallest(MOST_TWINS, places.values())
    chosen = [key for key, place in places.items() if nearest and place <= nearest[-1]]
    ids = doings.ids(chosen) if chosen else {}
    chosen.sort(key=lambda key: (places[key], ids[key]))
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

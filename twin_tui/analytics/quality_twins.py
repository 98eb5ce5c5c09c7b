"""Twins ranked by how often they found nothing, led nowhere, said nothing or took their time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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


Tallies = defaultdict[str, TwinTally]
"""By twin's id."""
Replies = Mapping[str, Sequence[int]]
"""Microseconds that each reply took, by twin's id."""


class Doings(Protocol):
    """What twins did in one window within filters; dead ends and unanswered messages come from elsewhere."""

    def tallies(self) -> Tallies:
        """Return the counts of everyone who did anything."""

    def replies(self, twins: Collection[str] | None) -> Replies:
        """Return how long replies took, of some twins, or of all for ``None``."""


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

    def replies(self, twins: Collection[str] | None) -> Replies:
        """Return how long replies took."""
        found: defaultdict[str, list[int]] = defaultdict(list)
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
    dead_ends: Mapping[str, int],
    unanswered: Mapping[str, int],
    measure: QualityMeasure,
) -> tuple[tuple[TwinQuality, ...], int]:
    """Return the first twins in order, the worst first, and how many there are in all.

    ``dead_ends`` and ``unanswered`` are how many of these there are, by twin. Of equal ones comes first who
    has more of what the rate is made of. Those with fewer than `FEWEST` of it come last, unranked; those
    with none not at all.
    """
    tallies = doings.tallies()
    for key, count in dead_ends.items():
        tallies[key].dead_ends = count
    for key, count in unanswered.items():
        tallies[key].unanswered_messages = count
    is_by_replies = measure == "reply_time_median"
    replies = doings.replies(None) if is_by_replies else {}
    rows = [_row(key, tally, replies.get(key, ())) for key, tally in tallies.items()]
    rows = sorted((row for row in rows if row.n(measure)), key=lambda row: _place(row, measure))
    first = rows[:MOST_TWINS]
    ids = [row.twin.id for row in first]
    if not is_by_replies:
        replies = doings.replies(ids) if ids else {}
        first = [_row(key, tallies[key], replies.get(key, ())) for key in ids]
    names = _named(context, ids)
    shown: list[TwinQuality] = []
    for place, row in enumerate(first, 1):
        rank = None
        if row.n(measure) >= FEWEST:
            is_tied = bool(shown) and shown[-1].of(measure) == row.of(measure)
            rank = shown[-1].rank if is_tied else place
        shown.append(replace(row, rank=rank, twin=names.get(row.twin.id, row.twin)))
    return tuple(shown), len(rows)


def _place(row: TwinQuality, measure: QualityMeasure) -> tuple[bool, float, int, str]:
    count = row.n(measure)
    is_few = count < FEWEST
    return is_few, 0.0 if is_few else -(row.of(measure) or 0.0), -count, row.twin.id


def _row(key: str, tally: TwinTally, replies: Sequence[int]) -> TwinQuality:
    middle = Ordered([Multiset(replies)]).median()
    return TwinQuality(
        rank=None,
        twin=TwinRef(key, "", _NOBODY),
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

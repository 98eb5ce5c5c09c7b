"""Pairs of people and twins of others, from the sessions of each day."""

from collections import Counter
from collections.abc import Iterable

from twin_tui.analytics.derived.doings import days_of, is_kept, pairs
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import numbers, selection
from twin_tui.analytics.derived.session_days import SessionDays
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.rollups import tables
from twin_tui.rollups.doings import PAIR_BITS

_BASE = 1 << PAIR_BITS
"""What a person's number is multiplied with, so that one number names a pair."""


def shared_pairs(
    layer: Layer, filters: Filters, frame: Frame, limit: int
) -> tuple[Counter[tuple[str, str]], tuple[int, int, int]]:
    """Return the busiest pairs by the ids of person and twin, and how many pairs, people and twins there are.

    At least ``limit`` pairs if there are as many; all that are as busy as the last of them.
    """
    counts = _counts(layer, filters, frame)
    sizes = (
        len(counts),
        len({pair >> PAIR_BITS for pair in counts}),
        len({pair & _BASE - 1 for pair in counts}),
    )
    least = min(sorted(counts.values(), reverse=True)[:limit], default=0)
    first = {divmod(pair, _BASE): count for pair, count in counts.items() if count >= least}
    people = _ids(layer, tables.PERSON, "user_id", {who for who, _ in first})
    twins = _ids(layer, tables.TWIN, "twin_id", {twin for _, twin in first})
    return Counter({(people[who], twins[twin]): count for (who, twin), count in first.items()}), sizes


def _counts(layer: Layer, filters: Filters, frame: Frame) -> Counter[int]:
    """Return the conversations of each pair, the number of its person × `_BASE` + that of its twin.

    The database hands over one text: a row for each conversation, or groups of them, cost several times that.
    """
    chosen = selection(layer, filters)
    if is_kept(layer, chosen):
        return pairs(layer, days_of(frame))
    sessions = SessionDays(layer, chosen, frame)
    days = [
        bucket.day.toordinal()
        for bucket in frame.buckets[frame.current.first : frame.current.stop]
        if bucket.start < bucket.end
    ]
    if not days:
        return Counter()
    past_now = sessions.past_now()
    others = f" AND NOT day {numbers(tuple(past_now))}" if past_now else ""
    joined = "group_concat({0})" if layer.source.is_sqlite else "string_agg(CAST({0} AS TEXT), ',')"
    pair = f"CAST(user_no AS BIGINT) * {_BASE} + twin_no"
    ((listed,),) = layer.run(
        f"SELECT {joined.format(pair)} FROM {tables.SESSION_DAY}"
        f" WHERE day BETWEEN ? AND ?{others} AND begun = 1 AND shared = 1{chosen.where}",
        (days[0], days[-1], *chosen.params),
    )
    counts: Counter[int] = Counter(map(int, listed.split(","))) if listed else Counter()
    for day, held in past_now.items():
        if days[0] <= day <= days[-1]:
            counts.update(row.user_no * _BASE + row.twin_no for row in held if row.begun and row.shared)
    return counts


def _ids(layer: Layer, table: str, column: str, wanted: Iterable[int]) -> dict[int, str]:
    chosen = tuple(sorted(wanted))
    return dict(layer.run(f"SELECT no, {column} FROM {table} WHERE no {numbers(chosen)}"))

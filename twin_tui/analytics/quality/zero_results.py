"""Queries that found nothing: each of them, grouped by their texts, and the conversations they are in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from twin_tui.analytics.answers import EmptyText, Window
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.empty_queries import sought
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.fact_reading import Ground
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Query, Session
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import instant
from twin_tui.rollups.empty_queries import BLANKS, folded, text_key


class EmptyQuery(NamedTuple):
    """A query with zero results."""

    text: str
    """Its first characters, see `brief`."""
    moment: Any
    """Its time as the database gives it."""
    session_id: str
    query_id: str
    user_id: str
    twin_id: str


@dataclass(slots=True)
class TextTally:
    """All queries of one text, whatever its case."""

    key: str
    text: str
    """As asked the last time."""
    moment: Any
    """Of the last time."""
    queries: int = 0
    people: set[str] = field(default_factory=set)


def empty_queries(context: Context, filters: Filters, window: Window | None = None) -> list[EmptyQuery]:
    """Return the queries of a window (the period's) that found nothing, the newest first; one statement."""
    scope, column = context.scope(filters), context.source.column
    made, key = column(Query.created_at), column(Query.id)
    select = scope.queries(
        brief(column(Query.query_text)),
        made,
        column(Query.session),
        key,
        column(Session.user),
        column(Session.twin),
    )
    within = scope.in_window(Query.created_at, window or context.window(filters.period))
    newest_first = (made.desc(), context.source.dialect.ordered_text(key).desc())
    rows = context.rows(select.where(within & (column(Query.results_count) == 0)).order_by(*newest_first))
    return [EmptyQuery(words(text), moment, *map(words, ids)) for text, moment, *ids in rows]


def empty_texts(
    context: Context, filters: Filters, on: Ground, most: int
) -> tuple[tuple[EmptyText, ...], int]:
    """Return what was looked for in the window most often, then last, and how many texts there are."""
    if on.layer is not None and not on.layer.reaches_beyond_now:
        kept = sought(on.layer, selection(on.layer, filters), on.frame.window)
        told = _told(context, [text.query_id for text in kept[:most]])
        return tuple(
            EmptyText(text.key, told[text.query_id], text.queries, text.people, instant(text.us))
            for text in kept[:most]
            if text.query_id in told
        ), len(kept)
    texts = by_text(empty_queries(context, filters, on.frame.window))
    return tuple(
        EmptyText(text.key, text.text, text.queries, len(text.people), moment)
        for text in texts[:most]
        if (moment := context.source.dialect.parse_time(text.moment)) is not None
    ), len(texts)


def _told(context: Context, ids: list[str]) -> dict[str, str]:
    """Return the texts of queries by id, without the blanks around them."""
    column, chosen = context.source.column, BaseRows(context.source).these(ids)
    key = column(Query.id)
    rows = context.rows(Query.select(key, brief(column(Query.query_text))).where(chosen(key))) if ids else []
    return {words(query_id): words(text).strip(BLANKS) for query_id, text in rows}


def by_text(queries: Iterable[EmptyQuery]) -> list[TextTally]:
    """Return what was looked for, most often first, then the last asked; ``queries`` come newest first."""
    found: dict[str, TextTally] = {}
    for query in queries:
        looked_for = folded(query.text)
        if looked_for not in found:
            found[looked_for] = TextTally(text_key(looked_for), query.text.strip(BLANKS), query.moment)
        found[looked_for].queries += 1
        found[looked_for].people.add(query.user_id)
    return sorted(found.values(), key=lambda text: -text.queries)


def of_text(queries: Iterable[EmptyQuery], key: str) -> list[EmptyQuery]:
    """Return the queries whose text has a key; all of them for ""."""
    if not key:
        return list(queries)
    keys: dict[str, str] = {}
    kept = []
    for query in queries:
        looked_for = folded(query.text)
        if looked_for not in keys:
            keys[looked_for] = text_key(looked_for)
        if keys[looked_for] == key:
            kept.append(query)
    return kept


def per_session(queries: Iterable[EmptyQuery]) -> list[tuple[EmptyQuery, int]]:
    """Return each conversation's newest of ``queries`` (newest first), and how many of them it holds."""
    newest: dict[str, EmptyQuery] = {}
    counts: Counter[str] = Counter()
    for query in queries:
        newest.setdefault(query.session_id, query)
        counts[query.session_id] += 1
    return [(query, counts[session_id]) for session_id, query in newest.items()]

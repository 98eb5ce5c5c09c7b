"""Queries that found nothing: each of them, grouped by their texts, and the conversations they are in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from twin_tui.analytics.answers import Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup_columns import brief, words
from twin_tui.data.models import Query, Session
from twin_tui.rollups.base_rows import BLANKS


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


def by_text(queries: Iterable[EmptyQuery]) -> list[TextTally]:
    """Return what was looked for, most often first, then the last asked; ``queries`` come newest first."""
    found: dict[str, TextTally] = {}
    for query in queries:
        folded = _folded(query.text)
        if folded not in found:
            found[folded] = TextTally(_key(folded), query.text.strip(BLANKS), query.moment)
        found[folded].queries += 1
        found[folded].people.add(query.user_id)
    return sorted(found.values(), key=lambda text: -text.queries)


def of_text(queries: Iterable[EmptyQuery], key: str) -> list[EmptyQuery]:
    """Return the queries whose text has a key; all of them for ""."""
    if not key:
        return list(queries)
    keys: dict[str, str] = {}
    kept = []
    for query in queries:
        folded = _folded(query.text)
        if folded not in keys:
            keys[folded] = _key(folded)
        if keys[folded] == key:
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


def _folded(text: str) -> str:
    return text.strip(BLANKS).casefold()


def _key(folded: str) -> str:
    """Return what names a text to the service and tells nobody what it is."""
    return blake2b(folded.encode("utf-8", "replace"), digest_size=12).hexdigest()

"""Search: texts newest first or by relevance, and people, twins and titles by name.

All words are wanted, in any order; the same words find the same rows on either database, through the index
or by reading (`twin_tui.text.search_terms`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar, get_args

from twin_tui.analytics.answers import (
    RELEVANCE_LIMIT,
    Few,
    SearchOrder,
    SearchPage,
    SearchRequest,
    SessionHit,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.lookup import sessions as lookup_session
from twin_tui.analytics.lookup.names import MOST_CANDIDATES
from twin_tui.analytics.search.rank import by_relevance
from twin_tui.analytics.search.rows import Row, Rows
from twin_tui.analytics.search.shown import (
    Told,
    persons_shown,
    sessions_named,
    sessions_of,
    sessions_shown,
    texts_shown,
    twins_shown,
)
from twin_tui.analytics.search.walk import Index, Stretch, by_index, by_reading
from twin_tui.data.models import Twin, User
from twin_tui.rollups.search import tables as search_tables
from twin_tui.rollups.search.store import EARLIEST_US
from twin_tui.rollups.search.tables import SESSION, TWIN, USER
from twin_tui.text.search_terms import read_terms

Item = TypeVar("Item")
FEW = 5
"""People, twins and conversations that are named above the texts."""
MOST_LINES = 500
"""Hits of a page at most."""
_MOST_NAMES = 2_000
"""Names that are compared before the first of them are told."""
_MOST_READ_NAMES = 50_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def search(context: Context, filters: Filters, request: SearchRequest, told: Told) -> SearchPage:
    """Return one page of what is found, page and limit brought within bounds.

    ``told`` makes somebody's words what may be shown of them. Raises `BadFilterError` for an unknown order.
    """
    if request.by not in get_args(SearchOrder):
        raise BadFilterError(f"There is no order {request.by!r}: use {', '.join(get_args(SearchOrder))}.")
    limit = min(max(1, request.limit), MOST_LINES)
    page = max(1, request.page)
    request = replace(request, page=page, limit=limit)
    terms = read_terms(request.text, is_being_typed=request.is_being_typed)
    is_indexed = search_tables.is_whole(search_tables.notes(context.source))
    if not terms:
        return SearchPage(request, (), Few(), Few(), Few(), (), False, None, is_indexed, 0)
    index = Index(context.source) if is_indexed else None
    rows = Rows(context, filters, terms)
    first, end = (page - 1) * limit, page * limit
    texts = by_reading(rows) if index is None else by_index(rows, index)
    if request.by == "newest":
        found, back_to = _newest(texts, end + 1)
    else:
        found, back_to = _newest(texts, RELEVANCE_LIMIT)
        found = by_relevance(found[:RELEVANCE_LIMIT], terms)
    shown, titled = found[first:end], _titled(rows, index)
    sessions = sessions_of(context, (row.session_id for row in (*shown, *titled[:FEW])))
    return SearchPage(
        request=request,
        terms=tuple(term.shown for term in terms.all),
        people=_named(rows, USER, index, lambda few: persons_shown(context, few, terms, told)),
        twins=_named(rows, TWIN, index, lambda few: twins_shown(context, few, terms, told)),
        sessions=Few(sessions_shown(titled[:FEW], sessions, terms, told), len(titled) > FEW),
        hits=texts_shown(shown, sessions, terms, told),
        has_next=len(found) > end or (request.by == "newest" and len(found) == end and back_to is not None),
        searched_back_to=None if len(found) > end and request.by == "newest" else back_to,
        is_indexed=is_indexed,
        behind=0 if index is None else index.behind,
        named=_by_id(context, request, told),
    )


def _newest(stretches: Iterable[Stretch], count: int) -> tuple[list[Row], datetime | None]:
    """Return the newest rows, and the instant that was reached where not everything was looked at."""
    found: list[Row] = []
    reached = EARLIEST_US
    for stretch in stretches:
        found += stretch.rows
        reached = stretch.reached_us
        if len(found) >= count:
            break
    return found, None if reached <= EARLIEST_US else _EPOCH + timedelta(microseconds=reached)


def _titled(rows: Rows, index: Index | None) -> list[Row]:
    """Return the newest conversations that are named so, one more than are shown."""
    walk = by_reading(rows, (SESSION,)) if index is None else by_index(rows, index, SESSION, 2 * FEW)
    found, _ = _newest(walk, FEW + 1)
    return found[: FEW + 1]


def _by_id(context: Context, request: SearchRequest, told: Told) -> Few[SessionHit]:
    """Return the sessions that the words name by id; they stand on the first page only."""
    places = lookup_session.places_named(context, request.text) if request.page == 1 else []
    found = dict(places[:MOST_CANDIDATES])
    return Few(sessions_named(context, found, told) if found else (), len(places) > MOST_CANDIDATES)


def _named(
    rows: Rows, kind: int, index: Index | None, shown: Callable[[list[Row]], tuple[Item, ...]]
) -> Few[Item]:
    found: list[Row] = []
    for some in _names(rows, kind, index):
        found += some
        if len(found) >= _MOST_NAMES:
            break
    is_hidden = rows.context.hides_names
    found.sort(key=lambda row: ("" if is_hidden else row.parts[0].casefold(), row.id))
    return Few(shown(found[:FEW]), len(found) > FEW)


def _names(rows: Rows, kind: int, index: Index | None) -> Iterator[list[Row]]:
    if index is not None:
        for stretch in by_index(rows, index, kind):
            yield list(stretch.rows)
        return
    name = User.full_name if kind == USER else Twin.name
    ordered = rows.context.source.dialect.ordered_text(rows.context.source.column(name))
    yield rows.read(rows.select(kind).order_by(ordered).limit(_MOST_READ_NAMES), kind).rows

"""The conversations behind a number: a page of them, each with why it is there.

A new kind of number is one function, which returns where its conversations stand, and one line in `KINDS`.
"""

from collections.abc import Callable

from twin_tui.analytics.activity.details import items
from twin_tui.analytics.activity.lines import Line
from twin_tui.analytics.answers import PagedList, SessionBehind, SessionsCell
from twin_tui.analytics.behind import engagement as use
from twin_tui.analytics.behind.places import Places
from twin_tui.analytics.behind.quality import (
    dead_ends,
    document_type,
    documents,
    slow_replies,
    unanswered,
    zero_results,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters

MOST_LINES = 500
"""The largest page."""

KINDS: dict[str, Callable[[Context, Filters, SessionsCell], Places]] = {
    "zero_results": zero_results,
    "dead_end": dead_ends,
    "unanswered": unanswered,
    "slow_replies": slow_replies,
    "documents": documents,
    "document_type": document_type,
    "messages_per_conversation": use.by_messages,
    "session_length": use.by_length,
    "reply_time": use.by_reply,
    "topic": use.by_topic,
    "pair": use.by_pair,
    "platform": use.by_platform,
    "hour": use.by_hour,
    "hour_of_week": use.by_hour_of_week,
    "message_type": use.by_message_type,
    "query_type": use.by_query_type,
    "messages": use.with_messages,
    "queries": use.with_queries,
}
"""By kind: where the conversations of a cell stand, within filters. Each raises `BadFilterError` for a key
that it does not know."""


def sessions_behind(
    context: Context, filters: Filters, cell: SessionsCell, page: int, limit: int
) -> PagedList[SessionBehind]:
    """Return a page, brought within bounds, of the conversations that one number counts, newest first.

    Raises `BadFilterError` for a number that does not exist.
    """
    find = KINDS.get(cell.kind)
    if find is None:
        raise BadFilterError(f"There are no conversations behind a number of the kind {cell.kind!r}.")
    places = find(context, filters, cell)
    limit = min(max(1, limit), MOST_LINES)
    pages = max(1, -(-places.total // limit))
    page = min(max(1, page), pages)
    found = places.part((page - 1) * limit, limit)
    lines = [
        Line(place.moment, "conversation", place.event_id or place.session_id, place.session_id)
        for place in found
    ]
    reasons = {place.session_id: place.reason for place in found}
    shown = tuple(SessionBehind(item, reasons[item.session_id]) for item in items(context, lines))
    return PagedList(page, limit, places.total, pages, shown)

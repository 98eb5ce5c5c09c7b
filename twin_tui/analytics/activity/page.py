"""The activity feed page by page: exact totals, a total order, and no offset over the whole table.

A page is found by the counts per hour, or per day where there are derived tables, and in a busy day by counts
per part of it: what holds it, then an offset inside. A line is dated
by its own row; a conversation listed as *active* is dated by its last message in the period, so that the
reply of last Tuesday puts an older thread where it was last heard.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from twin_tui.analytics.activity.branches import check
from twin_tui.analytics.activity.details import items
from twin_tui.analytics.activity.lines import Feed, Line
from twin_tui.analytics.answers import ActivityItem, ActivityPage, ActivityRequest, Window
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.feed import DayFeed, is_served
from twin_tui.analytics.filters import Filters

MOST_LINES = 500
"""The largest page."""

_HOUR = timedelta(hours=1)


def activity(
    context: Context, filters: Filters, request: ActivityRequest, left_out: Sequence[str] = ()
) -> ActivityPage:
    """Return one page of the feed without some sessions; page and limit are brought within bounds.

    The total equals the KPI of the type's name. Raises `BadFilterError` for an unknown type.
    """
    check(request)
    layer = context.layer
    day_feed = None
    if layer is not None and is_served(layer, request):
        day_feed = DayFeed(context, layer, filters, request, left_out)
        total = day_feed.total()
    else:
        feed = Feed(context, filters, request, left_out)
        hours = feed.hours()
        total = sum(count for _, count in hours)
    limit = min(max(1, request.limit), MOST_LINES)
    pages = max(1, -(-total // limit))
    page = min(max(1, request.page), pages)
    answered = replace(request, page=page, limit=limit)
    first = (page - 1) * limit
    lines = _page(feed, hours, first, limit) if day_feed is None else day_feed.page(total, first, limit)
    return ActivityPage(answered, total, pages, items(context, lines))


def latest(context: Context, filters: Filters, count: int = 8) -> tuple[ActivityItem, ...]:
    """Return the newest lines of the feed of type ``all``, without counting the rest."""
    request, layer = ActivityRequest(type="all"), context.layer
    if layer is not None and is_served(layer, request):
        return items(context, DayFeed(context, layer, filters, request).newest(count))
    feed = Feed(context, filters, request)
    return items(context, feed.lines(feed.window, count))


def _page(feed: Feed, hours: list[tuple[datetime, int]], first: int, limit: int) -> list[Line]:
    """Return up to ``limit`` lines from position ``first``, read from the hours that hold them."""
    newer = 0
    held: list[datetime] = []
    offset = 0
    for hour, count in hours:
        if newer + count > first:
            if not held:
                offset = first - newer
            held.append(hour)
        newer += count
        if newer >= first + limit:
            break
    if not held:
        return []
    until = feed.window.end
    end = held[0] + min(_HOUR, until - held[0])
    start = held[-1] if feed.window.start is None else max(held[-1], feed.window.start)
    return feed.lines(Window(start, end, feed.window.timezone), limit, offset)

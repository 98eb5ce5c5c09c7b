"""The sessions just newer and just older than one, in the feed it was opened from."""

from collections.abc import Sequence

from twin_tui.analytics.activity.lines import Feed, Line
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.columns import is_storable
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Session


def neighbours(
    context: Context,
    session_id: str,
    filters: Filters,
    request: ActivityRequest,
    left_out: Sequence[str] = (),
) -> tuple[str | None, str | None]:
    """Return the session ids just newer and just older; ``None`` where the feed ends.

    None of those ``left_out`` is among them. Every session stands once, at its newest line. One that is not
    in the feed stands where it started; where that is not known either, it has no neighbours. At most eight
    statements, mostly five; three or four where sessions have one line each.
    """
    feed = Feed(context, filters, request, left_out)
    if not is_storable(session_id):
        return None, None
    line = feed.newest_line(session_id) or _start(context, session_id)
    if line is None:
        return None, None
    return feed.beside(line, newer=True), feed.beside(line, newer=False)


def _start(context: Context, session_id: str) -> Line | None:
    column = context.source.column
    begun = column(Session.started_at)
    visible = begun < context.source.dialect.instant(context.now)
    rows = context.rows(Session.select(begun).where((column(Session.id) == session_id) & visible))
    return Line(rows[0][0], "conversation", session_id, session_id) if rows else None

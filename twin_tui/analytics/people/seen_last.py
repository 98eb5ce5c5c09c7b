"""The directory as it is first looked at: who was seen last, or did most, without looking at everybody.

It tells what the statement over all of them does. What is asked otherwise, and where it is unsure who comes
first, is left to that.
"""

from dataclasses import replace
from datetime import timedelta

from peewee import CTE, SQL, fn

from twin_tui.analytics.activity.page import MOST_LINES
from twin_tui.analytics.answers import PeoplePage, PeopleRequest
from twin_tui.analytics.columns import is_visible
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.newest import (
    Seen,
    most_doing,
    people_among,
    people_seen,
    twins_among,
    twins_seen,
)
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.people.paging import Listing
from twin_tui.analytics.people.tables import (
    PERSON_COLUMNS,
    SORTS,
    TWIN_COLUMNS,
    in_order,
    person_row,
    persons,
    twin_row,
    twins,
)
from twin_tui.analytics.people.uses import Uses
from twin_tui.data.models import Twin, User
from twin_tui.rollups.local_days import local_day

_MOST = 1_000
"""Places from the first on that are told so."""
_SUMMED: dict[str | None, str] = {
    "begun": "begun",
    "written": "user_messages",
    "told": "messages",
    "drafted": "documents",
    "searched": "queries",
}
"""What the derived tables hold of a day, by the column it is added up in."""
_FIRST = PeopleRequest()
_INSTANT = timedelta(microseconds=1)


def seen_last(context: Context, filters: Filters, request: PeopleRequest) -> PeoplePage | None:
    """Return a page of everybody, or of every twin, the latest or those with most first.

    ``None`` where this does not tell.
    """
    layer = context.layer
    as_at_first = replace(
        request,
        kind=_FIRST.kind,
        sort=_FIRST.sort,
        page=_FIRST.page,
        limit=_FIRST.limit,
        search=request.search.strip(),
    )
    if as_at_first != _FIRST or request.sort == "name" or filters != Filters(filters.period):
        return None
    if layer is None or layer.reaches_beyond_now:
        return None
    model = User if request.kind == "users" else Twin
    ((total,),) = context.rows(model.select(fn.COUNT(SQL("*"))).where(is_visible(context, model.created_at)))
    limit = min(max(1, request.limit), MOST_LINES)
    pages = max(1, -(-total // limit))
    page = min(max(1, request.page), pages)
    wanted = min(page * limit, total)
    if wanted > _MOST:
        return None
    seen, ctes = _among(context, layer, filters, request, wanted)
    if not ctes:
        return None
    table, is_of_users = ctes[-1], request.kind == "users"
    listed = Listing(
        ctes=ctes,
        table=table,
        columns=PERSON_COLUMNS if is_of_users else TWIN_COLUMNS,
        order=in_order(
            context,
            table,
            "person_key" if is_of_users else "twin_key",
            SORTS[request.kind][request.sort],
            is_descending=True,
        ),
    ).read(context, page, limit)
    if len(listed.rows) < wanted - (page - 1) * limit:
        return None
    return PeoplePage(
        request=replace(request, page=page, limit=limit),
        total=total,
        pages=pages,
        items=tuple(person_row(context, row) for row in listed.rows)
        if is_of_users
        else tuple(twin_row(context, row) for row in listed.rows),
        active=seen.on_days,
        dormant=seen.ever - seen.on_days,
        never=max(0, total - seen.ever),
    )


def _among(
    context: Context, layer: Layer, filters: Filters, request: PeopleRequest, wanted: int
) -> tuple[Seen, tuple[CTE, ...]]:
    """Return what is known of all, and the tables of those among whom the first ``wanted`` are, if told."""
    days, column = _days(context, filters), SORTS[request.kind][request.sort]
    if request.kind == "users":
        seen = people_seen(layer, days, wanted)
        if column in _SUMMED:
            among = most_doing(layer, "user", seen, wanted, column=_SUMMED[column], days=days)
        else:
            among = people_among(context, layer, seen, wanted)
        uses = None if among is None else Uses(context, filters, among=among).by_person()
        return seen, () if uses is None else persons(context, uses)
    seen = twins_seen(layer, days, wanted)
    if column in _SUMMED:
        among = most_doing(layer, "twin", seen, wanted, column=_SUMMED[column], days=days)
    else:
        among = twins_among(layer, seen, wanted)
    uses = None if among is None else Uses(context, filters, "twin", among=among).by_pair()
    return seen, () if uses is None else twins(context, filters, uses)


def _days(context: Context, filters: Filters) -> tuple[int, int]:
    """Return the ordinals of the period's first and last day; the last comes first where there is none."""
    window = context.window(filters.period)
    if window.start is not None and window.start >= window.end:
        return 1, 0
    first = 1 if window.start is None else local_day(window.start, context.zone).toordinal()
    return first, local_day(window.end - _INSTANT, context.zone).toordinal()

"""The directory of people and twins, one page at a time.

People are listed by company, department and user; twins by those of their owner and by twin, as in the
figure of twin installations. Counts and status obey every filter, as the figures do: the people that are
active here are those of the figure.
"""

from dataclasses import replace
from typing import Any, get_args

from peewee import Value

from twin_tui.analytics.answers import PeopleKind, PeoplePage, PeopleRequest, PeopleSort, PeopleStatus
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.derived.staff import people_of_departments
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.people.paging import Listing
from twin_tui.analytics.people.seen_last import seen_last
from twin_tui.analytics.people.tables import (
    PERSON_COLUMNS,
    SORTS,
    TWIN_COLUMNS,
    in_order,
    owned_by,
    person_row,
    persons,
    twin_row,
    twins,
)
from twin_tui.analytics.people.uses import Uses
from twin_tui.data.models import User


def people(context: Context, filters: Filters, request: PeopleRequest) -> PeoplePage:
    """Return one page of the directory, page and limit brought within bounds.

    One statement, two where the page does not exist; some short ones where `seen_last` tells. Raises
    `BadFilterError` for a kind, status or order that there is not.
    """
    _check(request)
    if (found := seen_last(context, filters, request)) is not None:
        return found
    is_of_users = request.kind == "users"
    ctes = _persons(context, filters, request) if is_of_users else _twins(context, filters, request)
    table = ctes[-1]
    listing = Listing(
        ctes=ctes,
        table=table,
        columns=PERSON_COLUMNS if is_of_users else TWIN_COLUMNS,
        order=in_order(
            context,
            table,
            "person_key" if is_of_users else "twin_key",
            SORTS[request.kind][request.sort],
            is_descending=request.descending,
        ),
        condition=None if request.status is None else table.c["status"] == Value(request.status),
        counted={status: table.c["status"] == Value(status) for status in get_args(PeopleStatus)},
    )
    listed = listing.read(context, request.page, request.limit)
    return PeoplePage(
        request=replace(request, page=listed.page, limit=listed.limit),
        total=listed.total,
        pages=listed.pages,
        items=tuple(person_row(context, row) for row in listed.rows)
        if is_of_users
        else tuple(twin_row(context, row) for row in listed.rows),
        active=listed.counts["active"],
        dormant=listed.counts["dormant"],
        never=listed.counts["never"],
    )


def _check(request: PeopleRequest) -> None:
    for value, known in (
        (request.kind, get_args(PeopleKind)),
        (request.sort, get_args(PeopleSort)),
        (request.status, (None, *get_args(PeopleStatus))),
    ):
        if value not in known:
            raise BadFilterError(f"The directory knows no {value!r}: use {', '.join(filter(None, known))}.")


def _persons(context: Context, filters: Filters, request: PeopleRequest) -> tuple[Any, ...]:
    layer, among = context.layer, None
    if layer is not None and filters.user is None:
        among = people_of_departments(layer, selection(layer, filters))
    uses = Uses(context, filters, "user", filters.user, among=among).by_person()
    asked = context.scope(filters).person_conditions()
    if filters.user is not None:
        named = context.source.column(User.id) == filters.user
        asked = named if asked is None else asked & named
    return persons(context, uses, asked, request.search)


def _twins(context: Context, filters: Filters, request: PeopleRequest) -> tuple[Any, ...]:
    uses = Uses(context, filters, "twin", filters.twin).by_pair()
    return twins(context, filters, uses, owned_by(context, filters), request.search)

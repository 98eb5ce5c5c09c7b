"""Everything about one person, or about one twin."""

from dataclasses import replace
from typing import Any

from peewee import Select

from twin_tui.analytics.activity.page import activity
from twin_tui.analytics.answers import (
    ActivityPage,
    ActivityRequest,
    ActivityType,
    PageRequest,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRow,
)
from twin_tui.analytics.columns import is_storable, words_or_none
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.people.lists import days, owned_twins, pairs
from twin_tui.analytics.people.tables import (
    PERSON_COLUMNS,
    TWIN_COLUMNS,
    person_row,
    persons,
    twin_row,
    twins,
)
from twin_tui.analytics.people.uses import Uses
from twin_tui.data.models import Twin, User
from twin_tui.text.safe_text import safe_line


def person(context: Context, user_id: str, filters: Filters, pages: PageRequest | None = None) -> PersonPage:
    """Return everything about one person, by id; raises `NotFoundError`."""
    pages = pages or PageRequest()
    named = replace(filters, company=None, department=None, user=user_id)
    row = _person(context, named, user_id)
    others = replace(named, user=None)
    return PersonPage(
        row=row,
        window=context.window(filters.period),
        days=days(context, named, of_people=True),
        twins=owned_twins(context, others, user_id, pages.twins, pages.limit),
        sessions=_feed(context, named, "conversation", pages.sessions, pages.limit),
        documents=_feed(context, named, "document", pages.documents, pages.limit),
        queries=_feed(context, named, "query", pages.queries, pages.limit),
        uses=pairs(context, named, "user", user_id, is_marked=True, page=pages.uses, limit=pages.limit),
        used_by=pairs(
            context, others, "owner", user_id, is_marked=True, page=pages.used_by, limit=pages.limit
        ),
    )


def twin(context: Context, twin_id: str, filters: Filters, pages: PageRequest | None = None) -> TwinPage:
    """Return everything about one twin, by id; raises `NotFoundError`."""
    pages = pages or PageRequest()
    named = replace(filters, twin=twin_id)
    row, description = _twin(context, named, twin_id)
    return TwinPage(
        row=row,
        description=description,
        window=context.window(filters.period),
        days=days(context, named, of_people=False),
        users=pairs(context, named, "twin", twin_id, is_marked=False, page=pages.used_by, limit=pages.limit),
        sessions=_feed(context, named, "conversation", pages.sessions, pages.limit),
        documents=_feed(context, named, "document", pages.documents, pages.limit),
        queries=_feed(context, named, "query", pages.queries, pages.limit),
    )


def _person(context: Context, filters: Filters, user_id: str) -> PersonRow:
    rows: list[tuple[Any, ...]] = []
    if is_storable(user_id):
        uses = Uses(context, filters, "user", user_id).by_person()
        ctes = persons(context, uses, context.source.column(User.id) == user_id)
        rows = context.rows(Select([ctes[-1]], [ctes[-1].c[name] for name in PERSON_COLUMNS]).with_cte(*ctes))
    if not rows:
        raise NotFoundError(f"There is no user {safe_line(user_id, 60)!r}.")
    return person_row(context, rows[0])


def _twin(context: Context, filters: Filters, twin_id: str) -> tuple[TwinRow, str | None]:
    column, rows = context.source.column, []
    if is_storable(twin_id):
        uses = Uses(context, filters, "twin", twin_id).by_pair()
        ctes = twins(context, filters, uses, column(Twin.id) == twin_id)
        rows = context.rows(Select([ctes[-1]], [ctes[-1].c[name] for name in TWIN_COLUMNS]).with_cte(*ctes))
    if not rows:
        raise NotFoundError(f"There is no twin {safe_line(twin_id, 60)!r}.")
    described = context.rows(Twin.select(column(Twin.description)).where(column(Twin.id) == twin_id))
    return twin_row(context, rows[0]), words_or_none(described[0][0])


def _feed(context: Context, filters: Filters, kind: ActivityType, page: int, limit: int) -> ActivityPage:
    """Return one page of the feed; conversations by their last message in the period."""
    request = ActivityRequest(type=kind, dated="active", page=page, limit=limit)
    return activity(context, filters, request)

"""The directory, and the page of one person or twin, as JSON under keys frozen by a test."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from twin_tui.analytics.answers import (
    ActivityPage,
    PagedList,
    PeoplePage,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRow,
    TwinUse,
    UseDay,
)
from twin_tui.reports.about import About
from twin_tui.reports.json_form import Json, frame, instant, item_json, person_ref, twin_ref, window_json

Item = TypeVar("Item")


def people_json(page: PeoplePage, about: About) -> Json:
    """Return one page of the directory; ``counts`` are of all that the search finds, by status."""
    asked = page.request
    return {
        **frame(about),
        "kind": asked.kind,
        "search": asked.search,
        "status": asked.status,
        "sort": asked.sort,
        "descending": asked.descending,
        "counts": {"active": page.active, "dormant": page.dormant, "never": page.never},
        "total": page.total,
        "page": asked.page,
        "pages": page.pages,
        "limit": asked.limit,
        "has_next": page.has_next,
        "has_prev": page.has_prev,
        "items": [_person(item) if isinstance(item, PersonRow) else _twin(item) for item in page.items],
    }


def person_json(page: PersonPage, about: About) -> Json:
    """Return everything about one person."""
    return {
        **frame(about),
        "window": window_json(page.window),
        "person": _person(page.row),
        "series": _series(page.days),
        "twins": _listed(page.twins, _twin),
        "uses": _listed(page.uses, _use),
        "used_by": _listed(page.used_by, _use),
        "sessions": _feed(page.sessions),
        "documents": _feed(page.documents),
        "queries": _feed(page.queries),
    }


def twin_json(page: TwinPage, about: About) -> Json:
    """Return everything about one twin."""
    return {
        **frame(about),
        "window": window_json(page.window),
        "twin": {**_twin(page.row), "description": page.description},
        "series": _series(page.days),
        "users": _listed(page.users, _use),
        "sessions": _feed(page.sessions),
        "documents": _feed(page.documents),
        "queries": _feed(page.queries),
    }


def _person(row: PersonRow) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "company": row.company,
        "department": row.department,
        "created_at": instant(row.created_at),
        "last_seen": instant(row.last_seen),
        "status": row.status,
        "conversations": row.conversations,
        "messages": row.messages,
        "documents": row.documents,
        "queries": row.queries,
        "twins": row.twins,
        "shared_uses": row.shared_uses,
    }


def _twin(row: TwinRow) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "owner": row.owner.name,
        "owner_id": row.owner.id,
        "owner_email": row.owner.email,
        "is_shared": row.is_shared,
        "created_at": instant(row.created_at),
        "last_used": instant(row.last_used),
        "status": row.status,
        "users": row.users,
        "outsiders": row.outsiders,
        "conversations": row.conversations,
        "messages": row.messages,
        "documents": row.documents,
        "queries": row.queries,
    }


def _use(use: TwinUse) -> Json:
    return {
        "user": person_ref(use.user),
        "twin": twin_ref(use.twin),
        "is_owner": use.is_owner,
        "conversations": use.conversations,
        "messages": use.messages,
        "documents": use.documents,
        "queries": use.queries,
        "last_used": instant(use.last_used),
    }


def _series(days: Sequence[UseDay]) -> list[Json]:
    return [
        {"day": day.day.isoformat(), "conversations": day.conversations, "messages": day.messages}
        for day in days
    ]


def _listed(listed: PagedList[Item], shown: Callable[[Item], Json]) -> Json:
    return {
        "total": listed.total,
        "page": listed.page,
        "pages": listed.pages,
        "limit": listed.limit,
        "items": [shown(item) for item in listed.items],
    }


def _feed(page: ActivityPage) -> Json:
    return {
        "total": page.total,
        "page": page.request.page,
        "pages": page.pages,
        "limit": page.request.limit,
        "items": [item_json(item) for item in page.items],
    }

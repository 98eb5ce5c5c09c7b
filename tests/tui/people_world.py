"""A directory, persons and twins made by hand, behind the same fake service as the other screens."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.fake_answers import MIKE, SARAH, window
from tests.tui.fake_service import NOW
from twin_tui.analytics.answers import (
    ActivityItem,
    ActivityPage,
    ActivityRequest,
    PagedList,
    PageRequest,
    PeoplePage,
    PeopleRequest,
    PeopleStatus,
    Person,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRef,
    TwinRow,
    TwinUse,
    UseDay,
)
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.filters import Filters

HOSTILE = "[@click=app.quit]Eve[/]\x1b[2J"


def person(key: str, name: str, status: PeopleStatus = "active", **more: Any) -> PersonRow:
    values: dict[str, Any] = {
        "email": f"{key}@acme.example",
        "company": "Acme",
        "department": "Sales",
        "created_at": NOW - timedelta(days=300),
        "last_seen": None if status == "never" else NOW - timedelta(hours=2),
        "conversations": 12 if status == "active" else 0,
        "messages": 1234 if status == "active" else 0,
        "documents": 0,
        "queries": 3 if status == "active" else 0,
        "twins": 1,
        "shared_uses": 2,
    }
    return PersonRow(id=key, name=name, status=status, **(values | more))


def twin(key: str, name: str, owner: Person = SARAH, **more: Any) -> TwinRow:
    values: dict[str, Any] = {
        "is_shared": True,
        "created_at": NOW - timedelta(days=200),
        "last_used": NOW - timedelta(days=3),
        "status": "active",
        "users": 3,
        "outsiders": 2,
        "conversations": 40,
        "messages": 400,
        "documents": 5,
        "queries": 0,
    }
    return TwinRow(id=key, name=name, owner=owner, **(values | more))


def people() -> tuple[PersonRow, ...]:
    """Sixty people: u1 and u2 active as everywhere else, one hostile, three dormant, two never seen."""
    return (
        person("u1", "Sarah Chen", email=SARAH.email),
        person("u2", "Mike O'Neil", email=MIKE.email, company=None, department=None),
        person("u3", HOSTILE),
        *(person(f"u{at}", f"Person {at}") for at in range(4, 56)),
        *(
            person(f"d{at}", f"Dormant {at}", "dormant", last_seen=NOW - timedelta(days=90))
            for at in range(3)
        ),
        *(person(f"n{at}", "", "never") for at in range(2)),
    )


def twins() -> tuple[TwinRow, ...]:
    return (
        twin("t1", "Sarah's AI Assistant"),
        twin("t2", "Contracts", MIKE, is_shared=False, status="dormant"),
        twin("t3", "Travel desk", Person("u3", HOSTILE, ""), is_shared=None, status="never", last_used=None),
    )


def paged(items: tuple[Any, ...], page: int, limit: int) -> PagedList[Any]:
    first = (page - 1) * limit
    pages = max(1, -(-len(items) // limit))
    return PagedList(page, limit, len(items), pages, items[first : first + limit])


def lines(items: tuple[ActivityItem, ...], page: int, limit: int) -> ActivityPage:
    shown = paged(items, page, limit)
    return ActivityPage(ActivityRequest(page=page, limit=limit), len(items), shown.pages, shown.items)


def days() -> tuple[UseDay, ...]:
    return tuple(UseDay(date(2026, 11, 1) + timedelta(days=at), at % 3, at) for at in range(20))


def drafted(count: int) -> tuple[ActivityItem, ...]:
    """Documents of session s0, all of its first document."""
    return tuple(
        replace(item, kind="document", session_id="s0", event_id="d1", detail="email") for item in feed(count)
    )


@dataclass
class FakePeople(FakeConversations):
    """The fake service, with people and twins."""

    feed: tuple[ActivityItem, ...] = field(default_factory=lambda: feed(120))
    directory: tuple[PersonRow, ...] = field(default_factory=people)
    shelf: tuple[TwinRow, ...] = field(default_factory=twins)
    queries: tuple[ActivityItem, ...] = ()

    def people(self, filters: Filters, request: PeopleRequest) -> PeoplePage:
        self.asked.append(("people", filters, request))
        if self.error is not None:
            raise self.error
        rows: tuple[Any, ...] = self.directory if request.kind == "users" else self.shelf
        needle = request.search.casefold()
        found = [row for row in rows if needle in f"{row.name} {row.id}".casefold()]
        if request.sort == "name":
            found.sort(key=lambda row: row.name, reverse=request.descending)
        counts = {
            status: sum(row.status == status for row in found) for status in ("active", "dormant", "never")
        }
        listed = tuple(row for row in found if request.status in (None, row.status))
        shown = paged(listed, request.page, request.limit)
        request = replace(request, page=min(request.page, shown.pages))
        return PeoplePage(request, shown.total, shown.pages, shown.items, **counts)

    def person(self, user_id: str, filters: Filters, pages: PageRequest) -> PersonPage:
        self.asked.append(("person", user_id, filters, pages))
        if self.error is not None:
            raise self.error
        row = next((row for row in self.directory if row.id == user_id), None)
        if row is None:
            raise NotFoundError(f"No user {user_id!r} in this database.")
        own = TwinRef("t1", "Sarah's AI Assistant", SARAH)
        theirs = TwinUse(SARAH, TwinRef("t2", "Contracts", MIKE), 4, 9, 0, 1, NOW - timedelta(days=1))
        return PersonPage(
            row=row,
            window=window(filters),
            days=days(),
            twins=paged(self.shelf[:1], 1, pages.limit),
            sessions=lines(self.feed, pages.sessions, pages.limit),
            documents=lines(drafted(3), pages.documents, pages.limit),
            queries=lines(self.queries, pages.queries, pages.limit),
            uses=paged((theirs,), 1, pages.limit),
            used_by=paged((TwinUse(MIKE, own, 2, 7, 1, 0, None),), 1, pages.limit),
        )

    def twin(self, twin_id: str, filters: Filters, pages: PageRequest) -> TwinPage:
        self.asked.append(("twin", twin_id, filters, pages))
        if self.error is not None:
            raise self.error
        row = next((row for row in self.shelf if row.id == twin_id), None)
        if row is None:
            raise NotFoundError(f"No twin {twin_id!r} in this database.")
        ref = TwinRef(row.id, row.name, row.owner)
        return TwinPage(
            row=row,
            description="Drafts offers and \x1b]52;c;eA==\x07 answers mail",
            window=window(filters),
            days=days(),
            users=paged(
                (TwinUse(SARAH, ref, 9, 20, 3, 0, NOW), TwinUse(MIKE, ref, 2, 7, 1, 0, None)), 1, pages.limit
            ),
            sessions=lines(self.feed[:7], pages.sessions, pages.limit),
            documents=lines((), pages.documents, pages.limit),
            queries=lines((), pages.queries, pages.limit),
        )

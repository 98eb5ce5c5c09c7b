"""Answers about people written out by hand, with any text in every place that holds stored text."""

from datetime import UTC, date, datetime, timedelta

from tests.reports.given import WINDOW, item
from twin_tui.analytics.answers import (
    ActivityPage,
    ActivityRequest,
    PagedList,
    PeoplePage,
    PeopleRequest,
    Person,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRef,
    TwinRow,
    TwinUse,
    UseDay,
)

SEEN = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
MADE = datetime(2026, 10, 1, 8, tzinfo=UTC)


def person_row(text: str = "Ann Lee") -> PersonRow:
    return PersonRow(
        id="u1",
        name=text,
        email="ann@example.com",
        company=text,
        department=None,
        created_at=MADE,
        last_seen=SEEN,
        status="active",
        conversations=3,
        messages=12,
        documents=1,
        queries=1200,
        twins=2,
        shared_uses=1,
    )


def unseen(text: str = "") -> PersonRow:
    return PersonRow("u2", text, text, None, None, None, None, "never", 0, 0, 0, 0, 0, 0)


def twin_row(text: str = "Scribe") -> TwinRow:
    return TwinRow(
        id="t1",
        name=text,
        owner=Person("u2", text, "bob@example.com"),
        is_shared=None if text == "" else True,
        created_at=None,
        last_used=SEEN,
        status="active",
        users=2,
        outsiders=1,
        conversations=3,
        messages=24,
        documents=1,
        queries=0,
    )


def use(text: str = "Ann Lee", user: str = "u1") -> TwinUse:
    twin = TwinRef("t1", text, Person("u2", text, "bob@example.com"))
    return TwinUse(Person(user, text, "ann@example.com"), twin, 3, 12, 1, 0, None if user == "u2" else SEEN)


def people(text: str = "Ann Lee", kind: str = "users") -> PeoplePage:
    items = (person_row(text), unseen(text)) if kind == "users" else (twin_row(text), twin_row(text))
    request = PeopleRequest(kind, text, page=2, limit=2)  # type: ignore[arg-type]
    return PeoplePage(request, 5, 3, items, active=3, dormant=0, never=2)


def nobody(kind: str = "users") -> PeoplePage:
    return PeoplePage(PeopleRequest(kind), 0, 1, (), active=0, dormant=0, never=0)  # type: ignore[arg-type]


def days(count: int = 7) -> tuple[UseDay, ...]:
    return tuple(UseDay(date(2026, 11, 17) + timedelta(days=at), at % 3, 4 * at) for at in range(count))


def feed(text: str, kind: str) -> ActivityPage:
    lines = (item(text, kind=kind), item("", kind=kind))
    return ActivityPage(ActivityRequest(kind, dated="active", limit=2), 5, 3, lines)  # type: ignore[arg-type]


def no_feed() -> ActivityPage:
    return ActivityPage(ActivityRequest(dated="active", limit=2), 0, 1, ())


def listed(*items: object) -> PagedList:
    return PagedList(1, 10, len(items), 1, items)


def person(text: str = "Ann Lee") -> PersonPage:
    return PersonPage(
        row=person_row(text),
        window=WINDOW,
        days=days(),
        twins=listed(twin_row(text)),
        sessions=feed(text, "conversation"),
        documents=feed(text, "document"),
        queries=feed(text, "query"),
        uses=listed(use(text)),
        used_by=listed(use(text, "u3")),
    )


def newcomer() -> PersonPage:
    none = listed()
    return PersonPage(unseen(), WINDOW, (), none, no_feed(), no_feed(), no_feed(), none, none)


def twin(text: str = "Scribe") -> TwinPage:
    return TwinPage(
        row=twin_row(text),
        description=text or None,
        window=WINDOW,
        days=days(),
        users=listed(use(text), use(text, "u2")),
        sessions=feed(text, "conversation"),
        documents=feed(text, "document"),
        queries=feed(text, "query"),
    )

"""Every page of the directory, and the page of everyone in it, against plain loops over random worlds."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.people_oracle import PeopleOracle
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import Changeable, replace_rows, writer  # noqa: F401 - a fixture
from twin_tui.analytics.answers import (
    PagedList,
    PageRequest,
    PeoplePage,
    PeopleRequest,
    PersonRow,
    TwinRow,
    TwinUse,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.people import directory
from twin_tui.analytics.people import seen_last as seen_last_module
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

SEARCHES = ("", "", "", " ada ", "ZOË", "U1@example", "0", "bot", "%", "émile")
SORTS = ("last_seen", "name", "conversations", "messages", "documents", "queries")


def naive(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=None)


def told(row: PersonRow | TwinRow) -> dict:
    shown = {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "counts": (row.conversations, row.messages, row.documents, row.queries),
    }
    if isinstance(row, PersonRow):
        return shown | {
            "last_seen": naive(row.last_seen),
            "twins": row.twins,
            "shared_uses": row.shared_uses,
        }
    return shown | {"last_used": naive(row.last_used), "users": row.users, "outsiders": row.outsiders}


def used(pages: PagedList[TwinUse]) -> list[tuple]:
    return [
        (
            use.user.id,
            use.twin.id,
            (use.conversations, use.messages, use.documents, use.queries),
            naive(use.last_used),
        )
        for use in pages.items
    ]


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_everyone_is_listed_once_and_every_count_is_the_plain_one(
    database_url: str,
    writer: Source,  # noqa: F811
    way: str,
) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(30 if writer.is_sqlite else 10)
        @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 14))
        def check(seed: int, sessions: int) -> None:
            example, draw = case(seed, sessions), Random(seed)
            instants = [row["started_at"] for row in example.world.sessions]
            for user in example.world.users:
                user["last_login_at"] = draw.choice([None, naive(example.now), *instants])
            if way == "derived":
                # Mostly past all rows, as the clock of a database in use is.
                example = replace(example, now=example.now + timedelta(days=draw.choice((0, 9, 9))))
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            oracle = PeopleOracle(example.world, example.filters, example.now, ZoneInfo(example.zone))
            for kind in ("users", "twins"):
                check_directory(service, oracle, draw, kind)
            check_person(service, oracle, draw.choice(example.world.users))
            check_twin(service, oracle, draw.choice(example.world.twins))

        check()


def test_those_seen_last_are_told_from_few_rows(
    database_url: str,
    writer: Source,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: dict[tuple[str, bool], int] = {}

    def seen_last(context: Context, filters: Filters, request: PeopleRequest) -> PeoplePage | None:
        page = seen_last_module.seen_last(context, filters, request)
        key = request.kind, page is not None
        answers[key] = answers.get(key, 0) + 1
        return page

    monkeypatch.setattr(directory, "seen_last", seen_last)
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(30 if writer.is_sqlite else 10)
        @given(seed=st.integers(0, 2**40), sessions=st.integers(4, 14))
        def check(seed: int, sessions: int) -> None:
            example, draw = case(seed, sessions), Random(seed)
            now = example.now + timedelta(days=9)
            filters = Filters(draw.choice((Period(), Period.parse("30d", now.date()))))
            example = replace(example, now=now, filters=filters)
            instants = [row["started_at"] for row in example.world.sessions]
            for user in example.world.users:
                user["last_login_at"] = draw.choice([None, naive(now), *instants])
            for row in (*example.world.users, *example.world.twins):
                row["created_at"] = draw.choice([row["created_at"], None, naive(now), instants[0]])
            replace_rows(writer, example.world)
            rebuild(writer, example.zone)
            service.at(example)
            oracle = PeopleOracle(example.world, example.filters, example.now, ZoneInfo(example.zone))
            for kind in ("users", "twins"):
                sort = draw.choice(("last_seen", *SORTS[2:]))
                request = PeopleRequest(kind, sort=sort, limit=draw.choice((1, 2, 3)))  # type: ignore[arg-type]
                check_pages(service, oracle, request)

        check()
    # Of small worlds the last pages hold those who never did anything: they are left to the long way.
    assert min(answers["users", True], answers["twins", True]) > 3


def check_directory(service: Changeable, oracle: PeopleOracle, draw: Random, kind: str) -> None:
    request = PeopleRequest(
        kind=kind,  # type: ignore[arg-type]
        search=draw.choice(SEARCHES),
        status=draw.choice((None, None, "active", "dormant", "never")),  # type: ignore[arg-type]
        sort=draw.choice(SORTS),  # type: ignore[arg-type]
        descending=draw.random() < 0.5,
        limit=draw.choice((1, 2, 50)),
    )
    check_pages(service, oracle, request)


def check_pages(service: Changeable, oracle: PeopleOracle, request: PeopleRequest) -> None:
    everyone, wanted = oracle.directory(request)
    found: list[dict] = []
    for number in range(1, max(1, -(-len(wanted) // request.limit)) + 1):
        page = service.people(oracle.filters, PeopleRequest(**(fields(request) | {"page": number})))
        assert (page.total, page.pages) == (len(wanted), max(1, -(-len(wanted) // request.limit)))
        assert page.request.page == number
        assert (page.active, page.dormant, page.never) == tuple(
            sum(row["status"] == status for row in everyone) for status in ("active", "dormant", "never")
        )
        assert len(page.items) == min(request.limit, len(wanted) - len(found))
        found += map(told, page.items)
    assert found == wanted


def fields(request: PeopleRequest) -> dict:
    return {name: getattr(request, name) for name in PeopleRequest.__slots__}


def check_person(service: Changeable, oracle: PeopleOracle, user: dict) -> None:
    if not oracle.listed(user):
        return
    key, pages = user["id"], PageRequest(limit=50)
    page = service.person(key, oracle.filters, pages)
    named = oracle.with_filters(company=None, department=None, user=key)
    others = named.with_filters(user=None)
    assert told(page.row) == named.person(user)
    assert {row.id: told(row) for row in page.twins.items} == {
        twin["id"]: others.twin(twin)
        for twin in oracle.world.twins
        if twin["user_id"] == key and oracle.listed(twin)
    }
    assert used(page.uses) == named.uses(lambda _: True, is_marked=True)
    of_key = {twin["id"] for twin in oracle.world.twins if twin["user_id"] == key}
    assert used(page.used_by) == others.uses(lambda row: row["twin_id"] in of_key, is_marked=True)
    assert days(page.days) == named.days(lambda _: True, own_words=True)
    assert (page.documents.total, page.queries.total) == (page.row.documents, page.row.queries)
    assert sum(day.conversations for day in page.days) == page.row.conversations


def check_twin(service: Changeable, oracle: PeopleOracle, twin: dict) -> None:
    if not oracle.listed(twin):
        return
    page = service.twin(twin["id"], oracle.filters, PageRequest(limit=50))
    named = oracle.with_filters(twin=twin["id"])
    assert told(page.row) == named.twin(twin)
    assert used(page.users) == named.uses(lambda _: True, is_marked=False)
    assert days(page.days) == named.days(lambda _: True, own_words=False)
    assert (page.documents.total, page.queries.total) == (page.row.documents, page.row.queries)
    assert all(item.twin.id == twin["id"] for item in page.sessions.items)


def days(found: tuple) -> list[tuple]:
    return [(day.day, day.conversations, day.messages) for day in found]

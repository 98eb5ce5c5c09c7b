"""The directory and its pages over the hand-countable world: numbers, order, statements, other files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.data.foreign import PLAIN, make_sqlite
from tests.world import NOW, at
from twin_tui.analytics.answers import PageRequest, PeopleRequest
from twin_tui.analytics.errors import BadFilterError, NotFoundError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

WEEK = Filters(Period.of_preset("7d", date(2026, 11, 23)))
TODAY = Filters(Period.of_preset("today", date(2026, 11, 23)))
TWINS = PeopleRequest(kind="twins")


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


def ids(service: AnalyticsService, filters: Filters, request: PeopleRequest) -> list[str]:
    return [row.id for row in service.people(filters, request).items]


def test_people_are_counted_as_the_world_says(service: AnalyticsService) -> None:
    page = service.people(WEEK, PeopleRequest())
    rows = {row.id: row for row in page.items}
    assert (page.total, page.pages, page.everyone) == (3, 1, 3)
    # ann: s1 s4 s6, m01 m03 m11 m16, d1 (d6 has no time), q5; t-ann; none of hers is another's
    ann = rows["u-ann"]
    assert (ann.conversations, ann.messages, ann.documents, ann.queries) == (3, 4, 1, 1)
    assert (ann.twins, ann.shared_uses, ann.status) == (1, 0, "active")
    assert (ann.company, ann.department, ann.created_at) == ("North", "Sales", at("2026-10-01 08:00"))
    assert ann.last_seen == at("2026-11-23 09:15")
    # ben: s2 (shared) s5, m05 m12 m14, d3, q1 q3
    ben = rows["u-ben"]
    assert (ben.conversations, ben.messages, ben.documents, ben.queries) == (2, 3, 1, 2)
    assert (ben.twins, ben.shared_uses, ben.last_seen) == (1, 1, at("2026-11-22 10:20:05"))
    # cho: s3 (shared; s9 lies in the future), m07 m09, d2, q2; the login of this morning is the latest
    cho = rows["u-cho"]
    assert (cho.conversations, cho.messages, cho.documents, cho.queries) == (1, 2, 1, 1)
    assert (cho.twins, cho.shared_uses, cho.last_seen) == (0, 1, at("2026-11-23 08:00"))


def test_twins_are_counted_as_the_world_says(service: AnalyticsService) -> None:
    rows = {row.id: row for row in service.people(WEEK, TWINS).items}
    # t-ann: s1 s2 s3 s4 s6, m01–m11 m16 m17, d1 d2, q1 q2 q5, of ann, ben and cho
    ours = rows["t-ann"]
    assert (ours.conversations, ours.messages, ours.documents, ours.queries) == (5, 13, 2, 3)
    assert (ours.users, ours.outsiders, ours.is_shared, ours.owner.name) == (3, 2, True, "Ann Berg")
    assert ours.last_used == at("2026-11-23 09:15")
    # t-ben: s5, m12–m15, d3, q3, of ben alone
    own = rows["t-ben"]
    assert (own.conversations, own.messages, own.documents, own.queries) == (1, 4, 1, 1)
    assert (own.users, own.outsiders, own.is_shared, own.last_used) == (
        1,
        0,
        False,
        at("2026-11-22 10:20:05"),
    )


def test_status_is_of_the_period_and_active_people_are_those_of_the_figure(service: AnalyticsService) -> None:
    page = service.people(TODAY, PeopleRequest())
    assert (page.active, page.dormant, page.never) == (1, 2, 0)
    assert page.active == service.overview(TODAY).figure("active_users").value
    dormant = service.people(TODAY, PeopleRequest(status="dormant"))
    assert ([row.id for row in dormant.items], dormant.total) == (["u-cho", "u-ben"], 2)
    assert (dormant.active, dormant.dormant, dormant.never) == (1, 2, 0)
    with_t_ben = replace(WEEK, twin="t-ben")
    never = service.people(with_t_ben, PeopleRequest(status="never", sort="name", descending=False))
    assert [row.id for row in never.items] == ["u-ann", "u-cho"]
    assert never.items[0].last_seen == at("2026-11-23 09:15"), "last seen obeys no filter"


def test_nothing_after_now_is_known(read_world_url: str) -> None:
    early = at("2026-11-17 09:05")
    week = Filters(Period.of_preset("7d", early.date()))
    with AnalyticsService(read_world_url, clock=lambda: early) as service:
        page = service.people(week, PeopleRequest())
        assert [(row.id, row.status, row.last_seen) for row in page.items] == [
            ("u-ann", "active", at("2026-11-17 09:00")),
            ("u-ben", "active", at("2026-11-16 15:00")),
        ]
        assert page.items[0].messages == 2, "m18 and m01"
        assert ids(service, week, TWINS) == ["t-ann", "t-ben"]
        assert [row.status for row in service.people(week, TWINS).items] == ["active", "never"]
        with pytest.raises(NotFoundError):
            service.person("u-cho", week)


def test_filters_choose_people_by_their_own_and_twins_by_their_owners_attributes(
    service: AnalyticsService,
) -> None:
    everyone = PeopleRequest(sort="name", descending=False)
    assert ids(service, replace(WEEK, company="NORTH"), everyone) == ["u-ann", "u-ben"]
    assert ids(service, replace(WEEK, department=""), everyone) == ["u-ben"]
    assert ids(service, replace(WEEK, user="u-cho"), everyone) == ["u-cho"]
    assert ids(service, replace(WEEK, company="south"), TWINS) == []
    assert ids(service, replace(WEEK, user="u-ben"), TWINS) == ["t-ben"]
    assert ids(service, replace(WEEK, twin="t-ann"), TWINS) == ["t-ann"]
    (ours,) = service.people(replace(WEEK, company="North", twin="t-ann"), TWINS).items
    assert (ours.users, ours.outsiders, ours.conversations) == (2, 1, 4), "cho is of another company"
    shared = {row.id: row.conversations for row in service.people(replace(WEEK, shared=True), everyone).items}
    assert shared == {"u-ann": 0, "u-ben": 1, "u-cho": 1}


def test_search_finds_parts_of_names_addresses_and_ids(service: AnalyticsService) -> None:
    for search, found in (
        ("  BERG ", ["u-ann"]),
        ("north.EXAMPLE", ["u-ann", "u-ben"]),
        ("U-C", ["u-cho"]),
        ("%", []),
        ("a\0b", []),
        ("\ud800", []),
    ):
        page = service.people(WEEK, PeopleRequest(search=search, sort="name", descending=False))
        assert [row.id for row in page.items] == found
        assert (page.total, page.everyone, page.pages) == (len(found), len(found), 1)


def test_twins_are_found_by_their_owner_too(service: AnalyticsService) -> None:
    assert ids(service, WEEK, PeopleRequest("twins", "ito")) == ["t-ben"]
    assert ids(service, WEEK, PeopleRequest("twins", "T-ANN")) == ["t-ann"]


def test_pages_and_limits_are_brought_within_bounds(service: AnalyticsService) -> None:
    before = service._source.statements
    page = service.people(WEEK, PeopleRequest(page=2, limit=2, sort="messages"))
    assert service._source.statements - before == 2, "one of them looks for derived tables"
    assert ([row.id for row in page.items], page.has_prev, page.has_next) == (["u-cho"], True, False)
    assert (page.total, page.pages) == (3, 2)
    beyond = service.people(WEEK, PeopleRequest(page=99, limit=2, sort="messages"))
    assert (beyond.request.page, beyond.items) == (2, page.items)
    assert service._source.statements - before == 5, "one more where the page does not exist"
    least = service.people(WEEK, PeopleRequest(page=-1, limit=0))
    assert (least.request.page, least.request.limit, least.pages, least.has_next) == (1, 1, 3, True)


def test_what_there_is_not_cannot_be_asked_for(service: AnalyticsService) -> None:
    for asked in (PeopleRequest("bots"), PeopleRequest(sort="age"), PeopleRequest(status="asleep")):
        with pytest.raises(BadFilterError):
            service.people(WEEK, asked)


def test_a_person_in_24_statements(service: AnalyticsService) -> None:
    before = service._source.statements
    page = service.person("u-ben", WEEK)
    assert service._source.statements - before == 24
    assert (page.row.id, page.row.conversations) == ("u-ben", 2)
    assert [(item.session_id, item.time) for item in page.sessions.items] == [
        ("s5", at("2026-11-22 10:20:15")),
        ("s2", at("2026-11-18 14:00:20")),
    ]
    assert [item.event_id for item in page.documents.items] == ["d3"]
    assert [item.event_id for item in page.queries.items] == ["q3", "q1"]
    assert [(use.twin.id, use.conversations, use.messages) for use in page.uses.items] == [("t-ann", 1, 1)]
    assert page.uses.items[0].last_used == at("2026-11-18 14:00")
    assert page.used_by.total == 0
    assert [(row.id, row.users) for row in page.twins.items] == [("t-ben", 1)]
    assert [(day.day.day, day.conversations, day.messages) for day in page.days] == [
        *((17, 0, 0), (18, 1, 1), (19, 0, 0), (20, 0, 0), (21, 0, 0), (22, 1, 2), (23, 0, 0)),
    ]


def test_who_used_whose_shared_twin_in_pages(service: AnalyticsService) -> None:
    page = service.person("u-ann", WEEK, PageRequest(limit=1, used_by=2, sessions=3))
    assert [(use.user.id, use.messages, use.is_owner) for use in page.used_by.items] == [("u-ben", 1, False)]
    assert (page.used_by.page, page.used_by.pages, page.used_by.total) == (2, 2, 2)
    assert (page.sessions.request.page, page.sessions.total) == (3, 3)
    first = service.person("u-ann", WEEK, PageRequest(limit=1)).used_by.items[0]
    assert (first.user.id, first.messages, first.last_used) == ("u-cho", 2, at("2026-11-20 08:00"))


def test_the_page_of_a_person_knows_no_other_persons_filters(service: AnalyticsService) -> None:
    other = replace(WEEK, company="South", department="Research", user="u-cho")
    assert service.person("u-ben", other) == service.person("u-ben", WEEK)
    own = service.person("u-ben", replace(WEEK, shared=False))
    assert (own.row.conversations, own.uses.total, own.sessions.total) == (1, 0, 1)


def test_a_twin_in_23_statements(service: AnalyticsService) -> None:
    before = service._source.statements
    page = service.twin("t-ann", WEEK, PageRequest(limit=2))
    assert service._source.statements - before == 23
    assert (page.description, page.row.outsiders) == ("Knows the sales reports", 2)
    assert [(use.user.id, use.is_owner, use.conversations) for use in page.users.items] == [
        ("u-ann", True, 3),
        ("u-cho", False, 1),
    ]
    assert (page.users.total, page.users.pages, page.sessions.total) == (3, 2, 5)
    assert page.sessions.items[0].session_id == "s6"
    assert (page.documents.total, page.queries.total) == (2, 3)
    assert sum(day.messages for day in page.days) == page.row.messages
    assert service.twin("t-ann", replace(WEEK, twin="t-ben")).row == page.row


def test_nobody_is_not_found(service: AnalyticsService) -> None:
    for key in ("", "u-dan", "U-ANN", "a\0b", "\ud800"):
        with pytest.raises(NotFoundError):
            service.person(key, WEEK)
        with pytest.raises(NotFoundError):
            service.twin(key, WEEK)


def test_all_time_and_an_empty_database(service: AnalyticsService, sqlite_url: str) -> None:
    page = service.person("u-ann", Filters())
    assert (page.row.conversations, page.days[0].day, page.days[-1].day) == (4, date(2026, 10, 1), NOW.date())
    assert len(page.days) == (NOW.date() - date(2026, 10, 1)) // timedelta(days=1) + 1
    with AnalyticsService(sqlite_url, clock=lambda: NOW) as empty:
        found = empty.people(Filters(), PeopleRequest())
        assert (found.total, found.pages, found.items, found.everyone) == (0, 1, (), 0)


def test_another_systems_file_with_the_fewest_columns_and_strangers(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "least.db",
        PLAIN,
        "INSERT INTO users VALUES ('u', 'u@x', NULL), ('v', NULL, 'Vi')",
        "INSERT INTO twins VALUES ('t', 'u', 'Tee'), ('o', 'gone', 'Orphan')",
        "INSERT INTO sessions VALUES ('s', 'v', 't', '2026-11-22T10:00:00+02:00')",
        "INSERT INTO sessions VALUES ('r', 'stranger', 't', '2026-11-22T10:00:00+02:00')",
        "INSERT INTO messages VALUES ('m', 's', 'user', 'Hi', '2026-11-22T10:00:01+02:00')",
        "INSERT INTO documents VALUES ('d', 's', '2026-11-22T10:00:02+02:00')",
        "INSERT INTO queries VALUES ('q', 's', 'where', '2026-11-22T10:00:03+02:00')",
    )
    with AnalyticsService(path, clock=lambda: NOW) as service:
        vi, nameless = service.people(WEEK, PeopleRequest()).items
        assert (vi.id, vi.email, vi.last_seen) == ("v", "", at("2026-11-22 08:00:01"))
        assert (vi.conversations, vi.messages, vi.documents, vi.queries, vi.shared_uses) == (1, 1, 1, 1, 0)
        assert (nameless.id, nameless.name, nameless.status, nameless.created_at) == ("u", "", "never", None)
        assert ids(service, WEEK, PeopleRequest(sort="name", descending=False)) == ["u", "v"]
        tee, orphan = service.people(WEEK, TWINS).items
        assert (tee.id, tee.is_shared, tee.users, tee.outsiders) == ("t", None, 2, 2)
        assert (orphan.owner.id, orphan.owner.name, orphan.status) == ("gone", "", "never")
        used = service.twin("t", WEEK).users.items
        assert [(use.user.id, use.user.name) for use in used] == [("v", "Vi"), ("stranger", "")]
        assert service.person("v", WEEK).sessions.total == 1

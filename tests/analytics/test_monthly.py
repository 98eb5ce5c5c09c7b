"""Statistics per person and local month, counted by hand and against plain loops over random worlds."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.oracle import Oracle
from tests.analytics.plain_rows import HALF_HOUR
from tests.analytics.random_worlds import case
from tests.analytics.test_oracle import Changeable, replace_rows, writer  # noqa: F401 - a fixture
from tests.world import NOW
from twin_tui.analytics.answers import MonthlyRequest
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.rebuild import rebuild

SORTS = ("month", "name", "sessions", "events", "length")


def service_of(url: str, timezone: str = "UTC") -> AnalyticsService:
    return AnalyticsService(url, timezone=timezone, clock=lambda: NOW)


def test_the_months_of_the_world_by_hand(read_world_url: str):
    with service_of(read_world_url) as service:
        page = service.monthly(Filters(), MonthlyRequest())

    # Ann began s1 s4 s6 s7: 660, unknown, 45.5 and 60 s; Ben s2 s5 s8; Cho s3, 60 + 40 s.
    assert [(row.month, row.user.id, row.sessions) for row in page.items] == [
        (date(2026, 11, 1), "u-ann", 4),
        (date(2026, 11, 1), "u-ben", 3),
        (date(2026, 11, 1), "u-cho", 1),
    ]
    ann, _, cho = page.items
    assert (ann.lengths, ann.length) == (3, (660 + 45.5 + 60) / 3)
    assert (cho.lengths, cho.length) == (1, 100.0)
    assert (page.total, page.pages, page.has_next) == (3, 1, False)
    assert sum(row.events for row in page.items) == 8 + 5 + 5  # s1–s8, d1–d5, q1–q5


def test_a_month_counts_only_its_days_within_the_period(read_world_url: str):
    week = Filters(Period.of_preset("7d", NOW.date()))
    with service_of(read_world_url) as service:
        found = {row.user.id: row for row in service.monthly(week, MonthlyRequest()).items}

    assert {key: row.sessions for key, row in found.items()} == {"u-ann": 3, "u-ben": 2, "u-cho": 1}


def test_months_are_those_of_the_report_timezone(read_world_url: str):
    early = Filters(Period.between(date(2026, 11, 18), date(2026, 11, 19)))
    with service_of(read_world_url, "Pacific/Kiritimati") as service:
        # s2 began at 14:00 UTC of the 18th: 4 o'clock of the 19th there; s3 at 23:30 of the 19th: the 20th.
        assert [row.user.id for row in service.monthly(early, MonthlyRequest()).items] == ["u-ben"]


def test_a_page_that_is_not_there_becomes_the_last(world_sqlite: str):
    with service_of(world_sqlite) as service:
        page = service.monthly(Filters(), MonthlyRequest(sort="name", descending=False, page=9, limit=2))

    assert (page.request.page, page.pages, page.has_prev) == (2, 2, True)
    assert [row.user.name for row in page.items] == ["Cho Min"]


def test_an_unknown_order_is_refused(world_sqlite: str):
    with service_of(world_sqlite) as service, pytest.raises(BadFilterError, match="events"):
        service.monthly(Filters(), MonthlyRequest(sort="luck"))  # type: ignore[arg-type]


def test_an_empty_database_has_no_months(database_url: str):
    with service_of(database_url) as service:
        assert service.monthly(Filters(), MonthlyRequest()).items == ()


def test_every_month_equals_the_plain_count(
    database_url: str,
    writer: Source,  # noqa: F811
) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 12)
        @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 14))
        def check(seed: int, sessions: int) -> None:
            example, draw = case(seed, sessions), Random(seed)
            replace_rows(writer, example.world)
            service.at(example)
            wanted = plain(
                Oracle(example.world, example.filters, example.now, ZoneInfo(example.zone), ties="id")
            )
            with writer.writing():
                tables.drop(writer)
            request = MonthlyRequest(
                sort=draw.choice(SORTS),  # type: ignore[arg-type]
                descending=draw.random() < 0.5,
                limit=draw.choice((1, 2, 50)),
            )
            rows = ordered(wanted, request)
            assert pages(service, example.filters, request, len(rows)) == rows
            rebuild(writer, example.zone)
            assert pages(service, example.filters, request, len(rows)) == rows

        check()


def pages(service: AnalyticsService, filters: Filters, request: MonthlyRequest, total: int) -> list[tuple]:
    """Return the rows of all pages."""
    found = []
    for number in range(1, max(1, -(-total // request.limit)) + 1):
        page = service.monthly(
            filters, MonthlyRequest(request.sort, request.descending, number, request.limit)
        )
        assert (page.total, page.request.page) == (total, number)
        found += [told(row) for row in page.items]
    return found


def told(row) -> tuple:
    counts = (row.sessions, row.documents, row.queries, row.lengths)
    return (
        row.month,
        row.user.name,
        row.user.id,
        *counts,
        row.length,
    )


def plain(oracle: Oracle) -> list[tuple]:
    """Return the rows in no order, counted one thing after the other."""

    def month(moment) -> date:
        return oracle.day(moment).replace(day=1)

    counts: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    lengths: dict[tuple[date, str], list[timedelta]] = defaultdict(list)
    for session in oracle.sessions(oracle.now_span):
        key = month(session["started_at"]), session["user_id"]
        counts[key][0] += 1
        times = [row["created_at"] for row in oracle.in_order(session["id"])]
        if len(times) > 1:
            gaps = [later - earlier for earlier, later in pairwise(times)]
            lengths[key].append(sum((gap for gap in gaps if gap <= HALF_HOUR), timedelta()))
    for place, table in ((1, "documents"), (2, "queries")):
        for row in oracle.children(table, oracle.now_span):
            counts[month(row["created_at"]), oracle.session[row["session_id"]]["user_id"]][place] += 1
    found = []
    for (first, user), numbers in counts.items():
        known = lengths[first, user]
        whole = sum(known, timedelta()) // timedelta(microseconds=1)
        mean = whole / len(known) / 1_000_000 if known else None
        found.append((first, oracle.user[user]["full_name"], user, *numbers, len(known), mean))
    return found


def ordered(rows: list[tuple], request: MonthlyRequest) -> list[tuple]:
    """Return the rows sorted: each key in turn, the last one first, as stable sorts do."""
    value = {
        "month": lambda row: row[0],
        "name": lambda row: row[1].casefold(),
        "sessions": lambda row: row[3],
        "events": lambda row: row[3] + row[4] + row[5],
        "length": lambda row: row[7] if row[7] is not None else 0.0,
    }[request.sort]
    rows = sorted(rows, key=lambda row: (row[1].casefold(), row[2]))
    rows.sort(key=lambda row: row[0], reverse=True)
    rows.sort(key=value, reverse=request.descending)
    if request.sort == "length":
        rows.sort(key=lambda row: row[7] is None)
    return rows

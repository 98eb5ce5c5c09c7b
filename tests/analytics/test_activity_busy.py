"""Pages of a day with more lines than anybody reads: what lies before a page is counted, not read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.analytics.feed_worlds import World, asked, document, load, query, session, twin, user
from tests.rollups.plain import Writer
from twin_tui.analytics.activity.page import activity
from twin_tui.analytics.answers import ActivityPage, ActivityRequest
from twin_tui.analytics.filters import Filters
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

DAWN = datetime(2026, 11, 16, 0, 0)  # noqa: DTZ001
EVENING = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
SESSIONS, LIMIT = 900, 20
LINES = 2 * SESSIONS


def busy_day() -> World:
    """One conversation a minute from midnight on, and what came of each within the minute."""
    minutes = [DAWN + timedelta(minutes=at) for at in range(SESSIONS)]
    threads = [session(f"s{at:03}", "ada", "t1", begun) for at, begun in enumerate(minutes)]
    later = timedelta(seconds=30)
    return World(
        users=[user("ada")],
        twins=[twin("t1", "ada")],
        sessions=threads,
        documents=[document(f"d{at}", f"s{at:03}", minutes[at] + later) for at in range(0, SESSIONS, 2)],
        queries=[query(f"q{at}", f"s{at:03}", minutes[at] + later) for at in range(1, SESSIONS, 2)],
    )


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        load(opened, busy_day())
        rebuild(opened, "UTC")
        yield opened


def page(source: Source, number: int, kind: Any = "all") -> ActivityPage:
    request = ActivityRequest(type=kind, page=number, limit=LIMIT)
    found: ActivityPage = asked(source, partial(activity, filters=Filters(), request=request), EVENING)
    return found


def rows_read(source: Source, monkeypatch: pytest.MonkeyPatch, number: int) -> int:
    """Return how many rows the statements of a page bring."""
    counts: list[int] = []
    run = source.run

    def counting(sql: str, params: Any = ()) -> Any:
        rows = run(sql, params)
        counts.append(len(rows))
        return rows

    with monkeypatch.context() as patched:
        patched.setattr(source, "run", counting)
        page(source, number)
    return sum(counts)


def test_every_page_of_a_busy_day_goes_on_where_the_one_before_ended(source: Source) -> None:
    found = [item for number in range(1, LINES // LIMIT + 1) for item in page(source, number).items]
    assert len(found) == LINES == len({item.event_id for item in found})
    assert [item.time for item in found] == sorted((item.time for item in found), reverse=True)
    assert found[0].event_id == f"q{SESSIONS - 1}"
    assert found[-1].event_id == "s000"


def test_pages_of_one_kind_are_found_the_same_way(source: Source) -> None:
    middle = page(source, 20, "conversation").items
    assert [item.session_id for item in middle] == [f"s{at:03}" for at in range(519, 499, -1)]


def test_a_page_in_the_middle_of_a_day_reads_few_of_its_lines(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rows_read(source, monkeypatch, LINES // LIMIT // 2) < LINES // 3


def test_rows_that_are_no_lines_do_not_shift_a_page(source: Source, database_url: str) -> None:
    before = [page(source, number).items for number in (30, 45, 60)]
    with Writer(database_url, foreign_keys=False) as writer:
        writer.run(
            "INSERT INTO documents (id, session_id, content, created_at)"
            " VALUES ('lost', 'nowhere', 'text', '2026-11-16 14:00:00')"
        )
    assert [page(source, number).items for number in (30, 45, 60)] == before

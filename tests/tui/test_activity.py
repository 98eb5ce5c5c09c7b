"""The activity tab: columns, search, switches, and what it says and redraws."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest

from tests.tui.activity_steps import at_activity, press, requests, table
from tests.tui.conftest import at_tab, settle
from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.fake_service import NOW
from tests.tui.recorded_jobs import until
from tests.tui.typing_steps import told, typed
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.settings import Settings
from twin_tui.text.safe_text import cell_width
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.widgets.tables.activity_columns import columns_for, what
from twin_tui.tui.widgets.tables.activity_options import ActivityOptions
from twin_tui.tui.widgets.tables.activity_table import ActivityTable
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.transcript.find_bar import FindBar


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(120))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", range(59, 241))
def test_columns_fill_every_width_exactly(width: int) -> None:
    columns = columns_for(width)
    assert sum(column.width + 1 for column in columns) - 1 == width
    what_column = next(column for column in columns if column.title == "what")
    assert what_column.width >= 15
    assert {"time", "age", "user"} <= {column.title for column in columns}


def test_what_says_kind_and_details() -> None:
    item = feed(1)[0]
    assert what(item) == "Q4 renewal — Globex"
    assert what(replace(item, kind="document", what="Note", detail="email")) == "▤ Note · email"
    query = replace(item, kind="query", what="who\nsigned", detail="docs", results_count=0)
    assert what(query) == "⌕ who signed · docs · 0 found"
    assert what(replace(query, results_count=None)) == "⌕ who signed · docs"
    assert what(replace(item, what="")) == "(untitled)"
    assert what(replace(item, what="Renewals", detail="renewals")) == "Renewals"


def test_times_of_another_year_carry_it() -> None:
    item = replace(feed(1)[0], time=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert columns_for(79)[0].text(item, Moment(NOW, UTC)) == "2025-12-31"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 16)])
async def test_lines_stay_on_one_row_within_the_screen(app: TwinApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await at_activity(app, pilot)
        lines = frame(app).splitlines()
    assert len(lines) == size[1]
    assert all(cell_width(line) <= size[0] for line in lines)
    assert any("Mike O'Neil" in line and "Q4 renewal" in line for line in lines)
    assert any("1–50 of 120" in line for line in lines)


async def test_another_owners_twin_is_marked(app: TwinApp) -> None:
    async with app.run_test(size=(200, 60)) as pilot:
        await at_activity(app, pilot)
        assert "⇄ Contracts (Mike O'Neil)" in frame(app)


async def test_t_cycles_the_types_and_page_one_comes_first(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await at_activity(app, pilot)
        await press(pilot, "right")
        types = []
        for _ in range(5):
            await press(pilot, "t")
            types.append(tab.request.type)
            assert tab.request.page == 1
        assert types == ["shared", "document", "query", "all", "conversation"]
        await press(pilot, "T")
        assert tab.request.type == "all"
        assert requests(talks)[-1].type == "all"


async def test_a_click_on_a_type_lists_it(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        tab = await at_activity(app, pilot)
        line = app.screen.query_one(ActivityOptions)
        at = frame(app).splitlines()[line.region.y].index("documents")
        await pilot.click(ActivityOptions, offset=(at, 0))
        await settle(pilot)
        assert tab.request.type == "document"


async def test_switches_ask_with_and_without(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_activity(app, pilot)
        await press(pilot, "D")
        assert requests(talks)[-1].has_documents
        assert "1–24 of 24" in frame(app)
        await press(pilot, "Q", "a")
        assert requests(talks)[-1] == ActivityRequest(has_documents=True, has_queries=True, dated="active")
        assert "1–12 of 12" in frame(app)
        await press(pilot, "t", "t")
        assert requests(talks)[-1] == ActivityRequest(type="document")
        asked = len(requests(talks))
        await press(pilot, "D")
        assert len(requests(talks)) == asked
        await press(pilot, "t", "t", "t", "D", "Q", "a")
        assert requests(talks)[-1] == ActivityRequest()


async def test_search_waits_for_a_pause_and_escape_clears_it(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        tab = await at_activity(app, pilot)
        await press(pilot, "right", "slash")
        asked = len(requests(talks))
        await typed(pilot, "travel")
        assert len(requests(talks)) == asked + 1
        assert requests(talks)[-1] == ActivityRequest(search="travel")
        assert "17 found" in frame(app)
        assert "1–17 of 17" in frame(app)
        await press(pilot, "enter")
        assert table(app).has_focus
        await press(pilot, "escape")
        assert tab.request == ActivityRequest()
        assert not app.screen.query_one(FindBar).is_open
        assert "1–50 of 120" in frame(app)


async def test_search_does_not_block_typing(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        talks.gate = Event()
        await pilot.press("slash", *"tra")
        await told(pilot)
        await until(pilot, lambda: requests(talks)[-1].search == "tra")
        await pilot.press(*"vel")
        await told(pilot)
        assert app.screen.query_one(FindBar).text == "travel"
        talks.gate.set()
        await settle(pilot)
        assert "1–17 of 17" in frame(app)


async def test_a_refresh_that_changed_nothing_draws_nothing(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        drawn: list[int] = []
        real = table(app).render_line
        table(app).render_line = lambda y: (drawn.append(y), real(y))[1]  # type: ignore[method-assign]
        await press(pilot, "f5")
        assert drawn == []


async def test_the_mouse_passing_over_draws_nothing(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_activity(app, pilot)
        drawn: list[int] = []
        real = table(app).render_line
        table(app).render_line = lambda y: (drawn.append(y), real(y))[1]  # type: ignore[method-assign]
        for row in range(1, 12):
            await pilot.hover(ActivityTable, offset=(20, row))
        assert drawn == []


async def test_nothing_found_says_what_helps(app: TwinApp, talks: FakeConversations) -> None:
    talks.feed = ()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_activity(app, pilot)
        await press(pilot, "down", "enter", "pagedown", "end")
        assert "No conversations in this period." in frame(app)
        assert "[ looks earlier · p chooses a period" in frame(app)
        await press(pilot, "D", "slash")
        await typed(pilot, "zebra")
        assert "No conversations with documents match the search in this period." in frame(app)
        assert "esc clears the search · D Q switch the toggles off" in frame(app)


async def test_filters_are_offered_for_clearing(talks: FakeConversations) -> None:
    talks.feed = ()
    filters = Filters(Period(), company="Acme")
    app = TwinApp(talks, Settings(now=NOW), filters=filters)  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await at_activity(app, pilot)
        assert "x clears the filters" in frame(app)
        assert "in this period" not in frame(app)


async def test_a_failure_is_said_and_the_page_stays(app: TwinApp, talks: FakeConversations) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await at_activity(app, pilot)
        talks.error = AnalyticsError("The database went away.")
        await press(pilot, "f5")
        assert "The database went away." in frame(app)
        assert "1–50 of 120" in frame(app)


@pytest.mark.parametrize("width", [60, 78, 79, 80, 93, 94, 100, 117, 118, 160])
async def test_the_line_of_switches_is_never_cut(app: TwinApp, width: int):
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        line = frame(app).split("\n")[2].rstrip()
        assert "…" not in line
        assert line.endswith(("a started", "a started in the period"))

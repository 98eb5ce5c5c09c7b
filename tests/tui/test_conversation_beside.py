"""The pane beside a transcript: it follows the cursor, shows what is nearest, and can be put away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import START, FakeConversations, document, feed, message, query
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press, said
from tests.tui.test_transcript import refs
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.widgets.transcript.entry_detail import EntryDetail
from twin_tui.tui.widgets.transcript.layout import Plan
from twin_tui.tui.widgets.transcript.nearby import Near, items_of, near

STORY = (
    message("m0", "user", "Good morning"),
    message("m1", "user", "Find it and draft it"),
    query("q1", "price list", "m1", 0, "docs"),
    document("d1", "Offer", "Dear customer", "m1"),
    message("m2", "twin", "Done"),
    message("m3", "user", "Once more"),
    document("d2", "Offer, longer", "Dear customer, once more", "m3"),
    message("m4", "user", "Thanks"),
)


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(stories={"s0": STORY}, feed=feed(2))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


def test_what_is_near_is_here_else_before_else_after() -> None:
    plan = Plan.of(refs(STORY), UTC)
    items = items_of(plan)
    assert items == [2, 3, 6]
    assert [near(plan, items, at) for at in range(len(STORY))] == [
        Near((2,), "after"),
        Near((2, 3)),
        Near((2,)),
        Near((3,)),
        Near((3,), "before"),
        Near((6,)),
        Near((6,)),
        Near((6,), "before"),
    ]
    assert near(Plan.of(refs(STORY[:1]), UTC), [], 0) == Near()


def beside(screen: ConversationScreen) -> tuple[str, str]:
    detail = screen.query_one(EntryDetail)
    return str(detail.border_title), str(detail.content)


async def test_the_pane_follows_the_cursor(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        seen = [beside(screen)]
        for _ in STORY[1:]:
            await press(pilot, "down")
            seen.append(beside(screen))
    assert [title for title, _ in seen] == [
        "nearest, after this entry",
        "here, 1 of 2 · right goes there",
        "here",
        "here",
        "nearest, before this entry",
        "here",
        "here",
        "nearest, before this entry",
    ]
    assert seen[2][1] == "docs · 0 results\n\nprice list"
    assert seen[3][1] == "email · Offer · 2 words\n\nDear customer"
    assert seen[7][1] == "email · Offer, longer · 4 words\n\nDear customer, once more"


async def test_what_is_nearest_is_loaded_from_afar(app: TwinApp, talks: FakeConversations) -> None:
    many = tuple(message(f"x{at}", "user", f"text {at}", START + timedelta(seconds=at)) for at in range(2000))
    far = replace(document("d0", "Far away", "the first draft", "x3"), time=START)
    talks.stories["s0"] = (*many[:4], far, *many[4:])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "end")
        assert beside(screen)[1] == "email · Far away · 3 words\n\nthe first draft"


async def test_v_puts_the_pane_away_and_brings_it_back(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "v")
        assert not screen.query_one("#side").display
        assert screen.transcript.region.width == 120
        await press(pilot, "down", "down", "v")
        assert screen.query_one("#side").display
        assert beside(screen)[1].endswith("price list")


async def test_in_80_columns_v_shows_it_below(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert not screen.query_one("#side").display
        await press(pilot, "v", "down", "down", "down")
        lines = frame(app).splitlines()
        at = next(n for n, line in enumerate(lines) if "─here─" in line)
        assert at > 12
        assert lines[at + 1] == " email · Offer · 2 words"
        assert lines[at + 3] == " Dear customer"
        assert screen.transcript.cursor == 3
        assert any("▸" in line for line in lines[4:at])
        await press(pilot, "v")
        assert not screen.query_one("#side").display


async def test_widening_the_terminal_keeps_each_choice(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "v")
        await pilot.resize_terminal(120, 40)
        await press(pilot, "down")
        assert screen.query_one("#side").region.x > 70
        await press(pilot, "v")
        assert not screen.query_one("#side").display
        await pilot.resize_terminal(80, 24)
        await press(pilot, "down")
        assert screen.query_one("#side").region.y > 10


async def test_without_documents_and_queries_v_says_so(app: TwinApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot, "s1")
        await press(pilot, "v")
        assert said(app)[-1] == "There is no document or query in this conversation."
        assert not screen.query_one("#side").display

"""Masked screens: one thing revealed at a time, recorded; what leaves the screen is recorded, too."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import at_tab
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError
from twin_tui.tui.app import TwinApp
from twin_tui.tui.clipboard import HANDING_OVER
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.desk.revealing import RevealedScreen

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIZE = (100, 30)


@pytest.fixture
def acts() -> list[Act]:
    return []


@pytest.fixture
def app(world_sqlite: str, acts: list[Act]) -> Iterator[TwinApp]:
    guard = Guard("support", masking_key=b"key", record=acts.append)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        yield at_tab(TwinApp(service, Settings(now=NOW, period="all")), 2)


async def until(pilot: Pilot[None], check: object) -> None:
    for _ in range(2000):
        if check():  # type: ignore[operator]
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen")


async def open_first(pilot: Pilot[None], app: TwinApp) -> ConversationScreen:
    await until(pilot, lambda: app.is_settled)
    await pilot.press("2")
    await until(pilot, lambda: app.is_settled)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ConversationScreen) and app.screen.opened is not None)
    screen = app.screen
    assert isinstance(screen, ConversationScreen)
    await until(pilot, lambda: app.is_settled)
    return screen


def is_told(app: TwinApp, words: str) -> bool:
    return any(words in str(each.message) for each in app._notifications)


def shown(app: TwinApp) -> str:
    assert isinstance(app.screen, RevealedScreen)
    return str(app.screen.query_one(Static).render())


async def test_an_entry_is_revealed_by_r_and_masked_again_by_esc(app: TwinApp, acts: list[Act]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_first(pilot, app)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RevealedScreen))
        assert shown(app)
        await pilot.press("escape")
        assert app.screen is screen
    assert [act.action for act in acts] == ["open", "reveal"]
    assert acts[1].session_id == screen.session_id


async def test_a_masked_conversation_offers_to_reveal_and_an_open_one_does_not(
    app: TwinApp, world_sqlite: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, app)
        assert " r reveal " in frame(app).splitlines()[-1]
        assert " ? help " in frame(app).splitlines()[-1]
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        unmasked = TwinApp(service, Settings(now=NOW, period="all"))
        async with unmasked.run_test(size=(80, 24)) as pilot:
            await open_first(pilot, unmasked)
            assert "reveal" not in frame(unmasked)


async def test_whose_conversation_it_is_can_be_revealed(app: TwinApp, acts: list[Act]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_first(pilot, app)
        assert screen.opened is not None
        assert screen.opened.conversation.header.user.email.endswith("@masked.invalid")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RevealedScreen))
        assert ".example" in shown(app)
    assert acts[-1].detail == {"kind": "person"}


async def test_the_person_of_a_line_is_revealed_from_the_table(app: TwinApp, acts: list[Act]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.is_settled)
        await pilot.press("3")
        await until(pilot, lambda: app.is_settled)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RevealedScreen))
        assert ".example" in shown(app)
    assert [act.action for act in acts] == ["reveal"]


async def test_copying_is_recorded_with_its_size(app: TwinApp, acts: list[Act]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_first(pilot, app)
        await pilot.press("y")
        await until(pilot, lambda: len(acts) == 2)
        assert app.clipboard
    assert (acts[1].action, acts[1].session_id) == ("copy", screen.session_id)
    assert acts[1].detail == {"characters": len(app.clipboard)}


async def test_nothing_is_copied_where_it_must_be_recorded_and_cannot(world_sqlite: str) -> None:
    full: list[bool] = []

    def record(_: Act) -> None:
        if full:
            raise StoreError("The disk is full.")

    guard = Guard("admin", record=record, is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        app = TwinApp(service, Settings(now=NOW, period="all"))
        async with app.run_test(size=SIZE) as pilot:
            await open_first(pilot, app)
            full.append(True)
            await pilot.press("y")
            await until(
                pilot, lambda: any("disk is full" in str(each.message) for each in app._notifications)
            )
            assert not app.clipboard


@pytest.mark.parametrize("key", ["y", "Y", "e"])
async def test_handing_over_is_recorded_beside_the_screen_and_goes_on_when_it_is_left(
    world_sqlite: str, tmp_path: Path, key: str
) -> None:
    on_ui_thread: list[bool] = []
    slow = Event()

    def record(act: Act) -> None:
        if act.action in ("copy", "export"):
            slow.wait(10)
            on_ui_thread.append(threading.current_thread() is threading.main_thread())

    guard = Guard("admin", record=record, is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        app = TwinApp(service, Settings(now=NOW, period="all", exports=str(tmp_path)))
        async with app.run_test(size=SIZE) as pilot:
            await open_first(pilot, app)
            await pilot.press(key)
            await until(pilot, lambda: any(each.group == HANDING_OVER for each in app.workers))
            await pilot.press("escape")
            assert not isinstance(app.screen, ConversationScreen)
            assert not app.clipboard
            assert not list(tmp_path.glob("*.md"))
            slow.set()
            await until(pilot, lambda: app.is_settled)
            assert on_ui_thread == [False]
            assert bool(app.clipboard) == (key != "e")
            assert len(list(tmp_path.glob("*.md"))) == (key == "e")


async def test_nothing_is_written_where_it_must_be_recorded_and_cannot(
    world_sqlite: str, tmp_path: Path
) -> None:

    def record(act: Act) -> None:
        if act.action == "export":
            raise StoreError("The disk is full.")

    guard = Guard("admin", record=record, is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        app = TwinApp(service, Settings(now=NOW, period="all", exports=str(tmp_path)))
        async with app.run_test(size=SIZE) as pilot:
            await open_first(pilot, app)
            await pilot.press("e")
            await until(pilot, lambda: is_told(app, "disk is full"))
            await until(pilot, lambda: app.is_settled)
    assert not list(tmp_path.glob("*.md"))


async def test_where_nothing_is_masked_nothing_is_revealed(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        app = TwinApp(service, Settings(now=NOW, period="all"))
        async with app.run_test(size=SIZE) as pilot:
            screen = await open_first(pilot, app)
            await pilot.press("r")
            await until(
                pilot, lambda: any("Nothing is masked" in str(each.message) for each in app._notifications)
            )
            assert app.screen is screen

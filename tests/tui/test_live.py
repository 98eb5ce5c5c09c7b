"""Following the data: another process writes, and the open dashboard shows it where the person is."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.data.test_changes import end_connections, path_of, write
from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.news import NEW_MARK
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.row_table import RowTable
from twin_tui.tui.widgets.status_line import StatusLine

SIZE = (120, 45)
QUICK = 0.02


@contextmanager
def dashboard(url: str, clock=lambda: NOW) -> Iterator[TwinApp]:
    with AnalyticsService(url, clock=clock) as service:
        yield TwinApp(
            service, Settings(now=NOW, period="all"), watching=partial(service.watch, interval=QUICK)
        )


async def until(pilot: "Pilot[None]", condition: Callable[[], object]) -> None:
    for _ in range(1500):
        await pilot.pause(0.01)
        if condition():
            await settle(pilot)
            return
    raise AssertionError(frame(pilot.app))


def session(key: str, title: str, minutes: float) -> str:
    at = f"{NOW - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"
    return (
        "INSERT INTO sessions (id, user_id, twin_id, platform, title, started_at)"
        f" VALUES ('{key}', 'u-ann', (SELECT min(id) FROM twins), 'slack', '{title}', '{at}')"
    )


def message(key: str, session_id: str, text: str, minutes: float) -> str:
    at = f"{NOW - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"
    return (
        "INSERT INTO messages (id, session_id, sender_type, content, created_at)"
        f" VALUES ('{key}', '{session_id}', 'user', '{text}', '{at}')"
    )


def line_with(app: TwinApp, words: str) -> str:
    return next((line for line in frame(app).split("\n") if words in line), "")


async def test_what_another_process_writes_appears_where_the_person_is(world_url: str) -> None:
    with dashboard(world_url) as app:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            main = app.screen
            assert isinstance(main, MainScreen)
            before = main.query_one(StatusLine).as_of
            write(world_url, session("live-1", "Just begun", 3))
            await until(pilot, lambda: NEW_MARK in line_with(app, "Just begun"))
            await until(pilot, lambda: main.query_one(StatusLine).as_of != before)
            await pilot.press("2", "down", "down")
            await settle(pilot)
            assert isinstance(main.tab, ActivityTab)
            table = main.tab.query_one(RowTable)
            assert "Just begun" in frame(app)
            assert NEW_MARK not in frame(app)
            current = table.item
            write(world_url, session("live-2", "Begun later", 2))
            await until(pilot, lambda: NEW_MARK in line_with(app, "Begun later"))
            assert table.item == current
            assert NEW_MARK not in line_with(app, "Just begun")
            write(world_url, message("live-m", "live-1", "hello", 1))
            await until(pilot, lambda: NEW_MARK in line_with(app, "Just begun"))
            assert NEW_MARK in line_with(app, "Begun later")
            await pilot.press("up")
            await settle(pilot)
            assert NEW_MARK not in frame(app)
            await pilot.press("1")
            await settle(pilot)
            assert "Begun later" in frame(app), "a tab that was hidden asks again when it is seen"

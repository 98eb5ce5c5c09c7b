"""Following the data: another process writes, and the open dashboard shows it where the person is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from textual.pilot import Pilot

from tests.data.test_changes import write
from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation import ConversationScreen
from twin_tui.tui.screens.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.news import NEW_MARK
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


async def test_new_messages_arrive_in_the_open_conversation(world_sqlite: str) -> None:
    for n in range(30):
        write(world_sqlite, message(f"long-{n:02}", "live", f"message number {n}", 60 - n))
    write(world_sqlite, session("live", "A long talk", 70))
    with dashboard(world_sqlite) as app:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            app.push_screen(ConversationScreen("live", "long-05"))
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, ConversationScreen)
            view = screen.transcript
            top, lines = view.top_row, frame(app).split("\n")
            write(world_sqlite, message("live-m", "live", "written just now", 1))
            await until(pilot, lambda: "new" in frame(app).split("\n")[0])
            assert (view.cursor, view.top_row) == (5, top)
            after = frame(app).split("\n")
            assert "entry 6 of 31" in after[0]
            assert [line[:-2] for line in after[5:]] == [line[:-2] for line in lines[5:]], (
                "but the scroll bar"
            )
            await pilot.press("end")
            await settle(pilot)
            assert "new" not in frame(app).split("\n")[0]
            write(world_sqlite, message("live-n", "live", "and one more", 0.5))
            await until(pilot, lambda: "and one more" in frame(app))
            assert view.plan.index[view.cursor].id == "live-m"
            assert sum(NEW_MARK in line for line in frame(app).split("\n")) == 2
            write(world_sqlite, message("live-0", "live", "an older one, written late", 69))
            await until(pilot, lambda: "entry 32 of 33" in frame(app))
            assert view.plan.index[view.cursor].id == "live-m"
            await pilot.press("ctrl+f", *"written", "enter")
            await until(pilot, lambda: "of 2 in 2 entries" in frame(app))
            write(world_sqlite, message("live-p", "live", "written again", 0.2))
            await until(pilot, lambda: "of 3 in 3 entries" in frame(app))
            write(world_sqlite, "DELETE FROM sessions WHERE id = 'live'")
            await until(pilot, lambda: "was deleted" in frame(app))
            assert "written just now" in frame(app)

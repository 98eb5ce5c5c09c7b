"""Following the data: another process writes, and the open dashboard shows it where the person is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from textual.pilot import Pilot

from tests.data.test_changes import end_connections, path_of, write
from tests.tui.conftest import settle
from tests.world import NOW
from twin_tui.analytics.service import AnalyticsService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.news import NEW_MARK
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.tables.row_table import RowTable

SIZE = (120, 45)
QUICK = 0.02


@contextmanager
def dashboard(url: str, clock=lambda: NOW) -> Iterator[TwinApp]:
    with AnalyticsService(url, clock=clock) as service:
        yield TwinApp(
            service, Settings(now=NOW, period="all"), watching=partial(service.watch, interval=QUICK)
        )


async def until(pilot: "Pilot[None]", condition: Callable[[], object], *, at_rest: bool = True) -> None:
    """Wait for a condition; while a database is away a load may go on trying, so nothing comes to rest."""
    for _ in range(1500):
        await pilot.pause(0.01)
        if condition():
            if at_rest:
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


async def test_space_pauses_and_f5_asks_all_the_same(world_sqlite: str) -> None:
    with dashboard(world_sqlite) as app:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.press("space")
            await until(pilot, lambda: " paused" in frame(app).split("\n")[1])
            write(world_sqlite, session("live-1", "While paused", 3))
            await until(pilot, lambda: "paused, newer data" in frame(app).split("\n")[1])
            await pilot.press("2")
            await settle(pilot)
            await pilot.press("1")
            await settle(pilot)
            assert "While paused" not in frame(app), "the first tab still shows what it showed"
            await pilot.press("f5")
            await until(pilot, lambda: "While paused" in frame(app))
            assert "newer data" not in frame(app)
            write(world_sqlite, session("live-2", "Still paused", 2))
            await until(pilot, lambda: "paused, newer data" in frame(app).split("\n")[1])
            await pilot.press("space")
            await until(pilot, lambda: NEW_MARK in line_with(app, "Still paused"))
            assert "paused" not in frame(app).split("\n")[1]


async def test_a_database_that_goes_away_leaves_its_last_picture_and_comes_back(
    world_sqlite: str, sqlite_url: str
) -> None:
    path = path_of(world_sqlite)
    with dashboard(world_sqlite) as app:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            main = app.screen
            assert isinstance(main, MainScreen)
            picture = frame(app).split("\n")
            away = path.rename(path.with_name("away.db"))
            await until(pilot, lambda: f"▲ stale since {NOW:%H:%M}" in frame(app).split("\n")[1])
            assert "world.db is gone" in (main.query_one(Notice).sentence or "")
            assert picture[4] in frame(app), "the last figures are still shown"
            assert not app._notifications, "and no toast"
            away.rename(path)
            await until(pilot, lambda: "stale" not in frame(app))
            assert frame(app).split("\n") == picture
            assert main.query_one(Notice).sentence is None
            empty = path_of(sqlite_url)
            empty.replace(path)
            await until(pilot, lambda: main.status.is_empty)
            await pilot.press("2")
            await settle(pilot)
            assert isinstance(main.tab, ActivityTab)
            assert main.tab.answer is not None
            assert main.tab.answer.total == 0


async def test_a_server_that_is_lost_and_back_is_followed_again(world_postgres: str, postgres_server) -> None:
    name = world_postgres.partition("@/")[2].partition("?")[0]
    with dashboard(world_postgres) as app:
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            end_connections(postgres_server.url("postgres"), name)
            await until(pilot, lambda: "stale since" in frame(app), at_rest=False)
            postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            await until(pilot, lambda: "stale since" not in frame(app))
            write(world_postgres, session("live-1", "After the restart", 3))
            await until(pilot, lambda: NEW_MARK in line_with(app, "After the restart"))


async def test_a_new_day_moves_a_preset_with_the_next_change_or_key(world_sqlite: str) -> None:
    now = [NOW]
    with AnalyticsService(world_sqlite, clock=lambda: now[0]) as service:
        app = TwinApp(service, Settings(period="7d"), watching=partial(service.watch, interval=QUICK))
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            main = app.screen
            assert isinstance(main, MainScreen)
            first = main.filters.period.start
            assert first is not None
            now[0] += timedelta(days=1)
            await pilot.pause(QUICK * 10)
            assert main.filters.period.start == first, "nothing ticks"
            write(world_sqlite, session("live-1", "The next day", 3))
            await until(pilot, lambda: main.filters.period.start == first + timedelta(days=1))
            now[0] += timedelta(days=1)
            await pilot.press("down")
            await settle(pilot)
            assert main.filters.period.start == first + timedelta(days=2)


async def test_without_a_watch_nothing_is_followed_and_space_says_so(world_sqlite: str) -> None:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        app = TwinApp(service, Settings(now=NOW))
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.press("space")
            await settle(pilot)
            assert [toast.message for toast in app._notifications] == [
                "Live updates are switched off; F5 asks again."
            ]
            assert not service._watches

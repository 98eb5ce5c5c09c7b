"""The start screen, the ways from it to a database, and what is said of another system's."""

import threading
from dataclasses import replace
from pathlib import Path

from tests.tui.fake_service import NOW, FakeService
from tests.tui.recorded_jobs import Recorded, shows, text_of, until, write
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.jobs import JobError, Tell
from twin_tui.tui.screens.dialogs.database import DatabaseScreen
from twin_tui.tui.screens.dialogs.open_database import OpenDatabase
from twin_tui.tui.screens.jobs.start import StartScreen
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.start_app import StartApp


async def test_the_start_screen_names_the_ways_and_what_was_opened_lately(start: StartApp):
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(start)
        for words in ("no database yet", "demo", "Import from Slack", "Open a database", "1  /data/one.db"):
            assert words in shown
        assert "2  [red]␛]52;c;aGk=␇‹U+202E›.db" in shown
        await pilot.press("down", "down")
        await pilot.pause()
        assert "Looked for: --db, TWIN_TUI_DB" in text_of(start)
        await pilot.press("escape")
    assert start.chosen is None
    assert start.return_code == 0


async def test_a_recent_database_is_tried_and_a_failure_is_one_sentence(start: StartApp, jobs: Recorded):
    def fail(place: str) -> str:
        raise JobError(f"There is no file {place}.")

    jobs.check = fail
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: "There is no file /data/one.db." in text_of(start))
        await pilot.press("enter")
        await until(pilot, shows(start, StartScreen))
        jobs.check = lambda place: place
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: start.chosen is not None)
    assert start.chosen == "/data/one.db"


async def test_the_demo_shows_how_far_it_is_and_opens(start: StartApp, jobs: Recorded):
    go_on = threading.Event()

    def demo(tell: Tell) -> str:
        tell(15, 60, "2026-10-08")
        assert go_on.wait(20)
        return "/data/demo.db"

    jobs.demo = demo
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "25%" in text_of(start))
        assert "2026-10-08" in text_of(start)
        go_on.set()
        await until(pilot, lambda: start.chosen is not None)
    assert start.chosen == "/data/demo.db"


async def test_a_database_is_chosen_from_a_list_or_told_why_not(
    start: StartApp, jobs: Recorded, tmp_path: Path
):
    (tmp_path / "[b]one.db").write_bytes(b"")
    (tmp_path / "bad\x1b[2J.db").write_bytes(b"")
    (tmp_path / "notes.txt").write_bytes(b"")
    tried: list[str] = []

    def fail(typed: str) -> str:
        tried.append(typed)
        raise JobError("one.db is empty: the file has zero bytes.")

    jobs.check = fail
    async with start.run_test(size=(120, 40)) as pilot:
        await pilot.press("o")
        await until(pilot, shows(start, OpenDatabase))
        write(start, f"{tmp_path}/")
        await until(pilot, lambda: "[b]one.db" in text_of(start))
        assert "1 not listed: their names cannot be typed" in text_of(start)
        assert "notes.txt" not in text_of(start)
        await pilot.press("enter")
        await until(pilot, lambda: "▲ one.db is empty: the file has zero bytes." in text_of(start))
        jobs.check = lambda typed: typed
        await pilot.press("enter")
        await until(pilot, lambda: start.chosen is not None)
    assert tried == [f"{tmp_path}/[b]one.db"]
    assert start.chosen == f"{tmp_path}/[b]one.db"


async def test_the_dashboard_leads_to_another_database_and_back(service: FakeService, jobs: Recorded):
    app = TwinApp(service, Settings(now=NOW), jobs=jobs.jobs())  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_settled)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Open another database…", "Import: slack…", "Demo", "About this database"} <= set(titles)
        await pilot.press("ctrl+o")
        await until(pilot, shows(app, StartScreen))
        assert "esc back to the dashboard" in text_of(app)
        await pilot.press("escape")
        await until(pilot, shows(app, MainScreen))
        await pilot.press("ctrl+o", "d")
        await until(pilot, lambda: app.chosen is not None)
    assert app.chosen == "/data/demo.db"


async def test_another_systems_database_says_so_and_what_it_lacks(service: FakeService):
    service.answer_status = replace(  # type: ignore[attr-defined]
        service.status(), is_ours=False, missing=("documents.content", "queries.results_count", "x.[red]")
    )
    service.status = lambda: service.answer_status  # type: ignore[attr-defined, method-assign]
    app = TwinApp(service, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(120, 24)) as pilot:
        await until(pilot, lambda: app.is_settled)
        first = text_of(app).split("\n")[0]
        assert "sample.db · read-only · another system's" in first
        assert "1 Overview" in first
        await pilot.click("TabBar", offset=(110, 0))
        await until(pilot, shows(app, DatabaseScreen))
        shown = text_of(app)
        assert "3 columns are missing:" in shown
        assert "documents cannot be read: their text is not stored" in shown
        assert "x.[red]" in shown
        await pilot.press("escape")
        await until(pilot, shows(app, MainScreen))

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.fake_service import NOW, FakeService
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.jobs import Format, Imported, ImportWish, JobError, Jobs, StoppedError, Tell
from twin_tui.tui.jobs_app import NOTHING_WRITTEN, PARTLY_WRITTEN, JobsApp
from twin_tui.tui.screens.database import DatabaseScreen
from twin_tui.tui.screens.import_form import ImportForm
from twin_tui.tui.screens.main import MainScreen
from twin_tui.tui.screens.open_database import OpenDatabase
from twin_tui.tui.screens.outcome import OutcomeScreen
from twin_tui.tui.screens.start import StartScreen
from twin_tui.tui.screens.work import WorkScreen
from twin_tui.tui.start_app import StartApp
from twin_tui.tui.widgets.path_picker import PathInput

HOSTILE = "[red]\x1b]52;c;aGk=\x07\u202e.db"
ROWS = tuple(
    (table, (count, 0, 0, 0))
    for table, count in (
        ("users", 3),
        ("twins", 1),
        ("sessions", 7),
        ("messages", 1234),
        ("documents", 0),
        ("queries", 0),
    )
)


class Recorded:
    """Jobs that write down what they were asked for; each may be exchanged."""

    def __init__(self) -> None:
        self.previewed: list[ImportWish] = []
        self.imported: list[ImportWish] = []
        self.places: tuple[str, ...] = ("/data/one.db", HOSTILE)
        self.check: Callable[[str], str] = lambda typed: f"/opened/{typed}"
        self.demo: Callable[[Tell], str] = lambda tell: "/data/demo.db"
        self.recognise: Callable[[str], Format | None] = lambda _: None
        self.preview: Callable[[ImportWish, Tell], Imported] = self._preview
        self.bring_in: Callable[[ImportWish, Tell], Imported] = self._bring_in

    def _preview(self, wish: ImportWish, tell: Tell) -> Imported:
        self.previewed.append(wish)
        return Imported(True, ROWS, 7, ("1,300 messages read = 1,234 kept + 66 left out",), 0)

    def _bring_in(self, wish: ImportWish, tell: Tell) -> Imported:
        self.imported.append(wish)
        return Imported(False, ROWS, 7, (), 2)

    def jobs(self) -> Jobs:
        """Call what stands here when it is called, not now."""

        def late(name: str) -> Callable[..., Any]:
            return lambda *given: getattr(self, name)(*given)  # noqa: PLW0108 - looked up late

        return Jobs(
            demo=late("demo"),
            preview=late("preview"),
            bring_in=late("bring_in"),
            check=late("check"),
            recent=lambda: self.places,
            formats=lambda: (Format("slack", "Slack workspace export (folder or ZIP)"),),
            demo_place="/data/demo.db",
            target="/data/target.db",
            recognise=late("recognise"),
        )


@pytest.fixture
def jobs() -> Recorded:
    return Recorded()


@pytest.fixture
def start(jobs: Recorded) -> StartApp:
    return StartApp(Settings(), jobs.jobs())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder that looks like an export, beside one that does not."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "channels.json").write_text("[]", "utf-8")
    (tmp_path / "other").mkdir()
    return folder


def text_of(app: JobsApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: "Pilot[None]", holds: Callable[[], bool]) -> None:
    """Wait until something holds and is drawn."""
    for _ in range(1000):
        await pilot.pause(0.01)
        if holds():
            await pilot.pause()
            return
    assert isinstance(pilot.app, JobsApp)
    raise AssertionError(f"never held:\n{text_of(pilot.app)}")


def write(app: JobsApp, path: str) -> None:
    """Let a path stand in the field, as if typed."""
    app.screen.query_one(PathInput).value = path


def shows(app: JobsApp, kind: type[object]) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, kind) and getattr(app.screen, "is_settled", True)


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


async def test_an_import_goes_from_choice_over_dry_run_to_result_and_dashboard(
    start: StartApp, jobs: Recorded, export: Path
):
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, shows(start, ImportForm))
        assert "/data/target.db" in text_of(start)
        write(start, f"{export.parent}/ex")
        await until(pilot, shows(start, ImportForm))
        await pilot.press("enter")
        await until(pilot, lambda: start.screen.is_settled and "this folder" in text_of(start))  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: getattr(start.focused, "id", "") == "into")
        await pilot.press("tab", *"Acme", "enter")
        await until(pilot, shows(start, OutcomeScreen))
        assert jobs.previewed == [ImportWish("slack", f"{export}/", "/data/target.db", "Acme")]
        shown = text_of(start)
        assert "nothing is written yet" in shown
        assert re.search(r"conversations +7 ", shown)
        assert "1,300 messages read = 1,234 kept + 66 left out" in shown
        await pilot.press("escape")
        await until(pilot, shows(start, ImportForm))
        assert "Acme" in text_of(start)
        assert not jobs.imported
        await pilot.press("enter")
        await until(pilot, lambda: getattr(start.focused, "id", "") == "into")
        await pilot.press("enter")
        await until(pilot, shows(start, OutcomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "2 could not be read" in text_of(start))
        assert jobs.imported == jobs.previewed[:1]
        await pilot.press("enter")
        await until(pilot, lambda: start.chosen is not None)
    assert start.chosen == "/opened//data/target.db"


async def test_an_export_is_taken_for_what_it_is(start: StartApp, jobs: Recorded, export: Path):
    jobs.recognise = lambda path: Format("chatgpt", "ChatGPT export") if path == f"{export}/" else None
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, shows(start, ImportForm))
        assert "Import · Slack" in text_of(start)
        write(start, f"{export}/")
        await until(pilot, shows(start, ImportForm))
        await pilot.press("enter")
        await until(pilot, lambda: "Import · ChatGPT export" in text_of(start))
        await pilot.press("tab", "tab", *"ann@example.com", "enter")
        await until(pilot, shows(start, OutcomeScreen))
        (wish,) = jobs.previewed
        assert (wish.format, wish.path, wish.user) == ("chatgpt", f"{export}/", "ann@example.com")


async def test_escape_stops_a_dry_run_and_an_import_between_two_of_its_units(
    start: StartApp, jobs: Recorded, export: Path
):
    stopped: list[str] = []

    def endless(wish: ImportWish, tell: Tell) -> Imported:
        done = 0
        try:
            while True:
                tell(done := done + 1, None, HOSTILE)
                threading.Event().wait(0.005)
        except StoppedError:
            stopped.append(wish.path)
            raise

    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, shows(start, ImportForm))
        write(start, f"{export}/")
        await until(pilot, shows(start, ImportForm))
        for exchange, words in (("preview", NOTHING_WRITTEN), ("bring_in", PARTLY_WRITTEN)):
            usual = getattr(jobs, exchange)
            setattr(jobs, exchange, endless)
            await pilot.press("enter")
            await until(pilot, lambda: getattr(start.focused, "id", "") == "into")
            await pilot.press("enter")
            if exchange == "bring_in":
                await until(pilot, shows(start, OutcomeScreen))
                await pilot.press("enter")
            await until(pilot, lambda: isinstance(start.screen, WorkScreen) and "[red]␛" in text_of(start))
            await pilot.press("escape")
            await until(pilot, lambda words=words: words[:40] in text_of(start))  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, shows(start, ImportForm))
            setattr(jobs, exchange, usual)
    assert len(stopped) == 2
    assert not jobs.imported


async def test_the_form_says_what_is_lacking(start: StartApp, export: Path):
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, shows(start, ImportForm))
        start.screen.query_one("#into").focus()
        await pilot.press("enter")
        await until(pilot, lambda: "Choose an export first." in text_of(start))
        write(start, f"{export}-nowhere")
        await until(pilot, shows(start, ImportForm))
        await pilot.press("enter")
        await until(pilot, lambda: getattr(start.focused, "id", "") == "into")
        await pilot.press("enter")
        await until(pilot, lambda: "There is nothing at that path." in text_of(start))


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

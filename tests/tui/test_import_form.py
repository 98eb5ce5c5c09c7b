"""The import form: from an export over a dry run to its result."""

import re
import threading
from pathlib import Path

from tests.tui.recorded_jobs import HOSTILE, Recorded, shows, text_of, until, write
from twin_tui.tui.jobs import Format, Imported, ImportWish, StoppedError, Tell
from twin_tui.tui.jobs_app import NOTHING_WRITTEN, PARTLY_WRITTEN
from twin_tui.tui.screens.jobs.import_form import ImportForm
from twin_tui.tui.screens.jobs.outcome import OutcomeScreen
from twin_tui.tui.screens.jobs.work import WorkScreen
from twin_tui.tui.start_app import StartApp


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


async def test_members_that_are_agents_are_named_as_on_the_command_line(
    start: StartApp, jobs: Recorded, export: Path
):
    async with start.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, shows(start, ImportForm))
        write(start, f"{export}/")
        await until(pilot, lambda: start.screen.is_settled)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: getattr(start.focused, "id", "") == "into")
        await pilot.press("tab", "tab", "tab", *"U1, U2", "enter")
        await until(pilot, shows(start, OutcomeScreen))
        assert jobs.previewed[0].agents == ("U1", "U2")
        await pilot.press("escape")
        await until(pilot, shows(start, ImportForm))
        assert "U1 U2" in text_of(start)


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

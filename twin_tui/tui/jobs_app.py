"""An app that can go to another database: by a demo, an import, or opening one.

The screens on the way are imported when somebody goes it.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType

from twin_tui.settings import Settings
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.themed_app import ThemedApp
from twin_tui.tui.way import OnTheWay, Way

if TYPE_CHECKING:
    from twin_tui.tui.jobs import ImportWish, Jobs
    from twin_tui.tui.screens.jobs.start import StartScreen
    from twin_tui.tui.screens.jobs.work import WorkScreen

NOTHING_WRITTEN = "Stopped. Nothing was written."
PARTLY_WRITTEN = "Stopped. What was written until here is in; importing again brings the rest."


class JobsApp(ThemedApp):
    """Ends with `chosen` when another database shall be looked at; who runs it opens that one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "elsewhere", "Another database: open, import, demo", show=False),
    ]

    def __init__(self, settings: Settings, jobs: "Jobs | None" = None) -> None:
        """Offer what ``jobs`` can do; without them this database is the only one."""
        super().__init__(settings)
        self.jobs = jobs
        self.chosen: str | None = None
        """The database to open next, once the app has ended."""

    def action_elsewhere(self) -> None:
        """Offer the ways to another database, unless one is being gone."""
        from twin_tui.tui.screens.jobs.start import StartScreen  # noqa: PLC0415

        is_offered = any(isinstance(screen, StartScreen) for screen in self.screen_stack)
        if self.jobs is not None and not (is_offered or self._is_on_a_way()):
            self.push_screen(StartScreen(self.jobs, is_first=False))

    def _is_on_a_way(self) -> bool:
        return any(isinstance(screen, OnTheWay) for screen in self.screen_stack)

    def on_start_screen_way_chosen(self, event: "StartScreen.WayChosen") -> None:
        """Go that way."""
        event.stop()
        self.go(event.way)

    def go(self, way: Way) -> None:
        """Go a way to another database, from screen to screen."""
        jobs = self.jobs
        if jobs is None:
            return
        if way.kind == "demo":
            self.run_worker(self._demo(jobs), group="way", exclusive=True)
        elif way.kind == "import":
            self.run_worker(self._import(jobs, way.value), group="way", exclusive=True)
        elif way.kind == "recent":
            self.run_worker(self._reopen(jobs, way.value), group="way", exclusive=True)
        else:
            self.run_worker(self._open(jobs), group="way", exclusive=True)

    def leave_for(self, place: str) -> None:
        """End, so that ``place`` can be opened."""
        self.chosen = place
        self.exit()

    async def _demo(self, jobs: "Jobs") -> None:
        from twin_tui.tui.screens.jobs.work import WorkScreen  # noqa: PLC0415

        place = await self.push_screen_wait(
            WorkScreen("Making the demo", jobs.demo, stopped=NOTHING_WRITTEN, about="an invented company")
        )
        if place is not None:
            self.leave_for(place)

    async def _reopen(self, jobs: "Jobs", place: str) -> None:
        found = await self.push_screen_wait(opening(jobs, place))
        if found is not None:
            self.leave_for(found)

    async def _open(self, jobs: "Jobs") -> None:
        from twin_tui.tui.screens.dialogs.open_database import OpenDatabase  # noqa: PLC0415

        place = await self.push_screen_wait(OpenDatabase(jobs))
        if place is not None:
            self.leave_for(place)

    async def _import(self, jobs: "Jobs", name: str) -> None:
        from twin_tui.tui.screens.jobs.import_form import ImportForm  # noqa: PLC0415
        from twin_tui.tui.screens.jobs.outcome import OutcomeScreen  # noqa: PLC0415
        from twin_tui.tui.screens.jobs.work import WorkScreen  # noqa: PLC0415

        kind = next(each for each in jobs.formats() if each.name == name)
        wish: ImportWish | None = None
        while True:
            wish = await self.push_screen_wait(ImportForm(kind, jobs, wish))
            if wish is None:
                return
            about = safe_line(wish.path)
            preview = await self.push_screen_wait(
                WorkScreen(
                    "Reading the export", partial(jobs.preview, wish), stopped=NOTHING_WRITTEN, about=about
                )
            )
            if preview is None or not await self.push_screen_wait(OutcomeScreen(preview, wish)):
                continue
            done = await self.push_screen_wait(
                WorkScreen(
                    "Importing",
                    partial(jobs.bring_in, wish),
                    stopped=PARTLY_WRITTEN,
                    about=about,
                    stop_word="stops after the part being written",
                )
            )
            if done is None or not await self.push_screen_wait(OutcomeScreen(done, wish)):
                continue
            opened = await self.push_screen_wait(opening(jobs, wish.into))
            if opened is not None:
                self.leave_for(opened)
                return

    def way_commands(self) -> Iterable[SystemCommand]:
        """Yield the ways to another database for the command palette."""
        if self.jobs is None or self._is_on_a_way():
            return
        yield SystemCommand(
            "Open another database…", "A file or a server (ctrl+o)", partial(self.go, Way("open"))
        )
        for kind in self.jobs.formats():
            yield SystemCommand(
                f"Import: {kind.name}…", kind.label, partial(self.go, Way("import", kind.name))
            )
        yield SystemCommand("Demo", "An invented company to look around in", partial(self.go, Way("demo")))


def opening(jobs: "Jobs", place: str) -> "WorkScreen[str]":
    """Return the screen that tries whether a place can be opened."""
    from twin_tui.tui.screens.jobs.work import WorkScreen  # noqa: PLC0415

    return WorkScreen("Opening", lambda _: jobs.check(place), about=safe_line(place))

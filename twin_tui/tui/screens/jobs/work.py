"""A job under way: how far it is, and what escape does; its failure in one sentence."""

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Static

from twin_tui.text.safe_text import cut, safe_line
from twin_tui.tui.jobs import JobError, StoppedError, Tell
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.way import OnTheWay
from twin_tui.tui.widgets.too_small import TooSmall

Result = TypeVar("Result")
BAR = 40
LOOK_EVERY = 0.1
"""Seconds between looks at how far the job is; nothing is drawn where it has not moved."""


class WorkScreen(OnTheWay, Dialog["Result | None"], Generic[Result]):
    """Runs a job in a thread and answers its result; ``None`` after a failure or a stop was read."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop, or back", show=False),
        Binding("enter", "back", "Back", show=False),
        Binding("q", "stop", "Stop, or back", show=False),
    ]

    def __init__(
        self,
        title: str,
        job: Callable[[Tell], Result],
        *,
        about: str = "",
        stopped: str = "Stopped.",
        stop_word: str = "stops it",
    ) -> None:
        """``about`` is a safe line on what is worked with; ``stopped`` is said after a stop."""
        super().__init__()
        self._title, self._job, self._about = title, job, about
        self._stopped, self._stop_word = stopped, stop_word
        self._stop = threading.Event()
        self._state: tuple[int, int | None, str] | None = None
        self._drawn: tuple[int, int | None, str] | None = None
        self.is_under_way = True
        """Whether the job is still under way."""

    @property
    def is_settled(self) -> bool:
        """Whether there is a result, a failure or a stop to read."""
        return not self.is_under_way

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            yield Static(Content.styled(cut(self._about, 60), "$muted"), id="about")
            yield Static(id="bar", markup=False)
            yield Static(id="said", markup=False)
            yield Static(f"esc {self._stop_word}", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Set the job going."""
        self._draw((0, None, "starting"))
        self.set_interval(LOOK_EVERY, self._look)
        self.run_worker(self._work(), group="job", exclusive=True)

    def on_unmount(self) -> None:
        """Let no job run on unseen."""
        self._stop.set()

    def _tell(self, done: int, total: int | None = None, what: str = "") -> None:
        """Take down how far the job is, in its thread."""
        if self._stop.is_set():
            raise StoppedError
        self._state = (done, total, what)

    async def _work(self) -> None:
        try:
            result = await asyncio.to_thread(self._job, self._tell)
        except JobError as error:
            self._end(Content.assemble(("▲ ", "bold $bad"), (safe_line(str(error)), "$ink")))
        except StoppedError:
            self._end(Content(self._stopped))
        else:
            self.is_under_way = False
            self.dismiss(result)

    def _look(self) -> None:
        state = self._state
        if self.is_under_way and not self._stop.is_set() and state is not None and state != self._drawn:
            self._draw(state)

    def _draw(self, state: tuple[int, int | None, str]) -> None:
        self._drawn = state
        done, total, what = state
        if total:
            share = min(1.0, done / total)
            full = int(share * BAR)
            bar = Content.assemble(
                ("━" * full, "$series-1"), ("─" * (BAR - full), "$rule"), (f" {share:4.0%}", "$ink")
            )
        else:
            bar = Content.styled("─" * BAR, "$rule")
        self.query_one("#bar", Static).update(bar)
        self.query_one("#said", Static).update(Content.styled(cut(safe_line(what), 60), "$muted"))

    def _end(self, sentence: Content) -> None:
        self.is_under_way = False
        self.query_one("#bar").display = False
        self.query_one("#said", Static).update(sentence)
        self.query_one(".keys", Static).update("enter, esc back")

    def action_stop(self) -> None:
        """Stop the job between two of its units; go back once it has ended."""
        if not self.is_under_way:
            self.dismiss(None)
        elif not self._stop.is_set():
            self._stop.set()
            self.query_one("#said", Static).update("Stopping…")

    def action_back(self) -> None:
        """Go back once the job has ended."""
        if not self.is_under_way:
            self.dismiss(None)

"""The single way off the UI thread: questions to the service, and tabs that load themselves."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import WorkerError

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.analytics.filters import Filters
from twin_tui.tui.drawn import forget_drawn
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.marked import Marked
from twin_tui.tui.waiting import until, when_drawn
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Figure
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.tui.app import TwinApp

FOLLOW_AFTER = 0.05
"""Seconds until another look."""

Answer = TypeVar("Answer")
Other = TypeVar("Other")


def service_of(widget: Widget) -> "AnalyticsService":
    """Return the service of the app this widget belongs to."""
    return cast("TwinApp", widget.app).service


async def ask(service: "AnalyticsService", question: Callable[[], Answer]) -> Answer:
    """Return the answer to ``question`` from one of the service's reader threads.

    When the awaiting task is cancelled (a newer question, leaving, quitting), the running one is interrupted.
    Raises `AnalyticsError`.
    """
    token = object()
    try:
        return await asyncio.wrap_future(service.submit(token, question))
    except asyncio.CancelledError:
        service.cancel(token)
        raise


class DataTab(Dressed, Marked, VerticalScroll, Generic[Answer], can_focus=False):
    """A page of the main screen that shows one answer: authors write `fetch`, `show` and, maybe, `wanted`."""

    TITLE: ClassVar[str] = ""
    """Name on the tab bar."""
    HINTS: ClassVar[tuple[Hint, ...]] = ()
    """What the bottom line offers beside the keys of every tab."""

    filters: reactive[Filters | None] = reactive(None, init=False)
    """What the answer is about; bound to the screen's."""

    @dataclass
    class StateChanged(Message):
        """Loading began or ended."""

        tab: "DataTab[object]"
        is_loading: bool
        is_stale: bool
        """Whether the picture shown is not the answer to what is asked for."""

    @dataclass
    class FiltersChosen(Message):
        """Other filters are wanted for every tab."""

        filters: Filters

    @dataclass
    class SessionOpened(Message):
        """A conversation was chosen for reading, maybe at one of its events."""

        session_id: str
        event_id: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.is_active = False
        """Whether this is the visible tab."""
        self.is_database_empty = False
        """Whether the whole database is known to hold no conversation."""
        self.is_loading_answer = False
        self.answer: Answer | None = None
        """The last answer shown."""
        self.followed: Answer | None = None
        """While the same question's answer to newer data is shown: the answer before."""
        self._more: dict[str, object] = {}
        self._shown: Hashable = None
        self._drawn: Hashable = None
        self._failed: Hashable = None

    def compose_content(self) -> ComposeResult:
        """Yield the widgets of this tab."""
        raise NotImplementedError

    def fetch(self, wanted: Hashable) -> Answer:
        """Return the answer to `wanted`, in a thread; raises `AnalyticsError`."""
        raise NotImplementedError

    def show(self, answer: Answer) -> None:
        """Hand an answer to the widgets."""
        raise NotImplementedError

    def figure_in_focus(self) -> "Figure | None":
        """Return the figure that ``i`` explains, if one is in focus."""
        return None

    def figures_beside(self) -> "tuple[Figure, ...]":
        """Return the figures that follow the one in focus when it is explained."""
        return ()

    def note_in_focus(self) -> str:
        """Return what the panel in focus makes of its figures."""
        return ""

    def person_in_focus(self) -> str | None:
        """Return the id of the person that ``u`` leads to: the one of the line in focus."""
        return None

    def twin_in_focus(self) -> str | None:
        """Return the id of the twin that ``w`` leads to: the one of the line in focus."""
        return None

    def session_in_focus(self) -> str | None:
        """Return the id of the conversation that notes and marks are about: the one of the line in focus."""
        return None

    def look_again(self) -> None:
        """Tell anew what another screen may have changed: this one is in front again."""

    def maximisable(self) -> Widget | None:
        """Return what ``m`` maximises when the focus is in nothing that can be."""
        return None

    def emptiness(self, answer: Answer) -> tuple[str, str] | None:  # noqa: ARG002 - for authors
        """Return, when the answer holds nothing to show, a sentence and what to do next."""
        return None

    def wanted(self) -> Hashable:
        """Return what is asked for: the answer is fetched anew when this differs."""
        return self.filters

    def compose(self) -> ComposeResult:
        """Yield the notice line and the content, hidden until there is an answer."""
        self.add_class("-unanswered", update=False)
        yield Notice("Loading…")
        yield from self.compose_content()

    @property
    def service(self) -> "AnalyticsService":
        """The service of the app."""
        return service_of(self)

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads and the answer (or the failure) to what is wanted is drawn."""
        return (
            not self.is_loading_answer
            and not self._more
            and self._drawn is not None
            and self._drawn == self.wanted()
        )

    def activate(self) -> None:
        """Become the visible tab, loading only if something else is wanted than what is shown."""
        self.is_active = True
        self.load()

    def focus_first(self) -> None:
        """Focus what a person most likely wants to move in."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus(scroll_visible=False)
                return

    def deactivate(self) -> None:
        """Stop being the visible tab; what is loading ends unseen."""
        self.is_active = False
        forget_drawn(self)

    def on_mount(self) -> None:
        """Load when mounted as the visible tab."""
        if self.is_active:
            self.load()

    def watch_filters(self) -> None:
        """Load what the new filters ask for."""
        self.load()

    async def follow(self) -> bool:
        """Ask the same again because the data changed, without a word; return whether it was answered."""
        await until(lambda: not self.is_loading_answer, FOLLOW_AFTER)
        if not (self.is_active and self.is_attached and self.filters is not None):
            return True
        wanted = self.wanted()
        self.is_loading_answer = True
        self._drawn = None
        loading = self.run_worker(self._load(wanted), group="load", exclusive=True, exit_on_error=True)
        try:
            await loading.wait()
        except WorkerError:
            return True
        return self._failed is None

    def outdate(self) -> None:
        """Have the answer asked for anew when this tab is seen next."""
        self._shown = None

    def forget_new(self) -> None:
        """Take away the marks of what is new."""

    def warn(self, sentence: str | None) -> None:
        """Say over the last answer why it gets older, or that it does no more."""
        if self.answer is None:
            return
        if sentence is not None:
            hint = "what is shown gets older · twin-tui looks again by itself"
            self.query_one(Notice).say(sentence, hint=hint, is_failure=True)
        elif self._failed is None:
            said, hint = self.emptiness(self.answer) or (None, "")
            self.query_one(Notice).say(said, hint=hint)

    def load(self, *, again: bool = False) -> None:
        """Fetch the answer if this tab is visible and wants another than the one shown, or ``again``."""
        if not (self.is_active and self.is_attached and self.filters is not None):
            return
        wanted = self.wanted()
        if not again and wanted == self._shown and not self.is_loading_answer:
            return
        self.is_loading_answer = True
        self._drawn = None
        self._tell()
        self.run_worker(self._load(wanted), group="load", exclusive=True, exit_on_error=True)

    async def _load(self, wanted: Hashable) -> None:
        try:
            answer = await ask(self.service, lambda: self.fetch(wanted))
        except CancelledError:
            return
        except AnalyticsError as error:
            self._failed = wanted
            self._shown = None
            self._say(str(error))
        else:
            self._failed = None
            is_same, self._shown = wanted == self._shown, wanted
            with self.app.batch_update():
                sentence, hint = self.emptiness(answer) or (None, "")
                self.query_one(Notice).say(sentence, hint=hint)
                self.mark(unanswered=False, empty=sentence is not None)
                if answer != self.answer:
                    self.followed = self.answer if is_same else None
                    self.answer = answer
                    self.show(answer)
                    self.followed = None
        self.is_loading_answer = False
        self._tell()
        when_drawn(self, lambda: self._mark_drawn(wanted))

    def also(self, name: str, question: Callable[[], Other], show: Callable[[Other], None]) -> None:
        """Ask something beside the tab's answer; a newer question of the same name replaces the older."""
        mine = self._more[name] = object()

        async def asking() -> None:
            try:
                answer = await ask(self.service, question)
            except CancelledError:
                return
            except AnalyticsError as error:
                self._say(str(error))
            else:
                show(answer)
            when_drawn(self, lambda: self._more.get(name) is mine and self._more.pop(name))

        self.run_worker(asking(), group=name, exclusive=True)

    def _say(self, sentence: str) -> None:
        older = "the figures below are older · F5 tries again"
        hint = "F5 tries again · q quits" if self.answer is None else older
        self.query_one(Notice).say(sentence, hint=hint, is_failure=True)

    def _mark_drawn(self, wanted: Hashable) -> None:
        if not self.is_loading_answer and wanted == self.wanted():
            self._drawn = wanted

    def _tell(self) -> None:
        stale = self.answer is not None and self._shown != self.wanted()
        self.post_message(self.StateChanged(cast("DataTab[object]", self), self.is_loading_answer, stale))

"""A dialog over a list that is kept: read above, written below, taken away by pressing delete twice."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.widgets import OptionList, Static

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialogs.dialog import Dialog, Result
from twin_tui.tui.widgets.transcript.find_bar import PlainInput

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

Kept = TypeVar("Kept")


class NoteInput(PlainInput):
    """One line; what is pasted with several is joined, not cut off."""

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class ListDialog(Dialog[Result], Generic[Result, Kept]):
    """Authors compose one `OptionList` and a line of keys, and say what is kept and how it looks."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up", "to_list", "To the list", show=False),
        Binding("delete,backspace", "remove", "Take the line away", show=False),
    ]
    SURE: ClassVar[str] = ""
    """What is said before something is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._doomed: int | None = None
        """The number of what another press takes away."""
        self.is_settled = False
        """Whether what is kept is shown."""

    def read_kept(self, service: "AnalyticsService") -> Kept:
        """Return what is kept, in a thread; raises `AnalyticsError`."""
        raise NotImplementedError

    def show_kept(self, kept: Kept, *, is_changed: bool) -> None:
        """Put it up; ``is_changed``: after something was written or taken away."""
        raise NotImplementedError

    def tell_failure(self, sentence: str) -> None:
        """Say why it cannot be read or written."""
        raise NotImplementedError

    def number_at(self, line: int) -> int:
        """Return the number of what stands on a line of the list."""
        raise NotImplementedError

    def take_away(self, service: "AnalyticsService", number: int) -> None:
        """Remove what has this number, in a thread; raises `AnalyticsError`."""
        raise NotImplementedError

    def keys(self, *, is_in_list: bool) -> str:
        """Return what the keys do where the focus is."""
        raise NotImplementedError

    def fit(self) -> None:
        """Give the list as much room as there is."""
        raise NotImplementedError

    def do(self, change: "Callable[[], object] | None") -> None:
        """Make a change in a thread, if there is one, and show what is kept then."""
        self.is_settled = False
        self.run_worker(self._change(change), group="kept", exclusive=False)

    async def _change(self, change: "Callable[[], object] | None") -> None:
        service = service_of(self)

        def question() -> Kept:
            if change is not None:
                change()
            return self.read_kept(service)

        try:
            kept = await ask(service, question)
        except CancelledError:
            return
        except AnalyticsError as error:
            self.tell_failure(safe_line(str(error)))
        else:
            self._doomed = None
            self.show_kept(kept, is_changed=change is not None)
            self.call_after_refresh(self.fit)
        self.is_settled = True

    def on_resize(self) -> None:
        """Fit the list anew."""
        self.call_after_refresh(self.fit)

    def on_descendant_focus(self) -> None:
        """Offer the keys of what has them."""
        self._forgive()

    @on(OptionList.OptionHighlighted)
    def _forgive(self) -> None:
        self._doomed = None
        self.say_keys()

    def say_keys(self) -> None:
        """Tell what the keys do."""
        keys = self.keys(is_in_list=self.query_one(OptionList).has_focus)
        self.query_one(".keys", Static).update(keys if self._doomed is None else self.SURE)

    def action_to_list(self) -> None:
        """Move in the list, where there is something in it."""
        if self.query_one(OptionList).option_count:
            self.query_one(OptionList).focus()

    def action_remove(self) -> None:
        """Take away what the line is about, once that was asked for twice."""
        lines = self.query_one(OptionList)
        if not lines.has_focus or lines.highlighted is None:
            return
        number, service = self.number_at(lines.highlighted), service_of(self)
        if self._doomed == number:
            self.do(lambda: self.take_away(service, number))
        else:
            self._doomed = number
            self.say_keys()

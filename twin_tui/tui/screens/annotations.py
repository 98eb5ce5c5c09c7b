"""What happened on which day: read as a list, written, changed and taken away."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import LONGEST_ANNOTATION, Annotation
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.analytics.filters import one_day
from twin_tui.text.formatting import WEEKDAYS, span
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialog import Dialog
from twin_tui.tui.screens.notes import NoteInput
from twin_tui.tui.widgets.find_bar import PlainInput
from twin_tui.tui.widgets.too_small import TooSmall

KEYS = "enter keeps it · tab the day · ↑ to the list · esc back"
KEYS_OF_CHANGE = "enter keeps the change · tab the day · ↑ to the list · esc back"
KEYS_IN_LIST = "enter changes it · delete takes it away · tab: write · esc back"
SURE = "delete again takes this annotation away for good"
NOTHING = "Nothing is annotated yet."


class AnnotationsScreen(Dialog[bool]):
    """The list above, the line to write below; answers whether anything was changed."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up", "to_list", "To the list", show=False),
        Binding("delete,backspace", "remove", "Take the annotation away", show=False),
    ]

    def __init__(self, day: date) -> None:
        """Stand on what is annotated of ``day``, and offer to write about it."""
        super().__init__()
        self._day = day
        self._found: tuple[Annotation, ...] = ()
        self._changing: Annotation | None = None
        """The one that the line below changes; ``None``: another is written."""
        self._doomed: int | None = None
        """The one that another press takes away."""
        self._is_changed = False
        self.is_settled = False
        """Whether what is annotated is shown."""

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Annotations", classes="title", markup=False)
            yield OptionList(id="list", markup=False)
            yield Static(NOTHING, id="nothing", markup=False)
            with Horizontal():
                day = PlainInput("day")
                day.id = "day"
                day.value = self._day.isoformat()
                yield day
                text = NoteInput("what happened on that day")
                text.id = "text"
                text.max_length = LONGEST_ANNOTATION
                yield text
            yield Static(id="answer", markup=False)
            yield Static(KEYS, classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Ask for what is annotated."""
        self.query_one("#list").display = False
        self.query_one("#text").focus()
        self._do(None)

    def _do(self, change: Callable[[], object] | None) -> None:
        self.is_settled = False
        self.run_worker(self._change(change), group="annotations", exclusive=False)

    async def _change(self, change: Callable[[], object] | None) -> None:
        service = service_of(self)

        def question() -> tuple[Annotation, ...]:
            if change is not None:
                change()
            return service.annotations()

        try:
            found = await ask(service, question)
        except CancelledError:
            return
        except AnalyticsError as error:
            self._say(safe_line(str(error)))
        else:
            self._is_changed = self._is_changed or change is not None
            self._show(found, is_written=change is not None)
        self.is_settled = True

    def _show(self, found: tuple[Annotation, ...], *, is_written: bool) -> None:
        self._found, self._doomed = found, None
        offers = self.query_one(OptionList)
        offers.set_options([Option(self._line(each)) for each in found])
        offers.display = bool(found)
        self.query_one("#nothing").display = not found
        of_day = [at for at, each in enumerate(found) if each.day == self._day]
        earlier = [at for at, each in enumerate(found) if each.day < self._day]
        if found:
            offers.highlighted = of_day[0] if of_day else earlier[-1] if earlier else 0
        if is_written or not found:
            self._write(None)
        self._say("")
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Give the list as much room as there is now."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        offers = self.query_one(OptionList)
        offers.styles.height = max(1, min(offers.virtual_size.height, self.size.height - 14))
        offers.scroll_to_highlight()

    def _line(self, each: Annotation) -> Content:
        day = f"{WEEKDAYS[each.day.weekday()]} {span(each.day, each.day)}"
        style = "bold $accent" if each.day == self._day else "$muted"
        return Content.assemble(
            (f"{day:<16} ", style),
            (safe_line(each.text), "$ink"),
            (f"  {safe_line(each.author, 24)}", "$muted"),
        )

    def _say(self, sentence: str) -> None:
        self.query_one("#answer", Static).update(Content.styled(sentence, "$bad"))

    def _write(self, changed: Annotation | None) -> None:
        """Offer the line below for one annotation, or for another."""
        self._changing = changed
        day, text = self.query_one("#day", PlainInput), self.query_one("#text", NoteInput)
        day.value = (self._day if changed is None else changed.day).isoformat()
        text.value = "" if changed is None else safe_line(changed.text)
        text.focus()
        text.cursor_position = len(text.value)
        self._say_keys()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        service, changed = service_of(self), self._changing
        try:
            day = one_day(self.query_one("#day", PlainInput).value, service.today())
        except AnalyticsError as error:
            self._say(str(error))
            self.query_one("#day").focus()
            return
        text = self.query_one("#text", NoteInput).value
        if not text.strip():
            self.query_one("#text").focus()
            return
        self._day = day
        if changed is None:
            self._do(lambda: service.annotate(day, text))
        else:
            words = None if text == safe_line(changed.text) else text
            self._do(lambda: service.change_annotation(changed.id, day, words))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._write(self._found[event.option_index])

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._doomed = None
        self._say_keys()

    def on_descendant_focus(self) -> None:
        """Offer the keys of what has them."""
        self._doomed = None
        self._say_keys()

    def _say_keys(self) -> None:
        keys = KEYS if self._changing is None else KEYS_OF_CHANGE
        if self.query_one(OptionList).has_focus:
            keys = KEYS_IN_LIST if self._doomed is None else SURE
        self.query_one(".keys", Static).update(keys)

    def action_to_list(self) -> None:
        """Move in the list."""
        if self.query_one(OptionList).option_count:
            self.query_one(OptionList).focus()

    def action_remove(self) -> None:
        """Take the annotation of the line away, once that was asked for twice."""
        offers = self.query_one(OptionList)
        if not offers.has_focus or offers.highlighted is None:
            return
        number, service = self._found[offers.highlighted].id, service_of(self)
        if self._doomed == number:
            self._do(lambda: service.remove_annotation(number))
        else:
            self._doomed = number
            self._say_keys()

    def action_leave(self) -> None:
        """Write another one instead of changing one; else go back."""
        if self._changing is not None:
            self._write(None)
        else:
            self.dismiss(self._is_changed)

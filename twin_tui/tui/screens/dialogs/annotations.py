"""What happened on which day: read as a list, written, changed and taken away."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import LONGEST_ANNOTATION, Annotation
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import one_day
from twin_tui.text.formatting import WEEKDAYS, span
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.loading import service_of
from twin_tui.tui.screens.dialogs.list_dialog import ListDialog, NoteInput
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.tui.widgets.transcript.find_bar import PlainInput

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService

KEYS = "enter keeps it · tab the day · ↑ to the list · esc back"
KEYS_OF_CHANGE = "enter keeps the change · tab the day · ↑ to the list · esc back"
KEYS_IN_LIST = "enter changes it · delete takes it away · tab: write · esc back"
NOTHING = "Nothing is annotated yet."


class AnnotationsScreen(ListDialog[bool, tuple[Annotation, ...]]):
    """The list above, the line to write below; answers whether anything was changed."""

    SURE: ClassVar[str] = "delete again takes this annotation away for good"

    def __init__(self, day: date) -> None:
        """Stand on what is annotated of ``day``, and offer to write about it."""
        super().__init__()
        self._day = day
        self._found: tuple[Annotation, ...] = ()
        self._changing: Annotation | None = None
        """The one that the line below changes; ``None``: another is written."""
        self._is_changed = False

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
        self.do(None)

    def read_kept(self, service: "AnalyticsService") -> tuple[Annotation, ...]:
        """Return what is annotated, by day."""
        return service.annotations()

    def show_kept(self, kept: tuple[Annotation, ...], *, is_changed: bool) -> None:
        """List it, the cursor on what stands nearest to the day."""
        self._is_changed = self._is_changed or is_changed
        self._found = found = kept
        offers = self.query_one(OptionList)
        offers.set_options([Option(self._line(each)) for each in found])
        offers.display = bool(found)
        self.query_one("#nothing").display = not found
        of_day = [at for at, each in enumerate(found) if each.day == self._day]
        earlier = [at for at, each in enumerate(found) if each.day < self._day]
        if found:
            offers.highlighted = of_day[0] if of_day else earlier[-1] if earlier else 0
        if is_changed or not found:
            self._write(None)
        self.tell_failure("")

    def fit(self) -> None:
        """Give the list the lines it takes, as far as the rest stays in view."""
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

    def tell_failure(self, sentence: str) -> None:
        """Say it below the line; ``""``: nothing."""
        self.query_one("#answer", Static).update(Content.styled(sentence, "$bad"))

    def _write(self, changed: Annotation | None) -> None:
        """Offer the line below for one annotation, or for another."""
        self._changing = changed
        day, text = self.query_one("#day", PlainInput), self.query_one("#text", NoteInput)
        day.value = (self._day if changed is None else changed.day).isoformat()
        text.value = "" if changed is None else safe_line(changed.text)
        text.focus()
        text.cursor_position = len(text.value)
        self.say_keys()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        service, changed = service_of(self), self._changing
        try:
            day = one_day(self.query_one("#day", PlainInput).value, service.today())
        except AnalyticsError as error:
            self.tell_failure(str(error))
            self.query_one("#day").focus()
            return
        text = self.query_one("#text", NoteInput).value
        if not text.strip():
            self.query_one("#text").focus()
            return
        self._day = day
        if changed is None:
            self.do(lambda: service.annotate(day, text))
        else:
            words = None if text == safe_line(changed.text) else text
            self.do(lambda: service.change_annotation(changed.id, day, words))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._write(self._found[event.option_index])

    def keys(self, *, is_in_list: bool) -> str:
        """Return what the keys do: in the list, in a new line, in a change."""
        if is_in_list:
            return KEYS_IN_LIST
        return KEYS if self._changing is None else KEYS_OF_CHANGE

    def number_at(self, line: int) -> int:
        """Return the annotation's number."""
        return self._found[line].id

    def take_away(self, service: "AnalyticsService", number: int) -> None:
        """Remove an annotation."""
        service.remove_annotation(number)

    def action_leave(self) -> None:
        """Write another one instead of changing one; else go back."""
        if self._changing is not None:
            self._write(None)
        else:
            self.dismiss(self._is_changed)

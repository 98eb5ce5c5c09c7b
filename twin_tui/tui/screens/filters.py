"""Choosing filters: a field at the left, its values at the right, typing narrows."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import Choice, Choices
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import compact, group_name, number
from twin_tui.text.safe_text import cut, pad, safe_line
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialog import Dialog
from twin_tui.tui.widgets.filter_bar import filter_words
from twin_tui.tui.widgets.too_small import TooSmall

Field = Literal["company", "department", "user", "twin", "platform", "shared"]
FIELDS: tuple[Field, ...] = ("company", "department", "user", "twin", "platform", "shared")
MOST = 200
"""Values listed at once; typing reaches the others."""
SHARING: tuple[tuple[str, bool], ...] = (
    ("shared twins only", True),
    ("own twins only", False),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One line at the right: what choosing it makes of the filters."""

    label: str
    detail: str
    count: int | None
    filters: Filters


def values_of(field: Field, filters: Filters, choices: Choices) -> tuple[Value, ...]:
    """Return the values a field can take, "any" first; a department comes with its company."""
    anything = Value("any", "", None, _with(filters, field, None))
    if field == "shared":
        shared = (Value(label, "", None, replace(filters, shared=value)) for label, value in SHARING)
        return (anything, *shared)
    if field == "department":
        return (anything, *(_department(choice, filters) for choice in choices.departments))
    options = {
        "company": choices.companies,
        "user": choices.users,
        "twin": choices.twins,
        "platform": choices.platforms,
    }[field]
    return (
        anything,
        *(
            Value(group_name(choice.label), choice.detail, choice.count, _with(filters, field, choice.value))
            for choice in options
        ),
    )


def _department(choice: Choice, filters: Filters) -> Value:
    company = choice.detail or filters.company
    chosen = replace(filters, department=choice.value, company=company)
    return Value(group_name(choice.label), choice.detail, choice.count, chosen)


def _with(filters: Filters, field: Field, value: str | None) -> Filters:
    changes: dict[str, str | None] = {field: value}
    return replace(filters, **changes)  # type: ignore[arg-type]


def narrowed(values: tuple[Value, ...], text: str) -> tuple[Value, ...]:
    """Return the values whose label or detail holds every typed word, any case; "any" only without words."""
    words = text.casefold().split()
    return tuple(
        value for value in values if all(word in f"{value.label} {value.detail}".casefold() for word in words)
    )


class FiltersScreen(Dialog[Filters | None]):
    """Answers the filters with one value changed, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up", "step(-1)", "Value above", show=False),
        Binding("down", "step(1)", "Value below", show=False),
    ]

    def __init__(self, filters: Filters, names: Choices | None) -> None:
        """``names`` are those of the values in force, as far as they are known."""
        super().__init__()
        self._filters = filters
        self._names = names
        self._shown: tuple[Value, ...] = ()
        self.choices: Choices | None = None
        """What there is to choose from, once known: kept no longer than the dialog."""
        self.is_settled = False

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label("Filters", classes="title", markup=False)
            with Horizontal():
                yield OptionList(*self._fields(), id="fields")
                with Vertical():
                    search = Input(placeholder="type to narrow", id="narrow")
                    search.cursor_blink = False
                    search.compact = True
                    yield search
                    yield OptionList(id="values", markup=False)
                    yield Static("Loading…", id="count", markup=False)
            yield Static("↑↓ move · enter to the values, choose · esc back", classes="keys", markup=False)
        yield TooSmall()

    def _fields(self) -> list[Option]:
        words = dict(filter_words(self._filters, self._names))
        options = []
        for field in FIELDS:
            name = "sharing" if field == "shared" else field
            value = words.get(name)
            options.append(
                Option(
                    Content.assemble(
                        (f"{name:<11}", "bold"), (cut(value or "any", 15), "$series-2" if value else "$muted")
                    ),
                    id=field,
                )
            )
        return options

    def on_resize(self) -> None:
        """Fit the values to the room."""
        self.call_after_refresh(self._list)

    def on_mount(self) -> None:
        """Stand on the first field; ask for the values."""
        fields = self.query_one("#fields", OptionList)
        fields.highlighted = 0
        fields.focus()
        self.run_worker(self._load(), exclusive=True)

    async def _load(self) -> None:
        service = service_of(self)
        try:
            self.choices = await ask(service, service.choices)
        except AnalyticsError as error:
            self.query_one("#count", Static).update(Content.styled(str(error), "$bad"))
        else:
            self._list()
        self.is_settled = True

    @property
    def _field(self) -> Field:
        return FIELDS[self.query_one("#fields", OptionList).highlighted or 0]

    def _list(self) -> None:
        """List the values of the field that hold what is typed."""
        if self.choices is None:
            return
        found = narrowed(
            values_of(self._field, self._filters, self.choices), self.query_one("#narrow", Input).value
        )
        self._shown = found[:MOST]
        values = self.query_one("#values", OptionList)
        with self.app.batch_update():
            values.clear_options()
            values.add_options([Option(self._prompt(value)) for value in self._shown])
            values.highlighted = self._place() if self._shown else None
            count = f"{number(len(found))} to choose from" if found else "nothing holds that"
            if len(found) > MOST:
                count = f"{number(MOST)} of {number(len(found))}: type to narrow"
            self.query_one("#count", Static).update(Content.styled(count, "$muted"))

    def _place(self) -> int:
        """Stand on the value in force; when something is typed, on the first match."""
        same = [at for at, value in enumerate(self._shown) if value.filters == self._filters]
        return same[0] if same and not self.query_one("#narrow", Input).value else 0

    def _prompt(self, value: Value) -> Content:
        room = max(24, self.query_one("#values", OptionList).scrollable_content_region.width)
        name = (room - 8) * 4 // 7
        count = "" if value.count is None else compact(value.count)
        return Content.assemble(
            (pad(safe_line(value.label), name) + " ", "$ink"),
            (pad(safe_line(value.detail), room - name - 8), "$muted"),
            (count.rjust(7), "$muted"),
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the values of the field the cursor is on."""
        if event.option_list.id == "fields" and self.is_mounted:
            narrow = self.query_one("#narrow", Input)
            if narrow.value:
                narrow.value = ""
            else:
                self._list()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the values of a field, or answer with a value."""
        if event.option_list.id == "fields":
            self.query_one("#narrow", Input).focus()
        else:
            self._answer(event.option_index)

    def on_input_changed(self) -> None:
        """Narrow the values."""
        self._list()

    def on_input_submitted(self) -> None:
        """Answer with the highlighted value."""
        at = self.query_one("#values", OptionList).highlighted
        if at is not None:
            self._answer(at)

    def _answer(self, at: int) -> None:
        self.dismiss(self._shown[at].filters)

    def action_step(self, rows: int) -> None:
        """Move among the values while typing."""
        values = self.query_one("#values", OptionList)
        if self._shown:
            values.highlighted = max(0, min((values.highlighted or 0) + rows, len(self._shown) - 1))

    def action_leave(self) -> None:
        """Go back to the fields, or, from there, change nothing."""
        fields = self.query_one("#fields", OptionList)
        if fields.has_focus:
            self.dismiss(None)
        else:
            fields.focus()

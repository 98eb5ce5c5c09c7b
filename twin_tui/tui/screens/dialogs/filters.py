"""Choosing filters: a field at the left, its values at the right, typing narrows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.answers import Choice, ChoicePart, Choices
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import compact, group_name, number
from twin_tui.text.safe_text import cut, pad, safe_line
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.filter_bar import filter_words
from twin_tui.tui.widgets.too_small import TooSmall

Field = Literal["company", "department", "user", "twin", "platform", "shared"]
FIELDS: tuple[Field, ...] = ("company", "department", "user", "twin", "platform", "shared")
PARTS: Mapping[Field, ChoicePart] = {"user": "users", "twin": "twins"}
"""What must be asked for to list a field; ``groups`` for the others."""
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


def values_of(
    field: Field, filters: Filters, choices: Choices, text: str, most: int
) -> tuple[tuple[Value, ...], int]:
    """Return the first values of a field whose label or detail holds every typed word, and how many do.

    "any" comes first, without words; a department comes with its company. Only the values returned are made:
    there may be tens of thousands of people.
    """
    words = text.casefold().split()

    def holds(label: str, detail: str) -> bool:
        return all(word in f"{label} {detail}".casefold() for word in words)

    fixed = [Value("any", "", None, _with(filters, field, None))]
    if field == "shared":
        fixed += [Value(label, "", None, replace(filters, shared=value)) for label, value in SHARING]
    fixed = [value for value in fixed if holds(value.label, value.detail)]
    offered = _offered(field, choices)
    held = [each for each in offered if holds(group_name(each.label), each.detail)] if words else offered
    made = (_value(field, choice, filters) for choice in held[:most])
    return (*fixed, *made)[:most], len(fixed) + len(held)


def _offered(field: Field, choices: Choices) -> Sequence[Choice]:
    return {
        "company": choices.companies,
        "department": choices.departments,
        "user": choices.users,
        "twin": choices.twins,
        "platform": choices.platforms,
        "shared": (),
    }[field]


def _value(field: Field, choice: Choice, filters: Filters) -> Value:
    chosen = _with(filters, field, choice.value)
    if field == "department":
        chosen = replace(chosen, company=choice.detail or filters.company)
    return Value(group_name(choice.label), choice.detail, choice.count, chosen)


def _with(filters: Filters, field: Field, value: str | None) -> Filters:
    changes: dict[str, str | None] = {field: value}
    return replace(filters, **changes)  # type: ignore[arg-type]


def _joined(choices: Choices, found: Choices, part: ChoicePart) -> Choices:
    """Return the choices with a part of them as it was found."""
    if part == "users":
        return replace(choices, users=found.users)
    if part == "twins":
        return replace(choices, twins=found.twins)
    return replace(
        choices, companies=found.companies, departments=found.departments, platforms=found.platforms
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
        """What there is to choose from, as far as it is known: kept no longer than the dialog."""
        self._known: set[ChoicePart] = set()
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
        self._want("groups")

    def _want(self, part: ChoicePart) -> None:
        """Ask for a part of the values; people and twins only when they are looked at."""
        self.is_settled = False
        self.run_worker(self._load(part), exclusive=True)

    async def _load(self, part: ChoicePart) -> None:
        service = service_of(self)
        try:
            found = await ask(service, lambda: service.choices(part))
        except AnalyticsError as error:
            self.query_one("#count", Static).update(Content.styled(str(error), "$bad"))
        else:
            self._known.add(part)
            self.choices = _joined(self.choices or self._names or found, found, part)
            self._list()
        self.is_settled = True

    @property
    def _field(self) -> Field:
        return FIELDS[self.query_one("#fields", OptionList).highlighted or 0]

    def _list(self) -> None:
        """List the values of the field that hold what is typed."""
        part = PARTS.get(self._field, "groups")
        if part not in self._known:
            if self._known:
                self._say_loading()
                self._want(part)
            return
        assert self.choices is not None
        typed = self.query_one("#narrow", Input).value
        self._shown, found = values_of(self._field, self._filters, self.choices, typed, MOST)
        values = self.query_one("#values", OptionList)
        with self.app.batch_update():
            values.clear_options()
            values.add_options([Option(self._prompt(value)) for value in self._shown])
            values.highlighted = self._place() if self._shown else None
            count = f"{number(found)} to choose from" if found else "nothing holds that"
            if found > MOST:
                count = f"{number(MOST)} of {number(found)}: type to narrow"
            self.query_one("#count", Static).update(Content.styled(count, "$muted"))

    def _say_loading(self) -> None:
        self._shown = ()
        self.query_one("#values", OptionList).clear_options()
        self.query_one("#count", Static).update("Loading…")

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

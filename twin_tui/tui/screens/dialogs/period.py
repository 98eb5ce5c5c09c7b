"""Choosing the period: presets that end today, or any two days."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import PRESETS, Period
from twin_tui.text.formatting import span
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.filter_bar import PERIOD_NAMES, period_words
from twin_tui.tui.widgets.too_small import TooSmall


class PeriodScreen(Dialog[Period | None]):
    """Presets above, from and to below; answers the period, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("dialogs",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, period: Period, today: date, days: tuple[date | None, date | None]) -> None:
        """``days`` are the first and the last day with data."""
        super().__init__()
        self._period, self._today, self._days = period, today, days

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        first, last = self._period.start or self._days[0], self._period.last_day or self._days[1]
        with Vertical(classes="dialog"):
            yield Label("Period", classes="title", markup=False)
            yield OptionList(*self._presets(), id="presets")
            with Horizontal():
                yield Label("From ", markup=False)
                yield self._day("first", first)
                yield Label("  to ", markup=False)
                yield self._day("last", last)
            yield Static(id="answer", markup=False)
            yield Static("enter choose · tab days · esc back", classes="keys", markup=False)
        yield TooSmall()

    def _day(self, name: str, day: date | None) -> Input:
        field = Input(
            "" if day is None else day.isoformat(), placeholder="2026-10-31", id=name, max_length=10
        )
        field.cursor_blink = False
        field.compact = True
        return field

    def _presets(self) -> list[Option]:
        options = []
        for name in PRESETS:
            period = Period.of_preset(name, self._today)
            dates = span(*self._days) if period.is_all else span(period.start, period.last_day)
            if period.is_all and self._days[0] is None:
                dates = "everything"
            prompt = Content.assemble((f"{PERIOD_NAMES[name]:<15}", "bold"), (dates, "$muted"))
            options.append(Option(prompt, id=name))
        return options

    def on_mount(self) -> None:
        """Stand on the preset in force, else on the days."""
        presets = self.query_one(OptionList)
        if self._period.preset is not None:
            presets.highlighted = list(PRESETS).index(self._period.preset)
            presets.focus()
        else:
            presets.highlighted = 2
            self.query_one("#first", Input).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer the preset."""
        if event.option_id is not None:
            self.dismiss(Period.of_preset(event.option_id, self._today))

    def _typed(self) -> Period:
        """Return the days typed, or any other period the first field understands; raises `BadFilterError`."""
        first, last = (self.query_one(name, Input).value.strip() for name in ("#first", "#last"))
        return Period.parse(f"{first}..{last}" if last else first, self._today)

    def on_input_changed(self) -> None:
        """Say what would be chosen."""
        answer = self.query_one("#answer", Static)
        try:
            answer.update(Content.styled("enter: " + period_words(self._typed()), "$good"))
        except BadFilterError as error:
            answer.update(Content.styled(str(error), "$bad"))

    def on_input_submitted(self) -> None:
        """Answer the typed days, if they are days."""
        try:
            self.dismiss(self._typed())
        except BadFilterError:
            self.app.bell()

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

"""Where a figure comes from: its definition, exact windows, numerator, denominator, n and parts."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import ClassVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from twin_tui.analytics.answers import Figure, Window
from twin_tui.analytics.inputs import inputs_of
from twin_tui.text.formatting import change, number, value
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.loading import service_of
from twin_tui.tui.screens.dialogs.dialog import Dialog

GOOD_NEWS = {"up": "more is better", "down": "less is better", "neutral": "neither is better"}


class ExplainScreen(Dialog[None]):
    """One figure, read out; left and right move to those beside it."""

    STYLES: ClassVar[tuple[str, ...]] = ("help",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,enter,q", "close", "Close", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
        Binding("right", "turn(1)", "Next figure", show=False),
        Binding("left", "turn(-1)", "Figure before", show=False),
    ]

    def __init__(self, figure: Figure, zone: tzinfo, beside: Sequence[Figure] = (), note: str = "") -> None:
        """Explain ``figure`` in ``zone`` and in UTC; ``beside`` follow it, ``note`` tells of their panel."""
        super().__init__()
        self._figures = (figure, *beside)
        self._at = 0
        self._zone = zone
        self._note = note

    def compose(self) -> ComposeResult:
        """Yield the explanation."""
        with VerticalScroll(id="explanation"):
            yield Static()

    def on_mount(self) -> None:
        """Read the first figure out."""
        self._tell()
        self.query_one("#explanation").focus()

    def _tell(self) -> None:
        figure, count = self._figures[self._at], len(self._figures)
        box = self.query_one("#explanation")
        box.border_title = Text(safe_line(figure.label)).markup
        box.border_subtitle = f"{self._at + 1} of {count}: ← → · esc closes" if count > 1 else "esc closes"
        sql = inputs_of(figure, service_of(self).now())
        box.query_one(Static).update(explanation(figure, self._zone, self._note, sql))
        box.scroll_home(animate=False)

    def action_turn(self, step: int) -> None:
        """Read another figure out, round and round."""
        if len(self._figures) > 1:
            self._at = (self._at + step) % len(self._figures)
            self._tell()

    def action_scroll(self, lines: int) -> None:
        """Scroll the explanation."""
        self.query_one("#explanation").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def _compared(figure: Figure) -> str:
    with_what = safe_line(figure.compared_with, 24)
    return "previous" if with_what == "before" else with_what


def explanation(figure: Figure, zone: tzinfo, note: str = "", sql: str = "") -> Group:
    """Return everything a figure carries, in words; ``note`` says what its panel makes of it.

    ``sql`` is what its inputs are read by, were nothing filtered.
    """
    unit = figure.unit
    rows: list[tuple[str, str]] = [("value", _amount(figure.value, unit))]
    if figure.previous_window is None:
        rows.append(("previous", "nothing to compare with: all time, or no data then"))
    else:
        rows.append((_compared(figure), _amount(figure.previous, unit)))
        moved = change(figure.change, is_points=unit == "ratio")
        rows.append(("change", f"{moved} · {GOOD_NEWS[figure.good]}"))
    if figure.numerator is not None or figure.denominator is not None:
        rows += [("numerator", _plain(figure.numerator)), ("denominator", _plain(figure.denominator))]
    if figure.n is not None:
        rows.append(("n", number(figure.n)))
    rows += [(safe_line(label), _amount(amount, part)) for label, amount, part in figure.parts]
    rows.append(("", ""))
    rows += _window("window", figure.window, zone)
    if figure.previous_window is not None:
        rows += _window(_compared(figure), figure.previous_window, zone)
    notes = [Text(), Text("A window begins with its first instant and ends before its last.")]
    if figure.unfiltered:
        notes.append(Text("Some of the filters in force do not apply to this figure.", "bold"))
    if note:
        notes += [Text(), Text(note)]
    if sql:
        notes += [Text(), Text("Its inputs in SQL, with nothing filtered (times are UTC):", "dim"), Text(sql)]
    return Group(Text(safe_line(figure.definition) or "No definition."), Text(), two_columns(rows), *notes)


def two_columns(rows: Iterable[tuple[str, str]]) -> Table:
    """Return labels and words side by side; long words wrap beside their label."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for label, words in rows:
        grid.add_row(Text(label, "dim"), Text(words, "bold" if label == "value" else ""))
    return grid


def _window(label: str, window: Window, zone: tzinfo) -> list[tuple[str, str]]:
    instants = [(label, zone), *([("", UTC)] if str(zone) != str(UTC) else ())]
    return [
        (name, f"{_instant(window.start, place)} → {_instant(window.end, place)}  {place}")
        for name, place in instants
    ]


def _instant(instant: datetime | None, zone: tzinfo) -> str:
    return "the beginning" if instant is None else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _amount(amount: float | None, unit: str) -> str:
    counted = "" if unit in ("ratio", "seconds", "count") or amount is None else f" {unit}"
    return value(amount, unit) + counted


def _plain(amount: float | None) -> str:
    return number(amount) if amount is None or float(amount).is_integer() else number(amount, 2)

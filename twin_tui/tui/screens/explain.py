"""Where a figure comes from: its definition, exact windows, numerator, denominator, n and parts."""

from datetime import UTC, datetime, tzinfo
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from twin_tui.analytics.answers import Figure, Window
from twin_tui.text.formatting import change, number, value
from twin_tui.text.safe_text import pad, safe_line

LABEL_WIDTH = 14
GOOD_NEWS = {"up": "more is better", "down": "less is better", "neutral": "neither is better"}


class ExplainScreen(ModalScreen[None]):
    """One figure, read out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,enter,q", "close", "Close", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
    ]

    def __init__(self, figure: Figure, zone: tzinfo) -> None:
        """Explain ``figure``; its windows are told in ``zone`` and in UTC."""
        super().__init__()
        self._figure = figure
        self._zone = zone

    def compose(self) -> ComposeResult:
        """Yield the explanation."""
        with VerticalScroll(id="explanation"):
            yield Static(explanation(self._figure, self._zone), markup=False)

    def on_mount(self) -> None:
        """Name the figure and the key that closes."""
        box = self.query_one("#explanation")
        box.border_title = Text(safe_line(self._figure.label)).markup
        box.border_subtitle = "esc closes"
        box.focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the explanation."""
        self.query_one("#explanation").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def explanation(figure: Figure, zone: tzinfo) -> Text:
    """Return everything a figure carries, in words."""
    unit = figure.unit
    text = Text(safe_line(figure.definition) or "No definition.")
    text.append("\n\n")
    _row(text, "value", f"{value(figure.value, unit)} {_counted(unit)}".rstrip(), "bold")
    if figure.previous_window is None:
        _row(text, "previous", "nothing to compare with: all time, or no data before the period")
    else:
        _row(text, "previous", f"{value(figure.previous, unit)} {_counted(unit)}".rstrip())
        _row(text, "change", f"{change(figure.change, is_points=unit == 'ratio')} · {GOOD_NEWS[figure.good]}")
    if figure.numerator is not None or figure.denominator is not None:
        _row(text, "numerator", _plain(figure.numerator))
        _row(text, "denominator", _plain(figure.denominator))
    if figure.n is not None:
        _row(text, "n", number(figure.n))
    for label, amount, part_unit in figure.parts:
        _row(text, safe_line(label), f"{value(amount, part_unit)} {_counted(part_unit)}".rstrip())
    text.append("\n")
    _window(text, "window", figure.window, zone)
    if figure.previous_window is not None:
        _window(text, "previous", figure.previous_window, zone)
    text.append("\nA window begins with its first instant and ends before its last.")
    if figure.unfiltered:
        text.append("\nSome of the filters in force do not apply to this figure.", "bold")
    return text


def _row(text: Text, label: str, words: str, style: str = "") -> None:
    text.append(pad(label, LABEL_WIDTH) + " ", "dim")
    text.append(words + "\n", style)


def _window(text: Text, label: str, window: Window, zone: tzinfo) -> None:
    _row(text, label, f"{_instant(window.start, zone)} → {_instant(window.end, zone)}  {zone}")
    _row(text, "", f"{_instant(window.start, UTC)} → {_instant(window.end, UTC)}  UTC")


def _instant(instant: datetime | None, zone: tzinfo) -> str:
    return "the beginning" if instant is None else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _counted(unit: str) -> str:
    return "" if unit in ("ratio", "seconds", "count") else unit


def _plain(amount: float | None) -> str:
    return number(amount) if amount is None or float(amount).is_integer() else number(amount, 2)

"""A chart behind whose values there are people: one of its series is chosen with up and down."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.panel import PanelBody, PanelTitle


class DrilledChart(ChartPanel):
    """Up and down choose a series; enter then lists the people behind its value at the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "mark(-1)", "Chart: choose a value, enter lists its people", show=False),
        Binding("down", "mark(1)", "The next value", show=False),
    ]

    @dataclass
    class ValueOpened(Message):
        """The people behind one value are wanted."""

        key: str
        """Of the series."""
        label: str
        start: date
        end: date
        """The day after the last."""

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys; those of a chosen value where one is."""
        if self.marked is None or not self._is_single:
            arrows: tuple[Hint, ...] = () if self.chosen_days is None else (("↑ ↓", "values", "down"),)
            return (*super().offers()[:1], *arrows, *super().offers()[1:])
        return (("enter", "people", "enter"), ("esc", "all values", "escape"))

    @property
    def _is_single(self) -> bool:
        return self._chosen is not None and self._chosen.first == self._chosen.last

    def action_mark(self, by: int) -> None:
        """Choose the next series, or none after the last; the cursor is on the last day unless it is set."""
        if not self.course.days:
            return
        if self._chosen is None:
            self.action_step(0)
        places = [None, *range(len(self.view.series))]
        self._remark(places[(places.index(self.marked) + by) % len(places)])

    def _remark(self, marked: int | None) -> None:
        self.marked = marked
        self.query_one(PanelTitle).keys = self.offers()
        body = self.query_one(PanelBody)
        body.refresh(Region(0, 0, body.size.width, 1))

    def action_choose(self) -> None:
        """Open the people behind the chosen value; without one do as every chart does."""
        if self.marked is None or not self._is_single or self.chosen_days is None:
            super().action_choose()
            return
        label, key, *_ = self.view.series[self.marked]
        self.post_message(self.ValueOpened(key, label, *self.chosen_days))

    def action_forget(self) -> None:
        """Choose no value; without one no day."""
        if self.marked is None:
            super().action_forget()
        else:
            self._remark(None)

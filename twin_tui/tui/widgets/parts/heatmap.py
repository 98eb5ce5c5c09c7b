"""When people write: a weekday by hour map that reads without colour, and the busiest hours by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message

from twin_tui.analytics.answers import Hourly
from twin_tui.text.formatting import WEEKDAYS, mean, number
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody

SHADES = " ░▒▓█"
_STYLES = ("$rule", "$series-1", "$series-1", "$series-1", "$series-1")


def shade(value: float | None, largest: float) -> int:
    """Return the shade of a value: 0 for nothing or unknown, else 1 to 4 by quarters of the largest.

    >>> [shade(v, 8) for v in (None, 0, 0.1, 2, 4, 6.1, 8)]
    [0, 0, 1, 1, 2, 4, 4]
    """
    if not value or largest <= 0:
        return 0
    return min(4, 1 + int((value / largest) * 4 - 1e-9))


def hour_words(hour: int) -> str:
    """Return an hour of the day as its clock times.

    >>> hour_words(9), hour_words(23)
    ('09–10 h', '23–24 h')
    """
    return f"{hour:02}–{hour + 1:02} h"


class HourBody(PanelBody):
    """Tells its panel which cell was clicked."""

    def on_click(self, event: Click) -> None:
        """Tell the column, too."""
        event.prevent_default()
        panel = self.parent
        assert isinstance(panel, HourMap)
        panel.click(event.x, event.y)


class HourMap(Panel):
    """Mean user messages by weekday and hour; the arrows read cells, enter lists the conversations of one."""

    BODY = HourBody
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", "Hours: the hour before", show=False),
        Binding("right", "move(1, 0)", "The hour after", show=False),
        Binding("up", "move(0, -1)", "Hours: the weekday before", show=False),
        Binding("down", "move(0, 1)", "The weekday after", show=False),
        Binding("enter", "open", "Hours: the conversations written in at that hour", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The conversations with a message at that hour are wanted."""

        weekday: int
        """Monday is 0."""
        hour: int

        @property
        def key(self) -> str:
            """The hour of the week."""
            return str(24 * self.weekday + self.hour)

        @property
        def words(self) -> str:
            """The hour in words."""
            return f"{WEEKDAYS[self.weekday]} {hour_words(self.hour)}"

    NOTE = (
        "The map: only messages by people, as their mean in one such hour of the period (all Mondays from 9 "
        "to 10, say). An hour that a clock change skips is not counted. The busiest hours are over all days."
    )

    def __init__(self) -> None:
        super().__init__("Messages by hour", id="hours")
        self._hourly: Hourly | None = None
        self._cursor: tuple[int, int] | None = None
        """Weekday and hour that are read."""

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return (("arrows", "read hours", "right"), ("enter", "conversations", "enter"))

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure the map spreads over the week."""
        return ("messages",)

    def show(self, hourly: Hourly) -> None:
        """Draw this map."""
        self._hourly = hourly
        self.put(hourly)

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return hours across, days down, then the scale and the peaks."""
        hourly = self._hourly
        if hourly is None:
            return ()
        cell = cell_width(width)
        largest = max((v for row in hourly.means for v in row if v is not None), default=0.0)
        every = 6 if cell == 1 else 3 if cell == 2 else 2 if cell == 3 else 1
        hours = "".join(f"{hour:02}".ljust(cell * every) for hour in range(0, 24, every))
        lines = [Content.styled("    " + hours, "$muted")]
        peaks = set(hourly.peaks)
        cursor = self._cursor if self.has_the_focus else None
        for day, (name, row) in enumerate(zip(WEEKDAYS, hourly.means, strict=True)):
            parts: list[tuple[str, str]] = [(name + " ", "$muted")]
            for hour, each in enumerate(row):
                level = shade(each, largest)
                glyph = "·" + " " * (cell - 1) if not level else SHADES[level] * cell
                style = _STYLES[level] if hour not in peaks or not level else "$series-2"
                if cursor == (day, hour):
                    glyph, style = ("[]" + glyph[2:])[:cell] if cell > 1 else "▮", "bold $accent"
                parts.append((glyph, style))
            lines.append(Content.assemble(*parts))
        lines.append(self._peaks(hourly) if cursor is None else self._reading(hourly, *cursor))
        lines.append(self._scale(largest))
        return lines[:height]

    def _peaks(self, hourly: Hourly) -> Content:
        if not hourly.peaks:
            return Content.styled("no messages from people in this period", "$muted")
        names = " and ".join(hour_words(hour) for hour in hourly.peaks)
        return Content.assemble(("Busiest ", "$muted"), (names, "bold $series-2"))

    def _reading(self, hourly: Hourly, weekday: int, hour: int) -> Content:
        each, count = hourly.means[weekday][hour], hourly.counts[weekday][hour]
        told = f"{mean(each)} an hour, {number(count)} message{'' if count == 1 else 's'} of people"
        words = self.Opened(weekday, hour).words
        return Content.assemble((f"{words}  ", "bold $accent"), (told, "$ink"))

    def action_move(self, right: int, down: int) -> None:
        """Read the next cell; the first key reads the busiest one."""
        if self._hourly is None:
            return
        if self._cursor is None:
            counts = self._hourly.counts
            cells = [(day, hour) for day in range(7) for hour in range(24)]
            self._cursor = max(cells, key=lambda at: counts[at[0]][at[1]])
        else:
            weekday, hour = self._cursor
            self._cursor = max(0, min(weekday + down, 6)), max(0, min(hour + right, 23))
        self.redraw()

    def action_open(self) -> None:
        """Want the conversations of the cell that is read."""
        if self._cursor is None:
            self.action_move(0, 0)
        elif self._hourly is not None and self._hourly.counts[self._cursor[0]][self._cursor[1]]:
            self.post_message(self.Opened(*self._cursor))
        else:
            self.notify("Nobody wrote at that hour in this period.", timeout=4)

    def click(self, column: int, line: int) -> None:
        """Read the clicked cell; a click on the one that is read opens it."""
        self.take_focus()
        hour, weekday = (column - 4) // cell_width(self.query_one(PanelBody).size.width), line - 1
        if not (0 <= hour < 24 and 0 <= weekday < 7):
            return
        if self._cursor == (weekday, hour):
            self.action_open()
        self._cursor = (weekday, hour)
        self.redraw()

    def on_descendant_focus(self) -> None:
        """Show the cell that is read."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide it."""
        self.redraw()

    def _scale(self, largest: float) -> Content:
        if largest <= 0:
            return Content("")
        steps = [(f"{SHADES[at]} ", "$series-1") for at in range(1, 5)]
        limits = [largest * at / 4 for at in range(1, 5)]
        told, unit = list(map(mean, limits)), "an hour"
        if len(set(told)) < len(told):
            told, unit = [f"{limit:.3f}" for limit in limits], "/h"
        words = [(f"to {each}  ", "$muted") for each in told]
        pairs = [part for pair in zip(steps, words, strict=True) for part in pair]
        return Content.assemble(*pairs, (unit, "$muted"))


def cell_width(width: int) -> int:
    """Return how wide an hour is drawn in a body of ``width`` cells."""
    return max(1, min(5, (width - 5) // 24))

"""When people write: a weekday by hour map that reads without colour, and the busiest hours by name."""

from collections.abc import Sequence

from textual.content import Content

from twin_tui.analytics.answers import Hourly
from twin_tui.text.formatting import WEEKDAYS, number
from twin_tui.tui.widgets.panel import Panel

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


class HourMap(Panel):
    """Mean user messages by weekday and hour."""

    NOTE = (
        "The map: only messages by people, as their mean in one such hour of the period (all Mondays from 9 "
        "to 10, say). An hour that a clock change skips is not counted. The busiest hours are over all days."
    )

    def __init__(self) -> None:
        super().__init__("Messages by hour", id="hours")
        self._hourly: Hourly | None = None

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
        cell = max(1, min(5, (width - 5) // 24))
        largest = max((v for row in hourly.means for v in row if v is not None), default=0.0)
        every = 6 if cell == 1 else 3 if cell == 2 else 2 if cell == 3 else 1
        hours = "".join(f"{hour:02}".ljust(cell * every) for hour in range(0, 24, every))
        lines = [Content.styled("    " + hours, "$muted")]
        peaks = set(hourly.peaks)
        for name, row in zip(WEEKDAYS, hourly.means, strict=True):
            parts: list[tuple[str, str]] = [(name + " ", "$muted")]
            for hour, mean in enumerate(row):
                level = shade(mean, largest)
                glyph = "·" + " " * (cell - 1) if not level else SHADES[level] * cell
                parts.append((glyph, _STYLES[level] if hour not in peaks or not level else "$series-2"))
            lines.append(Content.assemble(*parts))
        lines.append(self._peaks(hourly))
        lines.append(self._scale(largest))
        return lines[:height]

    def _peaks(self, hourly: Hourly) -> Content:
        if not hourly.peaks:
            return Content.styled("no messages from people in this period", "$muted")
        names = " and ".join(hour_words(hour) for hour in hourly.peaks)
        return Content.assemble(("Busiest ", "$muted"), (names, "bold $series-2"))

    def _scale(self, largest: float) -> Content:
        if largest <= 0:
            return Content("")
        steps = [(f"{SHADES[at]} ", "$series-1") for at in range(1, 5)]
        words = [(f"to {number(largest * at / 4, 1)}  ", "$muted") for at in range(1, 5)]
        pairs = [part for pair in zip(steps, words, strict=True) for part in pair]
        return Content.assemble(*pairs, ("an hour", "$muted"))

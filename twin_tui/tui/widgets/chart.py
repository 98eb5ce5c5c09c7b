"""The main chart: one of a few views of the daily series, with its legend and mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from twin_tui.analytics.answers import DayRow
from twin_tui.text.formatting import mean
from twin_tui.tui import plots
from twin_tui.tui.plots import Picture, Series
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.panel import Panel

PALETTE_WORDS = ("series-1", "series-2", "series-3", "rule", "muted")


@dataclass(frozen=True, slots=True)
class View:
    """One thing the chart can show."""

    title: str
    series: tuple[tuple[str, str, plots.Mark, str, bool], ...]
    """Label, field of a day, mark, colour, whether its mean is drawn."""


VIEWS = (
    View(
        "Active users per day",
        (
            ("active users", "active_users", "points", "series-1", True),
            ("7-day average", "active_users_average", "line", "series-2", False),
        ),
    ),
    View(
        "Conversations and messages per day",
        (
            ("messages", "messages", "line", "series-1", True),
            ("conversations", "conversations", "dotted", "series-2", True),
        ),
    ),
    View(
        "Features per day",
        (
            ("conversations", "conversations", "bars", "series-1", False),
            ("queries", "queries", "bars", "series-2", False),
            ("documents", "documents", "bars", "series-3", False),
        ),
    ),
)
_LEGEND = {"points": "●", "line": "⠒⠒", "dotted": "●⠒"}


def picture_of(view: View, days: tuple[DayRow, ...]) -> Picture:
    """Return what the chart draws of these days; means are over complete days."""
    complete = [day for day in days if day.is_complete]
    series = []
    for label, field, mark, color, with_mean in view.series:
        values = tuple(getattr(day, field) for day in days)
        known = [float(value) for day in complete if (value := getattr(day, field)) is not None]
        average = sum(known) / len(known) if with_mean and len(known) > 1 else None
        series.append(Series(label, values, mark, color, average))
    is_open = bool(days) and not days[-1].is_complete
    return Picture(tuple(day.day for day in days), tuple(series), is_open)


class ChartPanel(Panel):
    """Draws the daily series; left and right switch what is measured."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "view(-1)", "Measure before", show=False),
        Binding("right", "view(1)", "Next measure", show=False),
    ]

    NOTE = (
        "The chart: this figure for each local day. The mean is over the complete days shown; the 7-day "
        "average over the 7 complete days ending there, also days before the period. Today counts in neither."
    )

    def __init__(self) -> None:
        super().__init__(VIEWS[0].title, id="chart")
        self._view = 0
        self._days: tuple[DayRow, ...] = ()

    def on_mount(self) -> None:
        """Have plotext imported while the data are read, after the first paint."""
        self.call_after_refresh(lambda: self.run_worker(plots.warm_up, thread=True, group="plots"))

    @property
    def view(self) -> View:
        """What is measured now."""
        return VIEWS[self._view]

    def figure_keys(self) -> tuple[str, ...]:
        """Return what is measured now; an average is no figure of its own."""
        fields = (field for _, field, *_ in self.view.series)
        return tuple(field for field in fields if not field.endswith("_average"))

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        return (("v", "measure", "v"), ("m", "maximise", "m"))

    def show(self, days: tuple[DayRow, ...]) -> None:
        """Draw these days."""
        self._days = days
        self._retitle()
        self.put((self._view, days))

    def action_view(self, step: int) -> None:
        """Measure the next thing, or the one before."""
        self._view = (self._view + step) % len(VIEWS)
        self._retitle()
        self.put((self._view, self._days))

    def _retitle(self) -> None:
        self.entitle((self.view.title, ""), (f" {self._view + 1}/{len(VIEWS)}", "$muted"))

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return the legend and the picture under it."""
        if not self._days:
            return ()
        picture = picture_of(self.view, self._days)
        variables = self.app.theme_variables
        palette = tuple((word, variables[word]) for word in PALETTE_WORDS)
        drawn = plots.draw(picture, width - 1, height - 1, palette)
        return [self._legend(picture, width), *Content.from_rich_text(drawn).split("\n")]

    def _legend(self, picture: Picture, width: int) -> Content:
        parts: list[tuple[str, str]] = [(" ", "")]
        for series, bar_glyph in zip(picture.series, plots.BAR_GLYPHS, strict=False):
            glyph = bar_glyph if series.mark == "bars" else _LEGEND[series.mark]
            parts += [(f" {glyph} ", f"${series.color}"), (f"{series.label} ", "$ink")]
            if series.mean is not None:
                parts.append((f"{plots.MEAN}{plots.MEAN} mean {mean(series.mean)} ", "$muted"))
        bars = bool(picture.series) and picture.series[0].mark == "bars"
        size = plots.bucket_days(len(picture.days), width - 8) if bars else 1
        if size > 1:
            parts.append((f" each bar: mean of {size} days ", "$muted"))
        if picture.is_open:
            parts.append((f" {plots.OPEN_POINT} today so far", "$muted"))
        line = Content.assemble(*parts)
        return line if line.cell_length <= width else line.truncate(width, ellipsis=True)

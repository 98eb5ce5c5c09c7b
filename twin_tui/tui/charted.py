"""Tabs with a chart in which days can be chosen: it keeps drawing those around them."""

from abc import abstractmethod
from collections.abc import Hashable, Mapping
from datetime import date
from typing import ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from twin_tui.analytics.answers import Annotation, Figure
from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.figure_tab import FigureTab
from twin_tui.tui.viewed import Option, Viewed
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import Course, Span, beside

Answer = TypeVar("Answer")


class ChartedTab(FigureTab[Answer], Viewed):
    """A tab whose charts keep showing the days around those that were chosen in one of them.

    An author writes `courses`, and calls `draw_charts` in `show`; `wanted_in` when more than the filters
    decides about the answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "next_view", "Chart: next measure", show=False),
    ]

    former: reactive[Period | None] = reactive(None, init=False)
    """The period looked at before days were chosen in a chart, while these are looked at."""

    @abstractmethod
    def courses(self, answer: Answer) -> Mapping[str, Course]:
        """Return what each chart draws of an answer, by the chart's id; called in any thread."""

    def compared_figures(self, answer: Answer) -> tuple[Figure, ...]:
        """Return the figures whose second lines the charts may draw."""
        return tuple(getattr(answer, "figures", ()))

    def wanted_in(self, filters: Filters | None) -> Hashable:
        """Return what is asked for with these filters."""
        return filters

    def wanted(self) -> Hashable:
        """Return what is asked for."""
        return self.wanted_in(self.filters)

    @property
    def around(self) -> Filters | None:
        """The filters with the days around the chosen ones, ``None`` where no days are chosen."""
        if self.former is None or self.filters is None:
            return None
        is_within = _is_within(self.filters.period, self.former)
        return self.filters.with_period(self.former) if is_within else None

    @property
    def chosen(self) -> Span | None:
        """The days chosen in a chart."""
        period = None if self.around is None or self.filters is None else self.filters.period
        return (
            None
            if period is None or period.start is None or period.end is None
            else (period.start, period.end)
        )

    def draw_charts(self, answer: Answer) -> None:
        """Draw the answer's days, or those around them with these marked."""
        if self.around is None:
            self._draw(self._compared(answer))
        else:
            self._ask_around()

    def watch_former(self) -> None:
        """Mark the chosen days in what is drawn already, or no longer; the answer about them follows."""
        if self.is_mounted:
            self._mark()

    async def follow(self) -> bool:
        """Ask again, for the days around, too."""
        is_answered = await super().follow()
        if self.is_attached and self.is_active and self.around is not None:
            self._ask_around()
        return is_answered

    def _ask_around(self) -> None:
        wanted = self.wanted_in(self.around)
        self._mark()
        self.also("around", lambda: self._compared(self.fetch(wanted)), self._draw)

    def _compared(self, answer: Answer) -> Mapping[str, Course]:
        figures = self.compared_figures(answer)
        return {key: beside(course, figures) for key, course in self.courses(answer).items()}

    def _draw(self, courses: Mapping[str, Course]) -> None:
        for chart in self.query(ChartPanel):
            if (course := courses.get(chart.id or "")) is not None:
                chart.show(course)
        self._mark()
        self.ask_annotations()

    def ask_annotations(self) -> None:
        """Mark what happened on the days drawn, as it is written now."""
        self.also("annotations", self.service.annotations, self._annotate)

    def day_in_focus(self) -> date | None:
        """Return the first of the days under the cursor of the chart in focus, ``None`` without one."""
        chosen = (chart.chosen_days for chart in self.query(ChartPanel) if chart.has_the_focus)
        return next((days[0] for days in chosen if days is not None), None)

    def _annotate(self, found: tuple[Annotation, ...]) -> None:
        notes = tuple((each.day, each.text) for each in found)
        for chart in self.query(ChartPanel):
            chart.annotate(notes)

    def _mark(self) -> None:
        for chart in self.query(ChartPanel):
            chart.mark(self.chosen)

    def action_next_view(self) -> None:
        """Measure the next thing in the chart in focus, else in the first."""
        charts = cast("list[ChartPanel]", list(self.query(ChartPanel)))
        chart = next((chart for chart in charts if chart.has_the_focus), charts[0])
        chart.action_view(1)

    def view_options(self) -> dict[str, Option]:
        """Return which view of its first chart is drawn, by its number."""
        number = self.query(ChartPanel).first().view_number
        return {} if number == 1 else {"chart": number}

    def take_options(self, options: Mapping[str, Option]) -> None:
        """Draw that view."""
        self.query(ChartPanel).first().look_at_view(int(options.get("chart", 1)))


def _is_within(inner: Period, outer: Period) -> bool:
    if inner.start is None or inner.end is None:
        return False
    return outer.start is None or outer.end is None or (outer.start <= inner.start and inner.end <= outer.end)

"""Looking in every tab at days chosen in a chart, and back at those looked at before."""

from typing import TYPE_CHECKING

from textual.reactive import reactive

from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.main.periods import Periods
from twin_tui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from twin_tui.tui.widgets.chart.chart import ChartPanel


class Brushing(Periods):
    """Mixed into the main screen."""

    former: reactive[Period | None] = reactive(None, init=False)
    """The period looked at before days were chosen in a chart, while these are looked at."""
    _chosen: Period | None = None

    @property
    def tabs(self) -> tuple[DataTab[object], ...]:
        """The tabs that were looked at so far."""
        raise NotImplementedError

    def on_chart_panel_days_chosen(self, event: "ChartPanel.DaysChosen") -> None:
        """Look at the chosen days."""
        event.stop()
        self._look_closer(Period(event.start, event.end))

    def on_chart_panel_days_cleared(self, event: "ChartPanel.DaysCleared") -> None:
        """Look at the days before."""
        event.stop()
        self.look_back()

    def _look_closer(self, period: Period) -> None:
        former = self.former or self.filters.period
        with self.app.batch_update():
            self._chosen = period
            self.filters = self.filters.with_period(period)
            self.former = former

    def look_back(self) -> bool:
        """Look at the former period again; return whether there was one."""
        if (former := self.former) is None:
            return False
        with self.app.batch_update():
            self._chosen = self.former = None
            self.filters = self.filters.with_period(former.anchored(service_of(self).today()))
        return True

    def move_to(self, period: Period) -> None:
        """Look at the days before or after; what was chosen in a chart moves as a chosen span does."""
        if self.former is None:
            super().move_to(period)
        else:
            self._look_closer(Period(period.start, period.end))

    def keep_former(self, filters: Filters) -> None:
        """Forget the former period once another way led to other days than the chosen ones."""
        if self.former is not None and filters.period != self._chosen:
            self._chosen = self.former = None

    def watch_former(self, former: Period | None) -> None:
        """Tell the filter line and the tabs."""
        self.query_one(FilterBar).former = former
        for tab in self.tabs:
            from twin_tui.tui.charted import ChartedTab  # noqa: PLC0415 - behind the first picture

            if isinstance(tab, ChartedTab):
                tab.former = former

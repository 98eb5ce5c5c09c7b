"""Moving through time: the period before, the one after, any other; for every screen that looks at one."""

from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from twin_tui.analytics.filters import PRESETS, Filters, Period
from twin_tui.tui.loading import service_of


class Periods(Screen[None]):
    """The keys that change the period of ``filters``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "earlier", "Earlier period", show=False),
        Binding("right_square_bracket", "later", "Later period", show=False),
        Binding("p", "period", "Choose the period", show=False),
    ]

    filters: reactive[Filters] = reactive(Filters, init=False)
    """What is looked at."""

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return None, None

    def action_earlier(self) -> None:
        """Look at the period before."""
        self._shift(-1)

    def action_later(self) -> None:
        """Look at the period after, up to today's."""
        self._shift(1)

    def _shift(self, periods: int) -> None:
        period, today = self.filters.period, service_of(self).today()
        if period.is_all:
            self.notify("All time has no neighbour: choose a period with p.", markup=False)
            return
        moved = period.shifted(periods)
        if moved.start is not None and moved.start > today:
            self.notify("This is the latest period.", markup=False)
            return
        self.move_to(named(moved, today))

    def move_to(self, period: Period) -> None:
        """Look at the days before or after those looked at now."""
        self.look_at_period(period)

    def action_period(self) -> None:
        """Choose the period."""
        from twin_tui.tui.screens.dialogs.period import PeriodScreen  # noqa: PLC0415 - when it is first wanted

        today = service_of(self).today()
        self.app.push_screen(PeriodScreen(self.filters.period, today, self.data_days()), self.look_at_period)

    def look_at_period(self, period: Period | None) -> None:
        """Look at these days; ``None``: at the same as before."""
        if period is not None:
            self.filters = self.filters.with_period(period)


def named(period: Period, today: date) -> Period:
    """Return the preset that covers exactly these days up to today, else the period itself."""
    presets = (Period.of_preset(name, today) for name in PRESETS)
    return next((p for p in presets if (p.start, p.end) == (period.start, period.end)), period)

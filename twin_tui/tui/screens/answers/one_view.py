"""Screens over the dashboard that show one answer over a period of their own."""

from datetime import date
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.filters import Filters
from twin_tui.tui.links import TwinChosen
from twin_tui.tui.loading import DataTab
from twin_tui.tui.screens.answers.one_answer import OneAnswer
from twin_tui.tui.screens.main.periods import Periods
from twin_tui.tui.widgets.filter_bar import FilterBar


class OneView(OneAnswer, Periods):
    """One answer whose period the keys change; the dashboard's stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "twin", "The twin of this line", show=False),
    ]

    def __init__(self, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Look at ``filters``; ``status`` says from when to when there are data, where that is known."""
        super().__init__()
        self._status = status
        self.set_reactive(Periods.filters, filters)

    def prepare(self, bar: FilterBar, view: DataTab[Any]) -> None:
        """Tell both what is looked at, before they are drawn."""
        bar.filters = self.filters
        bar.data_days = self.data_days()
        view.set_reactive(DataTab.filters, self.filters)

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return (None, None) if self._status is None else (self._status.first_day, self._status.last_day)

    def watch_filters(self, filters: Filters) -> None:
        """Look at something else."""
        self.bar.filters = filters
        self.view.filters = filters

    def action_twin(self) -> None:
        """Open the twin of the line in focus."""
        if (twin_id := self.view.twin_in_focus()) is not None:
            self.post_message(TwinChosen(twin_id))
        else:
            self.notify("Move to a line that names a twin first (tab, arrows).", timeout=4)

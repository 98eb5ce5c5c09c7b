"""Looking at the conversations that were active on one day, and back at what was looked at before."""

from datetime import date
from typing import Literal

from twin_tui.analytics.filters import Filters, Period
from twin_tui.tui.loading import DataTab
from twin_tui.tui.screens.main.brushing import Brushing
from twin_tui.tui.tabs import key_of


class OneDay(Brushing):
    """Mixed into the main screen: the day is shown as days chosen in a chart are, and ``x`` leads back."""

    _dated_before: Literal["started", "active"] | None = None
    """How the feed dated conversations before a day was chosen, while that is looked at."""

    @property
    def tab(self) -> DataTab[object]:
        """The visible tab."""
        raise NotImplementedError

    async def action_tab(self, number: int) -> None:
        """Show the tab of that key."""
        raise NotImplementedError

    async def look_at_day(self, day: date) -> None:
        """List the conversations with a message on that day, within the filters there are."""
        from twin_tui.tui.tabs.activity import ActivityTab  # noqa: PLC0415 - when it is first wanted

        await self.action_tab(key_of("ActivityTab"))
        tab, filters = self.tab, self.filters
        assert isinstance(tab, ActivityTab)
        dated = tab.request.dated
        tab.list_active()
        self._look_closer(Period.between(day, day))
        if self._dated_before is None:
            self._dated_before = dated
        if self.filters == filters:
            tab.load()
        tab.focus_first()

    def look_back(self) -> bool:
        """Look at the former period again, with conversations dated as they were then."""
        dated, self._dated_before = self._dated_before, None
        if dated is not None and self.former is not None:
            from twin_tui.tui.tabs.activity import ActivityTab  # noqa: PLC0415

            for tab in self.tabs:
                if isinstance(tab, ActivityTab):
                    tab.put(dated=dated)
        return super().look_back()

    def keep_former(self, filters: Filters) -> None:
        """Forget how conversations were dated together with the former period."""
        super().keep_former(filters)
        if self.former is None:
            self._dated_before = None

"""How the main screen follows the data: the visible tab asks again, the others when they are next seen."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import ask
from twin_tui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from twin_tui.tui.screens.main.main import MainScreen

NAMES_SECONDS = 30.0
"""How old the names of what is filtered by may get while data come in."""


class FollowingTabs(Following):
    """Mixed into the main screen."""

    _learned_at = 0.0

    @property
    def _main(self) -> "MainScreen":
        return cast("MainScreen", self)

    async def follow(self) -> bool:
        """Ask again for the visible tab, then for how new the data are."""
        main = self._main
        for tab in main.tabs:
            if not tab.is_active:
                tab.outdate()
        self.move_to_today()
        is_answered = await main.tab.follow()
        if not main.is_attached:
            return True
        try:
            await self._learn_more()
        except AnalyticsError:
            return False
        return is_answered

    async def _learn_more(self) -> None:
        main = self._main
        main.show_status(await ask(main.service, main.service.status))
        if time.monotonic() - self._learned_at > NAMES_SECONDS:
            self._learned_at = time.monotonic()
            await main.learn_names()

    def move_to_today(self) -> None:
        """Look at today where the day changed and the period ends today."""
        main = self._main
        period = main.filters.period.anchored(main.service.today())
        if period != main.filters.period:
            main.filters = replace(main.filters, period=period)

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the filter line, and over the tab what went wrong."""
        main = self._main
        main.query_one(FilterBar).live = condition.words(main.service.timezone)
        if main.has_tab:
            main.tab.warn(condition.sentence)

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        for tab in self._main.tabs:
            tab.forget_new()
